// What the air is like at a moment. True values, of the air itself; what a sensor makes of them is the simulated part's.
namespace Simulation.World;

/// <summary>The air at a place and a moment.</summary>
/// <param name="TemperatureDegrees">Temperature in degrees Celsius.</param>
/// <param name="HumidityPercent">Relative humidity over water, 0 to 100 percent.</param>
/// <param name="PressurePascals">Pressure at the place, in pascals.</param>
/// <param name="RainMillimetresPerHour">Rain in millimetres per hour.</param>
/// <param name="WindMetresPerSecond">Wind in metres per second.</param>
/// <param name="Pm1Micrograms">Dry mass of particles below 1 micrometre, micrograms per cubic metre.</param>
/// <param name="Pm25Micrograms">Dry mass of particles below 2.5 micrometres, micrograms per cubic metre.</param>
/// <param name="Pm4Micrograms">Dry mass of particles below 4 micrometres, micrograms per cubic metre.</param>
/// <param name="Pm10Micrograms">Dry mass of particles below 10 micrometres, micrograms per cubic metre.</param>
/// <param name="CarbonDioxidePpm">Carbon dioxide in parts per million.</param>
/// <param name="VocFactor">Volatile organic compounds against what is usual at the place: 1 is usual.</param>
/// <param name="NoxFactor">Nitrogen oxides against what is usual at the place: 1 is usual.</param>
public readonly record struct AirSample(
    double TemperatureDegrees,
    double HumidityPercent,
    double PressurePascals,
    double RainMillimetresPerHour,
    double WindMetresPerSecond,
    double Pm1Micrograms,
    double Pm25Micrograms,
    double Pm4Micrograms,
    double Pm10Micrograms,
    double CarbonDioxidePpm,
    double VocFactor,
    double NoxFactor)
{
    /// <summary>The sample between two others.</summary>
    /// <param name="left">The earlier.</param>
    /// <param name="right">The later.</param>
    /// <param name="part">How far towards the later, 0 to 1.</param>
    public static AirSample Between(in AirSample left, in AirSample right, double part) => new(
        Mix(left.TemperatureDegrees, right.TemperatureDegrees, part),
        Mix(left.HumidityPercent, right.HumidityPercent, part),
        Mix(left.PressurePascals, right.PressurePascals, part),
        Mix(left.RainMillimetresPerHour, right.RainMillimetresPerHour, part),
        Mix(left.WindMetresPerSecond, right.WindMetresPerSecond, part),
        Mix(left.Pm1Micrograms, right.Pm1Micrograms, part),
        Mix(left.Pm25Micrograms, right.Pm25Micrograms, part),
        Mix(left.Pm4Micrograms, right.Pm4Micrograms, part),
        Mix(left.Pm10Micrograms, right.Pm10Micrograms, part),
        Mix(left.CarbonDioxidePpm, right.CarbonDioxidePpm, part),
        Mix(left.VocFactor, right.VocFactor, part),
        Mix(left.NoxFactor, right.NoxFactor, part));

    /// <summary>One value between two others.</summary>
    internal static double Mix(double left, double right, double part) => left + ((right - left) * part);
}
