// Identities and keys: unique, encrypted, shown only on record, rotated in two steps, erased for good. A program in another language opens the vault.
using System.Diagnostics;
using Provisioning.Audit;
using Provisioning.Controllers;
using Provisioning.Keys;
using Provisioning.Members;
using Provisioning.Poles;
using Provisioning.Problems;
using Provisioning.Storage;
using Provisioning.Workspaces;
using Xunit;

namespace Provisioning.Tests;

public sealed class KeyTests : IDisposable
{
    private const string Passphrase = "correct horse battery staple";

    // The derivation is as slow as in use only where that is what is looked at.
    private const int FewIterations = 1_000;

    private static readonly Author s_anna = new("anna", "anna@test");

    private readonly TemporaryFolder _folder = new();
    private readonly WorkspaceAddress _address;
    private readonly Workspace _workspace;

    public KeyTests()
    {
        _address = WorkspaceAddress.Parse(_folder.PathOf("w.polectl"));
        WorkspaceSetup.Create(_address, s_anna, false);
        _workspace = Workspace.Open(_address, s_anna);
        AddWay("anna", new UnlockSecret(Passphrase, null), null);
        StoreTests.Import(_workspace, _folder.Write("poles.csv", "id,lat,lon\nP-1,50,8\nP-2,50.1,8\nP-3,50.2,8\n"));
    }

    [Fact]
    public void Given_poles_then_each_gets_one_controller_with_keys_of_its_own_and_a_second_run_makes_none()
    {
        IReadOnlyList<Controller> made = MakeForPoles();

        Assert.Equal(["P-1", "P-2", "P-3"], made.Select(controller => controller.PoleId));
        Assert.Equal(["70b3d50000000001", "70b3d50000000002", "70b3d50000000003"], made.Select(controller => controller.DevEui));
        Assert.Equal(9, made.SelectMany(controller => AllKeys(controller.DevEui)).Distinct().Count());
        Assert.Empty(MakeForPoles());
        Assert.Empty(AuditVerifier.Verify(_workspace).Findings);
    }

    [Fact]
    public void Given_the_file_of_the_workspace_then_no_key_is_in_it_and_after_retiring_not_even_the_sealed_ones()
    {
        Controller controller = MakeForPoles()[0];
        string[] keys = [.. AllKeys(controller.DevEui)];
        byte[] sealedKeys = _workspace.Read(connection => KeyTable.Of(connection, controller.DevEui)[0].Sealed!);
        Assert.True(Contains(sealedKeys));
        Assert.All(keys, key => Assert.False(Contains(Convert.FromHexString(key))));

        _workspace.Write(Permission.Plan, false, writer => ControllerInventory.Retire(writer, controller.DevEui));

        Assert.False(Contains(sealedKeys));
        Assert.Equal("problem.keys.erased", KeyOf(() => AllKeys(controller.DevEui)));
        Assert.Null(ControllerInventory.Get(_workspace, controller.DevEui).PoleId);
        Assert.Empty(AuditVerifier.Verify(_workspace).Findings);
    }

    [Fact]
    public void Given_keys_that_are_shown_then_the_journal_says_who_saw_them()
    {
        Controller controller = MakeForPoles()[0];

        _ = AllKeys(controller.DevEui);

        JournalEntry last = AuditJournal.Newest(_workspace, 1)[0];
        Assert.Equal(("keys.show", "anna", controller.DevEui + "/1"), (last.Action, last.Member, last.SubjectId));
    }

    [Fact]
    public void Given_an_export_then_it_has_every_identity_once_and_every_one_is_recorded()
    {
        MakeForPoles();
        using KeyVault vault = Open();

        (string text, int count) = _workspace.Write(Permission.Keys, false, writer => KeyExport.ToCsv(writer, vault));

        string[] lines = text.TrimEnd().Split('\n');
        Assert.Equal((3, 4), (count, lines.Length));
        Assert.StartsWith("devEui,joinEui,appKey,genAppKey,", lines[0], StringComparison.Ordinal);
        Assert.Equal(AllKeys("70b3d50000000002"), lines[2].Split(',')[2..5]);
        Assert.Equal(["keys.export", "keys.export", "keys.export"], AuditJournal.Newest(_workspace, 4).Take(3).Select(entry => entry.Action));
    }

    // The Things Stack, documentation "CSV File Reference": the example of a LoRaWAN 1.0.4 device has these columns and these words for the versions.
    [Fact]
    public void Given_an_export_for_the_things_stack_then_it_has_the_columns_and_words_of_its_documentation()
    {
        MakeForPoles();
        using KeyVault vault = Open();

        (string text, int count) = _workspace.Write(Permission.Keys, false, writer => KeyExport.ToThingsStack(writer, vault, "EU_863_870_TTN"));

        string[] lines = text.TrimEnd().Split('\n');
        Assert.Equal((3, "id;dev_eui;join_eui;name;frequency_plan_id;lorawan_version;lorawan_phy_version;app_key;supports_class_c"), (count, lines[0]));
        Assert.Equal($"eui-70b3d50000000002;70b3d50000000002;70b3d57ed0000001;P-2;EU_863_870_TTN;MAC_V1_0_4;RP002_V1_0_3;{AllKeys("70b3d50000000002")[0]};true", lines[2]);
        Assert.Equal("problem.frequencyPlan", KeyOf(() => Change(writer => KeyExport.ToThingsStack(writer, vault, "EU 868"))));
    }

    [Fact]
    public void Given_a_rotation_then_old_and_new_keys_are_there_until_it_is_settled_and_then_only_the_new()
    {
        string controller = MakeForPoles()[0].DevEui;
        string[] old = [.. AllKeys(controller)];
        using (KeyVault vault = Open())
        {
            Change(writer => KeyStore.Rotate(writer, vault, controller));
            Assert.Equal("problem.keys.rotating", KeyOf(() => Change(writer => KeyStore.Rotate(writer, vault, controller))));
        }

        string[] next = [.. AllKeys(controller)];
        Assert.Equal(old, AllKeys(controller, current: true));
        Assert.Empty(old.Intersect(next));
        Change(writer => KeyStore.Settle(writer, controller));

        Assert.Equal(next, AllKeys(controller, current: true));
        Assert.Equal("problem.keys.notRotating", KeyOf(() => Change(writer => KeyStore.Settle(writer, controller))));
        Assert.Empty(AuditVerifier.Verify(_workspace).Findings);
    }

    [Theory]
    [InlineData("correct horse battery stapler")]
    [InlineData("")]
    [InlineData("correct horse battery staple ")]
    public void Given_a_wrong_passphrase_then_nothing_opens_and_no_message_repeats_it(string passphrase)
    {
        ProblemException thrown = Assert.Throws<ProblemException>(() => KeyVault.Open(_workspace, new UnlockSecret(passphrase, null)));

        Assert.Equal(("problem.keys.wrongPassphrase", ProblemKind.NotAuthorised), (thrown.Problems[0].Key, thrown.Problems[0].Kind));
        Assert.True(passphrase.Length == 0 || !Texts.Of(thrown).Contains(passphrase, StringComparison.Ordinal));
    }

    [Fact]
    public void Given_several_ways_then_each_opens_the_same_keys_and_one_can_be_taken_away()
    {
        string controller = MakeForPoles()[0].DevEui;
        string[] keys = [.. AllKeys(controller)];
        byte[] file = KeyFile.Random();
        KeyFile.Write(_folder.PathOf("safe.key"), file);
        AddWay("safe", new UnlockSecret(null, KeyFile.Read(_folder.PathOf("safe.key"))), new UnlockSecret(Passphrase, null));
        Change(writer => KeyVault.RemoveWay(writer, "anna"));

        using KeyVault vault = KeyVault.Open(_workspace, new UnlockSecret(null, file));

        Assert.Equal(keys, AllKeys(controller, vault: vault));
        Assert.Equal("problem.keys.wrongPassphrase", KeyOf(() => KeyVault.Open(_workspace, new UnlockSecret(Passphrase, null))));
        Assert.Equal("problem.keys.wrongFile", KeyOf(() => KeyVault.Open(_workspace, new UnlockSecret(null, KeyFile.Random()))));
        Assert.Equal("problem.keys.lastWay", KeyOf(() => Change(writer => KeyVault.RemoveWay(writer, "safe"))));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.PathOf("safe.key")));
        }
    }

    [Fact]
    public void Given_a_way_when_another_is_added_then_what_opens_already_is_asked_for()
    {
        Assert.Equal("problem.keys.locked", KeyOf(() => AddWay("eve", new UnlockSecret("a passphrase of eve", null), null)));
        Assert.Equal("problem.keys.wrongPassphrase", KeyOf(() => AddWay("eve", new UnlockSecret("a passphrase of eve", null), new UnlockSecret("guessed, wrongly", null))));
        Assert.Equal("problem.keys.shortPassphrase", KeyOf(() => AddWay("eve", new UnlockSecret("short", null), new UnlockSecret(Passphrase, null))));
        Assert.Equal("problem.keys.wayTaken", KeyOf(() => AddWay("anna", new UnlockSecret("a passphrase of eve", null), new UnlockSecret(Passphrase, null))));
    }

    [Fact]
    public void Given_sealed_keys_when_any_byte_is_changed_or_they_are_moved_to_another_controller_then_they_do_not_open()
    {
        IReadOnlyList<Controller> made = MakeForPoles();
        using KeyVault vault = Open();
        KeyRow row = _workspace.Read(connection => KeyTable.Of(connection, made[0].DevEui)[0]);
        for (int i = 0; i < row.Sealed!.Length; i++)
        {
            byte[] changed = [.. row.Sealed];
            changed[i] ^= 1;
            Assert.Equal("problem.keys.damaged", KeyOf(() => vault.OpenKeys(row with { Sealed = changed })));
        }

        Assert.Equal("problem.keys.damaged", KeyOf(() => vault.OpenKeys(row with { DevEui = made[1].DevEui })));
        Assert.Equal("problem.keys.damaged", KeyOf(() => vault.OpenKeys(row with { Generation = 2 })));
        Assert.Equal("problem.keys.damaged", KeyOf(() => vault.OpenKeys(row with { Sealed = row.Sealed[..20] })));
    }

    [Fact]
    public void Given_the_rows_of_the_workspace_and_the_passphrase_then_a_program_in_another_language_opens_the_keys()
    {
        string controller = MakeForPoles()[0].DevEui;
        (UnlockRow way, KeyRow keys) = _workspace.Read(connection => (UnlockTable.All(connection)[0], KeyTable.Of(connection, controller)[0]));
        ProcessStartInfo start = new("node",
        [
            Path.Combine(AppContext.BaseDirectory, "open_keys.js"), Passphrase, _workspace.Identifier, way.Name, Convert.ToHexString(way.Salt), $"{way.Iterations}",
            Convert.ToHexString(way.Sealed), controller, "1", Convert.ToHexString(keys.Sealed!),
        ]) { RedirectStandardOutput = true };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("Node.js is not installed (.ci/install).");
            return;
        }

        using (process)
        {
            Assert.Equal(string.Concat(AllKeys(controller)), process.StandardOutput.ReadToEnd().Trim());
        }
    }

    [Fact]
    public void Given_the_usual_derivation_then_it_is_as_slow_as_is_asked_for()
    {
        AddWay("usual", new UnlockSecret("another passphrase", null), new UnlockSecret(Passphrase, null), KeyVault.UsualIterations);

        // OWASP Password Storage Cheat Sheet: 210,000 rounds at least for PBKDF2 with HMAC-SHA-512.
        Assert.True(_workspace.Read(UnlockTable.All).Single(row => row.Name == "usual").Iterations >= 210_000);
    }

    [Theory]
    [InlineData(Roles.Reader, false, false, false)]
    [InlineData(Roles.Technician, true, false, false)]
    [InlineData(Roles.Engineer, true, true, false)]
    [InlineData(Roles.SecurityOfficer, false, false, true)]
    public void Given_a_role_then_it_may_do_what_it_says_with_controllers_and_keys(Roles roles, bool mayServe, bool mayMake, bool mayShow)
    {
        string controller = MakeForPoles()[0].DevEui;
        Change(writer => MemberList.Set(writer, "bob", roles));
        using Workspace asBob = Workspace.Open(_address, new Author("bob", "bob@test"));
        using KeyVault vault = KeyVault.Open(asBob, new UnlockSecret(Passphrase, null));

        Assert.Equal(mayShow, Attempt(() => asBob.Write(Permission.Read, false, writer => KeyStore.Show(writer, vault, controller))));
        Assert.Equal(mayShow, Attempt(() => asBob.Write(Permission.Read, false, writer => KeyExport.ToCsv(writer, vault))));
        Assert.Equal(mayMake, Attempt(() => asBob.Write(Permission.Read, false, writer => IdentityFactory.Make(writer, vault, Spare(1)))));
        Assert.Equal(mayServe, Attempt(() => asBob.Write(Permission.Read, false, writer => ControllerInventory.Unmount(writer, controller, false))));
        Assert.Equal(mayMake, Attempt(() => asBob.Write(Permission.Read, false, writer => ControllerInventory.Retire(writer, controller))));
    }

    [Fact]
    public void Given_a_controller_then_its_life_goes_only_the_ways_there_are_and_the_pole_tells_of_it()
    {
        MakeForPoles();
        using KeyVault vault = Open();
        string spare = Change(writer => IdentityFactory.Make(writer, vault, Spare(1))[0].DevEui);

        Assert.Equal("problem.controller.poleTaken", KeyOf(() => Change(writer => ControllerInventory.Mount(writer, spare, "P-1"))));
        Assert.Equal("problem.controller.state.Mounted", KeyOf(() => Change(writer => ControllerInventory.Mount(writer, "70b3d50000000001", "P-2"))));
        Assert.Equal("problem.pole.hasController", KeyOf(() => Change(writer => PoleInventory.Retire(writer, "P-1", null))));
        Change(writer => ControllerInventory.Replace(writer, "P-1", spare, isDefective: true));
        Assert.Equal("problem.controller.state.Defective", KeyOf(() => Change(writer => ControllerInventory.Mount(writer, "70b3d50000000001", "P-1"))));
        Change(writer => ControllerInventory.Repair(writer, "70b3d50000000001"));
        Assert.Equal("problem.controller.state.Spare", KeyOf(() => Change(writer => ControllerInventory.Repair(writer, "70b3d50000000001"))));
        Change(writer => ControllerInventory.Unmount(writer, spare, isDefective: false));
        Change(writer => PoleInventory.Retire(writer, "P-1", null));
        Assert.Equal("problem.pole.retired", KeyOf(() => Change(writer => ControllerInventory.Mount(writer, spare, "P-1"))));

        Assert.Equal(["pole.import", "pole.mount", "pole.unmount", "pole.mount", "pole.unmount", "pole.retire"], PoleInventory.History(_workspace, "P-1").Select(entry => entry.Action));
        Assert.Equal(
            ["controller.make", "keys.make", "controller.unmount", "controller.repair"], ControllerInventory.History(_workspace, "70b3d50000000001").Select(entry => entry.Action));
        Assert.Empty(AuditVerifier.Verify(_workspace).Findings);
    }

    // IEEE Registration Authority, "Guidelines for Use of EUI, OUI, and CID": an EUI-64 from an EUI-48 has FF-FE in the middle.
    [Theory]
    [InlineData("AC:DE:48:23:45:67", "acde48fffe234567")]
    [InlineData("acde48234567", "acde48fffe234567")]
    [InlineData("AC-DE-48-23-45-67", "acde48fffe234567")]
    public void Given_a_mac_then_the_dev_eui_is_the_ieees(string mac, string devEui)
    {
        Assert.Equal(devEui, Eui.FromMac(Eui.ParseMac(mac)!));
    }

    [Theory]
    [InlineData("")]
    [InlineData("acde4823456")]
    [InlineData("acde482345678")]
    [InlineData("01de48234567")]
    [InlineData("acde4823456g")]
    public void Given_no_mac_of_a_device_then_it_is_refused(string mac)
    {
        Assert.Null(Eui.ParseMac(mac));
    }

    [Theory]
    [InlineData("70b3d5", "70b3d50000000000", "70b3d50000000001")]
    [InlineData("70b3d57", "70b3d57000000a09", "70b3d57000000a0a")]
    [InlineData("70b3d57ed", "70b3d57edfffffff", null)]
    [InlineData("70b3d57ed", "70b3d57edffffffe", "70b3d57edfffffff")]
    [InlineData("70b3d57ed", "0000000000000001", "70b3d57ed0000001")]
    public void Given_a_prefix_then_numbers_go_on_after_the_highest_and_end_where_it_ends(string prefix, string taken, string? next)
    {
        if (next is null)
        {
            Assert.Equal("problem.eui.used", KeyOf(() => Eui.Next(prefix, [taken], 1)));
        }
        else
        {
            Assert.Equal([next], Eui.Next(prefix, [taken], 1));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("Pole-Controller")]
    [InlineData("b\nidentity")]
    [InlineData("b w w w w w w w w w w w w w w w w")]
    public void Given_a_board_that_the_firmware_could_not_read_then_it_is_refused(string board)
    {
        using KeyVault vault = Open();

        Assert.Equal("problem.board", KeyOf(() => Change(writer => IdentityFactory.Make(writer, vault, Spare(1) with { Board = board }))));
    }

    [Theory]
    [InlineData("71b3d5")]
    [InlineData("70b3")]
    [InlineData("70b3d57e")]
    [InlineData("oui")]
    public void Given_no_prefix_of_the_ieee_then_it_is_refused(string prefix)
    {
        Assert.Equal("problem.eui.prefix", KeyOf(() => Eui.ParsePrefix(prefix)));
    }

    [Theory]
    [InlineData("UPDATE controller SET state = 'Spare', pole_id = NULL WHERE dev_eui = '70b3d50000000001'", "problem.audit.row")]
    [InlineData("UPDATE device_keys SET sealed = X'00' WHERE dev_eui = '70b3d50000000001'", "problem.audit.row")]
    [InlineData("DELETE FROM device_keys WHERE dev_eui = '70b3d50000000001'", "problem.audit.removed")]
    [InlineData("UPDATE unlock_way SET iterations = 1", "problem.audit.row")]
    public void Given_controllers_or_keys_changed_behind_the_journals_back_then_verifying_names_it(string sql, string key)
    {
        MakeForPoles();

        _workspace.Database.Connection.Execute(sql);

        Assert.Equal([key], AuditVerifier.Verify(_workspace).Findings.Select(finding => finding.Key));
    }

    [Fact]
    public void Given_a_workspace_of_the_first_version_then_it_is_migrated_with_a_copy_before_and_keeps_everything()
    {
        WorkspaceAddress address = WorkspaceAddress.Parse(_folder.PathOf("old.polectl"));
        WorkspaceSetup.CreateAt(address, s_anna, false, null, 1);
        Assert.Equal("problem.workspace.older", KeyOf(() => Workspace.Open(address, s_anna)));

        (int from, string? copy) = WorkspaceSetup.Migrate(address, s_anna, false);

        Assert.Equal((1, address.FilePath + ".version-1"), (from, copy));
        using (Workspace workspace = Workspace.Open(address, s_anna))
        {
            Assert.Equal("anna", Assert.Single(MemberList.All(workspace)).Name);
            Assert.Equal("workspace.migrate", AuditJournal.Newest(workspace, 1)[0].Action);
            Assert.Empty(AuditVerifier.Verify(workspace).Findings);
        }

        Assert.Equal("problem.workspace.older", KeyOf(() => Workspace.Open(WorkspaceAddress.Parse(copy!), s_anna)));
        Assert.Equal((10, null), WorkspaceSetup.Migrate(address, s_anna, false));
    }

    public void Dispose()
    {
        _workspace.Dispose();
        _folder.Dispose();
    }

    private static IdentityRequest Spare(int count) =>
        new() { JoinEui = "70b3d57ed0000001", Board = "pole-controller-r1", Region = "eu868", EuiPrefix = "70b3d5", Count = count };

    private static string KeyOf(Action action) => Assert.Throws<ProblemException>(action).Problems[0].Key;

    private static bool Attempt(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (ProblemException exception)
        {
            Assert.Equal(ProblemKind.NotAuthorised, exception.Problems[0].Kind);
            return false;
        }
    }

    private IReadOnlyList<Controller> MakeForPoles()
    {
        using KeyVault vault = Open();
        return _workspace.Write(Permission.Plan, false, writer => IdentityFactory.Make(writer, vault, Spare(0) with { Poles = new PoleFilter() }));
    }

    private KeyVault Open() => KeyVault.Open(_workspace, new UnlockSecret(Passphrase, null));

    private void AddWay(string name, UnlockSecret added, UnlockSecret? known, int iterations = FewIterations) =>
        Change(writer => KeyVault.AddWay(writer, name, added, known, iterations));

    private void Change(Action<WorkspaceWriter> work) => Change(writer =>
    {
        work(writer);
        return true;
    });

    private T Change<T>(Func<WorkspaceWriter, T> work) => _workspace.Write(Permission.Read, false, work);

    private string[] AllKeys(string devEui, bool current = false, KeyVault? vault = null)
    {
        using KeyVault opened = vault is null ? Open() : KeyVault.Open(_workspace, new UnlockSecret(null, KeyFile.Read(_folder.PathOf("safe.key"))));
        using DeviceKeys keys = Change(writer => KeyStore.Show(writer, opened, devEui, current));
        return [Convert.ToHexStringLower(keys.AppKey), Convert.ToHexStringLower(keys.GenAppKey), Convert.ToHexStringLower(keys.ServiceKey)];
    }

    private bool Contains(byte[] bytes) => File.ReadAllBytes(_folder.PathOf("w.polectl")).AsSpan().IndexOf(bytes) >= 0;
}
