// Program files in the workspace, on either kind of store: versions, assignments, precedence, and that nothing is taken that a controller would refuse.
using System.Text;
using PoleController.Messages;
using PoleController.Settings;
using Provisioning.Audit;
using Provisioning.Members;
using Provisioning.Poles;
using Provisioning.Problems;
using Provisioning.Programs;
using Provisioning.Storage;
using Provisioning.Tests.Fleet;
using Provisioning.Workspaces;
using RepositoryFiles;
using Xunit;

namespace Provisioning.Tests.Programs;

public sealed class SqliteProgramStoreTests : ProgramStoreTests
{
    protected override WorkspaceAddress NewPlace() => WorkspaceAddress.Parse(Folder.PathOf($"{Guid.NewGuid():N}.polectl"));
}

public sealed class PostgresProgramStoreTests(PostgresServer server) : ProgramStoreTests, IClassFixture<PostgresServer>
{
    protected override WorkspaceAddress NewPlace() => server.NewDatabaseOrSkip();
}

public abstract class ProgramStoreTests : AnyStore
{
    private const string City = "settings: { localTime: { utcOffsetMinutes: 60, daylightSaving: europeanUnion }, reporting: { statusIntervalSeconds: 900 } }\n";
    private const string Night = "programs: [{ name: night, points: [{ at: civilDusk, level: 100 }, { at: \"23:00\", level: 40 }, { at: civilDawn, level: 0 }] }]\n";

    [Fact]
    public void Given_a_file_then_it_is_imported_in_versions_and_the_same_file_changes_nothing()
    {
        using Workspace workspace = NewFleet(1);

        Assert.Equal(1, Import(workspace, "night", Night).Version);
        Assert.Equal(1, Import(workspace, "night", Night).Version);
        Assert.Equal(2, Import(workspace, "night", Night.Replace("40", "30", StringComparison.Ordinal)).Version);

        Assert.Equal(Night, ProgramStore.Get(workspace, "night", 1).Content);
        Assert.Contains("level: 30", ProgramStore.Get(workspace, "night").Content, StringComparison.Ordinal);
        Assert.Equal(["program.import", "program.import"], ProgramStore.History(workspace, "night").Select(entry => entry.Action));
        Assert.Empty(AuditVerifier.Verify(workspace).Findings);
    }

    [Fact]
    public void Given_a_file_that_was_taken_out_then_its_versions_stay_and_a_new_one_goes_on_counting()
    {
        using Workspace workspace = NewFleet(1);
        Import(workspace, "night", Night);
        Write(workspace, writer => ProgramStore.Remove(writer, "night"));

        Assert.Empty(ProgramStore.List(workspace));
        Assert.Equal(2, Import(workspace, "night", Night + "\n").Version);
        Assert.Empty(AuditVerifier.Verify(workspace).Findings);
    }

    [Fact]
    public void Given_a_dry_run_or_a_wrong_file_then_nothing_is_there_after()
    {
        using Workspace workspace = NewFleet(1);

        workspace.Write(Permission.Plan, true, writer => ProgramStore.Import(writer, "night", Encoding.UTF8.GetBytes(Night), "night.yaml"));
        Assert.Throws<ProblemException>(() => Import(workspace, "bad", "programs: 3\n"));
        Assert.Throws<ProblemException>(() => Import(workspace, "../night", Night));

        Assert.Empty(ProgramStore.List(workspace));
    }

    [Fact]
    public void Given_assignments_then_the_narrower_decides_and_what_it_does_not_speak_of_stays()
    {
        using Workspace workspace = NewFleet(4);
        Import(workspace, "city", City);
        Import(workspace, "night", Night);
        Import(workspace, "street", "settings: { reporting: { statusIntervalSeconds: 600 }, occupancy: { holdTimeMs: 60000 } }\n");
        Import(workspace, "group", "settings: { reporting: { statusIntervalSeconds: 300 } }\n");
        Import(workspace, "one", "programs: [{ name: dark, points: [{ at: \"12:00\", level: 0 }] }]\n");
        Assign(workspace, "city", Scope.Everything);
        Assign(workspace, "night", Scope.Everything);
        Assign(workspace, "street", new Scope(ScopeKind.Street, "Weg 0"));
        Assign(workspace, "group", new Scope(ScopeKind.Group, "even"));
        Assign(workspace, "one", new Scope(ScopeKind.Pole, "P-2"));

        PoleSettings first = Of(workspace, "P-1");
        PoleSettings second = Of(workspace, "P-2");
        PoleSettings fourth = Of(workspace, "P-4");

        Assert.Equal((900, 3, true), (first.Settings.StatusIntervalSeconds, first.Settings.Programs[0].PointCount, first.HasLocalTime));
        Assert.Equal((300, 60_000, 1), (second.Settings.StatusIntervalSeconds, second.Settings.HoldTimeMs, second.Settings.Programs[0].PointCount));
        Assert.Equal((300, 60_000, 3, 60), (fourth.Settings.StatusIntervalSeconds, fourth.Settings.HoldTimeMs, fourth.Settings.Programs[0].PointCount, fourth.Settings.UtcOffsetMinutes));
        Assert.Equal(["everything", "everything", "street:Weg 0", "group:even", "pole:P-2"], second.Files.Select(file => file.Scope.Text));

        // What is the pole's own, and the hash as the controller's messages have it.
        Assert.Equal((49_000_300, 8_400_000, 40_000), (first.Settings.LatitudeMicrodegrees, first.Settings.LongitudeMicrodegrees, first.Settings.LuminaireFullPowerMilliwatts));
        Assert.Equal((ushort)SettingsCodec.Hash(first.Settings), first.Hash);
        Assert.Equal(new SettingsHash().Compute(second.Settings), second.Hash);
        Assert.Equal(4, new[] { "P-1", "P-2", "P-3", "P-4" }.Select(pole => Of(workspace, pole).LongHash).Distinct().Count());
        Assert.Empty(AuditVerifier.Verify(workspace).Findings);
    }

    [Fact]
    public void Given_two_files_of_one_scope_that_decide_the_same_then_the_second_is_refused_by_name()
    {
        using Workspace workspace = NewFleet(1);
        Import(workspace, "city", City);
        Import(workspace, "other", "settings: { reporting: { statusIntervalSeconds: 600 } }\n");
        Assign(workspace, "city", Scope.Everything);

        string message = Texts.Of(Assert.Throws<ProblemException>(() => Assign(workspace, "other", Scope.Everything)));

        Assert.Contains("settings.reporting.statusIntervalSeconds would be decided by city and by other", message, StringComparison.Ordinal);
        Assert.Single(ProgramStore.Assignments(workspace));
        Assign(workspace, "other", new Scope(ScopeKind.Pole, "P-1"));
        Assert.Equal(600, Of(workspace, "P-1").Settings.StatusIntervalSeconds);
    }

    [Fact]
    public void Given_files_that_are_right_alone_and_wrong_together_then_the_change_is_refused_and_names_the_pole()
    {
        using Workspace workspace = NewFleet(2);
        Import(workspace, "early", "settings: { fillLevel: { warningPercent: 50, alarmPercent: 60 } }\n");
        Import(workspace, "late", "settings: { fillLevel: { warningPercent: 70 } }\n");
        Assign(workspace, "early", Scope.Everything);

        ProblemException thrown = Assert.Throws<ProblemException>(() => Assign(workspace, "late", new Scope(ScopeKind.Pole, "P-2")));

        Assert.Contains("the controller of pole P-2 would refuse: a threshold of the fill level", Texts.Of(thrown), StringComparison.Ordinal);
        Assert.Single(ProgramStore.Assignments(workspace));
    }

    [Fact]
    public void Given_a_new_version_that_would_make_an_assigned_pole_wrong_then_it_is_refused_and_the_old_one_stays()
    {
        using Workspace workspace = NewFleet(1);
        Import(workspace, "early", "settings: { fillLevel: { warningPercent: 50, alarmPercent: 60 } }\n");
        Import(workspace, "late", "settings: { fillLevel: { warningPercent: 55 } }\n");
        Assign(workspace, "early", Scope.Everything);
        Assign(workspace, "late", new Scope(ScopeKind.Pole, "P-1"));

        Assert.Throws<ProblemException>(() => Import(workspace, "late", "settings: { fillLevel: { warningPercent: 65 } }\n"));

        Assert.Equal(55, Of(workspace, "P-1").Settings.FillLevel.WarningPercent);
        Assert.Equal(1, ProgramStore.Get(workspace, "late").Version);
    }

    [Fact]
    public void Given_wrong_names_then_they_are_told_and_what_is_assigned_cannot_be_taken_out()
    {
        using Workspace workspace = NewFleet(1);
        Import(workspace, "city", City);
        Assign(workspace, "city", Scope.Everything);

        Assert.Equal("problem.program.absent", Key(() => Assign(workspace, "town", Scope.Everything)));
        Assert.Equal("problem.program.noPole", Key(() => Assign(workspace, "city", new Scope(ScopeKind.Group, "nobody"))));
        Assert.Equal("problem.program.assigned", Key(() => Write(workspace, writer => ProgramStore.Remove(writer, "city"))));
        Assert.Equal("problem.program.notAssigned", Key(() => Write(workspace, writer => ProgramStore.Unassign(writer, "city", new Scope(ScopeKind.Pole, "P-1")))));
        Assert.False(Assign(workspace, "city", Scope.Everything));
        Write(workspace, writer => ProgramStore.Unassign(writer, "city", Scope.Everything));
        Write(workspace, writer => ProgramStore.Remove(writer, "city"));
        Assert.Empty(AuditVerifier.Verify(workspace).Findings);
    }

    [Fact]
    public void Given_a_technician_then_program_files_are_not_changed()
    {
        using Workspace workspace = NewFleet(1);

        workspace.Write(Permission.Administer, false, writer => MemberList.Set(writer, "tom", Roles.Technician));
        if (workspace.Address.FilePath is not null)
        {
            using Workspace tom = Workspace.Open(workspace.Address, new Author("tom", "tom@test"));
            Assert.Equal(ProblemKind.NotAuthorised, Assert.Throws<ProblemException>(() => Import(tom, "night", Night)).Problems[0].Kind);
        }
    }

    [Fact]
    public void Given_the_shipped_examples_then_they_can_be_assigned_together()
    {
        using Workspace workspace = NewFleet(2);
        foreach (string name in (string[])["city", "residential", "main-road", "bins", "flood-gauge"])
        {
            Import(workspace, name, File.ReadAllText(RepositoryRoot.PathOf("docs", "programs", "examples", name + ".yaml")));
        }

        Assign(workspace, "city", Scope.Everything);
        Assign(workspace, "residential", new Scope(ScopeKind.Group, "odd"));
        Assign(workspace, "main-road", new Scope(ScopeKind.Group, "even"));
        Assign(workspace, "bins", new Scope(ScopeKind.Pole, "P-1"));
        Assign(workspace, "flood-gauge", new Scope(ScopeKind.Pole, "P-2"));

        Assert.Equal((3, 22, 70), (Of(workspace, "P-1").Settings.Programs.Count(program => program.PointCount > 0), Of(workspace, "P-1").Settings.Holidays.HolidayCount, Of(workspace, "P-1").Settings.FillLevel.WarningPercent));
        Assert.Equal(2100, Of(workspace, "P-2").Settings.WaterLevel.WarningMillimetres);
    }

    internal static StoredProgram Import(Workspace workspace, string name, string text) =>
        workspace.Write(Permission.Plan, false, writer => ProgramStore.Import(writer, name, Encoding.UTF8.GetBytes(text), name + ".yaml"));

    internal static bool Assign(Workspace workspace, string name, Scope scope) => workspace.Write(Permission.Plan, false, writer => ProgramStore.Assign(writer, name, scope));

    private static PoleSettings Of(Workspace workspace, string pole) => SettingsView.Of(workspace, PoleInventory.Get(workspace, pole));

    private static string Key(Action action) => Assert.Throws<ProblemException>(action).Problems[0].Key;

    private static void Write(Workspace workspace, Action<WorkspaceWriter> work) => workspace.Write(Permission.Plan, false, writer =>
    {
        work(writer);
        return true;
    });
}
