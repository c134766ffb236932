// Port: a temperature that can be read at once.
namespace PoleController.Hal
{
    /// <summary>A thermometer on the board.</summary>
    public interface IThermometer
    {
        /// <summary>Reads the temperature.</summary>
        /// <param name="centidegrees">Hundredths of a degree Celsius.</param>
        /// <returns>False when the part did not answer, is open or shorted.</returns>
        bool TryRead(out int centidegrees);
    }
}
