// What the steps of a commissioning have to work with: the session at the pole, what the workspace says, who can be asked, and what is allowed.
using Provisioning.Controllers;
using Provisioning.Poles;
using Provisioning.ServicePort;

namespace Provisioning.Commissioning;

/// <summary>What is asked of a commissioning.</summary>
public sealed record CommissioningRequest
{
    /// <summary>The pole; null for the one in which the controller hangs.</summary>
    public string? PoleId { get; init; }

    /// <summary>Whether an interrupted one is given up and begun anew.</summary>
    public bool IsAnew { get; init; }

    /// <summary>For how long the network is waited for, in seconds; 0 leaves that step out.</summary>
    public int NetworkSeconds { get; init; } = 60;

    /// <summary>How much the measured power may differ from what the level explains, in percent of full power; the controller's own default (SupervisionSettings).</summary>
    public int TolerancePercent { get; init; } = 30;

    /// <summary>How far the pole may stand from where it was planned, in metres.</summary>
    public int LargestDistanceMetres { get; init; } = 20;

    /// <summary>Gives the measured position in degrees (WGS 84); null when there is none. Asked when its step comes.</summary>
    public Func<(double Latitude, double Longitude)?>? Position { get; init; }

    /// <summary>For how long the lamp shows a level before it is measured, in milliseconds.</summary>
    public int LampSettleMs { get; init; } = 3_000;
}

/// <summary>A visit at a pole.</summary>
internal sealed class CommissioningVisit
{
    public required ServiceSession Session { get; init; }

    public required Pole Pole { get; init; }

    public required Controller Controller { get; init; }

    public required ITechnician Technician { get; init; }

    public required CommissioningRequest Request { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Whether a part of a step has passed in this commissioning before it was interrupted.</summary>
    public required Func<string, string, bool> IsDone { get; init; }

    /// <summary>Waits; the pole's own time may run faster in a simulation, never slower.</summary>
    public static void Pause(int milliseconds) => Thread.Sleep(milliseconds);

    /// <summary>The pole's words for a value of its live values; null when it does not print it.</summary>
    public ServiceRecord? Value(string name) => Session.Require("values").Lines.FirstOrDefault(record => record.Find("value") == name);

    /// <summary>Everything that a record measured, without the words that name it.</summary>
    public static IReadOnlyList<MeasuredValue> Measured(ServiceRecord record, params string[] without) =>
        [.. record.Fields.Where(field => !without.Contains(field.Key)).Select(field => new MeasuredValue(field.Key, field.Value))];
}
