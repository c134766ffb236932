// How long a lamp's level had each cause.
using PoleController.Lighting;

namespace Simulation.Reports;

/// <summary>Seconds by cause of the level, a property for each <see cref="LevelCause"/>.</summary>
public sealed class CauseSeconds
{
    /// <summary>Seconds of <see cref="LevelCause.Start"/>.</summary>
    public double Start { get; set; }

    /// <summary>Seconds of <see cref="LevelCause.Program"/>.</summary>
    public double Program { get; set; }

    /// <summary>Seconds of <see cref="LevelCause.Occupancy"/>.</summary>
    public double Occupancy { get; set; }

    /// <summary>Seconds of <see cref="LevelCause.Override"/>.</summary>
    public double Override { get; set; }

    /// <summary>Seconds of <see cref="LevelCause.ClockUnknown"/>.</summary>
    public double ClockUnknown { get; set; }

    /// <summary>Seconds of <see cref="LevelCause.Photocell"/>.</summary>
    public double Photocell { get; set; }

    /// <summary>Seconds of <see cref="LevelCause.PowerReturnDelay"/>.</summary>
    public double PowerReturnDelay { get; set; }

    /// <summary>Seconds of <see cref="LevelCause.Failure"/>.</summary>
    public double Failure { get; set; }

    /// <summary>Seconds of <see cref="LevelCause.Scene"/>.</summary>
    public double Scene { get; set; }

    /// <summary>Seconds of <see cref="LevelCause.Emergency"/>.</summary>
    public double Emergency { get; set; }

    /// <summary>Seconds of <see cref="LevelCause.LoadShedding"/>.</summary>
    public double LoadShedding { get; set; }

    /// <summary>Seconds of <see cref="LevelCause.Boost"/>.</summary>
    public double Boost { get; set; }

    /// <summary>Seconds of <see cref="LevelCause.Neighbour"/>.</summary>
    public double Neighbour { get; set; }

    /// <summary>Seconds of <see cref="LevelCause.DarkSky"/>.</summary>
    public double DarkSky { get; set; }

    /// <summary>Seconds of <see cref="LevelCause.Identify"/>.</summary>
    public double Identify { get; set; }

    /// <summary>Seconds of <see cref="LevelCause.Daylight"/>.</summary>
    public double Daylight { get; set; }

    /// <summary>Adds time to a cause.</summary>
    /// <param name="cause">The cause.</param>
    /// <param name="seconds">How long it held, in seconds.</param>
    /// <exception cref="ArgumentOutOfRangeException">The cause is not one of <see cref="LevelCause"/>.</exception>
    public void Add(LevelCause cause, double seconds)
    {
        switch (cause)
        {
            case LevelCause.Start: Start += seconds; break;
            case LevelCause.Program: Program += seconds; break;
            case LevelCause.Occupancy: Occupancy += seconds; break;
            case LevelCause.Override: Override += seconds; break;
            case LevelCause.ClockUnknown: ClockUnknown += seconds; break;
            case LevelCause.Photocell: Photocell += seconds; break;
            case LevelCause.PowerReturnDelay: PowerReturnDelay += seconds; break;
            case LevelCause.Failure: Failure += seconds; break;
            case LevelCause.Scene: Scene += seconds; break;
            case LevelCause.Emergency: Emergency += seconds; break;
            case LevelCause.LoadShedding: LoadShedding += seconds; break;
            case LevelCause.Boost: Boost += seconds; break;
            case LevelCause.Neighbour: Neighbour += seconds; break;
            case LevelCause.DarkSky: DarkSky += seconds; break;
            case LevelCause.Identify: Identify += seconds; break;
            case LevelCause.Daylight: Daylight += seconds; break;
            default: throw new ArgumentOutOfRangeException(nameof(cause), cause, "The report has no place for this cause.");
        }
    }
}
