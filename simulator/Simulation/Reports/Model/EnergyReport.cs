// Energy of all poles together, and what it saves against the two baselines with the controllers' own consumption counted.
namespace Simulation.Reports;

/// <summary>Energy of all poles over the run, in watt-hours. The two baselines have no controllers.</summary>
public sealed class EnergyReport
{
    /// <summary>LED luminaires at full level from dusk to dawn.</summary>
    public double UndimmedWattHours { get; set; }

    /// <summary>The same luminaires on a plain timer.</summary>
    public double TimerWattHours { get; set; }

    /// <summary>The lamps as they were run.</summary>
    public double LampWattHours { get; set; }

    /// <summary>The controllers themselves.</summary>
    public double ControllersWattHours { get; set; }

    /// <summary>Saving of lamps and controllers against the undimmed lamps, in percent; null if these used nothing.</summary>
    public double? SavingAgainstUndimmedPercent => SavingPercent(UndimmedWattHours);

    /// <summary>Saving of lamps and controllers against the plain timer, in percent; null if that used nothing.</summary>
    public double? SavingAgainstTimerPercent => SavingPercent(TimerWattHours);

    private double? SavingPercent(double baselineWattHours) =>
        baselineWattHours > 0 ? 100 * (1 - ((LampWattHours + ControllersWattHours) / baselineWattHours)) : null;
}
