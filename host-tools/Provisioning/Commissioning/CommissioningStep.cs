// A step of a commissioning: what was looked at, what came of it, what was measured. Words stand in protocols and never change.
namespace Provisioning.Commissioning;

/// <summary>What came of a step.</summary>
public enum StepResult
{
    /// <summary>It is as it should be.</summary>
    Passed,

    /// <summary>It is not.</summary>
    Failed,

    /// <summary>It was not looked at, and the reason says why.</summary>
    Skipped,
}

/// <summary>A value that was measured.</summary>
/// <param name="Name">Its name, with the unit at the end, as the service port has it.</param>
/// <param name="Value">The value: a whole number as digits, else a word.</param>
public sealed record MeasuredValue(string Name, string Value);

/// <summary>A step that was carried out.</summary>
/// <param name="Name">Which; one of <see cref="StepNames"/>.</param>
/// <param name="Part">The component, sensor or level that it is about; empty when the step has no parts.</param>
/// <param name="Result">What came of it.</param>
/// <param name="Reason">Why, when it did not pass: a word of this library or of the pole; empty otherwise.</param>
public sealed record CommissioningStep(string Name, string Part, StepResult Result, string Reason = "")
{
    /// <summary>What was measured.</summary>
    public IReadOnlyList<MeasuredValue> Measured { get; init; } = [];

    /// <summary>When it ended, in milliseconds since 1970 (UTC).</summary>
    public long AtUtcMs { get; init; }

    /// <summary>Name and part, by which a step is found again.</summary>
    public string Key => Part.Length == 0 ? Name : Name + "/" + Part;

    internal static CommissioningStep Passed(string name, string part = "", params IReadOnlyList<MeasuredValue> measured) => new(name, part, StepResult.Passed) { Measured = measured };

    internal static CommissioningStep Failed(string name, string part, string reason, params IReadOnlyList<MeasuredValue> measured) =>
        new(name, part, StepResult.Failed, reason) { Measured = measured };

    internal static CommissioningStep Skipped(string name, string part, string reason, params IReadOnlyList<MeasuredValue> measured) =>
        new(name, part, StepResult.Skipped, reason) { Measured = measured };
}

/// <summary>Names of steps, in the order in which they are carried out.</summary>
public static class StepNames
{
    /// <summary>The right controller at the right pole.</summary>
    public const string Identity = "identity";

    /// <summary>The service port opens.</summary>
    public const string Unlock = "unlock";

    /// <summary>The controller's clock.</summary>
    public const string Clock = "clock";

    /// <summary>Position and luminaire in the controller's settings.</summary>
    public const string Settings = "settings";

    /// <summary>The network hears the pole.</summary>
    public const string Network = "network";

    /// <summary>Self-test of a component.</summary>
    public const string Component = "component";

    /// <summary>What the board measures of itself.</summary>
    public const string Board = "board";

    /// <summary>The lamp at a level.</summary>
    public const string Lamp = "lamp";

    /// <summary>Test of a sensor.</summary>
    public const string Sensor = "sensor";

    /// <summary>The upright position is learnt.</summary>
    public const string Upright = "upright";

    /// <summary>The pole stands where it was planned.</summary>
    public const string Position = "position";

    /// <summary>No alarm is on at the end.</summary>
    public const string Alarms = "alarms";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Identity, Unlock, Clock, Settings, Network, Component, Board, Lamp, Sensor, Upright, Position, Alarms];
}
