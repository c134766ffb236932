// Port: one PWM output. Frequency and pin are the board's; what a duty cycle means is the driver's.
namespace PoleController.Hal
{
    /// <summary>A PWM output.</summary>
    public interface IPwmOutput
    {
        /// <summary>Sets the duty cycle.</summary>
        /// <param name="dutyPartsPerMillion">0 (always low) to 1,000,000 (always high).</param>
        /// <returns>False when the board could not.</returns>
        bool TrySetDuty(int dutyPartsPerMillion);
    }
}
