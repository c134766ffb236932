// What a board hands to the loop: the controller's ports, and what wakes it.
namespace PoleController.Esp32.Loop
{
    /// <summary>The parts of a board.</summary>
    public sealed class BoardParts
    {
        /// <summary>Most things that can wake the loop.</summary>
        public const int MaximumWakeSources = 8;

        private readonly IWakeSource[] _wakeSources = new IWakeSource[MaximumWakeSources];
        private int _count;

        /// <summary>Makes it.</summary>
        public BoardParts(PoleHardware hardware)
        {
            Hardware = hardware;
        }

        /// <summary>The controller's ports.</summary>
        public PoleHardware Hardware { get; }

        /// <summary>Adds what wakes the loop; while the board is built only.</summary>
        public void AddWakeSource(IWakeSource source)
        {
            _wakeSources[_count++] = source;
        }

        /// <summary>Whether anything is news. Everything is looked at, so that nothing is news twice.</summary>
        /// <param name="nowMs">Milliseconds since start.</param>
        public bool HasNews(long nowMs)
        {
            bool hasNews = false;
            for (int i = 0; i < _count; i++)
            {
                hasNews |= _wakeSources[i].HasNews(nowMs);
            }

            return hasNews;
        }
    }
}
