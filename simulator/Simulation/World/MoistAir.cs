// Physics of moist air: saturation, dew point, and how wet particles swell, which light-scattering sensors take for more of them.
namespace Simulation.World;

/// <summary>Formulae of moist air.</summary>
public static class MoistAir
{
    // Magnus formula over water with the constants of Sonntag (1990), as in WMO-No. 8, annex 4.B: within 0.3 % from -45 to 60 degrees.
    private const double SaturationAtZeroHectopascals = 6.112;
    private const double MagnusFactor = 17.62;
    private const double MagnusDegrees = 243.12;

    /// <summary>Density of dry particles against water, as Crilley et al. take it (Atmos. Meas. Tech. 11, 2018, equation 1).</summary>
    private const double ParticleDensity = 1.65;

    /// <summary>Pressure of saturated water vapour over water, in hectopascals.</summary>
    /// <param name="temperatureDegrees">Temperature in degrees Celsius.</param>
    public static double SaturationHectopascals(double temperatureDegrees) =>
        SaturationAtZeroHectopascals * Math.Exp(MagnusFactor * temperatureDegrees / (MagnusDegrees + temperatureDegrees));

    /// <summary>Relative humidity of air with a dew point, 0 to 100 percent; above the dew point's own temperature never more than 100.</summary>
    /// <param name="temperatureDegrees">Temperature in degrees Celsius.</param>
    /// <param name="dewPointDegrees">Dew point in degrees Celsius.</param>
    public static double HumidityPercent(double temperatureDegrees, double dewPointDegrees) =>
        Math.Min(100, 100 * SaturationHectopascals(dewPointDegrees) / SaturationHectopascals(temperatureDegrees));

    /// <summary>Temperature at which air would be saturated, in degrees Celsius.</summary>
    /// <param name="temperatureDegrees">Temperature in degrees Celsius.</param>
    /// <param name="humidityPercent">Relative humidity, more than 0 to 100 percent.</param>
    public static double DewPointDegrees(double temperatureDegrees, double humidityPercent)
    {
        double logarithm = Math.Log(humidityPercent / 100) + (MagnusFactor * temperatureDegrees / (MagnusDegrees + temperatureDegrees));
        return MagnusDegrees * logarithm / (MagnusFactor - logarithm);
    }

    /// <summary>
    /// How many times their dry mass particles seem to have to a light-scattering sensor: 1 + (kappa / 1.65) / (1 / aw - 1) with the humidity as water activity
    /// aw (kappa-Koehler theory as applied to optical counters by Crilley et al., Atmos. Meas. Tech. 11, 709, 2018).
    /// </summary>
    /// <param name="humidityPercent">Relative humidity; above 99 percent that of 99 is taken, where the theory ends in fog.</param>
    /// <param name="kappa">Hygroscopicity of the particles, 0 to 1; 0.3 to 0.4 over European towns.</param>
    public static double ApparentMassFactor(double humidityPercent, double kappa)
    {
        double activity = Math.Clamp(humidityPercent / 100, 0.001, 0.99);
        return 1 + (kappa / ParticleDensity / ((1 / activity) - 1));
    }
}
