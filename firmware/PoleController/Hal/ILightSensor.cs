// Port: the photocell.
namespace PoleController.Hal
{
    /// <summary>A photocell: ambient illuminance at the pole.</summary>
    public interface ILightSensor : ISensor
    {
        /// <summary>Illuminance of the last sample in 1/1000 lx, 0 to 200,000,000.</summary>
        int IlluminanceMillilux { get; }
    }
}
