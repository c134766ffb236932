// What the world may put forward for a dark lamp besides missing mains and a broken lamp: the delay after power return and commands to be
// dark. Both are claimed by the controller; here is how far the claim can be true.
namespace Simulation.Engine;

/// <summary>How long a pole's controller may keep its lamp dark at night.</summary>
public sealed class DarknessExcuses
{
    /// <summary>A command may wait for the radio, for its turn and for repetitions before it acts; this is ample, in microseconds.</summary>
    public const long CommandDelayUs = 15 * 60_000_000L;

    /// <summary>Time for the lamp to come up after the delay, in microseconds.</summary>
    private const long StartUs = 1_000_000;

    private readonly long _powerReturnDelayMaximumUs;
    private readonly IReadOnlyList<(long FromUs, long DurationUs)> _darkCommands;

    /// <summary>Takes what the scenario says.</summary>
    /// <param name="powerReturnDelayMaximumMs">Longest delay of the light after power return, in milliseconds.</param>
    /// <param name="darkCommands">When a command for level 0 is given to the pole, and for how long, in any order.</param>
    public DarknessExcuses(int powerReturnDelayMaximumMs, IReadOnlyList<(long FromUs, long DurationUs)> darkCommands)
    {
        _powerReturnDelayMaximumUs = powerReturnDelayMaximumMs * 1000L;
        _darkCommands = darkCommands;
    }

    /// <summary>Nothing excuses darkness.</summary>
    public static DarknessExcuses None { get; } = new(0, []);

    /// <summary>Until when the delay after power return excuses darkness.</summary>
    /// <param name="powerReturnUs">When power returned.</param>
    public long AfterPowerReturnUntilUs(long powerReturnUs) => powerReturnUs + _powerReturnDelayMaximumUs + StartUs;

    /// <summary>Until when a command excuses darkness at a moment; 0 when none does.</summary>
    public long CommandedUntilUs(long timeUs)
    {
        long untilUs = 0;
        foreach ((long fromUs, long durationUs) in _darkCommands)
        {
            long lastUs = fromUs + CommandDelayUs + durationUs;
            if (fromUs <= timeUs && timeUs < lastUs)
            {
                untilUs = Math.Max(untilUs, lastUs);
            }
        }

        return untilUs;
    }
}
