// The service port of a simulated pole behind a pseudo-terminal, in our time: a technician's program opens it as it would open a USB adapter at a pole. The one place
// besides Forwarding's Pacer where a run follows the wall clock.
using Simulation.Engine;
using Simulation.Parts;
using Simulation.Running;

namespace Simulation.Servicing;

/// <summary>Serves a pole's service port.</summary>
public sealed class TerminalServer
{
    /// <summary>Fastest and slowest pace, in simulated seconds a second.</summary>
    public const double FastestSpeed = 60;

    private const int StepMs = 5;

    // Every byte wakes the pole; a look every ten milliseconds, 115 bytes, loses none of them.
    private const long SliceUs = 10_000;

    private readonly FleetRunner _runner;
    private readonly SimulatedPole _pole;
    private readonly ServiceLine _line;
    private readonly PseudoTerminal _terminal;
    private readonly TimeProvider _clock;
    private readonly double _speed;
    private readonly byte[] _buffer = new byte[256];

    /// <summary>Plugs in, before the run begins: the port is there when the pole's power comes.</summary>
    /// <param name="runner">The run.</param>
    /// <param name="poleIndex">The pole.</param>
    /// <param name="terminal">The pseudo-terminal.</param>
    /// <param name="clock">The wall clock.</param>
    /// <param name="speed">Simulated seconds a second, 0.1 to <see cref="FastestSpeed"/>. Above 1 the other end's time-outs are as many times longer for the pole.</param>
    public TerminalServer(FleetRunner runner, int poleIndex, PseudoTerminal terminal, TimeProvider clock, double speed = 1)
    {
        ArgumentNullException.ThrowIfNull(runner);
        ArgumentNullException.ThrowIfNull(terminal);
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentOutOfRangeException.ThrowIfLessThan(speed, 0.1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(speed, FastestSpeed);
        _runner = runner;
        _pole = runner.Fleet.Poles[poleIndex];
        _terminal = terminal;
        _clock = clock;
        _speed = speed;
        _line = new ServiceLine(_pole.Parts.Clock);
        _pole.Parts.Service = _line;
    }

    /// <summary>Lets time pass without anybody at the port, as fast as it goes.</summary>
    public void RunTo(long timeUs) => _runner.Simulation.RunTo(timeUs, null, CancellationToken.None);

    /// <summary>Serves until it is cancelled.</summary>
    public void Run(CancellationToken cancellation)
    {
        long startUs = _runner.Simulation.TimeUs;
        long startTicks = _clock.GetTimestamp();
        while (!cancellation.IsCancellationRequested)
        {
            int count = _terminal.Read(_buffer, StepMs);
            long dueUs = startUs + (long)(_clock.GetElapsedTime(startTicks).TotalMicroseconds * _speed);
            if (count > 0)
            {
                _line.Type(_buffer.AsSpan(0, count), Math.Max(dueUs, _runner.Simulation.TimeUs));
            }

            Advance(Math.Max(dueUs, _line.TypedUntilUs));
        }
    }

    private void Advance(long untilUs)
    {
        FleetSimulation simulation = _runner.Simulation;
        while (simulation.TimeUs < untilUs)
        {
            long nextUs = Math.Min(untilUs, simulation.TimeUs + FleetSimulation.WindowUs);
            if (_line.TypedUntilUs >= simulation.TimeUs)
            {
                nextUs = Math.Min(nextUs, simulation.TimeUs + SliceUs);
                simulation.Wake(_pole.Index, Math.Min(_line.TypedUntilUs, nextUs));
            }

            simulation.RunTo(nextUs, null, CancellationToken.None);
            _terminal.Write(_line.TakeSaid());
        }
    }
}
