// Port: particulate matter in the air.
namespace PoleController.Hal
{
    /// <summary>A particulate sensor. A sample is what it says once its fan and its optics have settled.</summary>
    public interface IParticulateSensor : ISensor
    {
        /// <summary>PM1 in tenths of a microgram per cubic metre; -1 when the part does not measure it.</summary>
        int Pm1DecimicrogramsPerCubicMetre { get; }

        /// <summary>PM2.5 in tenths of a microgram per cubic metre; -1 when the part does not measure it.</summary>
        int Pm25DecimicrogramsPerCubicMetre { get; }

        /// <summary>PM4 in tenths of a microgram per cubic metre; -1 when the part does not measure it.</summary>
        int Pm4DecimicrogramsPerCubicMetre { get; }

        /// <summary>PM10 in tenths of a microgram per cubic metre; -1 when the part does not measure it.</summary>
        int Pm10DecimicrogramsPerCubicMetre { get; }

        /// <summary>The most that the part can measure, in tenths of a microgram per cubic metre.</summary>
        int MaximumDecimicrogramsPerCubicMetre { get; }
    }
}
