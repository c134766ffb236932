// A workspace in a file that is damaged, locked, read-only, of something else, or on a full disk.
using System.Diagnostics;
using Provisioning.Audit;
using Provisioning.Members;
using Provisioning.Poles;
using Provisioning.Problems;
using Provisioning.Storage;
using Provisioning.Workspaces;
using Xunit;

namespace Provisioning.Tests;

public sealed class FileTroubleTests : IDisposable
{
    private static readonly Author s_anna = new("anna", "anna@test");

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Given_no_file_then_opening_says_so_and_makes_none()
    {
        string path = _folder.PathOf("none.polectl");

        Assert.Equal("problem.workspace.none", KeyOf(() => Workspace.Open(WorkspaceAddress.Parse(path), s_anna)));
        Assert.False(File.Exists(path));
    }

    [Theory]
    [InlineData("this is a letter, not a database, and long enough to be taken for one if nobody looks at its beginning ..........")]
    [InlineData("")]
    public void Given_another_file_then_it_is_refused_and_left_as_it_is(string text)
    {
        string path = _folder.Write("letter.polectl", text);

        Assert.Contains(KeyOf(() => Workspace.Open(WorkspaceAddress.Parse(path), s_anna)), (string[])["problem.store.damaged", "problem.workspace.none"]);
        Assert.Equal(text, File.ReadAllText(path));
    }

    [Fact]
    public void Given_damage_anywhere_in_the_file_then_it_is_found_or_harmless_and_never_taken_for_good()
    {
        // So many that the tables which are empty here are a small part of the file.
        string path = Make(2_000);
        byte[] whole = File.ReadAllBytes(path);
        IReadOnlyList<Pole> poles;
        using (Workspace workspace = Workspace.Open(WorkspaceAddress.Parse(path), s_anna))
        {
            poles = PoleInventory.List(workspace);
        }

        Random random = new(1);
        int found = 0;
        for (int i = 0; i < 60; i++)
        {
            byte[] damaged = [.. whole];
            int at = random.Next(100, damaged.Length - 64);
            random.NextBytes(damaged.AsSpan(at, 64));
            string copy = _folder.Write("damaged.polectl", damaged);
            try
            {
                using Workspace workspace = Workspace.Open(WorkspaceAddress.Parse(copy), s_anna);
                bool isSound = WorkspaceSetup.FindDamage(workspace).Count == 0 && AuditVerifier.Verify(workspace).Findings.Count == 0;
                if (isSound)
                {
                    // It hit free space: every pole is as it was.
                    Assert.Equal(poles, PoleInventory.List(workspace));
                }

                found += isSound ? 0 : 1;
            }
            catch (ProblemException)
            {
                found++;
            }
        }

        Assert.True(found > 20, $"only {found} of 60 damages were found");
    }

    [Fact]
    public void Given_a_damaged_backup_then_restoring_it_is_refused_and_the_workspace_stays()
    {
        string path = Make(300);
        WorkspaceAddress address = WorkspaceAddress.Parse(path);
        string backup = _folder.PathOf("backup.polectl");
        using (Workspace workspace = Workspace.Open(address, s_anna))
        {
            WorkspaceBackup.Make(workspace, backup, false);
        }

        byte[] bytes = File.ReadAllBytes(backup);
        bytes.AsSpan(bytes.Length / 2, 8_000).Fill(0xA5);
        File.WriteAllBytes(backup, bytes);

        Assert.Throws<ProblemException>(() => WorkspaceBackup.Restore(backup, address, s_anna, false));
        using Workspace after = Workspace.Open(address, s_anna);
        Assert.Equal(300, PoleInventory.List(after).Count);
    }

    [Fact]
    public void Given_a_backup_to_a_file_that_is_there_then_it_is_not_overwritten()
    {
        string path = Make(1);
        string there = _folder.Write("there.txt", "mine");
        using Workspace workspace = Workspace.Open(WorkspaceAddress.Parse(path), s_anna);

        Assert.Equal("problem.file.exists", KeyOf(() => WorkspaceBackup.Make(workspace, there, false)));
        Assert.Equal("mine", File.ReadAllText(there));
    }

    [Fact]
    public void Given_a_full_disk_then_the_change_fails_with_that_reason_and_the_workspace_is_as_it_was()
    {
        string disk = _folder.PathOf("disk");
        Directory.CreateDirectory(disk);
        if (!TryRun("mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", disk))
        {
            Assert.Skip("mounting a small disk needs root");
        }

        try
        {
            WorkspaceAddress address = WorkspaceAddress.Parse(Path.Combine(disk, "w.polectl"));
            WorkspaceSetup.Create(address, s_anna, false);
            using (Workspace workspace = Workspace.Open(address, s_anna))
            {
                StoreTests.Import(workspace, _folder.Write("few.csv", List(20)));

                Assert.Equal("problem.store.full", KeyOf(() => StoreTests.Import(workspace, _folder.Write("many.csv", List(5_000)))));
                Assert.Equal("problem.store.full", KeyOf(() => WorkspaceBackup.Make(workspace, Fill(disk), false)));
            }

            File.Delete(Path.Combine(disk, "filling"));
            using Workspace after = Workspace.Open(address, s_anna);
            Assert.Equal(20, PoleInventory.List(after).Count);
            Assert.Empty(AuditVerifier.Verify(after).Findings);
            Assert.Equal(["w.polectl"], Directory.GetFiles(disk).Select(Path.GetFileName));
        }
        finally
        {
            TryRun("umount", disk);
        }
    }

    [Fact]
    public void Given_the_journal_then_a_program_in_another_language_computes_the_same_chain()
    {
        string path = Make(50);
        AuditReport report;
        using (Workspace workspace = Workspace.Open(WorkspaceAddress.Parse(path), s_anna))
        {
            report = AuditVerifier.Verify(workspace);
        }

        string? output = TryRead("python3", Path.Combine(AppContext.BaseDirectory, "verify_chain.py"), path);
        if (output is null)
        {
            Assert.Skip("python3 is not installed (.ci/install).");
        }

        Assert.Equal($"{report.EntryCount}:{Convert.ToHexStringLower(report.HeadHash)}", output.Trim());
    }

    public void Dispose() => _folder.Dispose();

    private static string KeyOf(Action action) => Assert.Throws<ProblemException>(action).Problems[0].Key;

    private static string List(int count) => "id,lat,lon,street\n" + string.Concat(Enumerable.Range(1, count).Select(number =>
        FormattableString.Invariant($"P-{number},{50 + (number * 0.0001):0.0000},{8 + (number * 0.0001):0.0000},Weg\n")));

    // Leaves a few kilobytes, and names a backup that does not fit.
    private static string Fill(string disk)
    {
        using FileStream filling = File.Create(Path.Combine(disk, "filling"));
        byte[] block = new byte[4096];
        try
        {
            while (new DriveInfo(disk).AvailableFreeSpace > 16_000)
            {
                filling.Write(block);
                filling.Flush();
            }
        }
        catch (IOException)
        {
            // Full enough.
        }

        return Path.Combine(disk, "backup.polectl");
    }

    private static bool TryRun(string program, params string[] arguments) => TryRead(program, arguments) is not null;

    private static string? TryRead(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private string Make(int count)
    {
        string path = _folder.PathOf("w.polectl");
        WorkspaceSetup.Create(WorkspaceAddress.Parse(path), s_anna, false);
        using Workspace workspace = Workspace.Open(WorkspaceAddress.Parse(path), s_anna);
        StoreTests.Import(workspace, _folder.Write("list.csv", List(count)));
        return path;
    }
}
