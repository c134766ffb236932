// What would be done at a network server so that it has what it should: shown before it is carried out.
namespace Provisioning.NetworkServers.Registration;

/// <summary>What is to be done about a device or a profile. The words stand in JSON and never change.</summary>
public enum PlannedAction
{
    /// <summary>Nothing: it is as it should be.</summary>
    Keep,

    /// <summary>It is not there: to be made.</summary>
    Create,

    /// <summary>It is there in part, because something ended between the calls that make one: to be completed.</summary>
    Complete,

    /// <summary>It is there and differs: to be corrected.</summary>
    Change,

    /// <summary>Its controller is retired: to be deleted.</summary>
    Delete,
}

/// <summary>A field that differs.</summary>
/// <param name="Field">Name of the field, as in <see cref="ServerDevice"/> and <see cref="ServerProfile"/>.</param>
/// <param name="Before">What the server has; null for what is never shown: keys, and the text of the codec.</param>
/// <param name="After">What it should have; null likewise.</param>
public sealed record FieldDifference(string Field, string? Before, string? After);

/// <summary>A device of the plan.</summary>
/// <param name="DevEui">The device.</param>
/// <param name="Action">What is to be done.</param>
/// <param name="Differences">What differs, for <see cref="PlannedAction.Change"/> and <see cref="PlannedAction.Complete"/>.</param>
public sealed record PlannedDevice(string DevEui, PlannedAction Action, params IReadOnlyList<FieldDifference> Differences);

/// <summary>A profile of the plan.</summary>
/// <param name="Region">The region that it is for; empty where the server keeps no profiles.</param>
/// <param name="Profile">As it should be, with its identifier if it is there.</param>
/// <param name="Action">What is to be done.</param>
/// <param name="Differences">What differs.</param>
public sealed record PlannedProfile(string Region, ServerProfile Profile, PlannedAction Action, params IReadOnlyList<FieldDifference> Differences);

/// <summary>The plan.</summary>
public sealed record RegistrationPlan
{
    /// <summary>Profiles by region.</summary>
    public required IReadOnlyList<PlannedProfile> Profiles { get; init; }

    /// <summary>Devices by DevEUI, those that are left alone included.</summary>
    public required IReadOnlyList<PlannedDevice> Devices { get; init; }

    /// <summary>DevEUIs that are at the server and not in the workspace: never touched.</summary>
    public required IReadOnlyList<string> Foreign { get; init; }

    /// <summary>What the server should have.</summary>
    public required Wanted Wanted { get; init; }

    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => Devices.All(device => device.Action == PlannedAction.Keep) && Profiles.All(profile => profile.Action == PlannedAction.Keep);

    /// <summary>How many devices have an action.</summary>
    public int Count(PlannedAction action) => Devices.Count(device => device.Action == action);
}
