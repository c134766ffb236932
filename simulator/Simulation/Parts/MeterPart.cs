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
    private bool _isRequested;

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
    public LuminaireReading Reading { get; } = new();

    /// <inheritdoc/>
    public SensorState State => IsSilent ? SensorState.Failed : SensorState.Resting;

    /// <inheritdoc/>
    public int SampleCount { get; private set; }

    /// <inheritdoc/>
    public long SampleMs { get; private set; }

    /// <inheritdoc/>
    public SensorFault LastFault { get; } = new();

    /// <inheritdoc/>
    public void Request() => _isRequested = true;

    /// <inheritdoc/>
    public long Poll(long nowMs)
    {
        if (!_isRequested)
        {
            return long.MaxValue;
        }

        if (IsSilent)
        {
            LastFault.Set(SensorFaultKind.NoAnswer, 0, 0);
            return nowMs + 1000;
        }

        _recorder.AdvanceTo(_recorder.NowUs);
        int noisePermille = _noise.Next(21) - 10;
        Reading.PowerMilliwatts = (int)((long)_luminaire.PowerMilliwatts * (1000 + noisePermille) / 1000);
        Reading.VoltageMillivolts = VoltageMillivolts;
        Reading.EnergyMilliwattHours = _recorder.EnergyMilliwattHours;
        _isRequested = false;
        SampleMs = nowMs;
        SampleCount++;
        return long.MaxValue;
    }
}
