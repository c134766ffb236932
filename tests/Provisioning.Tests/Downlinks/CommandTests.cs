// Commands to poles: by the names of the schema, to real controllers; who may give which, what has to be confirmed, and that an old order is not carried out late.
using PoleController.Lighting;
using PoleController.Messages;
using Provisioning.Audit;
using Provisioning.Downlinks;
using Provisioning.Members;
using Provisioning.Poles;
using Provisioning.Problems;
using Provisioning.Storage;
using Provisioning.Tests.Fleet;
using Provisioning.Workspaces;
using Xunit;

namespace Provisioning.Tests.Downlinks;

public sealed class SqliteCommandTests : CommandTests
{
    protected override WorkspaceAddress NewPlace() => WorkspaceAddress.Parse(Folder.PathOf($"{Guid.NewGuid():N}.polectl"));

    // On a server the member is the database's own user, whatever name is given.
    [Fact]
    public void Given_a_technician_then_a_pole_can_be_found_and_a_group_not_dimmed()
    {
        using Workspace workspace = Ready(1);
        workspace.Write(Permission.Administer, false, writer => MemberList.Set(writer, "tom", Roles.Technician));
        using Workspace tom = Workspace.Open(workspace.Address, new Author("tom", "tom@test"), Clock);

        Assert.Single(Give(tom, "identify", ["P-1"], null, ("durationSeconds", "60")).Given);
        Assert.Equal(ProblemKind.NotAuthorised, Assert.Throws<ProblemException>(
            () => Give(tom, "setGroupLevel", [], null, ("lightingGroup", "0"), ("levelPermille", "0"), ("fadeMs", "0"), ("durationMinutes", "60"))).Problems[0].Kind);
    }
}

public sealed class PostgresCommandTests(PostgresServer server) : CommandTests, IClassFixture<PostgresServer>
{
    protected override WorkspaceAddress NewPlace() => server.NewDatabaseOrSkip();
}

public abstract class CommandTests : AnyStore
{
    private protected SetClock Clock { get; } = new();
    private readonly TestServer _server = new();

    [Fact]
    public void Given_a_level_for_a_pole_then_its_controller_goes_to_it_and_the_order_is_done()
    {
        using Workspace workspace = Ready(2);

        (IReadOnlyList<Pole> given, IReadOnlyList<Problem> problems) = Give(workspace, "setLevel", ["P-1"], null, ("levelPermille", "700"), ("fadeMs", "2000"), ("durationMinutes", "120"));
        Pump(workspace);
        _server.Deliver(workspace, Clock.NowMs);
        Pump(workspace);

        Assert.Equal(("P-1", 0), (Assert.Single(given).Id, problems.Count));
        (int port, byte[] payload) = Assert.Single(_server.Poles[FleetBench.DevEui(1)].Heard);
        CommandMessage heard = new();
        Assert.Equal((MessagePort.Command, CommandError.Ok), (port, heard.Decode(payload, payload.Length)));
        Assert.Equal((CommandId.SetLevel, 700, 2000, 120), (heard.Id, heard.LevelPermille, heard.FadeMs, heard.DurationMinutes));
        Assert.Empty(_server.Poles[FleetBench.DevEui(2)].Heard);
        Order order = Assert.Single(OrderList.Newest(workspace, null, 10));
        Assert.Equal((OrderState.Done, "setLevel levelPermille=700 fadeMs=2000 durationMinutes=120"), (order.State, order.Title));
        Assert.Contains(PoleInventory.History(workspace, "P-1"), entry => entry.Action == "command.send" && entry.Detail.Contains("levelPermille=700", StringComparison.Ordinal));
        Assert.Empty(AuditVerifier.Verify(workspace).Findings);
    }

    [Fact]
    public void Given_several_commands_then_their_sequence_numbers_differ_and_go_around()
    {
        using Workspace workspace = Ready(1);
        List<int> numbers = [];
        for (int i = 0; i < 258; i++)
        {
            Give(workspace, "identify", ["P-1"], null, ("durationSeconds", "60"));
            numbers.Add(OrderList.Open(workspace)[^1].Parts[0].Payload[1]);
        }

        Assert.Equal([0, 1, 255, 0, 1], [numbers[0], numbers[1], numbers[255], numbers[256], numbers[257]]);
    }

    [Theory]
    [InlineData("callEmergency", "lightingGroup=0 emergencyKind=emergency durationMinutes=60")]
    [InlineData("shedLoad", "lightingGroup=0 step=2 durationMinutes=60")]
    [InlineData("restart", "")]
    public void Given_a_command_that_goes_before_everything_then_the_number_of_poles_has_to_be_said(string name, string values)
    {
        using Workspace workspace = Ready(3);
        (string, string)[] pairs = [.. values.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => (pair.Split('=')[0], pair.Split('=')[1]))];

        string message = Texts.Of(Assert.Throws<ProblemException>(() => Give(workspace, name, [], null, pairs)));
        Assert.Contains("would go to 3 poles", message, StringComparison.Ordinal);
        Assert.Throws<ProblemException>(() => Give(workspace, name, [], 2, pairs));
        Assert.Empty(OrderList.Newest(workspace, null, 10));
        Assert.Equal(3, Give(workspace, name, [], 3, pairs).Given.Count);
    }

    [Fact]
    public void Given_an_emergency_then_the_controller_has_its_level_at_once()
    {
        using Workspace workspace = Ready(1);
        Give(workspace, "callEmergency", [], 1, ("lightingGroup", "0"), ("emergencyKind", "emergency"), ("durationMinutes", "60"));
        Pump(workspace);
        _server.Deliver(workspace, Clock.NowMs);

        CommandMessage heard = new();
        byte[] payload = _server.Poles[FleetBench.DevEui(1)].Heard[0].Payload;
        Assert.Equal(CommandError.Ok, heard.Decode(payload, payload.Length));
        Assert.Equal((CommandId.CallEmergency, EmergencyKind.Emergency, 60), (heard.Id, heard.EmergencyKind, heard.DurationMinutes));
    }

    [Theory]
    [InlineData("setLevels", "problem.command.unknown", "Perhaps: setLevel.")]
    [InlineData("setProgram", "problem.command.unknown", "polectl command list")]
    [InlineData("setLevel levelPermile=700", "problem.command.field", "Perhaps: levelPermille.")]
    [InlineData("setLevel levelPermille=700", "problem.command.missing", "fadeMs")]
    [InlineData("setLevel levelPermille=1700 fadeMs=0 durationMinutes=1", "problem.command.value", "0..1000 (10)")]
    [InlineData("setLevel levelPermille=705 fadeMs=0 durationMinutes=1", "problem.command.value", "0..1000 (10)")]
    [InlineData("setLevel levelPermille=full fadeMs=0 durationMinutes=1", "problem.command.value", "0..1000 (10)")]
    [InlineData("setLevel levelPermille=99999999999999999999 fadeMs=0 durationMinutes=1", "problem.command.value", "0..1000 (10)")]
    [InlineData("callEmergency lightingGroup=0 emergencyKind=panic durationMinutes=5", "problem.command.value", "emergency, crisis")]
    public void Given_a_wrong_command_then_field_and_range_are_told_and_nothing_is_ordered(string text, string key, string word)
    {
        using Workspace workspace = Ready(1);
        string[] parts = text.Split(' ');

        ProblemException thrown = Assert.Throws<ProblemException>(
            () => Give(workspace, parts[0], [], 1, [.. parts.Skip(1).Select(pair => (pair.Split('=')[0], pair.Split('=')[1]))]));

        Assert.Equal(key, thrown.Problems[0].Key);
        Assert.Contains(word, Texts.Of(thrown), StringComparison.Ordinal);
        Assert.Empty(OrderList.Newest(workspace, null, 10));
    }

    [Fact]
    public void Given_an_order_that_could_not_be_sent_in_time_then_it_is_not_sent_late()
    {
        using Workspace workspace = Ready(1);
        Give(workspace, "setLevel", ["P-1"], null, ("levelPermille", "700"), ("fadeMs", "0"), ("durationMinutes", "5"));
        _server.Ends.Enqueue(CallEnd.Unreachable);
        Pump(workspace);
        Clock.Now += TimeSpan.FromMinutes(11);

        Pump(workspace);

        Assert.Equal(OrderState.Unanswered, Assert.Single(OrderList.Newest(workspace, null, 10)).State);
        Assert.Empty(_server.Queue);
    }

    private protected Workspace Ready(int count)
    {
        using Workspace made = NewFleet(count);
        for (int number = 1; number <= count; number++)
        {
            _server.Poles[FleetBench.DevEui(number)] = new TestPole();
        }

        return Workspace.Open(made.Address, Anna, Clock);
    }

    private protected static (IReadOnlyList<Pole> Given, IReadOnlyList<Problem> Problems) Give(
        Workspace workspace, string name, string[] poles, int? confirmed, params (string, string)[] values) => workspace.Write(CommandDesk.PermissionOf(name), false, writer =>
        CommandDesk.Give(writer, new CommandRequest(name, values) { Poles = poles.ToHashSet(), ConfirmedCount = confirmed }));

    private void Pump(Workspace workspace) => new OrderPump(workspace, _server, new PumpSettings()).RunAsync(CancellationToken.None).GetAwaiter().GetResult();
}
