// A pole taken into service: polectl at a simulated controller behind a pseudo-terminal, in both languages, with parts that are broken, interrupted, at the wrong pole.
// Independent judges: ajv for the JSON, poppler for the PDF.
using System.Text.Json;

namespace Polectl.Tests.Technician;

public sealed class CommissionTests
{
    private const string Schema = "commissioning-protocol.schema.json";
    private const string Sensors = "sensors: [{ poles: all, accelerometer: true, boardSensors: true }]\nair: [{ poles: all }]\n";

    [Fact]
    public void Given_a_sound_pole_then_every_step_passes_and_the_protocol_is_signed_by_the_journal_and_reads_back()
    {
        using Town town = new("pole-controller-r1 occupancy climate");
        using PtyPole pole = new(town.Shell.Folder, new PtyPoleSetup { Files = town.FilesOf(Town.DevEui()), Scenario = Sensors });
        string answers = town.Shell.Write("answers.json", """{ "rightPole": "yes", "lampFull": "ja", "lampHalf": "yes", "lampOff": "yes" }""");

        ShellResult result = town.AsTechnician(
            "commission", "run", pole.Port, "--pole", Town.Pole, "--answers", answers, "--position", "51.00005,9", "--network-seconds", "0", "--output", town.Shell.Folder, "--json");

        Assert.True(result.ExitCode == 0, result.Error + result.Output);
        JsonElement protocol = result.Result.GetProperty("protocol");
        Assert.Equal(("passed", Town.Pole, "tim"), (Text(protocol, "state"), Text(protocol.GetProperty("pole"), "id"), Text(protocol, "member")));
        Dictionary<string, JsonElement> steps = Steps(protocol);
        Assert.All((string[])["identity", "unlock", "clock", "settings/position", "component/lighting", "lamp/full", "lamp/half", "lamp/off", "sensor/climate", "upright", "position", "alarms"],
            key => Assert.True(steps.TryGetValue(key, out JsonElement step) && Text(step, "result") == "passed", key));
        Assert.InRange(Measured(steps["lamp/full"], "powerMilliwatts"), 40_000, 50_000);
        Assert.InRange(Measured(steps["lamp/off"], "powerMilliwatts"), 0, 1_000);
        Assert.InRange(Measured(steps["position"], "distanceCentimetres"), 500, 620);
        Assert.Equal("notAskedFor", Text(steps["network"], "reason"));

        string json = Assert.Single(Directory.GetFiles(town.Shell.Folder, "commissioning-*.json"));
        Assert.Equal("valid", Judges.Ajv(File.ReadAllText(json), Schema));
        Assert.Contains("must", Judges.Ajv(File.ReadAllText(json).Replace("\"result\": \"passed\"", "\"result\": \"splendid\"", StringComparison.Ordinal), Schema), StringComparison.Ordinal);
        town.Shell.Done("commission", "check", json);
        string forged = town.Shell.Write("forged.json", File.ReadAllText(json).Replace("\"powerMilliwatts\": 4", "\"powerMilliwatts\": 5", StringComparison.Ordinal));
        Assert.Contains("not what was signed", town.Shell.Run("commission", "check", forged).Error, StringComparison.Ordinal);

        string text = Judges.PdfText(Assert.Single(Directory.GetFiles(town.Shell.Folder, "*.en.pdf")));
        Assert.All((string[])["Commissioning of pole Löß-1", "PASSED", "Löß-Straße", Town.DevEui(), "Lamp test", "full light", "climate", "Signed by entry", "member tim", "page 1 of"],
            words => Assert.Contains(words, text, StringComparison.Ordinal));
        Assert.True(town.Shell.Done("audit", "verify", "--json").Result.GetProperty("sound").GetBoolean());
        Assert.Contains("pole.commission", town.Shell.Done("pole", "history", Town.Pole, "--json").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_broken_parts_then_a_german_protocol_says_which_and_the_exit_code_is_3()
    {
        using Town town = new("pole-controller-r1 occupancy climate co2 container");
        using PtyPole pole = new(town.Shell.Folder, new PtyPoleSetup
        {
            Files = town.FilesOf(Town.DevEui()),
            Scenario = Sensors + "faults:\n  - { at: +0s, kind: lampFailure, poles: all }\n  - { at: +0s, part: climate, trouble: silent, poles: all }\n",
        });
        List<string> asked = [];
        town.Shell.Keyboard = question =>
        {
            asked.Add(question);
            return question.Contains("voll", StringComparison.Ordinal) ? "nein" : question.Contains("Hälfte", StringComparison.Ordinal) ? "n" : question.Contains("Wo steht", StringComparison.Ordinal) ? "51,9" : "ja";
        };

        ShellResult result = town.AsTechnician("commission", "run", pole.Port, "--network-seconds", "0", "--output", town.Shell.Folder, "--language", "de", "--json");

        Assert.Equal(3, result.ExitCode);
        Dictionary<string, JsonElement> steps = Steps(result.Result.GetProperty("protocol"));
        Assert.Equal(("failed", "powerTooLow"), (Text(steps["lamp/full"], "result"), Text(steps["lamp/full"], "reason")));
        Assert.Equal("passed", Text(steps["lamp/off"], "result"));
        Assert.Equal("failed", Text(steps["sensor/climate"], "result"));
        Assert.Equal(("failed", "missing"), (Text(steps["sensor/fillLevel"], "result"), Text(steps["sensor/fillLevel"], "reason")));
        Assert.Equal("passed", Text(steps["sensor/carbonDioxide"], "result"));
        Assert.Contains(asked, question => question.Contains("Löß-1", StringComparison.Ordinal));
        string text = Judges.PdfText(Assert.Single(Directory.GetFiles(town.Shell.Folder, "*.de.pdf")));
        Assert.All((string[])["Inbetriebnahme des Mastes Löß-1", "NICHT BESTANDEN", "Leistung zu niedrig", "sollte verbaut sein", "Füllstand", "Unterschrieben durch Eintrag", "45,0 W", "Abnahme"],
            words => Assert.Contains(words, text, StringComparison.Ordinal));
        Assert.Equal("valid", Judges.Ajv(File.ReadAllText(Assert.Single(Directory.GetFiles(town.Shell.Folder, "commissioning-*.json"))), Schema));
    }

    [Fact]
    public void Given_a_cable_that_is_pulled_in_the_middle_then_the_next_run_goes_on_and_nothing_is_done_twice()
    {
        using Town town = new();
        string files = town.FilesOf(Town.DevEui());
        PtyPole first = new(town.Shell.Folder, new PtyPoleSetup { Files = files });
        town.Shell.Keyboard = question =>
        {
            // Pulled just when the technician looks at the lamp.
            if (question.Contains("fully bright", StringComparison.Ordinal))
            {
                first.Vanish();
            }

            return "yes";
        };
        string[] command = ["commission", "run", first.Port, "--position", "51,9", "--network-seconds", "0", "--output", town.Shell.Folder, "--json"];

        ShellResult interrupted = town.AsTechnician(command);
        JsonElement open = town.Shell.Done("commission", "list", "--json").Result.GetProperty("commissionings");
        bool isHalfDone = Directory.GetFiles(town.Shell.Folder, "commissioning-*").Length > 0;
        using PtyPole second = new(town.Shell.Folder, new PtyPoleSetup { Files = files });
        town.Shell.Keyboard = _ => "yes";
        command[2] = second.Port;
        ShellResult finished = town.AsTechnician(command);

        Assert.True((interrupted.ExitCode, finished.ExitCode) == (1, 0), $"{interrupted.ExitCode}: {interrupted.Error}\n{finished.ExitCode}: {finished.Error}");
        Assert.Contains("the port is gone", interrupted.Error, StringComparison.Ordinal);
        Assert.Equal(("open", 1), (Text(open[0], "state"), open.GetArrayLength()));
        Assert.False(isHalfDone);
        Assert.Contains("Goes on where it was interrupted", finished.Error, StringComparison.Ordinal);
        Assert.Equal(Text(open[0], "id"), Text(finished.Result.GetProperty("protocol"), "id"));
        string history = town.Shell.Done("audit", "list", "--last", "500", "--json").Output;
        Assert.Equal(1, Count(history, "\"commissioning.begin\""));
        Assert.Equal(1, Count(history, "\"commissioning.finish\""));
        Assert.Equal(1, Count(history, "\"step\": \"settings/position\""));
    }

    [Fact]
    public void Given_the_wrong_pole_then_the_first_step_says_so_and_the_port_is_not_even_opened()
    {
        using Town town = new(spares: 1);
        town.Shell.Done("pole", "import", town.Shell.Write("more.csv", "id,latitude,longitude\nP-2,51.001,9\n"));
        town.Shell.Done("controller", "mount", Town.DevEui(2), "P-2");
        using PtyPole pole = new(town.Shell.Folder, new PtyPoleSetup { Files = town.FilesOf(Town.DevEui(2)) });

        ShellResult look = town.AsTechnician("commission", "run", pole.Port, "--pole", Town.Pole, "--dry-run", "--json");
        ShellResult result = town.AsTechnician("commission", "run", pole.Port, "--pole", Town.Pole, "--unattended", "--output", town.Shell.Folder, "--json");

        Assert.False(look.Result.GetProperty("fits").GetBoolean());
        Assert.Equal(3, result.ExitCode);
        Dictionary<string, JsonElement> steps = Steps(result.Result.GetProperty("protocol"));
        Assert.Equal(("failed", "otherController"), (Text(steps["identity"], "result"), Text(steps["identity"], "reason")));
        Assert.Equal(("skipped", "notReached"), (Text(steps["lamp"], "result"), Text(steps["lamp"], "reason")));
        Assert.DoesNotContain("keys.service", town.Shell.Done("controller", "history", Town.DevEui(2), "--json").Output, StringComparison.Ordinal);
    }

    private static Dictionary<string, JsonElement> Steps(JsonElement protocol) => protocol.GetProperty("steps").EnumerateArray()
        .ToDictionary(step => Text(step, "part").Length == 0 ? Text(step, "name") : $"{Text(step, "name")}/{Text(step, "part")}");

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static long Measured(JsonElement step, string name) => step.GetProperty("measured").GetProperty(name).GetInt64();

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
