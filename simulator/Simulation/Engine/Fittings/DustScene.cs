// What a light-scattering particulate sensor sees of the air: particles swollen by water, a laser that wears out, a fan that is blocked.
using Simulation.Parts.Sensors;
using Simulation.Scenarios;
using Simulation.World;

namespace Simulation.Engine.Fittings;

/// <summary>The air as one particulate sensor sees it.</summary>
/// <param name="air">The air at the pole.</param>
/// <param name="noise">The sensor's own error: a factor for each sensor, and some scatter.</param>
internal sealed class DustScene(LocalAir air, RandomStream noise)
{
    /// <summary>Hygroscopicity of the particles of the district; what the controller assumes is its own setting.</summary>
    public const double Kappa = 0.36;

    private readonly double _gain = 1 + (0.06 * Math.Clamp(noise.NextGaussian(), -2, 2));

    /// <summary>Whether the laser is worn out: it sees a third.</summary>
    public bool IsWorn { get; set; }

    /// <summary>Whether the fan is blocked: the air in the chamber settles.</summary>
    public bool IsBlocked { get; set; }

    /// <summary>What it sees at a moment, in micrograms per cubic metre: PM1, PM2.5, PM4, PM10.</summary>
    public (double Pm1, double Pm25, double Pm4, double Pm10) At(long timeUs)
    {
        AirSample sample = air.At(timeUs);
        double factor = _gain * MoistAir.ApparentMassFactor(sample.HumidityPercent, Kappa) * (1 + (0.02 * noise.NextGaussian()));
        factor *= (IsWorn ? 0.3 : 1) * (IsBlocked ? 0.15 : 1);
        return (sample.Pm1Micrograms * factor, sample.Pm25Micrograms * factor, sample.Pm4Micrograms * factor, sample.Pm10Micrograms * factor);
    }

    /// <summary>The same as parts take it that give fractions.</summary>
    public ParticulateMatter MatterAt(long timeUs)
    {
        (double pm1, double pm25, double pm4, double pm10) = At(timeUs);
        return new ParticulateMatter(pm1, pm25, pm4, pm10);
    }

    /// <summary>The same for parts that give tenths of a microgram.</summary>
    public DustyAir DustyAt(long timeUs)
    {
        (double pm1, double pm25, _, double pm10) = At(timeUs);
        return new DustyAir((int)(pm1 * 10), (int)(pm25 * 10), (int)(pm10 * 10));
    }

    /// <summary>Puts a trouble of the part into it.</summary>
    public void SetTrouble(PartTrouble trouble, bool isBegin)
    {
        IsWorn = trouble == PartTrouble.Worn ? isBegin : IsWorn;
        IsBlocked = trouble == PartTrouble.Blocked ? isBegin : IsBlocked;
    }
}
