// What the loop needs of the runtime: time, rest, restart.
namespace PoleController.Esp32.Loop
{
    /// <summary>The runtime.</summary>
    public interface IBoardRuntime : IBoardClock
    {
        /// <summary>Rests; other threads run meanwhile.</summary>
        /// <param name="milliseconds">How long at least; 0 lets others run and comes back. The runtime's tick is 10 ms.</param>
        void Rest(int milliseconds);

        /// <summary>Restarts the chip. Where the runtime does not do it, it returns, and the external watchdog does it.</summary>
        void Restart();
    }
}
