// Port: one analogue input. Divider and reference are the board's.
namespace PoleController.Hal
{
    /// <summary>An analogue input of the board.</summary>
    public interface IAnalogInput
    {
        /// <summary>Reads the voltage at the input, before any divider: what the signal's name says.</summary>
        /// <param name="millivolts">The voltage in millivolts.</param>
        /// <returns>False when the converter did not answer.</returns>
        bool TryRead(out int millivolts);
    }
}
