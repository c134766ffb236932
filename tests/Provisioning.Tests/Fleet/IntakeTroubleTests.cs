// Uplinks while the disk is full: what was stored stays, what was not is taken when there is room, nothing twice.
using System.Diagnostics;
using Provisioning.Audit;
using Provisioning.Problems;
using Provisioning.Storage;
using Provisioning.Uplinks;
using Provisioning.Workspaces;
using Xunit;
using static Provisioning.Tests.Fleet.FleetBench;

namespace Provisioning.Tests.Fleet;

public sealed class IntakeTroubleTests : AnyStore
{
    protected override WorkspaceAddress NewPlace() => WorkspaceAddress.Parse(Folder.PathOf($"{Guid.NewGuid():N}.polectl"));

    [Fact]
    public void Given_a_disk_that_fills_while_a_file_is_taken_then_whole_batches_are_stored_and_the_rest_is_taken_later()
    {
        string disk = Directory.CreateDirectory(Folder.PathOf("disk")).FullName;
        if (!TryRun("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", disk))
        {
            Assert.Skip("mounting a small disk needs root");
        }

        try
        {
            WorkspaceAddress address = WorkspaceAddress.Parse(Path.Combine(disk, "w.polectl"));
            WorkspaceSetup.Create(address, Anna, false);
            using Workspace workspace = Workspace.Open(address, Anna);
            Fill(workspace, Folder, 5);
            string file = Folder.Write("uplinks.ndjson", string.Join('\n', Enumerable.Range(0, 30_000).Select(number =>
                ChirpStack(DevEui(1 + (number % 5)), NightMs + (number * 10L), number, 10, Status(number)))));

            ProblemException thrown = Assert.Throws<ProblemException>(() => UplinkFile.Take(workspace, file, false));

            Assert.Equal("problem.store.full", thrown.Problems[0].Key);
            int stored = UplinkList.Newest(workspace, null, null, 100_000).Count;
            Assert.Equal(0, stored % UplinkStore.LargestBatch);
            Assert.True(TryRun("mount", "-o", "remount,size=64m", disk));
            IntakeCounts counts = UplinkFile.Take(workspace, file, false).Counts;
            Assert.Equal((30_000L - stored, (long)stored), (counts.Stored, counts.Duplicates));
            Assert.Equal(30_000, UplinkList.Newest(workspace, null, null, 100_000).Count);
            Assert.Empty(AuditVerifier.Verify(workspace).Findings);
        }
        finally
        {
            TryRun("umount", "-l", disk);
        }
    }

    private static bool TryRun(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
