// The board's clock: time since start.
namespace PoleController.Esp32.Loop
{
    /// <summary>Time since start; never runs backwards.</summary>
    public interface IBoardClock
    {
        /// <summary>Milliseconds since start.</summary>
        long NowMs { get; }

        /// <summary>Microseconds since start.</summary>
        long NowUs { get; }
    }
}
