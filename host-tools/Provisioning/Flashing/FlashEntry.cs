// How it stands at one place, as the result file has it. Words stand in files and never change.
namespace Provisioning.Flashing;

/// <summary>How far a place is.</summary>
public enum FlashState
{
    /// <summary>It is being flashed, or the run was interrupted then.</summary>
    Running,

    /// <summary>Flashed, and the identity was read back.</summary>
    Done,

    /// <summary>Nothing was to be done: the identity was read, and the files are those that were put on it.</summary>
    AlreadyRight,

    /// <summary>It did not work; the reason says why.</summary>
    Failed,
}

/// <summary>A place and what came of it.</summary>
/// <param name="Port">The port that nanoff uses.</param>
/// <param name="State">How far it is.</param>
/// <param name="Step">The step that it is at, or at which it failed; one of <see cref="FlashSteps"/>.</param>
public sealed record FlashEntry(string Port, FlashState State, string Step)
{
    /// <summary>The controller; empty while it is not known.</summary>
    public string DevEui { get; init; } = "";

    /// <summary>MAC of the chip, 12 hexadecimal digits; empty while it is not known.</summary>
    public string ChipMac { get; init; } = "";

    /// <summary>Why it failed: a word; empty otherwise.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Version of the firmware that was read back; empty while it is not known.</summary>
    public string Firmware { get; init; } = "";

    /// <summary>When this was so, in milliseconds since 1970 (UTC).</summary>
    public long AtUtcMs { get; init; }

    /// <summary>Whether nothing more happens.</summary>
    public bool HasEnded => State != FlashState.Running;
}

/// <summary>Steps of flashing, in their order.</summary>
public static class FlashSteps
{
    /// <summary>Whether it is right already.</summary>
    public const string Look = "look";

    /// <summary>The chip's MAC, and the controller that it is to be.</summary>
    public const string Chip = "chip";

    /// <summary>The runtime.</summary>
    public const string Runtime = "runtime";

    /// <summary>Identity, settings, board.</summary>
    public const string Files = "files";

    /// <summary>The application.</summary>
    public const string Application = "application";

    /// <summary>The identity, read back.</summary>
    public const string ReadBack = "readBack";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Look, Chip, Runtime, Files, Application, ReadBack];
}
