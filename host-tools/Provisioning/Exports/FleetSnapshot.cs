// What an export is made of: each pole with the newest values of each kind.
using PoleController.Messages;
using PoleController.Messages.Entries;
using PoleController.Sensing;
using Provisioning.FleetState;
using Provisioning.Poles;
using Provisioning.Workspaces;

namespace Provisioning.Exports;

/// <summary>A pole with its newest values.</summary>
internal sealed record PoleSnapshot
{
    public required PoleStatus State { get; init; }

    public Pole Pole => State.Pole;

    public string? DevEui => State.DevEui;

    public StatusMessage? Status => State.Status;

    public Latest<LuminaireEntry>? Luminaire { get; init; }

    public Latest<FillLevelEntry>? FillLevel { get; init; }

    public Latest<ParticulatesEntry>? Particulates { get; init; }

    public Latest<ClimateEntry>? Climate { get; init; }

    public Latest<GasEntry>? Gas { get; init; }

    public Latest<TrafficEntry>? Traffic { get; init; }

    public Latest<WaterLevelEntry>? WaterLevel { get; init; }

    /// <summary>A value, where it is known and its quality is one that can be passed on.</summary>
    public static double? Good(Quality quality, int value, double scale) =>
        quality is Quality.Ok or Quality.Substituted && value is not (MeasurementEntry.Unknown or MeasurementEntry.UnknownSigned) ? value * scale : null;
}

/// <summary>The fleet with its newest values.</summary>
internal static class FleetSnapshot
{
    public static List<PoleSnapshot> Read(Workspace workspace, PoleFilter filter, long nowUtcMs) => workspace.Read(connection =>
    {
        LatestMessages latest = LatestMessages.Read(
            connection, MessageKind.Luminaire, MessageKind.FillLevel, MessageKind.Particulates, MessageKind.Climate, MessageKind.Gas, MessageKind.Traffic, MessageKind.WaterLevel);
        return FleetStatus.Read(connection, filter, nowUtcMs).ConvertAll(state => new PoleSnapshot
        {
            State = state,
            Luminaire = Of<LuminaireEntry>(latest, state),
            FillLevel = Of<FillLevelEntry>(latest, state),
            Particulates = Of<ParticulatesEntry>(latest, state),
            Climate = Of<ClimateEntry>(latest, state),
            Gas = Of<GasEntry>(latest, state),
            Traffic = Of<TrafficEntry>(latest, state),
            WaterLevel = Of<WaterLevelEntry>(latest, state),
        });
    });

    private static Latest<T>? Of<T>(LatestMessages latest, PoleStatus state)
        where T : MeasurementEntry, new() => state.DevEui is { } devEui ? latest.Entry<T>(devEui) : null;
}
