// Compares a network server with what it should have, device by device and field by field. Only reads.

namespace Provisioning.NetworkServers.Registration;

/// <summary>Makes plans.</summary>
public static class RegistrationPlanner
{
    /// <summary>Compares.</summary>
    /// <param name="server">The server.</param>
    /// <param name="wanted">What it should have.</param>
    /// <param name="parallelism">How many calls at once.</param>
    /// <param name="progress">Told how many devices of how many are compared.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<ServerAnswer<RegistrationPlan>> PlanAsync(
        INetworkServer server, Wanted wanted, int parallelism, Action<int, int>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(wanted);
        ServerAnswer<IReadOnlyList<ServerProfile>> profiles = await server.ListProfilesAsync(cancellation).ConfigureAwait(false);
        ServerAnswer<IReadOnlyList<ServerDevice>> listed =
            profiles.IsOk ? await server.ListDevicesAsync(cancellation).ConfigureAwait(false) : profiles.Failure;
        if (!listed.IsOk)
        {
            return listed.Failure;
        }

        List<PlannedProfile> plannedProfiles = PlanProfiles(server.Traits, wanted, profiles.Value);
        Dictionary<string, string> profileIds = plannedProfiles.ToDictionary(profile => profile.Region, profile => profile.Profile.Id, StringComparer.Ordinal);
        HashSet<string> there = [.. listed.Value.Select(device => device.DevEui)];
        List<string> compared = [.. wanted.Devices.Keys.Where(there.Contains)];
        ServerAnswer<IReadOnlyList<PlannedDevice>> changes = await BoundedCalls.RunAsync(
            compared, parallelism, devEui => CompareAsync(server, wanted.Devices[devEui], profileIds, cancellation), progress, cancellation).ConfigureAwait(false);
        if (!changes.IsOk)
        {
            return changes.Failure;
        }

        IEnumerable<PlannedDevice> others = wanted.Devices.Keys.Where(devEui => !there.Contains(devEui)).Select(devEui => new PlannedDevice(devEui, PlannedAction.Create))
            .Concat(wanted.Retired.Where(there.Contains).Select(devEui => new PlannedDevice(devEui, PlannedAction.Delete)));
        return new RegistrationPlan
        {
            Profiles = plannedProfiles,
            Devices = [.. changes.Value.Concat(others).OrderBy(device => device.DevEui, StringComparer.Ordinal)],
            Foreign = [.. there.Where(devEui => !wanted.Known.Contains(devEui)).Order(StringComparer.Ordinal)],
            Wanted = wanted,
        };
    }

    private static List<PlannedProfile> PlanProfiles(ServerTraits traits, Wanted wanted, IReadOnlyList<ServerProfile> there)
    {
        List<PlannedProfile> planned = [];
        foreach ((string region, ServerProfile profile) in wanted.Profiles)
        {
            ServerProfile? found = traits.KeepsProfiles ? there.FirstOrDefault(candidate => candidate.Name == profile.Name) : there[0];
            if (found is null)
            {
                planned.Add(new PlannedProfile(region, profile, PlannedAction.Create));
                continue;
            }

            List<FieldDifference> differences = Differences.Of(profile, found);
            planned.Add(new PlannedProfile(region, profile with { Id = found.Id }, differences.Count == 0 ? PlannedAction.Keep : PlannedAction.Change, differences));
        }

        return planned;
    }

    private static async Task<ServerAnswer<PlannedDevice>> CompareAsync(
        INetworkServer server, WantedDevice wanted, Dictionary<string, string> profileIds, CancellationToken cancellation)
    {
        string devEui = wanted.Device.DevEui;
        ServerAnswer<ServerDevice?> answer = await server.FindDeviceAsync(devEui, cancellation).ConfigureAwait(false);
        if (!answer.IsOk)
        {
            return answer.Failure;
        }

        // Somebody deleted it since the list was read.
        if (answer.Value is not { } there)
        {
            return new PlannedDevice(devEui, PlannedAction.Create);
        }

        ServerDevice device = wanted.Device with { ProfileId = server.Traits.KeepsProfiles ? profileIds[wanted.Region] : null };
        List<FieldDifference> differences = Differences.Of(device, there);
        PlannedAction action = !there.IsComplete ? PlannedAction.Complete : differences.Count > 0 ? PlannedAction.Change : PlannedAction.Keep;
        return new PlannedDevice(devEui, action, differences);
    }
}
