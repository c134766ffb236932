// The parts of one pole and the instruments around it, put together.
using PoleController;
using PoleController.Hal;
using Simulation.Engine.Fittings;
using Simulation.Parts;
using Simulation.Scenarios;

namespace Simulation.Engine;

/// <summary>The parts of one simulated pole.</summary>
public sealed class PoleParts
{
    private Fitting[] _fittings = [];

    /// <summary>The instruments.</summary>
    public required PoleRecorder Recorder { get; init; }

    /// <summary>The instrument that measures how fast the light rises.</summary>
    public required ResponseMeter Responses { get; init; }

    /// <summary>The instrument that measures how soon the lamp has the level that was commanded; null when none is.</summary>
    public ObedienceMeter? Obedience { get; init; }

    /// <summary>The instrument for what neighbours are good for; null where the pole has none.</summary>
    public NeighbourMeter? Neighbours { get; init; }

    /// <summary>What may keep the lamp dark at night.</summary>
    public DarknessExcuses Excuses { get; init; } = DarknessExcuses.None;

    /// <summary>Name of the board, as the controller tells it at its service port; null for the controller's word for none.</summary>
    public string? BoardName { get; init; }

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

    /// <summary>What hangs at the pole behind drivers of the controller.</summary>
    public IReadOnlyList<Fitting> Fittings
    {
        get => _fittings;
        init
        {
            _fittings = [.. value];
            Wakers = [.. value.Where(static fitting => fitting.HasEvents)];
            Dimming = value.OfType<DimmingFitting>().SingleOrDefault();
            HoldUpUs = value.Any(static fitting => fitting is SupplyFitting) ? SupplyFitting.HoldUpUs : 0;
        }
    }

    /// <summary>Those of them that have events of their own.</summary>
    public Fitting[] Wakers { get; private init; } = [];

    /// <summary>The dimming interface among them; null where the controller's dimming port is the luminaire's.</summary>
    public DimmingFitting? Dimming { get; private init; }

    /// <summary>How long the board lives on after the mains have gone, in microseconds; 0 where it does not.</summary>
    public long HoldUpUs { get; private init; }

    /// <summary>What the pole has around it; null in a fleet without surroundings.</summary>
    public PoleSurroundings? Surroundings { get; init; }

    /// <summary>The service port with somebody at its end; null while nobody is there, as at all poles but one.</summary>
    public ServiceLine? Service { get; set; }

    /// <summary>Tells the parts the time at which the world or the controller acts.</summary>
    public void SetTime(long timeUs)
    {
        Recorder.NowUs = timeUs;
        Radio.SetTime(timeUs);
        Clock.NowUs = timeUs;
    }

    /// <summary>The supply of what hangs at the pole comes or goes.</summary>
    public void SetSupply(bool isSupplied)
    {
        foreach (Fitting fitting in _fittings)
        {
            fitting.SetSupply(isSupplied);
        }
    }

    /// <summary>Something gets wrong with a part, or is mended; nothing when the pole does not have it.</summary>
    public void SetTrouble(PartName part, PartTrouble trouble, bool isBegin, double size)
    {
        foreach (Fitting fitting in _fittings)
        {
            if (fitting.Name == part)
            {
                fitting.SetTrouble(trouble, isBegin, size);
            }
        }
    }

    /// <summary>The ports as a controller that starts sees them.</summary>
    public PoleHardware CreateHardware()
    {
        PoleHardware hardware = new(Dimming is { } dimming ? dimming.MakeDimmer() : Luminaire, Radio.CreatePort(), Aes, Store, Random)
        {
            Relay = Luminaire,
            Occupancy = Pir,
            Service = Service,
        };
        hardware.BoardName = BoardName ?? hardware.BoardName;
        foreach (Fitting fitting in _fittings)
        {
            fitting.Connect(hardware);
        }

        return hardware;
    }
}
