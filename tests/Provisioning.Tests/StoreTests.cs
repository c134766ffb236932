// What every workspace does, wherever it is kept: the same tests for a file and for a server.
using Provisioning.Audit;
using Provisioning.Controllers;
using Provisioning.Keys;
using Provisioning.Members;
using Provisioning.Poles;
using Provisioning.Poles.Import;
using Provisioning.Problems;
using Provisioning.Storage;
using Provisioning.Workspaces;
using Xunit;

namespace Provisioning.Tests;

/// <summary>A workspace in a file.</summary>
public sealed class SqliteStoreTests : StoreTests
{
    protected override WorkspaceAddress NewPlace() => WorkspaceAddress.Parse(Folder.PathOf($"{Guid.NewGuid():N}.polectl"));

    protected override string FirstMember => "anna";

    protected override void Tamper(WorkspaceAddress address, string sql)
    {
        using SqliteDatabase database = SqliteDatabase.Open(address, mayCreate: false);
        database.Connection.Execute(sql);
    }

    protected override string DisableGuard => "DROP TRIGGER journal_no_update; DROP TRIGGER journal_no_delete;";
}

/// <summary>A workspace in PostgreSQL.</summary>
public sealed class PostgresStoreTests(PostgresServer server) : StoreTests, IClassFixture<PostgresServer>
{
    protected override WorkspaceAddress NewPlace() => server.NewDatabaseOrSkip();

    protected override string FirstMember => "engineer";

    protected override void Tamper(WorkspaceAddress address, string sql) => server.RunSql(address.Shown.Split('/')[^1], sql);

    protected override string DisableGuard => "ALTER TABLE journal DISABLE TRIGGER ALL;";

    [Fact]
    public void Given_a_wrong_password_then_nobody_gets_in_and_the_message_has_no_password()
    {
        WorkspaceAddress address = Create();

        ProblemException thrown = Assert.Throws<ProblemException>(() => Workspace.Open(server.As(address, "engineer", "a wrong password"), Anna));

        Assert.Equal(ProblemKind.NotAuthorised, thrown.Problems[0].Kind);
        Assert.DoesNotContain("a wrong password", Texts.Of(thrown), StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_server_then_its_user_acts_whatever_name_is_given()
    {
        WorkspaceAddress address = Create();
        server.RunSql("postgres", "CREATE USER reader_only PASSWORD 'p'");
        server.RunSql(address.Shown.Split('/')[^1], "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO reader_only");
        using (Workspace workspace = Open(address))
        {
            workspace.Write(Permission.Administer, false, writer => MemberList.Set(writer, "reader_only", Roles.Reader));
        }

        using Workspace asReader = Workspace.Open(server.As(address, "reader_only", "p"), new Author("engineer", "somebody@somewhere"));

        Assert.Equal(ProblemKind.NotAuthorised, Assert.Throws<ProblemException>(() => Import(asReader, Poles(1))).Problems[0].Kind);
        Assert.Empty(PoleInventory.List(asReader));
    }

    [Fact]
    public void Given_a_server_that_does_not_answer_then_that_is_said()
    {
        ProblemException thrown = Assert.Throws<ProblemException>(() => Workspace.Open(WorkspaceAddress.Parse("postgres://a:b@127.0.0.1:1/c?Timeout=2"), Anna));

        Assert.Equal("problem.server.unreachable", thrown.Problems[0].Key);
    }
}

/// <summary>The tests.</summary>
public abstract partial class StoreTests : IDisposable
{
    internal TemporaryFolder Folder { get; } = new();

    protected static Author Anna { get; } = new("anna", "anna@test");

    protected abstract string FirstMember { get; }

    /// <summary>SQL that takes the journal's own guard away, as somebody with the right to the database can.</summary>
    protected abstract string DisableGuard { get; }

    [Fact]
    public void Given_a_new_workspace_then_its_maker_is_its_first_member_with_all_roles()
    {
        using Workspace workspace = Open(Create());

        Member member = Assert.Single(MemberList.All(workspace));
        Assert.Equal(FirstMember, member.Name);
        Assert.Equal("reader,technician,engineer,security-officer", RoleNames.ToText(member.Roles));
        Assert.Empty(AuditVerifier.Verify(workspace).Findings);
    }

    [Fact]
    public void Given_a_workspace_when_another_is_made_there_then_it_is_refused_and_the_first_stays()
    {
        WorkspaceAddress address = Create();
        using Workspace before = Open(address);
        string identifier = before.Identifier;

        ProblemException thrown = Assert.Throws<ProblemException>(() => WorkspaceSetup.Create(address, Anna, false));

        Assert.Equal("problem.workspace.exists", thrown.Problems[0].Key);
        using Workspace after = Open(address);
        Assert.Equal(identifier, after.Identifier);
    }

    [Fact]
    public void Given_a_dry_run_then_everything_is_answered_and_nothing_is_there_after()
    {
        WorkspaceAddress address = Create();
        using Workspace workspace = Open(address);

        PoleImportResult result = Import(workspace, Poles(50), isDryRun: true);

        Assert.Equal(50, result.NewCount);
        Assert.Empty(PoleInventory.List(workspace));
        Assert.Equal(2, AuditVerifier.Verify(workspace).EntryCount);
    }

    [Fact]
    public void Given_an_import_when_it_is_done_again_then_nothing_changes()
    {
        using Workspace workspace = Open(Create());
        string file = Poles(1_500);
        PoleImportResult first = Import(workspace, file);
        AuditReport before = AuditVerifier.Verify(workspace);

        PoleImportResult second = Import(workspace, file);

        Assert.Equal((1_500, 0, 0, 0), (first.NewCount, first.ChangedCount, first.UnchangedCount, first.Refused.Count));
        Assert.Equal((0, 0, 1_500, 0), (second.NewCount, second.ChangedCount, second.UnchangedCount, second.Refused.Count));
        Assert.Equal(before.HeadHash, AuditVerifier.Verify(workspace).HeadHash);
        Assert.Empty(before.Findings);
    }

    [Fact]
    public void Given_two_engineers_when_they_change_different_fields_of_a_pole_then_both_changes_stay()
    {
        WorkspaceAddress address = Create();
        using Workspace one = Open(address);
        using Workspace two = Open(address);
        Import(one, Poles(1));

        one.Write(Permission.Plan, false, writer => PoleInventory.Set(writer, "P-1", [(PoleField.Find("street")!, "Am Markt")], null));
        two.Write(Permission.Plan, false, writer => PoleInventory.Set(writer, "P-1", [(PoleField.Find("watts")!, "42")], null));

        Pole pole = PoleInventory.Get(one, "P-1");
        Assert.Equal(("Am Markt", 42, 3), (pole.Street, pole.FullPowerWatts, pole.Version));
    }

    [Fact]
    public void Given_a_pole_that_was_changed_since_it_was_seen_when_it_is_set_then_it_is_refused_and_says_who()
    {
        using Workspace workspace = Open(Create());
        Import(workspace, Poles(1));
        workspace.Write(Permission.Plan, false, writer => PoleInventory.Set(writer, "P-1", [(PoleField.Find("street")!, "Am Markt")], 1));

        ProblemException thrown = Assert.Throws<ProblemException>(() =>
            workspace.Write(Permission.Plan, false, writer => PoleInventory.Set(writer, "P-1", [(PoleField.Find("street")!, "Am Tor")], 1)));

        Assert.Equal("problem.pole.changed", thrown.Problems[0].Key);
        Assert.Contains(FirstMember, Texts.Of(thrown), StringComparison.Ordinal);
        Assert.Equal("Am Markt", PoleInventory.Get(workspace, "P-1").Street);
    }

    [Fact]
    public void Given_an_exported_list_when_a_pole_was_changed_meanwhile_then_its_row_is_refused_and_the_others_are_taken()
    {
        using Workspace workspace = Open(Create());
        Import(workspace, Poles(3));
        string list = PoleExport.ToCsv(PoleInventory.List(workspace));
        workspace.Write(Permission.Plan, false, writer => PoleInventory.Set(writer, "P-2", [(PoleField.Find("owner")!, "Stadtwerke")], null));

        PoleImportResult result = Import(workspace, Folder.Write("edited.csv", list.Replace("Weg", "Allee", StringComparison.Ordinal)), isUpdate: true, skips: true);

        Problem refused = Assert.Single(result.Refused);
        Assert.Equal(("problem.pole.changed", 3), (refused.Key, refused.Line));
        Assert.Equal(2, result.ChangedCount);
        Assert.Equal(["Allee", "Weg", "Allee"], PoleInventory.List(workspace).Select(pole => pole.Street));
        Assert.Equal("Stadtwerke", PoleInventory.Get(workspace, "P-2").Owner);
    }

    [Fact]
    public void Given_many_writers_at_once_then_no_change_is_lost_and_the_journal_is_one_chain()
    {
        WorkspaceAddress address = Create();
        using (Workspace workspace = Open(address))
        {
            Import(workspace, Poles(4));
        }

        Parallel.For(1, 5, number =>
        {
            using Workspace workspace = Open(address);
            for (int i = 0; i < 10; i++)
            {
                // All on the same pole, each its own field.
                string field = PoleField.All[1 + number].Name == "watts" ? "owner" : PoleField.All[1 + number].Name;
                workspace.Write(Permission.Plan, false, writer => PoleInventory.Set(writer, "P-1", [(PoleField.Find(field)!, $"{number}-{i}")], null));
            }
        });

        using Workspace after = Open(address);
        Pole pole = PoleInventory.Get(after, "P-1");
        Assert.Equal(41, pole.Version);
        Assert.Equal(("1-9", "2-9", "3-9", "4-9"), (pole.Street, pole.District, pole.Luminaire, pole.Owner));
        Assert.Empty(AuditVerifier.Verify(after).Findings);
    }

    [Fact]
    public void Given_an_exception_in_the_middle_of_a_change_then_nothing_of_it_stays()
    {
        WorkspaceAddress address = Create();
        using Workspace workspace = Open(address);
        string file = Poles(10);

        Assert.Throws<InvalidOperationException>(() => workspace.Write<int>(Permission.Plan, false, writer =>
        {
            PoleImport.Run(writer, new PoleImportRequest { Path = file });
            throw new InvalidOperationException("the cable was pulled");
        }));

        Assert.Empty(PoleInventory.List(workspace));
        Assert.Empty(AuditVerifier.Verify(workspace).Findings);
    }

    [Theory]
    [InlineData(Roles.Reader, false, false)]
    [InlineData(Roles.Technician, false, false)]
    [InlineData(Roles.Engineer, true, false)]
    [InlineData(Roles.SecurityOfficer, false, true)]
    public void Given_a_role_then_it_allows_what_it_says_and_no_more(Roles roles, bool mayPlan, bool mayAdminister)
    {
        using Workspace workspace = Open(Create());
        workspace.Write(Permission.Administer, false, writer => MemberList.Set(writer, "officer", Roles.SecurityOfficer));
        workspace.Write(Permission.Administer, false, writer => MemberList.Set(writer, FirstMember, roles));

        Assert.Empty(PoleInventory.List(workspace));
        Assert.Equal(mayPlan, Attempt(() => Import(workspace, Poles(1))));
        Assert.Equal(mayAdminister, Attempt(() => workspace.Write(Permission.Administer, false, writer => MemberList.Set(writer, "eve", Roles.Reader))));
    }

    [Fact]
    public void Given_the_last_security_officer_then_the_role_cannot_be_taken_away()
    {
        using Workspace workspace = Open(Create());

        Assert.Throws<ProblemException>(() => workspace.Write(Permission.Administer, false, writer => MemberList.Set(writer, FirstMember, Roles.Engineer)));
        Assert.Throws<ProblemException>(() => workspace.Write(Permission.Administer, false, writer =>
        {
            MemberList.Remove(writer, FirstMember);
            return 0;
        }));
        Assert.Single(MemberList.All(workspace));
    }

    [Fact]
    public void Given_a_backup_when_it_is_restored_then_the_workspace_is_as_it_was_and_the_journal_tells_what_was_given_up()
    {
        WorkspaceAddress address = Create();
        using Workspace workspace = Open(address);
        Import(workspace, Poles(20));
        (long sequence, byte[] hash) = WorkspaceBackup.Make(workspace, Folder.PathOf("backup.polectl"), false);
        workspace.Write(Permission.Plan, false, writer => PoleInventory.Retire(writer, "P-1", null));

        (long restored, long givenUp) = WorkspaceBackup.Restore(Folder.PathOf("backup.polectl"), address, new Author(FirstMember, "x@y"), false);

        Assert.Equal((sequence, sequence + 1), (restored, givenUp));
        Assert.All(PoleInventory.List(workspace, new PoleFilter { IncludesRetired = true }), pole => Assert.Equal(PoleState.InService, pole.State));
        AuditReport report = AuditVerifier.Verify(workspace, (sequence, hash));
        Assert.Empty(report.Findings);
        Assert.Equal("workspace.restore", AuditJournal.Newest(workspace, 1)[0].Action);
    }

    [Fact]
    public void Given_a_backup_of_another_workspace_then_restoring_over_this_one_is_refused()
    {
        WorkspaceAddress address = Create();
        WorkspaceAddress other = WorkspaceAddress.Parse(Folder.PathOf("other.polectl"));
        WorkspaceSetup.Create(other, new Author(FirstMember, "x@y"), false);

        ProblemException thrown = Assert.Throws<ProblemException>(() => WorkspaceBackup.Restore(other.FilePath!, address, new Author(FirstMember, "x@y"), false));

        Assert.Equal("problem.restore.other", thrown.Problems[0].Key);
    }

    [Fact]
    public void Given_a_workspace_in_a_file_when_it_is_restored_into_an_empty_place_then_it_has_moved()
    {
        WorkspaceAddress file = WorkspaceAddress.Parse(Folder.PathOf("file.polectl"));
        WorkspaceSetup.Create(file, new Author(FirstMember, "x@y"), false);
        using (Workspace workspace = Workspace.Open(file, new Author(FirstMember, "x@y")))
        {
            Import(workspace, Poles(700));
        }

        WorkspaceAddress place = NewPlace();
        WorkspaceBackup.Restore(file.FilePath!, place, new Author(FirstMember, "x@y"), false);

        using Workspace moved = Open(place);
        Assert.Equal(700, PoleInventory.List(moved).Count);
        Assert.Empty(AuditVerifier.Verify(moved).Findings);
    }

    [Theory]
    [InlineData("UPDATE pole SET owner = 'me' WHERE pole_id = 'P-2'", "problem.audit.row")]
    [InlineData("UPDATE pole SET version = 7 WHERE pole_id = 'P-2'", "problem.audit.row")]
    [InlineData("DELETE FROM pole WHERE pole_id = 'P-2'", "problem.audit.removed")]
    [InlineData("INSERT INTO pole (pole_id, latitude, longitude, criticality, state, version) VALUES ('P-99', 1, 2, 'Low', 'InService', 1)", "problem.audit.added")]
    [InlineData("UPDATE member SET roles = 'reader,technician,engineer,security-officer' WHERE name = 'mallory'", "problem.audit.row")]
    [InlineData("INSERT INTO member (name, roles, version) VALUES ('eve', 'security-officer', 1)", "problem.audit.added")]
    public void Given_a_row_changed_behind_the_journals_back_then_verifying_names_it(string sql, string key)
    {
        WorkspaceAddress address = Create();
        using (Workspace workspace = Open(address))
        {
            Import(workspace, Poles(3));
            workspace.Write(Permission.Administer, false, writer => MemberList.Set(writer, "mallory", Roles.Reader));
        }

        Tamper(address, sql);

        using Workspace after = Open(address);
        Assert.Equal([key], AuditVerifier.Verify(after).Findings.Select(finding => finding.Key));
    }

    [Theory]
    [InlineData("UPDATE journal SET member = 'bob' WHERE sequence = 3", "problem.audit.changed")]
    [InlineData("UPDATE journal SET detail = '{}' WHERE sequence = 4", "problem.audit.changed")]
    [InlineData("UPDATE journal SET at_utc_ms = at_utc_ms + 1 WHERE sequence = 2", "problem.audit.changed")]
    [InlineData("DELETE FROM journal WHERE sequence = 3", "problem.audit.missing")]
    [InlineData("DELETE FROM journal WHERE sequence = 5", "problem.audit.added")]
    public void Given_a_journal_that_was_changed_then_verifying_names_it(string sql, string key)
    {
        WorkspaceAddress address = Create();
        using (Workspace workspace = Open(address))
        {
            Import(workspace, Poles(3));
        }

        Tamper(address, DisableGuard + sql);

        using Workspace after = Open(address);
        Assert.Contains(key, AuditVerifier.Verify(after).Findings.Select(finding => finding.Key));
    }

    [Theory]
    [InlineData("UPDATE journal SET member = 'bob' WHERE sequence = 1")]
    [InlineData("DELETE FROM journal WHERE sequence = 1")]
    public void Given_the_journal_then_the_database_itself_refuses_to_change_it(string sql)
    {
        WorkspaceAddress address = Create();

        Assert.ThrowsAny<Exception>(() => Tamper(address, sql));

        using Workspace after = Open(address);
        Assert.Empty(AuditVerifier.Verify(after).Findings);
    }

    [Fact]
    public void Given_a_head_that_was_noted_when_the_end_of_the_journal_is_cut_off_cleanly_then_the_head_shows_it()
    {
        WorkspaceAddress address = Create();
        (long, byte[]) head;
        using (Workspace workspace = Open(address))
        {
            Import(workspace, Poles(3));
            AuditReport report = AuditVerifier.Verify(workspace);
            head = (report.EntryCount, report.HeadHash);
        }

        // The attacker takes pole and entry out together: the rest is in order.
        Tamper(address, DisableGuard + "DELETE FROM journal WHERE sequence = 5; DELETE FROM pole WHERE pole_id = 'P-3';");

        using Workspace after = Open(address);
        Assert.Empty(AuditVerifier.Verify(after).Findings);
        Assert.Equal(["problem.audit.head"], AuditVerifier.Verify(after, head).Findings.Select(finding => finding.Key));
    }

    [Fact]
    public void Given_a_pole_then_its_history_tells_who_did_what_in_order()
    {
        using Workspace workspace = Open(Create());
        Import(workspace, Poles(2));
        workspace.Write(Permission.Plan, false, writer => PoleInventory.Set(writer, "P-1", [(PoleField.Find("watts")!, "30,5")], null));
        workspace.Write(Permission.Plan, false, writer => PoleInventory.Retire(writer, "P-1", null));

        IReadOnlyList<JournalEntry> history = PoleInventory.History(workspace, "P-1");

        Assert.Equal(["pole.import", "pole.set", "pole.retire"], history.Select(entry => entry.Action));
        Assert.Equal("{\"watts\":[\"\",\"30.5\"]}", history[1].Detail);
        Assert.All(history, entry => Assert.Equal(FirstMember, entry.Member));
    }

    [Fact]
    public void Given_controllers_with_keys_then_they_are_made_moved_rotated_retired_backed_up_and_restored_on_any_store()
    {
        WorkspaceAddress address = Create();
        UnlockSecret secret = new("correct horse battery staple", null);
        using Workspace workspace = Open(address);
        Import(workspace, Poles(250));
        Change(workspace, writer => KeyVault.AddWay(writer, "way", secret, null, 1_000));
        using KeyVault vault = KeyVault.Open(workspace, secret);
        IdentityRequest request = new() { JoinEui = "70b3d57ed0000001", Board = "b", Region = "eu868", EuiPrefix = "70b3d5", Poles = new PoleFilter() };
        IReadOnlyList<Controller> made = workspace.Write(Permission.Plan, false, writer => IdentityFactory.Make(writer, vault, request));
        Change(workspace, writer => ControllerInventory.Unmount(writer, made[0].DevEui, isDefective: true));
        Change(workspace, writer => ControllerInventory.Retire(writer, made[1].DevEui));
        Change(workspace, writer => KeyStore.Rotate(writer, vault, made[2].DevEui));
        Change(workspace, writer => KeyStore.Settle(writer, made[2].DevEui));
        (string before, int count) = workspace.Write(Permission.Keys, false, writer => KeyExport.ToCsv(writer, vault));
        WorkspaceBackup.Make(workspace, Folder.PathOf("backup.polectl"), false);
        Change(workspace, writer => ControllerInventory.Retire(writer, made[3].DevEui));

        WorkspaceBackup.Restore(Folder.PathOf("backup.polectl"), address, new Author(FirstMember, "x@y"), false);

        Assert.Equal((250, 249), (made.Count, count));
        Assert.Equal(before, workspace.Write(Permission.Keys, false, writer => KeyExport.ToCsv(writer, vault)).Text);
        Assert.Empty(AuditVerifier.Verify(workspace).Findings);
    }

    [Fact]
    public void Given_a_workspace_of_another_version_then_it_is_refused_with_what_to_do()
    {
        WorkspaceAddress address = Create();
        Tamper(address, "UPDATE workspace SET schema_version = 99");

        Assert.Equal("problem.workspace.newer", Assert.Throws<ProblemException>(() => Open(address)).Problems[0].Key);
    }

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    internal static PoleImportResult Import(Workspace workspace, string file, bool isDryRun = false, bool isUpdate = false, bool skips = false) =>
        workspace.Write(Permission.Plan, isDryRun, writer => PoleImport.Run(writer, new PoleImportRequest { Path = file, IsUpdate = isUpdate, SkipsRefused = skips }));

    /// <summary>A list of poles P-1 ... at places of their own.</summary>
    protected string Poles(int count) => Folder.Write($"poles-{count}.csv", "id,lat,lon,street\n" + string.Concat(Enumerable.Range(1, count).Select(number =>
        FormattableString.Invariant($"P-{number},{50 + (number * 0.0001):0.0000},{8 + (number * 0.0001):0.0000},Weg\n"))));

    protected abstract WorkspaceAddress NewPlace();

    /// <summary>Changes the database past polectl.</summary>
    protected abstract void Tamper(WorkspaceAddress address, string sql);

    protected WorkspaceAddress Create()
    {
        WorkspaceAddress address = NewPlace();
        WorkspaceSetup.Create(address, Anna, false);
        return address;
    }

    protected static Workspace Open(WorkspaceAddress address) => Workspace.Open(address, Anna);

    private static void Change(Workspace workspace, Action<WorkspaceWriter> work) => workspace.Write(Permission.Read, false, writer =>
    {
        work(writer);
        return true;
    });

    private static bool Attempt(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (ProblemException exception)
        {
            Assert.All(exception.Problems, problem => Assert.Equal(ProblemKind.NotAuthorised, problem.Kind));
            return false;
        }
    }
}
