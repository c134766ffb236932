// The energy meter in the luminaire's feed. It measures the simulated luminaire with the error of a real meter.
using PoleController.Hal;
using Simulation.Engine;

namespace Simulation.Parts;

/// <summary>A meter: power with one percent of noise, energy exact.</summary>
public sealed class MeterPart : ILuminaireMeter
{
    private readonly LuminairePart _luminaire;
    private readonly PoleRecorder _recorder;
    private readonly RandomStream _noise;

    /// <summary>Makes a meter on a luminaire.</summary>
    /// <param name="luminaire">What it measures.</param>
    /// <param name="recorder">Knows the energy up to every moment.</param>
    /// <param name="noise">The meter's error.</param>
    public MeterPart(LuminairePart luminaire, PoleRecorder recorder, RandomStream noise)
    {
        _luminaire = luminaire;
        _recorder = recorder;
        _noise = noise;
    }

    /// <summary>Whether the meter does not answer.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Mains voltage, so that the controller sees a plausible one.</summary>
    public int VoltageMillivolts { get; set; } = 230_000;

    /// <inheritdoc/>
    public bool TryRead(LuminaireReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        if (IsSilent)
        {
            return false;
        }

        _recorder.AdvanceTo(_recorder.NowUs);
        int noisePermille = _noise.Next(21) - 10;
        reading.PowerMilliwatts = (int)((long)_luminaire.PowerMilliwatts * (1000 + noisePermille) / 1000);
        reading.VoltageMillivolts = VoltageMillivolts;
        reading.EnergyMilliwattHours = _recorder.EnergyMilliwattHours;
        return true;
    }
}
