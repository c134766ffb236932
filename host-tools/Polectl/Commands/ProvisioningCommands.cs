// polectl provisioning: the files that nanoff puts on controllers.
using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using PoleController.Time;
using Polectl.Cli;
using Provisioning.Files;
using Provisioning.Keys;
using Provisioning.Problems;
using Provisioning.Workspaces;

namespace Polectl.Commands;

/// <summary>The noun provisioning.</summary>
internal static class ProvisioningCommands
{
    private const string Noun = "provisioning";
    private const int EarliestOffsetMinutes = -720;
    private const int LatestOffsetMinutes = 840;

    private static readonly (string Word, DaylightSavingRule Rule)[] s_rules =
    [
        ("none", DaylightSavingRule.None), ("eu", DaylightSavingRule.EuropeanUnion), ("us", DaylightSavingRule.UnitedStates),
        ("au-south-east", DaylightSavingRule.AustraliaSouthEast), ("nz", DaylightSavingRule.NewZealand), ("chile", DaylightSavingRule.Chile),
    ];

    public static Command Create(CommandMaker make)
    {
        Argument<string> folder = make.Argument("folder");
        Argument<string> controllerFolder = make.Argument("controllerFolder");
        Option<string[]> controllers = make.Texts("controller", "controller");
        Option<string?> offset = make.Text("utc-offset", "minutes");
        Option<string?> saving = make.Text("daylight-saving", "rule");
        saving.AcceptOnlyFromAmong([.. s_rules.Select(rule => rule.Word)]);
        Option<bool> replace = make.Flag("replace");
        SecretOptions secret = new(make);
        return make.Noun(
            Noun,
            make.Writing(Noun, "write", [folder, offset, saving, controllers, replace, .. secret.All], run => Write(run, secret, new ProvisioningRequest
            {
                Folder = run.Get(folder),
                Time = ReadTime(run.Get(offset), run.Get(saving)),
                Controllers = run.Get(controllers) is { Length: > 0 } named ? named : null,
                Replaces = run.Get(replace),
            })),
            make.Reading(Noun, "check", [folder, .. secret.All], run => Check(run, run.Get(folder), secret)),
            make.Reading(Noun, "read", [controllerFolder], run => Read(run, run.Get(controllerFolder))),
            make.Writing(Noun, "wipe", [folder], run => Wipe(run, run.Get(folder))));
    }

    private static CityTime? ReadTime(string? offset, string? saving) => (offset, saving) switch
    {
        (null, null) => null,
        (null, _) or (_, null) => throw new ProblemException(new Problem("problem.provisioning.halfTime") { Kind = ProblemKind.WrongUse, Field = offset is null ? "--utc-offset" : "--daylight-saving" }),
        _ => new CityTime(ReadOffset(offset), s_rules.First(rule => rule.Word == saving).Rule),
    };

    private static int ReadOffset(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int minutes) && minutes is >= EarliestOffsetMinutes and <= LatestOffsetMinutes
            ? minutes
            : throw new ProblemException(new Problem("problem.utcOffset") { Kind = ProblemKind.WrongUse, Field = "--utc-offset", Value = text });

    private static Outcome Write(Run run, SecretOptions secret, ProvisioningRequest request)
    {
        using Workspace workspace = run.Open();
        using KeyVault vault = KeyVault.Open(workspace, secret.Read(run));
        ProvisioningResult result = ProvisioningWriter.Write(workspace, vault, request, run.IsDryRun);
        bool isAny = result.Written + result.Unchanged > 0;
        return new Outcome
        {
            Lines = [run.Words.Format("provisioning.written", $"{result.Written}", $"{result.Unchanged}", $"{result.Problems.Count}", request.Folder)],
            Problems = result.Problems,
            ExitCode = result.Problems.Count == 0 ? ExitCode.Done : isAny ? ExitCode.PartlyDone : ExitCode.Failed,
            Result = new JsonObject { ["written"] = result.Written, ["unchanged"] = result.Unchanged, ["failed"] = result.Problems.Count, ["folder"] = request.Folder },
        };
    }

    private static Outcome Check(Run run, string folder, SecretOptions secret)
    {
        using Workspace workspace = run.Open();
        using KeyVault vault = KeyVault.Open(workspace, secret.Read(run));
        (int right, IReadOnlyList<Problem> problems) = ProvisioningReader.Check(workspace, vault, folder);
        return new Outcome
        {
            Lines = [run.Words.Format("provisioning.checked", $"{right}", $"{problems.Count}")],
            Problems = problems,
            ExitCode = problems.Count == 0 ? ExitCode.Done : ExitCode.Failed,
            Result = new JsonObject { ["right"] = right, ["wrong"] = problems.Count },
        };
    }

    private static Outcome Read(Run run, string folder)
    {
        ProvisioningContent content = ProvisioningReader.Read(folder);
        string hash = content.SettingsHash.ToString("x8", CultureInfo.InvariantCulture);
        string position = content.LatitudeMicrodegrees is { } latitude
            ? string.Create(CultureInfo.InvariantCulture, $"{latitude / 1e6:0.000000}, {content.LongitudeMicrodegrees / 1e6:0.000000}")
            : "-";
        return new Outcome
        {
            Lines =
            [
                $"DevEUI: {content.DevEui}", $"JoinEUI: {content.JoinEui}", $"{run.Words["field.region"]}: {content.Region}", $"{run.Words["field.board"]}: {content.Board}",
                $"{run.Words["field.position"]}: {position}", $"{run.Words["field.settingsHash"]}: {hash}",
            ],
            Result = new JsonObject
            {
                ["devEui"] = content.DevEui,
                ["joinEui"] = content.JoinEui,
                ["region"] = content.Region,
                ["board"] = content.Board,
                ["hasGenAppKey"] = content.HasGenAppKey,
                ["hasServiceKey"] = content.HasServiceKey,
                ["latitudeMicrodegrees"] = content.LatitudeMicrodegrees,
                ["longitudeMicrodegrees"] = content.LongitudeMicrodegrees,
                ["fullPowerMilliwatts"] = content.FullPowerMilliwatts,
                ["settingsHash"] = hash,
            },
        };
    }

    private static Outcome Wipe(Run run, string folder)
    {
        using Workspace workspace = run.Open();
        IReadOnlyList<string> wiped = ProvisioningWiper.Wipe(workspace, folder, run.IsDryRun);
        return new Outcome
        {
            Lines = [run.Words.Format("provisioning.wiped", $"{wiped.Count}")],
            Result = new JsonObject { ["wiped"] = new JsonArray([.. wiped.Select(devEui => (JsonNode)devEui)]) },
        };
    }
}
