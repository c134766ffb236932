// Why a step did not pass, as far as this library says it; the pole has words of its own (docs/service-port.md). Words stand in protocols and never change.
namespace Provisioning.Commissioning;

/// <summary>Reasons of steps.</summary>
public static class StepReasons
{
    /// <summary>Another controller answers than the one that hangs in the pole by the workspace.</summary>
    public const string OtherController = "otherController";

    /// <summary>By the workspace the controller hangs in no pole.</summary>
    public const string NotMounted = "notMounted";

    /// <summary>The workspace has another board for it.</summary>
    public const string OtherBoard = "otherBoard";

    /// <summary>The technician says that this is another pole.</summary>
    public const string OtherPole = "otherPole";

    /// <summary>The controller has no identity.</summary>
    public const string NotProvisioned = "notProvisioned";

    /// <summary>A step before it failed, without which it makes no sense.</summary>
    public const string NotReached = "notReached";

    /// <summary>Nobody was there to be asked.</summary>
    public const string Unattended = "unattended";

    /// <summary>It was not asked for.</summary>
    public const string NotAskedFor = "notAskedFor";

    /// <summary>The part is not fitted, and need not be.</summary>
    public const string NotFitted = "notFitted";

    /// <summary>By the workspace the part is fitted; the pole has it not.</summary>
    public const string Missing = "missing";

    /// <summary>The technician saw something else.</summary>
    public const string SeenOtherwise = "seenOtherwise";

    /// <summary>The lamp's output does not follow the command.</summary>
    public const string LevelNotReached = "levelNotReached";

    /// <summary>The power is higher than the level explains.</summary>
    public const string PowerTooHigh = "powerTooHigh";

    /// <summary>The power is lower than the level explains.</summary>
    public const string PowerTooLow = "powerTooLow";

    /// <summary>The sensor did not become ready in time.</summary>
    public const string NotReady = "notReady";

    /// <summary>No network answered in time.</summary>
    public const string NotJoined = "notJoined";

    /// <summary>The value is further off than allowed.</summary>
    public const string TooFar = "tooFar";

    /// <summary>The receiver had no fix.</summary>
    public const string NoFix = "noFix";

    /// <summary>Alarms are on.</summary>
    public const string Raised = "raised";

    /// <summary>The controller restarted meanwhile without being asked.</summary>
    public const string Restarted = "restarted";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        OtherController, NotMounted, OtherBoard, OtherPole, NotProvisioned, NotReached, Unattended, NotAskedFor, NotFitted, Missing, SeenOtherwise, LevelNotReached,
        PowerTooHigh, PowerTooLow, NotReady, NotJoined, TooFar, NoFix, Raised, Restarted,
    ];
}
