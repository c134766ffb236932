// The luminaire as the load behind a meter, with the error of a real one: one percent of noise on the power, the energy exact.
using Simulation.Parts;
using Simulation.Parts.Sensors;
using Simulation.World;

namespace Simulation.Engine.Fittings;

/// <summary>What a meter in the luminaire's feed measures.</summary>
/// <param name="clock">The time at the pole.</param>
/// <param name="luminaire">The luminaire.</param>
/// <param name="recorder">Knows the energy up to every moment.</param>
/// <param name="mains">The mains voltage.</param>
/// <param name="noise">The meter's error.</param>
internal sealed class LuminaireLoad(PartClock clock, LuminairePart luminaire, PoleRecorder recorder, MainsVoltage mains, RandomStream noise) : IMeteredLoad
{
    /// <inheritdoc/>
    public int PowerMilliwatts => (int)((long)luminaire.PowerMilliwatts * (1000 + noise.Next(21) - 10) / 1000);

    /// <inheritdoc/>
    public int VoltageMillivolts => (int)(mains.At(clock.NowUs) * 1000);

    /// <inheritdoc/>
    public int PowerFactorPermille
    {
        get
        {
            // LED drivers lose power factor as they are dimmed: about 0.95 at full light, 0.6 at a tenth.
            int missing = 1000 - luminaire.LightPermille;
            return 950 - (int)((long)missing * missing * 430 / 1_000_000);
        }
    }

    /// <inheritdoc/>
    public int FrequencyCentihertz => 5000;

    /// <inheritdoc/>
    public long EnergyMilliwattHours
    {
        get
        {
            recorder.AdvanceTo(clock.NowUs);
            return recorder.EnergyMilliwattHours;
        }
    }

    /// <inheritdoc/>
    public long EnergyMicrojoules
    {
        get
        {
            recorder.AdvanceTo(clock.NowUs);
            return recorder.EnergyMicrojoules;
        }
    }
}
