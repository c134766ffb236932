// Port: one digital output, such as the reset line of a chip. The board hides polarity.
namespace PoleController.Hal
{
    /// <summary>A digital output of the board.</summary>
    public interface IDigitalOutput
    {
        /// <summary>Drives the output, or lets it go.</summary>
        /// <param name="isActive">Whether it is active (the board applies the polarity: an active reset line is low at most chips).</param>
        /// <returns>False when the board could not.</returns>
        bool TrySet(bool isActive);
    }
}
