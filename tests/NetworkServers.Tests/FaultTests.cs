// Everything that goes wrong between polectl and a server: at every call of a registration, each fault; then the run that follows. In each, nothing is lost, nothing is
// there twice, and the state in the end is the one of a run without faults.
using System.Text.Json.Nodes;
using NetworkServers.Faults;
using Provisioning.Controllers;
using Provisioning.Language;
using Provisioning.NetworkServers;
using Provisioning.NetworkServers.Http;
using Provisioning.NetworkServers.Registration;
using Provisioning.Problems;

namespace NetworkServers.Tests;

public sealed class FaultTests
{
    private const int UsualTimeoutMs = 60_000;
    private const int ShortTimeoutMs = 1_500;

    // A call without an answer costs a time-out: not every call is left without one.
    private const int SilentStride = 6;

    [Theory]
    [InlineData(City.ChirpStackKind, FaultKind.TooMany)]
    [InlineData(City.ChirpStackKind, FaultKind.BadGatewayAfter)]
    [InlineData(City.ChirpStackKind, FaultKind.CutBefore)]
    [InlineData(City.ChirpStackKind, FaultKind.CutAfter)]
    [InlineData(City.ChirpStackKind, FaultKind.Truncated)]
    [InlineData(City.ChirpStackKind, FaultKind.Silence)]
    [InlineData(City.ThingsStackKind, FaultKind.TooMany)]
    [InlineData(City.ThingsStackKind, FaultKind.BadGateway)]
    [InlineData(City.ThingsStackKind, FaultKind.CutAfter)]
    [InlineData(City.ThingsStackKind, FaultKind.Html)]
    [InlineData(City.ThingsStackKind, FaultKind.Silence)]
    public async Task Given_a_fault_that_passes_at_any_call_when_registered_then_one_run_is_enough_and_the_state_is_the_same(string kind, FaultKind fault)
    {
        int timeoutMs = fault == FaultKind.Silence ? ShortTimeoutMs : UsualTimeoutMs;
        await using City city = await City.BuildAsync(kind, 1, City.Hasty, timeoutMs);
        string clean = await CleanStateAsync(city);
        int calls = await CountCallsAsync(city);
        for (int at = 0; at < calls; at += fault == FaultKind.Silence ? SilentStride : 1)
        {
            await EmptyAsync(city);
            HitCall(city, fault, at);

            RegistrationResult result = await city.RunAsync(await city.PlanAsync(), parallelism: 1);

            Assert.True(result.IsWhole, $"{fault} at call {at}: {string.Join("; ", result.Problems.Select(problem => problem.Key))}");
            Assert.Equal(clean, city.State());
        }
    }

    [Theory]
    [InlineData(City.ChirpStackKind, FaultKind.Error)]
    [InlineData(City.ChirpStackKind, FaultKind.CutBefore)]
    [InlineData(City.ChirpStackKind, FaultKind.CutAfter)]
    [InlineData(City.ChirpStackKind, FaultKind.Silence)]
    [InlineData(City.ThingsStackKind, FaultKind.Error)]
    [InlineData(City.ThingsStackKind, FaultKind.CutAfter)]
    [InlineData(City.ThingsStackKind, FaultKind.Truncated)]
    public async Task Given_a_run_that_ends_at_any_call_when_run_again_then_it_finds_and_heals_what_was_left(string kind, FaultKind fault)
    {
        int timeoutMs = fault == FaultKind.Silence ? ShortTimeoutMs : UsualTimeoutMs;
        await using City city = await City.BuildAsync(kind, 2, City.Hasty, timeoutMs);
        string clean = await CleanStateAsync(city);
        int calls = await CountCallsAsync(city);
        int failures = 0;
        int tried = 0;
        for (int at = 0; at < calls; at += fault == FaultKind.Silence ? SilentStride : 1)
        {
            await EmptyAsync(city);
            city.Reopen(City.Once, timeoutMs);
            tried++;
            HitCall(city, fault, at);
            ServerAnswer<RegistrationPlan> plan = await city.TryPlanAsync(parallelism: 1);
            failures += plan.IsOk && (await city.RunAsync(plan.Value, parallelism: 1)).IsWhole ? 0 : 1;

            // Twice, so that a run that heals must leave nothing for the next.
            city.Reopen(City.Hasty, timeoutMs);
            await city.RegisterAsync();
            Assert.Equal(clean, city.State());
            Assert.True((await city.PlanAsync()).IsEmpty);
        }

        Assert.True(failures > tried / 2, $"{failures} of {tried} faults were felt");
    }

    [Fact]
    public async Task Given_a_ChirpStack_device_without_keys_because_the_second_call_failed_then_the_next_plan_completes_it_and_makes_nothing_twice()
    {
        await using City city = await City.BuildAsync(City.ChirpStackKind, 1, City.Once);
        city.Host.Faults.Add(FaultKind.Error, "DeviceService_CreateKeys");
        RegistrationResult first = await city.RunAsync(await city.PlanAsync());
        Assert.Equal("problem.networkServer.error", Assert.Single(first.Problems).Key);
        Assert.Empty(city.ChirpStack.KeyState);

        RegistrationPlan plan = await city.PlanAsync();
        await city.RunAsync(plan);

        PlannedDevice device = Assert.Single(plan.Devices);
        Assert.Equal(PlannedAction.Complete, device.Action);
        Assert.Equal(["appKey", "genAppKey"], device.Differences.Select(difference => difference.Field));
        Assert.Equal(1, city.Host.Counts["DeviceService_Create"]);
        Assert.Equal(city.AppKey(device.DevEui), city.ChirpStack.KeyState[device.DevEui]["nwkKey"]!.GetValue<string>());
    }

    [Fact]
    public async Task Given_keys_at_ChirpStack_that_are_right_then_they_are_never_set_again()
    {
        await using City city = await City.BuildAsync(City.ChirpStackKind, 1);
        city.Host.Faults.Add(FaultKind.CutAfter, "DeviceService_CreateKeys");

        await city.RegisterAsync();

        Assert.Equal(2, city.Host.Counts["DeviceService_CreateKeys"]);
        Assert.False(city.Host.Counts.ContainsKey("DeviceService_UpdateKeys"));
    }

    [Theory]
    [InlineData(City.ChirpStackKind, FaultKind.WrongTypes, "problem.networkServer.shape")]
    [InlineData(City.ThingsStackKind, FaultKind.WrongTypes, "problem.networkServer.shape")]
    [InlineData(City.ChirpStackKind, FaultKind.Html, "problem.networkServer.notJson")]
    [InlineData(City.ThingsStackKind, FaultKind.Truncated, "problem.networkServer.notJson")]
    [InlineData(City.ChirpStackKind, FaultKind.Unauthorised, "problem.networkServer.unauthorised")]
    [InlineData(City.ThingsStackKind, FaultKind.Forbidden, "problem.networkServer.forbidden")]
    [InlineData(City.ChirpStackKind, FaultKind.Redirect, "problem.networkServer.redirect")]
    [InlineData(City.ThingsStackKind, FaultKind.Error, "problem.networkServer.error")]
    [InlineData(City.ChirpStackKind, FaultKind.BadGateway, "problem.networkServer.error")]
    [InlineData(City.ThingsStackKind, FaultKind.CutBefore, "problem.networkServer.cut")]
    [InlineData(City.ChirpStackKind, FaultKind.Silence, "problem.networkServer.timedOut")]
    [InlineData(City.ThingsStackKind, FaultKind.TooMany, "problem.networkServer.overloaded")]
    public async Task Given_a_fault_that_stays_then_the_problem_says_which_and_nothing_was_made(string kind, FaultKind fault, string expected)
    {
        await using City city = await City.BuildAsync(kind, 2);
        await city.RegisterAsync();
        city.Reopen(City.Once, fault == FaultKind.Silence ? ShortTimeoutMs : UsualTimeoutMs);
        string before = city.State();
        city.Host.Faults.Add(new Fault(fault, _ => true, int.MaxValue));

        ServerAnswer<RegistrationPlan> plan = await city.TryPlanAsync();
        ServerAnswer<ServerHealth> health = await city.Server.CheckAsync(CancellationToken.None);

        Assert.Equal(expected, plan.Failure!.Problem.Key);
        Assert.Equal(expected, health.Failure!.Problem.Key);
        Assert.Equal(before, city.State());
        foreach (TextLanguage language in Enum.GetValues<TextLanguage>())
        {
            string text = plan.Failure.Problem.ToText(TextCatalog.Load(typeof(TextCatalog).Assembly, language));
            Assert.DoesNotContain(City.Token, text, StringComparison.Ordinal);
            Assert.Contains(city.Settings.Address, text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(City.ChirpStackKind, "DeviceService_Create")]
    [InlineData(City.ThingsStackKind, "EndDeviceRegistry_Create")]
    public async Task Given_a_token_that_is_refused_in_the_middle_then_the_rest_is_not_tried_and_counted(string kind, string operation)
    {
        await using City city = await City.BuildAsync(kind, 5);
        RegistrationPlan plan = await city.PlanAsync();
        int seen = 0;
        city.Host.Faults.Add(new Fault(FaultKind.Forbidden, call => call.Operation.Id == operation && ++seen > 2, int.MaxValue));

        RegistrationResult result = await city.RunAsync(plan, parallelism: 1);

        Assert.Equal(2, result.Done[PlannedAction.Create]);
        Assert.Equal(ProblemKind.NotAuthorised, Assert.Single(result.Problems).Kind);
        Assert.Equal(2, result.NotTried);
    }

    [Fact]
    public async Task Given_429_with_Retry_After_then_all_wait_so_long_and_with_a_wait_that_is_too_long_the_call_fails_at_once()
    {
        await using City city = await City.BuildAsync(City.ChirpStackKind, 1);
        city.Host.Faults.Add(new Fault(FaultKind.TooMany, _ => true) { RetryAfterSeconds = 1 });
        long start = Environment.TickCount64;
        Assert.True((await city.Server.ListDevicesAsync(CancellationToken.None)).IsOk);
        Assert.InRange(Environment.TickCount64 - start, 950, 60_000);

        city.Host.Faults.Add(new Fault(FaultKind.TooMany, _ => true) { RetryAfterSeconds = 3_600 });
        ServerAnswer<IReadOnlyList<ServerDevice>> answer = await city.Server.ListDevicesAsync(CancellationToken.None);

        Assert.Equal(FailureKind.Overloaded, answer.Failure!.Kind);
        Assert.False(answer.Failure.IsOutcomeUnknown);
        Assert.Equal(3, city.Host.Counts["DeviceService_List"]);
    }

    [Fact]
    public async Task Given_a_server_that_says_429_for_ever_then_the_number_of_tries_is_bounded()
    {
        await using City city = await City.BuildAsync(City.ChirpStackKind, 1, new RetrySchedule { FirstWaitMs = 1, LongestWaitMs = 1, MostOverloads = 5 });
        city.Host.Faults.Add(new Fault(FaultKind.TooMany, _ => true, int.MaxValue));

        ServerAnswer<IReadOnlyList<ServerDevice>> answer = await city.Server.ListDevicesAsync(CancellationToken.None);

        Assert.Equal(FailureKind.Overloaded, answer.Failure!.Kind);
        Assert.Equal(6, city.Host.Counts["DeviceService_List"]);
    }

    [Theory]
    [InlineData(City.ChirpStackKind, 1_203, "DeviceService_List")]
    [InlineData(City.ThingsStackKind, 2_003, "EndDeviceRegistry_List")]
    public async Task Given_a_list_that_others_shorten_while_it_is_read_then_no_device_is_missed(string kind, int count, string operation)
    {
        await using City city = await City.BuildAsync(kind, 1);
        await city.RegisterAsync();
        string first = city.Controllers[0].DevEui;
        city.Host.Remembers = false;
        if (kind == City.ChirpStackKind)
        {
            city.ChirpStack.Tamper((devices, _, _) => Multiply(devices, first, count, (copy, devEui) => copy["devEui"] = devEui, devEui => devEui));
        }
        else
        {
            city.ThingsStack.Tamper((identity, _, _) => Multiply(identity, "eui-" + first, count, (copy, devEui) =>
            {
                copy["ids"]!["dev_eui"] = devEui.ToUpperInvariant();
                copy["ids"]!["device_id"] = "eui-" + devEui;
            }, devEui => "eui-" + devEui));
        }

        // Somebody deletes the first device between the first page and the second: everything behind it moves forward by one.
        int calls = 0;
        city.Host.Faults.Meanwhile = call =>
        {
            if (call.Operation.Id == operation && ++calls == 2)
            {
                Remove(city, first);
            }
        };

        ServerAnswer<IReadOnlyList<ServerDevice>> listed = await city.Server.ListDevicesAsync(CancellationToken.None);

        Assert.Equal(count, listed.Value.Count);
        Assert.Equal(count, listed.Value.Select(device => device.DevEui).Distinct().Count());
        Assert.DoesNotContain(listed.Value, device => device.DevEui == first);
    }

    [Fact]
    public async Task Given_an_interruption_then_what_is_done_stays_the_rest_is_counted_and_the_next_run_ends_it()
    {
        await using City city = await City.BuildAsync(City.ThingsStackKind, 6);
        RegistrationPlan plan = await city.PlanAsync();
        using CancellationTokenSource interruption = new();
        city.Host.Faults.Meanwhile = call =>
        {
            if (call.Operation.Id == "NsEndDeviceRegistry_Set" && city.ThingsStack.NetworkState.Count == 2)
            {
                interruption.Cancel();
            }
        };

        RegistrationResult result = await RegistrationRunner.RunAsync(city.Workspace, city.Settings, city.Server, plan, 1, null, interruption.Token);
        city.Host.Faults.Meanwhile = null;

        Assert.Equal(2, result.Done[PlannedAction.Create]);
        Assert.Equal("problem.networkServer.cancelled", Assert.Single(result.Problems).Key);
        Assert.Equal(3, result.NotTried);
        RegistrationPlan rest = await city.PlanAsync();
        Assert.Equal((3, 1, 2), (rest.Count(PlannedAction.Create), rest.Count(PlannedAction.Complete), rest.Count(PlannedAction.Keep)));
        await city.RegisterAsync();
        Assert.True((await city.PlanAsync()).IsEmpty);
    }

    [Fact]
    public async Task Given_two_runs_at_once_then_both_end_well_and_every_device_is_there_once()
    {
        await using City city = await City.BuildAsync(City.ChirpStackKind, 20);
        RegistrationPlan first = await city.PlanAsync();
        RegistrationPlan second = await city.PlanAsync();
        await city.RunAsync(first with { Devices = [] });
        second = second with { Profiles = (await city.PlanAsync()).Profiles };
        first = first with { Profiles = second.Profiles };

        // The journal has one writer at a time; the servers are asked side by side.
        Task<ServerFailure?[]>[] runs = [.. new[] { first, second }.Select(plan => Task.WhenAll(plan.Devices.Select(async device =>
            (await city.Server.CreateDeviceAsync(
                plan.Wanted.Devices[device.DevEui].Device with { ProfileId = plan.Profiles[0].Profile.Id }, CancellationToken.None)).Failure)))];
        ServerFailure?[][] failures = await Task.WhenAll(runs);

        Assert.All(failures.SelectMany(all => all), Assert.Null);
        Assert.Equal(20, city.ChirpStack.DeviceState.Count);
        Assert.True((await city.PlanAsync()).IsEmpty);
    }

    private static async Task<string> CleanStateAsync(City city)
    {
        await city.RegisterAsync();
        return city.State();
    }

    // Calls of a registration from nothing, one after the other.
    private static async Task<int> CountCallsAsync(City city)
    {
        await EmptyAsync(city);
        int before = city.Host.Counts.Values.Sum();
        await city.RunAsync(await city.PlanAsync(), parallelism: 1);
        return city.Host.Counts.Values.Sum() - before;
    }

    private static async Task EmptyAsync(City city)
    {
        foreach (Controller controller in city.Controllers)
        {
            Assert.True((await city.Server.DeleteDeviceAsync(controller.DevEui, CancellationToken.None)).IsOk);
        }

        if (city.Settings.Kind == City.ChirpStackKind)
        {
            city.ChirpStack.Tamper((_, _, profiles) => profiles.Clear());
        }
        else
        {
            city.ThingsStack.ForgetLink();
        }
    }

    private static void HitCall(City city, FaultKind kind, int at)
    {
        int seen = 0;
        city.Host.Faults.Add(new Fault(kind, _ => seen++ == at));
    }

    private static void Multiply(
        IDictionary<string, JsonObject> entries, string key, int count, Action<JsonObject, string> rename, Func<string, string> keyOf)
    {
        for (int number = 1; number <= count; number++)
        {
            JsonObject copy = entries[key].DeepClone().AsObject();
            string devEui = $"80000000{number:x8}";
            rename(copy, devEui);
            entries[keyOf(devEui)] = copy;
        }
    }

    private static void Remove(City city, string devEui)
    {
        if (city.Settings.Kind == City.ChirpStackKind)
        {
            city.ChirpStack.Tamper((devices, _, _) => devices.Remove(devEui));
        }
        else
        {
            city.ThingsStack.Tamper((identity, _, _) => identity.Remove("eui-" + devEui));
        }
    }
}
