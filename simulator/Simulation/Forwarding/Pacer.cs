// Lets a run follow the wall clock, in real time or faster: an attached server lives in ours.
using Simulation.Engine;

namespace Simulation.Forwarding;

/// <summary>Paces a run. The only place in this library where a run waits.</summary>
public sealed class Pacer
{
    /// <summary>How often the run catches up with the clock, in milliseconds of wall time: what this adds to an answer's way, twice at most.</summary>
    public const int StepMs = 5;

    private readonly TimeProvider _clock;

    /// <summary>Makes it.</summary>
    /// <param name="clock">The wall clock.</param>
    /// <param name="speed">Simulated seconds per second, 0.1 to 60.</param>
    public Pacer(TimeProvider clock, double speed)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentOutOfRangeException.ThrowIfLessThan(speed, 0.1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(speed, 60);
        _clock = clock;
        Speed = speed;
    }

    /// <summary>Simulated seconds per second.</summary>
    public double Speed { get; }

    /// <summary>By how much the run was behind the clock at worst, in simulated microseconds: a machine that is too slow shows here.</summary>
    public long WorstLagUs { get; private set; }

    /// <summary>
    /// What a server has, from the end of an uplink to the moment at which its request for the first window has to be back, in milliseconds
    /// of wall time: the window's delay less what the gateway needs to prepare, and a step on either way.
    /// </summary>
    /// <param name="receiveDelayS">RX1's delay, in seconds.</param>
    public double LatencyBudgetMs(int receiveDelayS) =>
        (((receiveDelayS * 1_000_000.0) - TransmitQueue.PreparationUs - TransmitQueue.MarginUs) / 1000 / Speed) - (2 * StepMs);

    /// <summary>Runs to the end or until it is cancelled.</summary>
    /// <param name="simulation">The run.</param>
    /// <param name="endUs">Its end.</param>
    /// <param name="progress">Called after every step; may be null.</param>
    /// <param name="cancellation">Ends it within a step.</param>
    public void Run(FleetSimulation simulation, long endUs, Action<long>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(simulation);
        long startUs = simulation.TimeUs;
        long startTicks = _clock.GetTimestamp();
        while (simulation.TimeUs < endUs && !cancellation.IsCancellationRequested)
        {
            long dueUs = startUs + (long)(_clock.GetElapsedTime(startTicks).TotalMicroseconds * Speed);
            WorstLagUs = Math.Max(WorstLagUs, dueUs - simulation.TimeUs);
            long untilUs = Math.Min(endUs, Math.Min(dueUs, simulation.TimeUs + FleetSimulation.WindowUs));
            if (untilUs > simulation.TimeUs)
            {
                simulation.RunTo(untilUs, null, CancellationToken.None);
                progress?.Invoke(simulation.TimeUs);
            }

            if (dueUs - simulation.TimeUs < StepMs * 1000 * Speed)
            {
                cancellation.WaitHandle.WaitOne(StepMs);
            }
        }
    }
}
