// The files that go onto controllers: the controller's own code reads them, and so does a program that knows only their description.
using System.Diagnostics;
using System.Text.Json;
using PoleController.Hal;
using PoleController.LoRaWan;
using PoleController.Settings;
using PoleController.Time;
using Provisioning.Audit;
using Provisioning.Controllers;
using Provisioning.Files;
using Provisioning.Keys;
using Provisioning.Members;
using Provisioning.Poles;
using Provisioning.Problems;
using Provisioning.Storage;
using Provisioning.Workspaces;
using Xunit;

namespace Provisioning.Tests;

public sealed class ProvisioningFileTests : IDisposable
{
    private const string Passphrase = "correct horse battery staple";

    private static readonly Author s_anna = new("anna", "anna@test");
    private static readonly CityTime s_berlin = new(60, DaylightSavingRule.EuropeanUnion);

    private readonly TemporaryFolder _folder = new();
    private readonly Workspace _workspace;
    private readonly KeyVault _vault;
    private readonly string _out;

    public ProvisioningFileTests()
    {
        WorkspaceAddress address = WorkspaceAddress.Parse(_folder.PathOf("w.polectl"));
        WorkspaceSetup.Create(address, s_anna, false);
        _workspace = Workspace.Open(address, s_anna);
        _workspace.Write(Permission.Administer, false, writer =>
        {
            KeyVault.AddWay(writer, "anna", new UnlockSecret(Passphrase, null), null, 1_000);
            return true;
        });
        _vault = KeyVault.Open(_workspace, new UnlockSecret(Passphrase, null));
        StoreTests.Import(_workspace, _folder.Write("poles.csv", "id,lat,lon,watts\nP-1,49.4094,8.6947,41.5\nP-2,-33.45,-70.6667,\n"));
        Make(new IdentityRequest { JoinEui = "70b3d57ed0000001", Board = "pole-controller-r1 occupancy metered", Region = "eu868", EuiPrefix = "70b3d5", Poles = new PoleFilter() });
        _out = _folder.PathOf("out");
    }

    [Fact]
    public void Given_a_controllers_folder_as_its_store_then_the_controller_is_provisioned_with_its_keys_and_settings()
    {
        Write();
        FolderStore store = new(Path.Combine(_out, "70b3d50000000001"));
        LoRaWanIdentity identity = new();
        ControllerSettings settings = new();

        Assert.True(new IdentityStore(store, new byte[256]).TryLoad(identity));
        Assert.True(new SettingsStore(store).Load(settings));

        using DeviceKeys keys = _workspace.Write(Permission.Keys, false, writer => KeyStore.Show(writer, _vault, "70b3d50000000001"));
        Assert.Equal("70b3d50000000001", Convert.ToHexStringLower(identity.DevEui));
        Assert.Equal("70b3d57ed0000001", Convert.ToHexStringLower(identity.JoinEui));
        Assert.True(keys.AppKey.SequenceEqual(identity.AppKey) && keys.GenAppKey.SequenceEqual(identity.GenAppKey) && keys.ServiceKey.SequenceEqual(identity.ServiceKey));
        Assert.Equal(RegionId.Eu868, identity.Region);
        Assert.Equal((true, 49_409_400, 8_694_700, 41_500), (settings.HasPosition, settings.LatitudeMicrodegrees, settings.LongitudeMicrodegrees, settings.LuminaireFullPowerMilliwatts));
        Assert.Equal((1, 60, (int)DaylightSavingRule.EuropeanUnion), (settings.Revision, settings.UtcOffsetMinutes, settings.DaylightSaving));
        Assert.Equal("pole-controller-r1 occupancy metered", File.ReadAllText(Path.Combine(_out, "70b3d50000000001", "board")).Trim());
    }

    // nanoFramework/nanoFirmwareFlasher, nanoFirmwareFlasher.Library/FileDeployment: SerialPort (else the one of the command line), Files with DestinationFilePath and
    // SourceFilePath; an empty source deletes the destination.
    [Fact]
    public void Given_the_deployment_file_then_it_has_the_form_that_nanoff_reads_and_names_files_that_are_there()
    {
        Write();
        string folder = Path.Combine(_out, "70b3d50000000002");
        JsonElement deployment = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "deployment.json"))).RootElement;

        (string, string)[] files = [.. deployment.GetProperty("Files").EnumerateArray().Select(file =>
            (file.GetProperty("DestinationFilePath").GetString()!, file.GetProperty("SourceFilePath").GetString()!))];

        Assert.Equal([("I:\\identity", "identity"), ("I:\\settings-a", "settings-a"), ("I:\\settings-b", ""), ("I:\\board", "board")], files);
        Assert.All(files.Where(file => file.Item2.Length > 0), file => Assert.True(File.Exists(Path.Combine(folder, file.Item2))));
    }

    [Fact]
    public void Given_a_spare_then_it_has_no_position_and_gets_one_when_it_is_mounted()
    {
        string spare = Make(new IdentityRequest { JoinEui = "70b3d57ed0000001", Board = "pole-controller-r1", Region = "us915", EuiPrefix = "70b3d5", Count = 1 })[0].DevEui;
        Write();

        ProvisioningContent content = ProvisioningReader.Read(Path.Combine(_out, spare));

        Assert.Equal(("us915", null, 0), (content.Region, content.LatitudeMicrodegrees, content.FullPowerMilliwatts));
    }

    [Fact]
    public void Given_files_that_are_written_twice_then_the_second_time_all_are_as_they_were_and_each_time_is_recorded()
    {
        ProvisioningResult first = Write();
        ProvisioningResult second = Write();

        Assert.Equal((2, 0, 0), (first.Written, first.Unchanged, first.Problems.Count));
        Assert.Equal((0, 2, 0), (second.Written, second.Unchanged, second.Problems.Count));
        Assert.Equal(4, AuditJournal.Newest(_workspace, 100).Count(entry => entry.Action == "keys.provision"));
        Assert.Empty(AuditVerifier.Verify(_workspace).Findings);
    }

    [Fact]
    public void Given_a_dry_run_then_nothing_is_written_and_nothing_recorded()
    {
        ProvisioningResult result = ProvisioningWriter.Write(_workspace, _vault, new ProvisioningRequest { Folder = _out, Time = s_berlin }, isDryRun: true);

        Assert.Equal(2, result.Written);
        Assert.False(Directory.Exists(_out));
        Assert.DoesNotContain(AuditJournal.Newest(_workspace, 100), entry => entry.Action == "keys.provision");
    }

    [Fact]
    public void Given_other_content_then_it_is_refused_until_it_is_to_be_replaced()
    {
        Write();
        string identity = Path.Combine(_out, "70b3d50000000001", "identity");
        File.WriteAllText(identity, "something else");

        ProvisioningResult refused = Write();
        Assert.Equal((0, 1), (refused.Written, refused.Unchanged));
        Assert.Equal("problem.provisioning.differs", Assert.Single(refused.Problems).Key);
        Assert.Equal("something else", File.ReadAllText(identity));

        Assert.Equal(1, Write(replaces: true).Written);
        Assert.Equal((2, 0), Check());
    }

    [Fact]
    public void Given_a_run_that_was_interrupted_then_the_next_one_finishes_it()
    {
        Directory.CreateDirectory(Path.Combine(_out, "70b3d50000000001.part"));
        File.WriteAllText(Path.Combine(_out, "70b3d50000000001.part", "identity"), "half");

        Assert.Equal(2, Write().Written);

        Assert.Equal((2, 0), Check());
        Assert.Equal(["70b3d50000000001", "70b3d50000000002"], Directory.GetDirectories(_out).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData("identity", 0)]
    [InlineData("identity", 20)]
    [InlineData("identity", 33)]
    [InlineData("settings-a", 0)]
    [InlineData("settings-a", 12)]
    public void Given_any_byte_changed_then_checking_finds_it(string file, int at)
    {
        Write();
        string path = Path.Combine(_out, "70b3d50000000002", file);
        byte[] bytes = File.ReadAllBytes(path);
        bytes[at] ^= 0x40;
        File.WriteAllBytes(path, bytes);

        Assert.Equal((1, 1), Check());
    }

    [Fact]
    public void Given_files_of_before_a_rotation_then_checking_finds_them_and_new_ones_have_the_new_keys()
    {
        Write();
        _workspace.Write(Permission.Keys, false, writer =>
        {
            KeyStore.Rotate(writer, _vault, "70b3d50000000001");
            return true;
        });

        (int right, IReadOnlyList<Problem> problems) = ProvisioningReader.Check(_workspace, _vault, _out);
        Assert.Equal((1, "problem.provisioning.keys"), (right, Assert.Single(problems).Key));
        Write(replaces: true);
        Assert.Equal((2, 0), Check());
    }

    [Fact]
    public void Given_a_pole_that_was_moved_then_checking_names_the_field()
    {
        Write();
        _workspace.Write(Permission.Plan, false, writer => PoleInventory.Set(writer, "P-1", [(PoleField.Find("latitude")!, "49.5")], null));

        Problem problem = Assert.Single(ProvisioningReader.Check(_workspace, _vault, _out).Problems);

        Assert.Equal(("problem.provisioning.field", "latitude", "49409400"), (problem.Key, problem.Field, problem.Value));
    }

    [Fact]
    public void Given_wiping_then_the_files_are_gone_it_is_recorded_and_what_else_is_there_stays()
    {
        Write();
        File.WriteAllText(Path.Combine(_out, "notes.txt"), "mine");
        File.WriteAllText(Path.Combine(_out, "70b3d50000000002", "notes.txt"), "mine too");

        IReadOnlyList<string> wiped = ProvisioningWiper.Wipe(_workspace, _out, false);

        Assert.Equal(["70b3d50000000001", "70b3d50000000002"], wiped);
        Assert.Equal(["70b3d50000000002/notes.txt", "notes.txt"], Directory.EnumerateFiles(_out, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(_out, path).Replace('\\', '/')).Order(StringComparer.Ordinal));
        Assert.Equal(["keys.wipe", "keys.wipe"], AuditJournal.Newest(_workspace, 2).Select(entry => entry.Action));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public void Given_wiping_then_what_stood_where_the_keys_were_is_overwritten_as_another_name_of_the_file_shows(int controllers)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("there is no ln");
        }

        string folder = Directory.CreateDirectory(_folder.PathOf($"many-{controllers}")).FullName;
        string[] others = [.. Enumerable.Range(1, controllers).Select(number =>
        {
            string own = Directory.CreateDirectory(Path.Combine(folder, $"70b3d5{number:x10}")).FullName;
            string identity = Path.Combine(own, ProvisioningFolder.IdentityFile);
            string other = Path.Combine(folder, $"other-{number}");
            File.WriteAllText(identity, "keys of a controller");
            using System.Diagnostics.Process link = System.Diagnostics.Process.Start("ln", [identity, other]);
            link.WaitForExit();
            return other;
        })];

        Assert.Equal(controllers, ProvisioningWiper.Wipe(_workspace, folder, false).Count);

        Assert.Empty(Directory.GetDirectories(folder));
        Assert.All(others, other => Assert.Equal(new byte[20], File.ReadAllBytes(other)));
    }

    [Fact]
    public void Given_files_with_keys_then_only_their_owner_may_read_them()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("there are no such permissions");
            return;
        }

        Write();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_out, "70b3d50000000001", "identity")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(_out, "70b3d50000000001")));
    }

    [Fact]
    public void Given_a_retired_controller_then_no_files_are_written_for_it()
    {
        _workspace.Write(Permission.Plan, false, writer => ControllerInventory.Retire(writer, "70b3d50000000001"));

        Assert.Equal(1, Write().Written);
        Assert.Equal("problem.keys.erased", Assert.Throws<ProblemException>(() => ProvisioningWriter.Write(
            _workspace, _vault, new ProvisioningRequest { Folder = _out, Time = s_berlin, Controllers = ["70b3d50000000001"] }, false)).Problems[0].Key);
    }

    [Fact]
    public void Given_an_engineer_who_is_none_then_no_file_is_written()
    {
        _workspace.Write(Permission.Administer, false, writer => MemberList.Set(writer, "bob", Roles.Technician));
        using Workspace asBob = Workspace.Open(_workspace.Address, new Author("bob", "bob@test"));

        ProblemException thrown = Assert.Throws<ProblemException>(() => ProvisioningWriter.Write(asBob, _vault, new ProvisioningRequest { Folder = _out, Time = s_berlin }, false));

        Assert.Equal(ProblemKind.NotAuthorised, thrown.Problems[0].Kind);
        Assert.False(Directory.Exists(_out));
    }

    [Fact]
    public void Given_the_description_of_the_files_then_a_program_in_another_language_reads_them()
    {
        Write();
        string folder = Path.Combine(_out, "70b3d50000000001");
        Process? process;
        try
        {
            process = Process.Start(new ProcessStartInfo("python3", [Path.Combine(AppContext.BaseDirectory, "read_provisioning.py"), folder]) { RedirectStandardOutput = true });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("python3 is not installed (.ci/install).");
            return;
        }

        using (process)
        using (DeviceKeys keys = _workspace.Write(Permission.Keys, false, writer => KeyStore.Show(writer, _vault, "70b3d50000000001")))
        {
            string[] expected =
            [
                "70b3d50000000001", "70b3d57ed0000001", Convert.ToHexStringLower(keys.AppKey), "0", Convert.ToHexStringLower(keys.GenAppKey), Convert.ToHexStringLower(keys.ServiceKey),
                "revision 1", "pole-controller-r1 occupancy metered",
            ];
            Assert.Equal(expected, process!.StandardOutput.ReadToEnd().Trim().Split('\n'));
        }
    }

    public void Dispose()
    {
        _vault.Dispose();
        _workspace.Dispose();
        _folder.Dispose();
    }

    private IReadOnlyList<Controller> Make(IdentityRequest request) => _workspace.Write(Permission.Plan, false, writer => IdentityFactory.Make(writer, _vault, request));

    private ProvisioningResult Write(bool replaces = false) =>
        ProvisioningWriter.Write(_workspace, _vault, new ProvisioningRequest { Folder = _out, Time = s_berlin, Replaces = replaces }, false);

    private (int Right, int Wrong) Check()
    {
        (int right, IReadOnlyList<Problem> problems) = ProvisioningReader.Check(_workspace, _vault, _out);
        return (right, problems.Count);
    }

    /// <summary>The controller's store over a folder, as the board's partition holds files.</summary>
    private sealed class FolderStore(string folder) : IStore
    {
        public int Read(string record, byte[] buffer)
        {
            string path = Path.Combine(folder, record);
            if (!File.Exists(path))
            {
                return -1;
            }

            using FileStream stream = File.OpenRead(path);
            return stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }

        public bool TryWrite(string record, byte[] data, int length) => throw new NotSupportedException();
    }
}
