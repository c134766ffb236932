// Which messages the newest of is kept for each controller. The numbers stand in workspaces and never change: ports for whole messages, the controller's
// kinds of measurement (64 and more) for entries.
using PoleController.Messages;
using PoleController.Settings;

namespace Provisioning.FleetState;

/// <summary>Kinds of messages.</summary>
internal static class MessageKind
{
    public const int Status = MessagePort.Status;
    public const int Answer = MessagePort.Command;
    public const int Luminaire = (int)MeasurementKind.Luminaire;
    public const int Gear = (int)MeasurementKind.Gear;
    public const int FillLevel = (int)MeasurementKind.FillLevel;
    public const int WaterLevel = (int)MeasurementKind.WaterLevel;
    public const int Particulates = (int)MeasurementKind.Particulates;
    public const int Climate = (int)MeasurementKind.Climate;
    public const int Gas = (int)MeasurementKind.Gas;
    public const int Traffic = (int)MeasurementKind.Traffic;
    public const int Pole = (int)MeasurementKind.Pole;
}
