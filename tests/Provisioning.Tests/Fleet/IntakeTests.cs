// Uplinks taken in, on either kind of store: nothing lost, nothing twice, whatever the order; what is wrong is told and harms nothing.
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using PoleController.Alarms;
using Provisioning.Audit;
using Provisioning.Members;
using Provisioning.Problems;
using Provisioning.Storage;
using Provisioning.Uplinks;
using Provisioning.Workspaces;
using Xunit;
using static Provisioning.Tests.Fleet.FleetBench;

namespace Provisioning.Tests.Fleet;

public sealed class SqliteIntakeTests : IntakeTests
{
    protected override WorkspaceAddress NewPlace() => WorkspaceAddress.Parse(Folder.PathOf($"{Guid.NewGuid():N}.polectl"));
}

public sealed class PostgresIntakeTests(PostgresServer server) : IntakeTests, IClassFixture<PostgresServer>
{
    protected override WorkspaceAddress NewPlace() => server.NewDatabaseOrSkip();
}

public abstract class IntakeTests : AnyStore
{
    [Fact]
    public void Given_uplinks_of_both_network_servers_then_each_is_stored_as_it_came()
    {
        using Workspace workspace = NewFleet(2);

        IntakeCounts counts = Take(workspace, ChirpStack(DevEui(1), NightMs, 7, 10, Status(1_000)), ThingsStack(DevEui(2), NightMs + 5, 0, 10, Status(2_000)));

        Assert.Equal(new IntakeCounts(2, 0, 0, 0), counts);
        IReadOnlyList<StoredUplink> stored = UplinkList.Newest(workspace, null, null, 10);
        Uplink things = stored[0].Uplink;
        Uplink chirp = stored[1].Uplink;
        Assert.Equal((DevEui(1), NightMs, 7L, 10, -97, 7.2, "00189440", "chirpstack"),
            (chirp.DevEui, chirp.ReceivedAtUtcMs, chirp.FrameCounter, chirp.FPort, chirp.RssiDbm, chirp.SnrDb, chirp.Session, chirp.Source));
        Assert.Equal((DevEui(2), NightMs + 5, 0L, -35, "AXA50tHUl6ucVhUSdtlzVw==", "the-things-stack"),
            (things.DevEui, things.ReceivedAtUtcMs, things.FrameCounter, things.RssiDbm, things.Session, things.Source));
        Assert.Equal(Status(2_000), things.Payload);
    }

    [Fact]
    public void Given_the_same_uplink_again_then_it_is_stored_once_in_the_batch_and_later()
    {
        using Workspace workspace = NewFleet(1);
        string document = ChirpStack(DevEui(1), NightMs, 7, 10, Status(1_000));
        string sentAgain = ChirpStack(DevEui(1), NightMs + 4_000, 7, 10, Status(1_000));

        Assert.Equal(new IntakeCounts(1, 2, 0, 0), Take(workspace, document, document, sentAgain));
        Assert.Equal(new IntakeCounts(0, 1, 0, 0), Take(workspace, document));
        Assert.Single(UplinkList.Newest(workspace, null, null, 10));
    }

    [Fact]
    public void Given_a_new_session_with_the_same_address_then_its_counters_are_not_taken_for_the_old_ones()
    {
        using Workspace workspace = NewFleet(1);
        Take(workspace, ChirpStack(DevEui(1), NightMs, 0, 10, Status(1_000)));

        string later = ChirpStack(DevEui(1), NightMs + 86_400_000, 0, 10, Status(1_000));

        Assert.Equal(1, Take(workspace, later).Stored);
        Assert.Equal(new IntakeCounts(0, 1, 0, 0), Take(workspace, later));
    }

    [Fact]
    public void Given_a_controller_that_nobody_knows_then_its_uplinks_are_kept_apart_and_read_when_it_is_known()
    {
        using Workspace workspace = NewFleet(1);
        IntakeCounts counts = Take(workspace, ChirpStack(DevEui(2), NightMs, 1, 10, Status(1_000)), ChirpStack(DevEui(2), NightMs + 1, 2, 12, Alarm(AlarmKind.Tilt, true)));
        (string devEui, long count, long last) = Assert.Single(UplinkList.Unknown(workspace));
        Assert.Equal((2L, DevEui(2), 2L, NightMs + 1), (counts.Unknown, devEui, count, last));
        Assert.Equal(0, workspace.Write(Permission.Intake, false, UplinkStore.Adopt));

        using (Keys.KeyVault vault = Keys.KeyVault.Open(workspace, new Keys.UnlockSecret("correct horse battery staple", null)))
        {
            Controllers.IdentityRequest request = new() { JoinEui = "70b3d57ed0000001", Board = "b", Region = "eu868", EuiPrefix = "70b3d5", Count = 1 };
            workspace.Write(Permission.Plan, false, writer => Controllers.IdentityFactory.Make(writer, vault, request));
        }

        Assert.Equal(2, workspace.Write(Permission.Intake, false, UplinkStore.Adopt));
        Assert.Empty(UplinkList.Unknown(workspace));
        Assert.Equal(0, workspace.Write(Permission.Intake, false, UplinkStore.Adopt));
    }

    [Fact]
    public void Given_a_payload_that_no_controller_sends_then_it_is_kept_as_it_came_and_counted()
    {
        using Workspace workspace = NewFleet(1);

        IntakeCounts counts = Take(workspace, ChirpStack(DevEui(1), NightMs, 1, 10, [1, 2, 3]), ChirpStack(DevEui(1), NightMs, 2, 99, [1, 2, 3]));

        Assert.Equal((2L, 1L), (counts.Stored, counts.Undecodable));
        Assert.Equal([1, 2, 3], Assert.Single(UplinkList.Newest(workspace, null, UplinkState.Undecodable, 10)).Uplink.Payload);
    }

    [Fact]
    public void Given_a_file_with_damaged_lines_then_they_are_told_with_their_number_and_the_others_are_taken()
    {
        using Workspace workspace = NewFleet(1);
        string good = ChirpStack(DevEui(1), NightMs, 1, 10, Status(1));
        string file = Folder.Write("uplinks.ndjson", string.Join('\n',
            "\uFEFF" + good, "", good[..200], good.Replace("\"fCnt\":1", "\"fCnt\":-1", StringComparison.Ordinal), "[1]", new string('x', NetworkEventReader.LargestDocument * 2),
            ChirpStackJoin(DevEui(1), NightMs), "{\"deviceInfo\":{\"devEui\":\"70b3d50000000001\"},\"level\":\"ERROR\",\"code\":\"OTAA\"}",
            ChirpStack(DevEui(1), NightMs, 2, 10, Status(1))));

        FileIntake intake = UplinkFile.Take(workspace, file, false);

        Assert.Equal((2L, 1L, 1L, 4L), (intake.Counts.Stored, intake.Joins, intake.NotKept, intake.RefusedCount));
        Assert.Equal([3, 4, 5, 6], intake.Refused.Select(problem => problem.Line));
        Assert.Equal(("fCnt", "-1", file), (intake.Refused[1].Field, intake.Refused[1].Value, intake.Refused[1].File));
        Assert.Equal(new IntakeCounts(0, 2, 0, 0), UplinkFile.Take(workspace, file, false).Counts);
    }

    [Fact]
    public void Given_an_array_of_documents_then_each_is_taken()
    {
        using Workspace workspace = NewFleet(1);
        string file = Folder.Write("uplinks.json",
            $"[\n{ChirpStack(DevEui(1), NightMs, 1, 10, Status(1))},\n{{\"result\":{ThingsStack(DevEui(1), NightMs, 2, 10, Status(1))}}},\n17]");

        FileIntake intake = UplinkFile.Take(workspace, file, false);

        Assert.Equal((2L, 3), (intake.Counts.Stored, Assert.Single(intake.Refused).Line));
    }

    [Fact]
    public void Given_a_dry_run_then_nothing_is_stored()
    {
        using Workspace workspace = NewFleet(1);
        string file = Folder.Write("uplinks.ndjson", ChirpStack(DevEui(1), NightMs, 1, 10, Status(1)));

        Assert.Equal(1, UplinkFile.Take(workspace, file, true).Counts.Stored);
        Assert.Empty(UplinkList.Newest(workspace, null, null, 10));
    }

    [Fact]
    public void Given_uplinks_then_the_journal_has_no_entry_of_them_and_the_audit_is_sound()
    {
        using Workspace workspace = NewFleet(1);
        long before = AuditVerifier.Verify(workspace).EntryCount;

        Take(workspace, ChirpStack(DevEui(1), NightMs, 1, 10, Status(1)));

        AuditReport after = AuditVerifier.Verify(workspace);
        Assert.Equal(before, after.EntryCount);
        Assert.Empty(after.Findings);
    }

    [Fact]
    public void Given_two_runs_at_once_on_the_same_uplinks_then_each_is_stored_once()
    {
        using Workspace workspace = NewFleet(50);
        string file = Folder.Write("uplinks.ndjson", string.Join('\n', Enumerable.Range(0, 1_000).Select(number =>
            ChirpStack(DevEui(1 + (number % 50)), NightMs + (number * 1_000), number, 10, Status(number)))));

        long stored = 0;
        Parallel.For(0, 4, _ =>
        {
            using Workspace mine = Workspace.Open(workspace.Address, Anna);
            Interlocked.Add(ref stored, UplinkFile.Take(mine, file, false).Counts.Stored);
        });

        Assert.Equal(1_000, stored);
        Assert.Equal(1_000, UplinkList.Newest(workspace, null, null, 5_000).Count);
    }

    [Fact]
    public void Given_a_member_who_only_reads_then_uplinks_are_refused()
    {
        using Workspace workspace = NewFleet(1);
        string me = MemberList.All(workspace)[0].Name;
        workspace.Write(Permission.Administer, false, writer => MemberList.Set(writer, "officer", Roles.SecurityOfficer));
        workspace.Write(Permission.Administer, false, writer => MemberList.Set(writer, me, Roles.Reader));

        ProblemException thrown = Assert.Throws<ProblemException>(() => Take(workspace, ChirpStack(DevEui(1), NightMs, 1, 10, Status(1))));

        Assert.Equal(ProblemKind.NotAuthorised, thrown.Problems[0].Kind);
    }

    [Fact]
    public void Given_any_bytes_then_the_reader_refuses_them_or_reads_them_and_nothing_else_happens()
    {
        byte[] good = Encoding.UTF8.GetBytes(ChirpStack(DevEui(1), NightMs, 1, 10, Status(1)));
        Prop.ForAll<byte[], int, byte>((noise, at, value) =>
        {
            byte[] changed = [.. good];
            changed[(int)((uint)at % changed.Length)] = value;
            return IsReadOrRefused(noise) && IsReadOrRefused(changed) && IsReadOrRefused(good[..(int)((uint)at % good.Length)]);
        }).QuickCheckThrowOnFailure();
    }

    private static bool IsReadOrRefused(byte[] bytes)
    {
        try
        {
            return NetworkEventReader.Read(bytes) is not null;
        }
        catch (NetworkEventException)
        {
            return true;
        }
    }
}
