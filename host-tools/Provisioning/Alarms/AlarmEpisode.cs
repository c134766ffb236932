// An alarm from its beginning to its end.
using PoleController.Alarms;
using Provisioning.Language;

namespace Provisioning.Alarms;

/// <summary>An alarm.</summary>
public sealed record AlarmEpisode
{
    /// <summary>Its number in the workspace; 0 before it has one.</summary>
    public long Number { get; init; }

    /// <summary>DevEUI of the controller that it is about.</summary>
    public required string DevEui { get; init; }

    /// <summary>The pole in which the controller hung when it was told; null when in none.</summary>
    public string? PoleId { get; init; }

    /// <summary>What it is about.</summary>
    public required AlarmKind Kind { get; init; }

    /// <summary>Why, a <see cref="PoleController.HealthReason"/>.</summary>
    public int Reason { get; init; }

    /// <summary>Its size in the unit of the kind (docs/messages.md, alarmKind); 0 where it has none.</summary>
    public int Size { get; init; }

    /// <summary>When it began, milliseconds since 1970 (UTC); when only its end was told, that.</summary>
    public required long BeganUtcMs { get; init; }

    /// <summary>Whether its beginning was told.</summary>
    public bool IsBeginningKnown { get; init; } = true;

    /// <summary>When it was last told, beginning or change.</summary>
    public required long ChangedUtcMs { get; init; }

    /// <summary>When it ended; null while it is open.</summary>
    public long? EndedUtcMs { get; init; }
}

/// <summary>What there is to know of kinds of alarms.</summary>
public static class AlarmKinds
{
    /// <summary>
    /// A pole that was heard before says nothing (<see cref="Silence"/>). Found by the workspace, told by no pole: a message carries kinds up to 127 only
    /// (docs/messages.md, alarmKind), those from 128 on are the workspace's own.
    /// </summary>
    public const AlarmKind Silent = (AlarmKind)128;

    private const string SilentWord = "silent";

    /// <summary>The kinds that there are.</summary>
    public static IReadOnlyList<AlarmKind> All { get; } = [.. Enum.GetValues<AlarmKind>().Where(kind => kind != AlarmKind.None), Silent];

    /// <summary>The kind's word in JSON, options and documents: as docs/messages.md has it.</summary>
    public static string Word(AlarmKind kind) => kind == Silent ? SilentWord : SchemaWord.Of(kind);

    /// <summary>The kind of a word; null when there is none.</summary>
    public static AlarmKind? Find(string word) => All.Where(kind => Word(kind) == word).Select(kind => (AlarmKind?)kind).FirstOrDefault();

    /// <summary>Whether it happens and does not last (docs/messages.md): it is never told to end.</summary>
    public static bool IsMoment(AlarmKind kind) => kind is AlarmKind.ContainerEmptied or AlarmKind.Impact or AlarmKind.ServiceRefused or AlarmKind.Restarted;

    /// <summary>Whether the lamp is dark, or may be, although it should be lit.</summary>
    public static bool MeansDark(AlarmKind kind) => kind is AlarmKind.LampFailure or AlarmKind.GearFailure or AlarmKind.UnexpectedOff or AlarmKind.SupplyLoss;
}
