// Settings and commands to poles as a multicast group, on either kind of store: each pole deciphers the group's key with the controller's own code, hears only frames of
// groups that it knows, and must come to the wanted hash whatever the server, the air or the process do.
using PoleController.LoRaWan.Packages;
using PoleController.Messages;
using PoleController.Settings;
using Provisioning.Audit;
using Provisioning.Controllers;
using Provisioning.Downlinks;
using Provisioning.Downlinks.Multicast;
using Provisioning.Keys;
using Provisioning.Members;
using Provisioning.Poles;
using Provisioning.Problems;
using Provisioning.Programs;
using Provisioning.Storage;
using Provisioning.Tests.Fleet;
using Provisioning.Tests.Programs;
using Provisioning.Workspaces;
using Xunit;

namespace Provisioning.Tests.Downlinks;

public sealed class SqliteMulticastTests : MulticastTests, IDisposable
{
    // Thousands of changes, each to the disk and not only to its cache: memory is as good here.
    private readonly string _folder = Directory.CreateDirectory(Path.Combine(
        Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"multicast-{Guid.NewGuid():N}")).FullName;

    public new void Dispose()
    {
        Directory.Delete(_folder, true);
        base.Dispose();
    }

    protected override WorkspaceAddress NewPlace() => WorkspaceAddress.Parse(Path.Combine(_folder, $"{Guid.NewGuid():N}.polectl"));
}

public sealed class PostgresMulticastTests(PostgresServer server) : MulticastTests, IClassFixture<PostgresServer>
{
    protected override WorkspaceAddress NewPlace() => server.NewDatabaseOrSkip();

    // Where a call is interrupted is the file's tests to try out; here it is whether the database does the same.
    protected override int StepBetweenCalls => 6;
}

public abstract class MulticastTests : AnyStore
{
    private const string City = "settings: { localTime: { utcOffsetMinutes: 60, daylightSaving: europeanUnion } }\n";
    private const string Small = City + "programs: [{ name: night, points: [{ at: civilDusk, level: 100 }, { at: \"23:00\", level: 40 }, { at: civilDawn, level: 0 }] }]\n";

    /// <summary>Every so many calls one is interrupted.</summary>
    protected virtual int StepBetweenCalls => 1;

    private readonly SetClock _clock = new();
    private TestServer _server = new();
    private KeyVault _vault = null!;

    [Fact]
    public void Given_poles_that_are_set_up_then_a_change_of_one_section_is_one_frame_for_all_and_needs_no_set_up_again()
    {
        using Workspace workspace = Ready(4);
        RunToTheEnd(workspace, StepState.InStep);
        int setups = _server.Poles.Values.Sum(pole => pole.Heard.Count(heard => heard.Port == PackageId.MulticastSetupPort));
        ForgetWhatWasHeard();
        ProgramStoreTests.Import(workspace, "all", Small.Replace("40", "30", StringComparison.Ordinal));

        MulticastOrder ordered = Order(workspace);
        RunToTheEnd(workspace, StepState.InStep);

        PlannedDelivery delivery = Assert.Single(ordered.Deliveries);
        Assert.Equal(("all", "program 1", 4, 0, 1, false), (delivery.Selection, delivery.Title, delivery.PoleCount, delivery.SetupCount, delivery.FrameCount, delivery.IsBlock));
        Assert.Equal(4, setups);
        Assert.All(_server.Poles.Values, pole => Assert.Equal((1, 0), (pole.HeardFromGroup.Count, pole.Heard.Count)));
        Assert.All(_server.Poles.Values, pole => Assert.Equal(300, pole.Settings.Programs[0].LevelPermille[1]));
        Assert.Empty(AuditVerifier.Verify(workspace).Findings);
    }

    [Fact]
    public void Given_poles_of_which_nothing_is_known_then_one_block_goes_to_all_and_what_one_of_them_missed_goes_to_it_alone()
    {
        using Workspace workspace = Ready(3);
        string deaf = FleetBench.DevEui(2);
        _server.IsGroupFrameLost = (devEui, payload) => devEui == deaf && payload[0] == FragmentationCommand.DataFragment && payload[1] is >= 2 and <= 9;

        RunToTheEnd(workspace, StepState.InStep);

        Assert.All(_server.Poles.Values, pole => Assert.Equal(Wanted(workspace, pole), pole.Hash));
        int[] fragments = [.. _server.Poles.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value.Heard.Count(heard => IsFragment(heard.Payload)))];
        Assert.Equal((0, 0), (fragments[0], fragments[2]));
        Assert.True(fragments[1] is > 0 and < 20, $"{fragments[1]}");
    }

    [Fact]
    public void Given_poles_with_a_place_of_their_own_to_tell_then_it_goes_to_each_alone_behind_the_group()
    {
        using Workspace workspace = Ready(3, knowTheirPlace: false);

        MulticastOrder ordered = Order(workspace);
        RunToTheEnd(workspace, StepState.InStep);

        Assert.Equal((3, true), (Assert.Single(ordered.Deliveries).PoleCount, ordered.Deliveries[0].IsBlock));
        Assert.All(ordered.Poles, pole => Assert.Contains("position", pole.Plan!.Title, StringComparison.Ordinal));
        Assert.All(_server.Poles.Values, pole => Assert.True(pole.Settings.HasPosition));
    }

    [Theory]
    [InlineData("KilledBefore")]
    [InlineData("KilledAfter")]
    [InlineData("TakenAndCut")]
    [InlineData("CutAndNotTaken")]
    [InlineData("Unreachable")]
    [InlineData("Overloaded")]
    [InlineData("Refused")]
    public void Given_an_interruption_or_failure_at_any_call_then_it_goes_on_and_ends_in_step_and_no_frame_is_sent_twice(string endName)
    {
        CallEnd end = Enum.Parse<CallEnd>(endName);
        int calls = CallsWithoutTrouble();
        Assert.InRange(calls, 15, 80);
        for (int at = 0; at < calls; at += StepBetweenCalls)
        {
            using Workspace workspace = Ready(2);
            foreach (CallEnd well in Enumerable.Repeat(CallEnd.Well, at))
            {
                _server.Ends.Enqueue(well);
            }

            _server.Ends.Enqueue(end);
            RunToTheEnd(workspace, StepState.InStep);

            Assert.Single(_server.Groups);
            Assert.All(_server.Poles.Values, pole => Assert.Equal(pole.HeardFromGroup.Count, pole.HeardFromGroup.DistinctBy(heard => Convert.ToHexString(heard.Payload)).Count()));
            Assert.Empty(AuditVerifier.Verify(workspace).Findings);
        }
    }

    [Fact]
    public void Given_answers_that_are_lost_at_random_then_all_come_in_step_all_the_same()
    {
        for (int seed = 1; seed <= 4; seed++)
        {
            Random random = new(seed);
            using Workspace workspace = Ready(5);
            _server.IsLost = (_, _) => random.Next(4) == 0;
            _server.IsGroupFrameLost = (_, _) => random.Next(3) == 0;

            RunToTheEnd(workspace, StepState.InStep, runs: 400);

            Assert.Empty(AuditVerifier.Verify(workspace).Findings);
        }
    }

    [Fact]
    public void Given_a_pole_that_never_answers_the_set_up_then_it_is_served_alone_and_that_is_said()
    {
        using Workspace workspace = Ready(3);
        string mute = FleetBench.DevEui(3);
        _server.IsLost = (devEui, downlink) => devEui == mute && downlink.FPort == PackageId.MulticastSetupPort;

        List<string> alone = RunToTheEnd(workspace, StepState.InStep);

        Assert.Equal(["P-3"], alone.Distinct());
        Assert.Empty(_server.Poles[mute].HeardFromGroup);
        Assert.NotEmpty(_server.Poles[FleetBench.DevEui(1)].HeardFromGroup);
        Assert.Equal(4, OrdersOf(workspace, mute).Single(order => order.Kind == OrderKind.Multicast).Tries + 1);
    }

    [Fact]
    public void Given_a_controller_without_GenAppKey_then_it_refuses_the_group_with_its_reason_and_is_served_alone()
    {
        using Workspace workspace = Ready(3);
        _server.Poles[FleetBench.DevEui(1)].GenAppKey = [];

        RunToTheEnd(workspace, StepState.InStep);

        Assert.Equal((OrderState.Refused, "noGenAppKey"), OrdersOf(workspace, FleetBench.DevEui(1)).Where(order => order.Kind == OrderKind.Multicast).Select(order => (order.State, order.Reason)).First());
    }

    [Fact]
    public void Given_a_request_that_came_late_then_the_session_is_asked_for_again_with_a_later_beginning()
    {
        using Workspace workspace = Ready(2);
        Send(workspace);
        _clock.Now += TimeSpan.FromMinutes(20);
        _server.Deliver(workspace, _clock.NowMs);

        RunToTheEnd(workspace, StepState.InStep);

        Assert.All(_server.Poles.Values, pole => Assert.True(pole.Heard.Count(heard => heard.Port == PackageId.MulticastSetupPort) >= 2));
        Assert.All(_server.Poles.Values, pole => Assert.NotEmpty(pole.HeardFromGroup));
    }

    [Fact]
    public void Given_a_member_that_is_retired_in_the_middle_then_nothing_more_goes_to_the_group_and_the_next_time_it_has_another_address_and_key()
    {
        using Workspace workspace = Ready(4);
        Send(workspace);
        _server.Deliver(workspace, _clock.NowMs);
        NetworkServers.MulticastGroup before = _server.Groups.Values.Single();
        workspace.Write(Permission.Plan, false, writer => ControllerInventory.Unmount(writer, FleetBench.DevEui(4), false));
        workspace.Write(Permission.Plan, false, writer => ControllerInventory.Retire(writer, FleetBench.DevEui(4)));
        _server.Poles.Remove(FleetBench.DevEui(4), out TestPole? retired);

        RunToTheEnd(workspace, StepState.InStep, except: "P-4");
        Assert.Empty(_server.Groups);
        Assert.All(_server.Poles.Values, pole => Assert.Empty(pole.HeardFromGroup));
        ProgramStoreTests.Import(workspace, "all", Small.Replace("40", "30", StringComparison.Ordinal));
        RunToTheEnd(workspace, StepState.InStep, except: "P-4");

        NetworkServers.MulticastGroup after = _server.Groups.Values.Single();
        Assert.NotEqual((before.McAddr, before.Keys), (after.McAddr, after.Keys));
        Assert.All(_server.Poles.Values, pole => Assert.NotEmpty(pole.HeardFromGroup));
        Assert.Empty(retired!.HeardFromGroup);
        Assert.Empty(AuditVerifier.Verify(workspace).Findings);
    }

    [Fact]
    public void Given_a_key_whose_frames_are_used_up_then_the_group_gets_another_before_the_next_delivery()
    {
        using Workspace workspace = Ready(2);
        RunToTheEnd(workspace, StepState.InStep);
        string before = _server.Groups.Values.Single().McAddr;
        workspace.Write(Permission.Plan, false, writer => writer.Connection.Execute("UPDATE multicast_use SET frames_given = 8000"));
        ProgramStoreTests.Import(workspace, "all", Small.Replace("40", "30", StringComparison.Ordinal));

        RunToTheEnd(workspace, StepState.InStep);

        Assert.NotEqual(before, _server.Groups.Values.Single().McAddr);
        Assert.Single(_server.DeletedGroups);
        Assert.All(_server.Poles.Values, pole => Assert.Equal(1, pole.Groups.Count(group => group.IsDefined)));
    }

    [Fact]
    public void Given_a_member_that_should_have_something_else_then_the_others_change_comes_as_a_block_that_it_does_not_take()
    {
        using Workspace workspace = Ready(4);
        RunToTheEnd(workspace, StepState.InStep);
        ProgramStoreTests.Import(workspace, "odd", Small.Replace("40", "30", StringComparison.Ordinal));
        ProgramStoreTests.Assign(workspace, "odd", new Scope(ScopeKind.Group, "odd"));

        MulticastOrder ordered = Order(workspace);
        RunToTheEnd(workspace, StepState.InStep);

        Assert.Equal((2, true), (Assert.Single(ordered.Deliveries).PoleCount, ordered.Deliveries[0].IsBlock));
        Assert.Equal([300, 400, 300, 400], _server.Poles.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (int)pair.Value.Settings.Programs[0].LevelPermille[1]));
    }

    [Fact]
    public void Given_a_group_that_somebody_deleted_at_the_server_then_it_is_made_again_and_its_counter_goes_on()
    {
        using Workspace workspace = Ready(2);
        RunToTheEnd(workspace, StepState.InStep);
        long counter = _server.Groups.Values.Single().FrameCounter;
        _server.Groups.Clear();
        ProgramStoreTests.Import(workspace, "all", Small.Replace("40", "30", StringComparison.Ordinal));

        RunToTheEnd(workspace, StepState.InStep);

        Assert.Equal(counter + 1, _server.Groups.Values.Single().FrameCounter);
    }

    [Fact]
    public void Given_keys_that_are_locked_when_it_goes_on_then_the_group_waits_for_a_run_that_can_and_the_problem_says_so()
    {
        using Workspace workspace = Ready(2);
        Order(workspace);

        PumpResult locked = Pump(workspace, isLocked: true);
        Assert.Contains(locked.Problems, problem => problem.Key == "problem.multicast.locked");
        Assert.Empty(_server.Groups);

        RunToTheEnd(workspace, StepState.InStep);
        Assert.Single(_server.Groups);
    }

    [Fact]
    public void Given_a_command_then_one_frame_reaches_all_poles_with_one_number_and_each_answers()
    {
        using Workspace workspace = Ready(4);
        RunToTheEnd(workspace, StepState.InStep);
        ForgetWhatWasHeard();

        GiveLevel(workspace);
        Pump(workspace);
        Pump(workspace);
        _server.Deliver(workspace, _clock.NowMs);
        Pump(workspace);

        byte[] payload = Assert.Single(_server.Poles.Values.Select(pole => Convert.ToHexString(Assert.Single(pole.HeardFromGroup).Payload)).Distinct()) is { } hex ? Convert.FromHexString(hex) : [];
        CommandMessage heard = new();
        Assert.Equal((CommandError.Ok, CommandId.SetLevel, 700), (heard.Decode(payload, payload.Length), heard.Id, heard.LevelPermille));
        Assert.All(_server.Poles.Values, pole => Assert.Empty(pole.Heard));
        Assert.All(OrderList.Newest(workspace, null, 4), order => Assert.Equal((OrderKind.Command, OrderState.Done), (order.Kind, order.State)));
        Assert.Empty(AuditVerifier.Verify(workspace).Findings);
    }

    [Fact]
    public void Given_a_command_to_a_group_that_is_not_ready_in_five_minutes_then_it_goes_to_each_pole_alone_and_still_in_time()
    {
        using Workspace workspace = Ready(3);
        _server.IsLost = (_, downlink) => downlink.FPort == PackageId.MulticastSetupPort;
        GiveLevel(workspace);
        Pump(workspace);
        _server.Deliver(workspace, _clock.NowMs);
        _clock.Now += TimeSpan.FromMinutes(6);

        PumpResult result = Pump(workspace);
        _server.Deliver(workspace, _clock.NowMs);
        Pump(workspace);

        Assert.Equal(["P-1", "P-2", "P-3"], result.ServedAlone);
        Assert.All(_server.Poles.Values, pole => Assert.Single(pole.Heard, heard => heard.Port == MessagePort.Command));
        Assert.All(OrderList.Newest(workspace, null, 10).Where(order => order.Kind == OrderKind.Command), order => Assert.Equal(OrderState.Done, order.State));
    }

    [Fact]
    public void Given_a_controller_in_four_groups_then_a_fifth_leaves_it_out_and_says_so()
    {
        using Workspace workspace = Ready(3);
        for (int number = 1; number <= 4; number++)
        {
            GiveLevel(workspace, number <= 2 ? ["P-1", number == 1 ? "P-2" : "P-3"] : [], number > 2 ? new PoleFilter { District = number == 3 ? "Ost" : null } : new PoleFilter());
        }

        (_, IReadOnlyList<Problem> problems) = GiveLevel(workspace, ["P-1", "P-2", "P-3"], new PoleFilter());

        Assert.Equal(["P-1"], problems.Where(problem => problem.Key == "problem.multicast.full").Select(problem => problem.Value));
        Assert.Equal([0, 1, 2, 3], workspace.Read(connection => GroupTable.MembershipsOf(connection, FleetBench.DevEui(1))).Select(member => member.McGroupId).Order());
    }

    [Fact]
    public void Given_a_dry_run_then_the_plan_is_told_and_nothing_is_there_after()
    {
        using Workspace workspace = Ready(3);

        MulticastOrder ordered = workspace.Write(Permission.Plan, true, writer => SettingsMulticast.Order(writer, new SettingsRequest(), new MulticastRequest(_vault)));

        Assert.Equal((3, 3), (Assert.Single(ordered.Deliveries).PoleCount, ordered.Deliveries[0].SetupCount));
        Assert.Empty(OrderList.Newest(workspace, null, 10));
        Assert.Empty(workspace.Read(GroupTable.All));
    }

    [Fact]
    public void Given_a_group_then_its_key_is_nowhere_in_the_clear_and_who_it_was_enciphered_for_is_in_the_journal()
    {
        using Workspace workspace = Ready(2);
        Order(workspace);
        MulticastGroupRow group = Assert.Single(workspace.Read(GroupTable.All));
        byte[] key = GroupDesk.OpenKey(_vault, group);
        string hex = Convert.ToHexStringLower(key);

        List<string> texts = [];
        foreach (string table in WorkspaceTables.Names)
        {
            workspace.Read(connection => connection.Query($"SELECT * FROM {table}", reader =>
            {
                for (int column = 0; column < reader.FieldCount; column++)
                {
                    texts.Add(reader.GetValue(column) is byte[] bytes ? Convert.ToHexStringLower(bytes) : $"{reader.GetValue(column)}");
                }

                return 0;
            }));
        }

        Assert.DoesNotContain(texts, text => text.Contains(hex, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(2, AuditJournal.Newest(workspace, 100).Count(entry => entry.Action == "keys.multicast"));
        Assert.Contains(AuditJournal.Newest(workspace, 100), entry => entry.Action == "multicast.make");
    }

    private static bool IsFragment(byte[] payload) => payload[0] == FragmentationCommand.DataFragment;

    private int CallsWithoutTrouble()
    {
        using Workspace workspace = Ready(2);
        RunToTheEnd(workspace, StepState.InStep);
        return _server.CallCount;
    }

    private Workspace Ready(int count, bool knowTheirPlace = true)
    {
        using Workspace made = NewFleet(count);
        Workspace workspace = Workspace.Open(made.Address, Anna, _clock);
        _vault?.Dispose();
        _vault = KeyVault.Open(workspace, new UnlockSecret("correct horse battery staple", null));
        _server = new TestServer();
        ProgramStoreTests.Import(workspace, "all", Small);
        ProgramStoreTests.Assign(workspace, "all", Scope.Everything);
        for (int number = 1; number <= count; number++)
        {
            string devEui = FleetBench.DevEui(number);
            TestPole pole = new() { NowUtcMs = () => _clock.NowMs, GenAppKey = GenAppKey(workspace, devEui) };
            if (knowTheirPlace)
            {
                ControllerSettings settings = new();
                FirstSettingsOf(workspace, number, settings);
                pole.Provision(settings);
            }

            _server.Poles[devEui] = pole;
            (int port, byte[] payload) = pole.Status();
            _server.Hear(workspace, devEui, port, payload, _clock.NowMs);
        }

        return workspace;
    }

    private static void FirstSettingsOf(Workspace workspace, int number, ControllerSettings settings) =>
        Files.FirstSettings.FillPole(settings, PoleInventory.Get(workspace, $"P-{number}"));

    private byte[] GenAppKey(Workspace workspace, string devEui) => workspace.Write(Permission.Keys, true, writer =>
    {
        using DeviceKeys keys = KeyStore.Show(writer, _vault, devEui, current: true);
        return keys.GenAppKey.ToArray();
    });

    private void ForgetWhatWasHeard()
    {
        foreach (TestPole pole in _server.Poles.Values)
        {
            pole.Heard.Clear();
            pole.HeardFromGroup.Clear();
        }
    }

    private MulticastOrder Order(Workspace workspace) =>
        workspace.Write(Permission.Plan, false, writer => SettingsMulticast.Order(writer, new SettingsRequest { Again = true }, new MulticastRequest(_vault)));

    private (IReadOnlyList<Pole> Given, IReadOnlyList<Problem> Problems) GiveLevel(Workspace workspace, string[]? poles = null, PoleFilter? filter = null) =>
        workspace.Write(Permission.Plan, false, writer => CommandDesk.Give(writer, new CommandRequest("setLevel", [("levelPermille", "700"), ("fadeMs", "0"), ("durationMinutes", "60")])
        {
            Poles = (poles ?? []).ToHashSet(),
            Filter = filter ?? new PoleFilter(),
            Multicast = new MulticastRequest(_vault),
        }));

    private PumpResult Pump(Workspace workspace, bool isLocked = false)
    {
        try
        {
            return new OrderPump(workspace, _server, new PumpSettings { GatewayCount = 4, RetryAfterMs = 10 * 60_000, Unlock = () => isLocked ? null : _vault }).RunAsync(CancellationToken.None).GetAwaiter().GetResult();
        }
        catch (KilledException)
        {
            return new PumpResult(0, 0, 0, 0, []);
        }
    }

    private PumpResult Send(Workspace workspace)
    {
        Order(workspace);
        return Pump(workspace);
    }

    private List<string> RunToTheEnd(Workspace workspace, StepState wanted, string? except = null, int runs = 80)
    {
        List<string> alone = [];
        for (int run = 0; run < runs; run++)
        {
            alone.AddRange(Send(workspace).ServedAlone);
            _server.Deliver(workspace, _clock.NowMs);
            foreach ((string devEui, TestPole pole) in _server.Poles)
            {
                (int port, byte[] payload) = pole.Status();
                _server.Hear(workspace, devEui, port, payload, _clock.NowMs);
            }

            if (SettingsDesk.Compare(workspace, new SettingsRequest()).Where(pole => pole.Pole.Id != except).All(pole => pole.State == wanted))
            {
                Send(workspace);
                _server.Deliver(workspace, _clock.NowMs);
                return alone;
            }

            _clock.Now += TimeSpan.FromMinutes(5);
        }

        Assert.Fail($"after {runs} runs: " + string.Join(", ", OrderList.Newest(workspace, null, 100).Select(order => $"{order.PoleId} {order.Kind} {order.State} {order.Reason}")));
        return alone;
    }

    private static IEnumerable<Order> OrdersOf(Workspace workspace, string devEui) => OrderList.Newest(workspace, devEui, 100);

    private int Wanted(Workspace workspace, TestPole pole)
    {
        string devEui = _server.Poles.Single(one => one.Value == pole).Key;
        return SettingsView.Of(workspace, PoleInventory.Get(workspace, $"P-{Convert.ToInt32(devEui[^4..], 16)}")).Hash;
    }
}
