// What whoever measures with sound needs of the air.
namespace PoleController.Sensing
{
    /// <summary>The temperature of the air at the pole.</summary>
    public interface IAirTemperature
    {
        /// <summary>The temperature, when it is measured and fresh.</summary>
        /// <param name="nowMs">Milliseconds since start.</param>
        /// <param name="centidegrees">Hundredths of a degree Celsius.</param>
        /// <returns>False when it is not known.</returns>
        bool TryGetTemperature(long nowMs, out int centidegrees);
    }
}
