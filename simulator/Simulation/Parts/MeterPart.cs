// The energy meter in the luminaire's feed. It measures the simulated luminaire with the error of a real meter.
using PoleController.Hal;
using Simulation.Engine;

namespace Simulation.Parts;

/// <summary>A meter: power with one percent of noise, energy exact.</summary>
public sealed class MeterPart : ILuminaireMeter
{
    private readonly LuminairePart _luminaire;
    private readonly RandomStream _noise;
    private long _energyMicrojoules;

    /// <summary>Makes a meter on a luminaire.</summary>
    public MeterPart(LuminairePart luminaire, RandomStream noise)
    {
        _luminaire = luminaire;
        _noise = noise;
    }

    /// <summary>Whether the meter does not answer.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Mains voltage, so that the controller sees a plausible one.</summary>
    public int VoltageMillivolts { get; set; } = 230_000;

    /// <summary>The engine's account of the energy: power in milliwatts times time in microseconds is nanojoules.</summary>
    public void AddEnergy(long nanojoules) => _energyMicrojoules += nanojoules / 1000;

    /// <inheritdoc/>
    public bool TryRead(LuminaireReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        if (IsSilent)
        {
            return false;
        }

        int noisePermille = _noise.Next(21) - 10;
        reading.PowerMilliwatts = (int)((long)_luminaire.PowerMilliwatts * (1000 + noisePermille) / 1000);
        reading.VoltageMillivolts = VoltageMillivolts;
        reading.EnergyMilliwattHours = _energyMicrojoules / 3_600_000;
        return true;
    }
}
