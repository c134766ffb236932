// The chain as far as it goes today, with real lamps: from a city's list to files for a thousand controllers, labels, a replacement, an export, a pole retired.
using System.Text.Json;
using RepositoryFiles;

namespace Polectl.Tests;

public sealed class ChainTests : IDisposable
{
    private readonly Shell _shell = new();

    [Fact]
    public void Given_a_thousand_real_lamps_then_they_become_poles_with_controllers_files_and_labels_and_the_journal_knows_all_of_it()
    {
        string city = RepositoryRoot.SharedPathOrSkip("data", "lamps", "montpellier_eclairage_public.csv");
        string list = _shell.PathOf("thousand.csv");

        // The heading and 1,001 lanterns: two of them hang at the same pole.
        File.WriteAllLines(list, File.ReadLines(city).Take(1_002));
        string files = _shell.PathOf("files");
        _shell.Variables["POLECTL_NEW_PASSPHRASE"] = _shell.Variables["POLECTL_PASSPHRASE"] = "correct horse battery staple";

        _shell.Done("workspace", "init");
        ShellResult import = _shell.Run("pole", "import", list, "--make-id", "MTP-", "--map", "luminaire=type_lante", "--skip-refused", "--json");
        int poles = import.Result.GetProperty("new").GetInt32();
        Assert.Equal((3, 1), (import.ExitCode, import.Result.GetProperty("refused").GetInt32()));
        _shell.Done("unlock", "add", "anna");
        JsonElement made = _shell.Done(
            "identity", "make", "--for-poles", "--eui-prefix", "70b3d5", "--join-eui", "70b3d57ed0000001", "--board", "pole-controller-r1 occupancy", "--region", "eu868", "--json").Result;
        JsonElement written = _shell.Done("provisioning", "write", files, "--utc-offset", "60", "--daylight-saving", "eu", "--json").Result;
        _shell.Done("provisioning", "check", files);
        _shell.Done("label", "sheet", _shell.PathOf("labels.pdf"), "--vendor-id", "0000", "--profile-id", "0001");
        Assert.Equal((1_000, 1_000, 1_000), (poles, made.GetProperty("count").GetInt32(), written.GetProperty("written").GetInt32()));

        // One controller breaks and is replaced; its pole keeps its number and its history.
        JsonElement first = made.GetProperty("controllers")[0];
        string pole = first.GetProperty("pole").GetString()!;
        string broken = first.GetProperty("devEui").GetString()!;
        _shell.Done("identity", "make", "--count", "1", "--eui-prefix", "70b3d5", "--join-eui", "70b3d57ed0000001", "--board", "pole-controller-r1", "--region", "eu868");
        _shell.Done("controller", "replace", pole, "70b3d500000003e9", "--defective");
        _shell.Done("controller", "retire", broken);
        Assert.Equal(1, _shell.Run("provisioning", "check", files).ExitCode);
        _shell.Done("provisioning", "wipe", files);
        Assert.Empty(Directory.GetFileSystemEntries(files));

        // A pole is taken away.
        _shell.Done("controller", "unmount", "70b3d500000003e9");
        _shell.Done("pole", "retire", pole);
        Assert.Equal(
            ["pole.import", "pole.mount", "pole.unmount", "pole.mount", "pole.unmount", "pole.retire"],
            _shell.Done("pole", "history", pole, "--json").Result.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("action").GetString()));

        _shell.Done("identity", "export", _shell.PathOf("identities.csv"), "--reveal-keys");
        Assert.Equal(1_001, File.ReadAllLines(_shell.PathOf("identities.csv")).Length);
        string head = _shell.Done("workspace", "backup", _shell.PathOf("backup.polectl"), "--json").Result.GetProperty("head").GetString()!;
        Assert.True(_shell.Done("audit", "verify", "--head", head, "--json").Result.GetProperty("sound").GetBoolean());
        _shell.Done("workspace", "restore", _shell.PathOf("backup.polectl"), "-w", _shell.PathOf("moved.polectl"));
        Assert.Equal(999, _shell.Done("workspace", "info", "-w", _shell.PathOf("moved.polectl"), "--json").Result.GetProperty("poles").GetInt32());
    }

    public void Dispose() => _shell.Dispose();
}
