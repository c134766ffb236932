// Port: one digital input, such as a PIR's output or a door contact. The board hides polarity; debouncing is logic and lives in the users.
namespace PoleController.Hal
{
    /// <summary>A digital input of the board, polled in a step.</summary>
    public interface IDigitalInput
    {
        /// <summary>Whether the input is active now (the board has already applied the polarity).</summary>
        bool IsActive { get; }
    }
}
