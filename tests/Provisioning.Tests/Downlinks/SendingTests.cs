// Settings on their way to poles, on either kind of store: what is sent is fed to real controllers, whose hash must be the wanted one in the end, whatever the server,
// the air or the process do; and nothing is sent twice that was answered.
using PoleController.LoRaWan.Packages;
using PoleController.Messages;
using PoleController.Settings;
using Provisioning.Audit;
using Provisioning.Downlinks;
using Provisioning.FleetState;
using Provisioning.Members;
using Provisioning.Poles;
using Provisioning.Programs;
using Provisioning.Storage;
using Provisioning.Tests.Fleet;
using Provisioning.Tests.Programs;
using Provisioning.Workspaces;
using RepositoryFiles;
using Xunit;

namespace Provisioning.Tests.Downlinks;

public sealed class SqliteSendingTests : SendingTests
{
    protected override WorkspaceAddress NewPlace() => WorkspaceAddress.Parse(Folder.PathOf($"{Guid.NewGuid():N}.polectl"));
}

public sealed class PostgresSendingTests(PostgresServer server) : SendingTests, IClassFixture<PostgresServer>
{
    protected override WorkspaceAddress NewPlace() => server.NewDatabaseOrSkip();
}

/// <summary>A clock that is set.</summary>
internal sealed class SetClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = FleetBench.Night;

    public long NowMs => Now.ToUnixTimeMilliseconds();

    public override DateTimeOffset GetUtcNow() => Now;
}

public abstract class SendingTests : AnyStore
{
    private const string City = "settings: { localTime: { utcOffsetMinutes: 60, daylightSaving: europeanUnion } }\n";
    private const string Small = City + "programs: [{ name: night, points: [{ at: civilDusk, level: 100 }, { at: \"23:00\", level: 40 }, { at: civilDawn, level: 0 }] }]\n";

    private readonly SetClock _clock = new();
    private readonly TestServer _server = new();

    [Fact]
    public void Given_a_pole_that_is_known_to_differ_in_one_section_then_one_command_brings_it_in_step_and_nothing_is_sent_again()
    {
        using Workspace workspace = Ready(1, Small);
        BringInStep(workspace);
        int before = _server.EnqueueCount;
        ProgramStoreTests.Import(workspace, "all", Small.Replace("40", "30", StringComparison.Ordinal));

        PlannedPole planned = Assert.Single(SettingsDesk.Plan(workspace, new SettingsRequest()));
        Send(workspace);
        Assert.Equal(("program 1", false, 1), (planned.Plan!.Title, planned.Plan.IsBlock, planned.Plan.Parts.Count));
        Assert.Equal((MessagePort.Command, (byte)CommandId.SetProgram), (_server.Queue.Single().Downlink.FPort, _server.Queue.Single().Downlink.Payload.Span[0]));
        Send(workspace);
        Assert.Equal(before + 1, _server.EnqueueCount);
        _server.Deliver(workspace, _clock.NowMs);
        Send(workspace);

        Assert.Equal(before + 1, _server.EnqueueCount);
        Assert.Equal(StepState.InStep, State(workspace));
        Assert.Equal(300, _server.Poles[FleetBench.DevEui(1)].Settings.Programs[0].LevelPermille[1]);
        Assert.Empty(AuditVerifier.Verify(workspace).Findings);
    }

    [Fact]
    public void Given_a_pole_of_which_nothing_is_known_then_everything_is_sent_as_blocks_and_fragments_that_are_lost_are_made_good()
    {
        using Workspace workspace = Ready(1, Small);
        SettingsPlan plan = Assert.Single(SettingsDesk.Plan(workspace, new SettingsRequest())).Plan!;
        Assert.True(plan.IsBlock);
        Assert.All(plan.Parts, part => Assert.InRange(part.Payload.Length, 1, 51)); // EU868, DR0
        _server.IsLost = (_, downlink) => downlink.Payload.Span[0] == FragmentationCommand.DataFragment && downlink.Payload.Span[1] == 2;

        RunToTheEnd(workspace, StepState.InStep);

        Assert.Equal(Wanted(workspace).Hash, _server.Poles[FleetBench.DevEui(1)].Hash);
        Assert.Contains(_server.Poles[FleetBench.DevEui(1)].Heard, heard => heard.Port == PackageId.FragmentationPort);
    }

    [Fact]
    public void Given_all_shipped_examples_then_real_controllers_come_to_the_wanted_hash()
    {
        foreach (string name in (string[])["residential", "main-road", "bins", "flood-gauge"])
        {
            using Workspace workspace = Ready(2, null);
            foreach (string file in (string[])["city", name])
            {
                ProgramStoreTests.Import(workspace, file, File.ReadAllText(RepositoryRoot.PathOf("docs", "programs", "examples", file + ".yaml")));
                ProgramStoreTests.Assign(workspace, file, Scope.Everything);
            }

            RunToTheEnd(workspace, StepState.InStep);

            Assert.All(SettingsDesk.Compare(workspace, new SettingsRequest()), pole => Assert.Equal(pole.Wanted!.LongHash, SettingsCodec.Hash(_server.Poles[pole.Controller!.DevEui].Settings)));
        }
    }

    [Theory]
    [InlineData("KilledBefore")]
    [InlineData("KilledAfter")]
    [InlineData("TakenAndCut")]
    [InlineData("CutAndNotTaken")]
    [InlineData("Unreachable")]
    [InlineData("Refused")]
    public void Given_an_interruption_or_failure_at_any_downlink_then_it_goes_on_and_ends_in_step_and_what_was_taken_is_not_sent_again(string endName)
    {
        CallEnd end = Enum.Parse<CallEnd>(endName);
        for (int at = 0; at < 12; at += 3)
        {
            using Workspace workspace = Ready(2, Small);
            foreach (CallEnd well in Enumerable.Repeat(CallEnd.Well, at))
            {
                _server.Ends.Enqueue(well);
            }

            _server.Ends.Enqueue(end);
            RunToTheEnd(workspace, StepState.InStep);

            // A downlink that the server certainly took, or that it certainly did not take, reaches the pole once.
            bool isCertain = end is CallEnd.TakenAndCut or CallEnd.KilledAfter or CallEnd.Unreachable or CallEnd.Refused;
            Assert.All(_server.Poles.Values, pole => Assert.True(!isCertain || pole.Heard.Count == pole.Heard.DistinctBy(heard => Convert.ToHexString(heard.Payload)).Count()));
            _server.Poles.Clear();
            _server.Ends.Clear();
        }
    }

    [Fact]
    public void Given_a_pole_that_refuses_then_the_reason_is_told_and_it_is_asked_again_only_when_told_to()
    {
        using Workspace workspace = Ready(1, Small);
        BringInStep(workspace);
        TestPole pole = _server.Poles[FleetBench.DevEui(1)];
        ProgramStoreTests.Import(workspace, "all", Small.Replace("40", "30", StringComparison.Ordinal));
        pole.IsStoreBroken = true;
        Send(workspace);
        _server.Deliver(workspace, _clock.NowMs);
        Send(workspace);

        PoleComparison refused = Assert.Single(SettingsDesk.Compare(workspace, new SettingsRequest()));
        Assert.Equal((StepState.Refused, "notStored"), (refused.State, refused.Order!.Reason));
        int before = _server.EnqueueCount;
        Send(workspace);
        Assert.Equal(before, _server.EnqueueCount);

        pole.IsStoreBroken = false;
        RunToTheEnd(workspace, StepState.InStep, new SettingsRequest { Again = true });
    }

    [Fact]
    public void Given_newer_settings_while_older_ones_are_on_their_way_then_the_older_order_is_superseded_and_the_pole_comes_to_the_newer()
    {
        using Workspace workspace = Ready(1, Small);
        Send(workspace);
        _server.Deliver(workspace, _clock.NowMs);
        ProgramStoreTests.Import(workspace, "all", Small.Replace("40", "30", StringComparison.Ordinal));

        BringInStep(workspace);

        Assert.Equal([OrderState.Done, OrderState.Superseded], OrderList.Newest(workspace, null, 10).Select(order => order.State));
        Assert.Equal(300, _server.Poles[FleetBench.DevEui(1)].Settings.Programs[0].LevelPermille[1]);
    }

    [Fact]
    public void Given_a_pole_that_never_answers_then_it_is_asked_a_bounded_number_of_times_and_given_up()
    {
        using Workspace workspace = Ready(1, Small);
        _server.IsLost = (_, _) => true;
        for (int run = 0; run < 40; run++)
        {
            Send(workspace);
            _server.Deliver(workspace, _clock.NowMs);
            _clock.Now += TimeSpan.FromHours(2);
        }

        Assert.Equal(StepState.Unanswered, State(workspace));
        Assert.Equal(6, _server.EnqueueCount);
    }

    [Fact]
    public void Given_a_pole_that_restarts_amid_the_fragments_then_it_gets_the_block_all_the_same()
    {
        using Workspace workspace = Ready(1, Small);
        Send(workspace);
        _server.Deliver(workspace, _clock.NowMs);
        Send(workspace);
        _server.Poles[FleetBench.DevEui(1)].Restart();
        _server.Deliver(workspace, _clock.NowMs);

        RunToTheEnd(workspace, StepState.InStep);
    }

    [Fact]
    public void Given_more_than_the_air_has_room_for_then_the_rest_waits_for_its_hour()
    {
        using Workspace workspace = Ready(60, Small);
        Send(workspace);
        _server.Deliver(workspace, _clock.NowMs);

        PumpResult full = Send(workspace);
        PumpResult atOnce = Send(workspace);
        _clock.Now += TimeSpan.FromMinutes(61);
        PumpResult later = Send(workspace);

        // 869.4 to 869.65 MHz: 10 percent (ETSI EN 300 220-2, table B.1, band P), of which polectl takes half: 180 s an hour.
        long airtimeUs = SettingsDesk.Plan(workspace, new SettingsRequest()).Count == 60 ? 180_000_000 : 0;
        Assert.True(full.WaitingCount > 0);
        Assert.Equal((0, full.WaitingCount), (atOnce.SentCount, atOnce.WaitingCount));
        Assert.True(later.SentCount > 0);
        long spentUs = workspace.Read(connection => OrderTable.AirtimeUsSince(connection, _clock.NowMs - 3_600_000));
        Assert.InRange(spentUs, airtimeUs * 9 / 10, airtimeUs);
    }

    [Fact]
    public void Given_poles_without_controller_report_program_or_local_time_then_each_is_told_and_nothing_is_sent()
    {
        using Workspace workspace = NewFleet(3);
        using Workspace timed = Workspace.Open(workspace.Address, Anna, _clock);
        Assert.Equal(StepState.NothingAssigned, State(timed, "P-1"));
        ProgramStoreTests.Import(timed, "untimed", "programs: [{ name: a, points: [{ at: \"20:00\", level: 100 }] }]\n");
        ProgramStoreTests.Assign(timed, "untimed", Scope.Everything);
        Assert.Equal(StepState.NoLocalTime, State(timed, "P-1"));
        ProgramStoreTests.Import(timed, "city", City);
        ProgramStoreTests.Assign(timed, "city", Scope.Everything);
        timed.Write(Permission.Service, false, writer => Controllers.ControllerInventory.Unmount(writer, FleetBench.DevEui(2), false));

        Assert.Equal((StepState.NeverHeard, StepState.NoController), (State(timed, "P-1"), State(timed, "P-2")));
        Send(timed);
        Assert.Equal(0, _server.EnqueueCount);
    }

    [Fact]
    public void Given_a_pole_with_a_setting_that_no_program_file_speaks_of_then_it_is_sent_everything_once_and_then_said_to_differ()
    {
        using Workspace workspace = Ready(1, Small);
        TestPole pole = _server.Poles[FleetBench.DevEui(1)];
        ControllerSettings other = new();
        other.Neighbours.IsEnabled = true;
        other.Neighbours.Key[0] = 1;
        pole.Provision(other);

        RunToTheEnd(workspace, StepState.Differs);
        int before = _server.EnqueueCount;
        Send(workspace);

        Assert.Equal(before, _server.EnqueueCount);
        Assert.True(pole.Settings.Neighbours.IsEnabled);
    }

    [Fact]
    public void Given_only_the_poles_of_a_group_then_the_others_are_left_alone()
    {
        using Workspace workspace = Ready(4, Small);

        RunToTheEnd(workspace, StepState.InStep, new SettingsRequest { Filter = new PoleFilter { Group = "even" } });

        Assert.Equal([StepState.Behind, StepState.InStep, StepState.Behind, StepState.InStep], SettingsDesk.Compare(workspace, new SettingsRequest()).Select(pole => pole.State));
        Assert.Equal(
            [true, false, true, false], FleetStatus.Read(workspace, new PoleFilter(), _clock.NowMs).Select(pole => pole.Findings.HasFlag(PoleFindings.OutOfStep)));
    }

    [Fact]
    public void Given_a_dry_run_then_no_order_is_there_after()
    {
        using Workspace workspace = Ready(1, Small);

        Assert.NotNull(Assert.Single(workspace.Write(Permission.Plan, true, writer => SettingsDesk.Order(writer, new SettingsRequest()))).Plan);

        Assert.Empty(OrderList.Newest(workspace, null, 10));
    }

    private Workspace Ready(int count, string? program)
    {
        using Workspace made = NewFleet(count);
        Workspace workspace = Workspace.Open(made.Address, Anna, _clock);
        if (program is not null)
        {
            ProgramStoreTests.Import(workspace, "all", program);
            ProgramStoreTests.Assign(workspace, "all", Scope.Everything);
        }

        for (int number = 1; number <= count; number++)
        {
            TestPole pole = new();
            _server.Poles[FleetBench.DevEui(number)] = pole;
            (int port, byte[] payload) = pole.Status();
            _server.Hear(workspace, FleetBench.DevEui(number), port, payload, _clock.NowMs);
        }

        return workspace;
    }

    private PumpResult Send(Workspace workspace, SettingsRequest? request = null)
    {
        workspace.Write(Permission.Plan, false, writer => SettingsDesk.Order(writer, request ?? new SettingsRequest()));
        try
        {
            return new OrderPump(workspace, _server, new PumpSettings()).RunAsync(CancellationToken.None).GetAwaiter().GetResult();
        }
        catch (KilledException)
        {
            return new PumpResult(0, 0, 0, 0, []);
        }
    }

    private void BringInStep(Workspace workspace)
    {
        RunToTheEnd(workspace, StepState.InStep);
        Send(workspace);
    }

    private void RunToTheEnd(Workspace workspace, StepState wanted, SettingsRequest? request = null)
    {
        for (int run = 0; run < 60; run++)
        {
            Send(workspace, request);
            _server.Deliver(workspace, _clock.NowMs);
            foreach ((string devEui, TestPole pole) in _server.Poles)
            {
                (int port, byte[] payload) = pole.Status();
                _server.Hear(workspace, devEui, port, payload, _clock.NowMs);
            }

            if (SettingsDesk.Compare(workspace, request ?? new SettingsRequest()).All(pole => pole.State == wanted))
            {
                return;
            }

            _clock.Now += TimeSpan.FromMinutes(40);
        }

        Assert.Fail("after 60 runs: " + string.Join(", ", SettingsDesk.Compare(workspace, request ?? new SettingsRequest()).Select(pole => $"{pole.Pole.Id} {pole.State} {pole.Order?.State} {pole.Order?.Reason}")));
    }

    private static PoleSettings Wanted(Workspace workspace) => SettingsView.Of(workspace, PoleInventory.Get(workspace, "P-1"));

    private static StepState State(Workspace workspace, string pole = "P-1") => SettingsDesk.Compare(workspace, new SettingsRequest()).Single(one => one.Pole.Id == pole).State;
}
