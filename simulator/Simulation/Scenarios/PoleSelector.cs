// Which poles an outage, a fault or a command means.
using Simulation.Engine;
using Simulation.World;

namespace Simulation.Scenarios;

/// <summary>Which poles are meant: all, or by exactly one of group, street, identifiers and number.</summary>
public sealed record PoleSelector
{
    /// <summary>Means every pole.</summary>
    public static PoleSelector All { get; } = new();

    /// <summary>Poles of this group.</summary>
    public string? Group { get; init; }

    /// <summary>Poles of this street.</summary>
    public string? Street { get; init; }

    /// <summary>Poles with these identifiers.</summary>
    public IReadOnlyList<string>? Ids { get; init; }

    /// <summary>So many poles, chosen by the seed; all when there are fewer.</summary>
    public int? Count { get; init; }

    /// <summary>Where the selector stands in the scenario file, for messages about lamps that do not exist; null when made in code.</summary>
    public ScenarioPlace? Place { get; init; }

    /// <summary>Whether every pole is meant.</summary>
    public bool IsAll => Group is null && Street is null && Ids is null && Count is null;

    /// <summary>Whether another selector says the same, word for word; never true for so many poles, which are chosen anew each time.</summary>
    public bool SelectsTheSameAs(PoleSelector other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Count is null && other.Count is null && Group == other.Group && Street == other.Street
            && (Ids is null ? other.Ids is null : other.Ids is not null && Ids.ToHashSet(StringComparer.Ordinal).SetEquals(other.Ids));
    }

    /// <summary>The positions of the poles meant, ascending.</summary>
    /// <param name="lamps">All lamps of the run.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="purpose">What the choice is for, such as "fault"; with <paramref name="index"/> it keeps choices apart.</param>
    /// <param name="index">Which one of that purpose.</param>
    public int[] Select(IReadOnlyList<Lamp> lamps, long seed, string purpose, int index)
    {
        ArgumentNullException.ThrowIfNull(lamps);
        if (Count is int count)
        {
            return Choose(lamps.Count, Math.Min(count, lamps.Count), new RandomStream(seed, "select-" + purpose, index));
        }

        HashSet<string>? ids = Ids is null ? null : new HashSet<string>(Ids, StringComparer.Ordinal);
        List<int> selected = [];
        for (int i = 0; i < lamps.Count; i++)
        {
            Lamp lamp = lamps[i];
            if (IsAll || (Group is not null && lamp.Group == Group) || (Street is not null && lamp.Street == Street) || (ids is not null && ids.Contains(lamp.Id)))
            {
                selected.Add(i);
            }
        }

        return [.. selected];
    }

    private static int[] Choose(int total, int count, RandomStream random)
    {
        // Selection sampling (Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S): already ascending.
        int[] chosen = new int[count];
        int taken = 0;
        for (int i = 0; i < total && taken < count; i++)
        {
            if (random.Next(total - i) < count - taken)
            {
                chosen[taken++] = i;
            }
        }

        return chosen;
    }
}
