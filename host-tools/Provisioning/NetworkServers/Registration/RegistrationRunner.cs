// Carries a plan out: profiles first, then devices side by side. Everything that it does can be done again, so an interruption or a failure at any moment leaves a
// state that the next plan sees and mends.
using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Provisioning.Audit;
using Provisioning.Members;
using Provisioning.NetworkServers.Settings;
using Provisioning.Problems;
using Provisioning.Workspaces;

namespace Provisioning.NetworkServers.Registration;

/// <summary>What came of a plan.</summary>
public sealed record RegistrationResult
{
    /// <summary>Devices that were done, by action.</summary>
    public required IReadOnlyDictionary<PlannedAction, int> Done { get; init; }

    /// <summary>Profiles that were made or corrected.</summary>
    public required int ProfilesDone { get; init; }

    /// <summary>Devices and profiles that could not be done, with the reason.</summary>
    public required IReadOnlyList<Problem> Problems { get; init; }

    /// <summary>Devices that were not tried, because something ended the run before.</summary>
    public required int NotTried { get; init; }

    /// <summary>Whether all of the plan is done.</summary>
    public bool IsWhole => Problems.Count == 0 && NotTried == 0;
}

/// <summary>Carries plans out.</summary>
public static class RegistrationRunner
{
    /// <summary>Carries a plan out.</summary>
    /// <param name="workspace">The workspace, whose journal is told before keys leave it, and at the end.</param>
    /// <param name="settings">The server.</param>
    /// <param name="server">The open server.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="parallelism">How many calls at once.</param>
    /// <param name="progress">Told how many devices of how many are done.</param>
    /// <param name="cancellation">Ends it: calls under way end, what is done stays.</param>
    /// <exception cref="ProblemException">The member may not, or the workspace cannot be written; then nothing was done at the server.</exception>
    public static async Task<RegistrationResult> RunAsync(
        Workspace workspace, ServerSettings settings, INetworkServer server, RegistrationPlan plan, int parallelism, Action<int, int>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(plan);
        List<PlannedDevice> devices = [.. plan.Devices.Where(device => device.Action != PlannedAction.Keep)];
        TellKeys(workspace, settings, plan, devices);

        List<Problem> problems = [];
        int profilesDone = 0;
        Dictionary<string, string> profileIds = new(StringComparer.Ordinal);
        bool isEnded = false;
        foreach (PlannedProfile profile in plan.Profiles)
        {
            ServerAnswer<string> id = await DoProfileAsync(server, profile, cancellation).ConfigureAwait(false);
            if (id.IsOk)
            {
                profileIds[profile.Region] = id.Value;
                profilesDone += profile.Action == PlannedAction.Keep ? 0 : 1;
                continue;
            }

            problems.Add(id.Failure.Problem with { Field = "profile", Value = profile.Profile.Name });
            isEnded |= id.Failure.EndsEverything;
        }

        ConcurrentDictionary<PlannedAction, int> done = new();
        ConcurrentBag<(string DevEui, Problem Problem)> failed = [];
        int tried = 0;
        if (!isEnded)
        {
            await BoundedCalls.EachAsync(devices, parallelism, async index =>
            {
                Interlocked.Increment(ref tried);
                ServerFailure? failure = await DoDeviceAsync(server, plan.Wanted, devices[index], profileIds, cancellation).ConfigureAwait(false);
                if (failure is null)
                {
                    done.AddOrUpdate(devices[index].Action, 1, (_, count) => count + 1);
                    return true;
                }

                failed.Add((devices[index].DevEui, failure.Problem with { Field = "device", Value = devices[index].DevEui }));
                return !failure.EndsEverything;
            }, progress, cancellation).ConfigureAwait(false);
        }

        problems.AddRange(failed.OrderBy(pair => pair.DevEui, StringComparer.Ordinal).Select(pair => pair.Problem));
        RegistrationResult result = new() { Done = new SortedDictionary<PlannedAction, int>(done), ProfilesDone = profilesDone, Problems = problems, NotTried = devices.Count - tried };
        TellResult(workspace, settings, result);
        return result;
    }

    private static async Task<ServerAnswer<string>> DoProfileAsync(INetworkServer server, PlannedProfile profile, CancellationToken cancellation)
    {
        switch (profile.Action)
        {
            case PlannedAction.Create:
                return await server.CreateProfileAsync(profile.Profile, cancellation).ConfigureAwait(false);
            case PlannedAction.Keep:
                return profile.Profile.Id;
            default:
                ServerAnswer<Done> changed = await server.UpdateProfileAsync(profile.Profile, cancellation).ConfigureAwait(false);
                return changed.IsOk ? profile.Profile.Id : changed.Failure;
        }
    }

    private static async Task<ServerFailure?> DoDeviceAsync(
        INetworkServer server, Wanted wanted, PlannedDevice planned, Dictionary<string, string> profileIds, CancellationToken cancellation)
    {
        if (planned.Action == PlannedAction.Delete)
        {
            return (await server.DeleteDeviceAsync(planned.DevEui, cancellation).ConfigureAwait(false)).Failure;
        }

        WantedDevice device = wanted.Devices[planned.DevEui];
        string? profileId = null;
        if (server.Traits.KeepsProfiles && !profileIds.TryGetValue(device.Region, out profileId))
        {
            return new ServerFailure(FailureKind.Refused, new Problem("problem.networkServer.noProfile", device.Region));
        }

        ServerDevice made = device.Device with { ProfileId = profileId };
        return planned.Action == PlannedAction.Create
            ? (await server.CreateDeviceAsync(made, cancellation).ConfigureAwait(false)).Failure
            : (await server.UpdateDeviceAsync(made, cancellation).ConfigureAwait(false)).Failure;
    }

    // Before the first key leaves, as with provisioning files.
    private static void TellKeys(Workspace workspace, ServerSettings settings, RegistrationPlan plan, List<PlannedDevice> devices) => workspace.Write(Permission.Plan, false, writer =>
    {
        JsonObject detail = new() { ["server"] = settings.Name, ["address"] = settings.Address };
        foreach (PlannedDevice device in devices.Where(device => device.Action != PlannedAction.Delete && SendsKeys(device)))
        {
            writer.Record(JournalAction.KeysRegistered, SubjectKind.Keys, plan.Wanted.Devices[device.DevEui].KeySubject, null, detail.DeepClone().AsObject());
        }

        return true;
    });

    private static bool SendsKeys(PlannedDevice device) =>
        device.Action is PlannedAction.Create or PlannedAction.Complete || device.Differences.Any(difference => difference.Field is "appKey" or "genAppKey" or "joinEui");

    private static void TellResult(Workspace workspace, ServerSettings settings, RegistrationResult result) => workspace.Write(Permission.Plan, false, writer =>
    {
        JsonObject detail = new(result.Done.Select(pair => KeyValuePair.Create(pair.Key.ToString().ToLowerInvariant(), (JsonNode?)pair.Value)))
        {
            ["profiles"] = result.ProfilesDone,
            ["failed"] = result.Problems.Count,
            ["notTried"] = result.NotTried,
        };
        writer.Record(JournalAction.ServerApplied, SubjectKind.Server, settings.Name, null, detail);
        return true;
    });
}
