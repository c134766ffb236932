// The parts of one pole and the instruments around it, put together.
using PoleController;
using PoleController.Drivers;
using PoleController.Hal;
using Simulation.Parts;
using Simulation.Parts.Sensors;

namespace Simulation.Engine;

/// <summary>The parts of one simulated pole.</summary>
public sealed class PoleParts
{
    /// <summary>The instruments.</summary>
    public required PoleRecorder Recorder { get; init; }

    /// <summary>The instrument that measures how fast the light rises.</summary>
    public required ResponseMeter Responses { get; init; }

    /// <summary>The instrument that measures how soon the lamp has the level that was commanded; null when none is.</summary>
    public ObedienceMeter? Obedience { get; init; }

    /// <summary>What may keep the lamp dark at night.</summary>
    public DarknessExcuses Excuses { get; init; } = DarknessExcuses.None;

    /// <summary>The present moment, as the parts see it.</summary>
    public PartClock Clock { get; init; } = new();

    /// <summary>The pole's time base.</summary>
    public required Crystal Crystal { get; init; }

    /// <summary>Relay, control gear and lamp.</summary>
    public required LuminairePart Luminaire { get; init; }

    /// <summary>The radio.</summary>
    public required PoleRadio Radio { get; init; }

    /// <summary>The store.</summary>
    public required MemoryStore Store { get; init; }

    /// <summary>The AES block.</summary>
    public required IAesBlock Aes { get; init; }

    /// <summary>Random numbers.</summary>
    public required IRandom Random { get; init; }

    /// <summary>The occupancy sensor; null when none is fitted.</summary>
    public PirPart? Pir { get; init; }

    /// <summary>The photocell's place on the bus; null when none is fitted.</summary>
    public I2cSocket? Photocell { get; init; }

    /// <summary>The meter; null when none is fitted.</summary>
    public MeterPart? Meter { get; init; }

    /// <summary>Tells the parts the time at which the world or the controller acts.</summary>
    public void SetTime(long timeUs)
    {
        Recorder.NowUs = timeUs;
        Radio.SetTime(timeUs);
        Clock.NowUs = timeUs;
    }

    /// <summary>The supply has come back: parts begin anew.</summary>
    public void RestartSensors() => Photocell?.Part?.Restart();

    /// <summary>The meter stops answering, or answers again.</summary>
    public void SetMeterSilent(bool isSilent)
    {
        if (Meter is not null)
        {
            Meter.IsSilent = isSilent;
        }
    }

    /// <summary>The photocell fails, or works again.</summary>
    public void SetPhotocellFailed(bool isFailed)
    {
        if (Photocell is not null)
        {
            Photocell.Trouble.Bus = isFailed ? I2cBusTrouble.Silent : I2cBusTrouble.None;
        }
    }

    /// <summary>The ports as a controller that starts sees them.</summary>
    public PoleHardware CreateHardware() => new(Luminaire, Radio.CreatePort(), Aes, Store, Random)
    {
        Relay = Luminaire,
        Occupancy = Pir,
        Photocell = Photocell is null ? null : new Veml7700(Photocell),
        Meter = Meter,
    };
}
