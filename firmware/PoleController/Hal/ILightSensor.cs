// Port: the photocell.
namespace PoleController.Hal
{
    /// <summary>A photocell: ambient illuminance at the pole.</summary>
    public interface ILightSensor
    {
        /// <summary>Reads the illuminance.</summary>
        /// <param name="illuminanceMillilux">Illuminance in 1/1000 lx, 0 to 200,000,000.</param>
        /// <returns>False when the part does not answer or its value cannot be trusted.</returns>
        bool TryRead(out int illuminanceMillilux);
    }
}
