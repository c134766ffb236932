// polectl retention: how long observations are kept.
using System.CommandLine;
using System.Text.Json.Nodes;
using Polectl.Cli;
using Provisioning.Members;
using Provisioning.Uplinks;
using Provisioning.Workspaces;

namespace Polectl.Commands;

/// <summary>The noun retention.</summary>
internal static class RetentionCommands
{
    private const string Noun = "retention";

    public static Command Create(CommandMaker make)
    {
        Option<int?> uplinkDays = make.Number("uplink-days", 1, Retention.MostDays);
        Option<int?> hourDays = make.Number("hour-days", 1, Retention.MostDays);
        Option<long?> at = make.Moment("at");
        return make.Noun(
            Noun,
            make.Reading(Noun, "show", [], Show),
            make.Writing(Noun, "set", [uplinkDays, hourDays], run => Set(run, run.Get(uplinkDays), run.Get(hourDays))),
            make.Writing(Noun, "apply", [at], run => Apply(run, run.Get(at) ?? run.Surroundings.Time.GetUtcNow().ToUnixTimeMilliseconds())));
    }

    private static Outcome Show(Run run)
    {
        using Workspace workspace = run.Open();
        return Told(run, Retention.Get(workspace));
    }

    private static Outcome Set(Run run, int? uplinkDays, int? hourDays)
    {
        using Workspace workspace = run.Open();
        return Told(run, workspace.Write(Permission.Administer, run.IsDryRun, writer => Retention.Set(writer, uplinkDays, hourDays)));
    }

    private static Outcome Apply(Run run, long nowUtcMs)
    {
        using Workspace workspace = run.Open();
        (int uplinks, int hours) = workspace.Write(Permission.Intake, run.IsDryRun, writer => Retention.Apply(writer, nowUtcMs));
        return new Outcome
        {
            Lines = [run.Words.Format("retention.applied", $"{uplinks}", $"{hours}")],
            Result = new JsonObject { ["uplinks"] = uplinks, ["hours"] = hours },
        };
    }

    private static Outcome Told(Run run, RetentionTimes times) => new()
    {
        Lines = [run.Words.Format("retention.times", $"{times.UplinkDays}", $"{times.HourDays}")],
        Result = new JsonObject { ["uplinkDays"] = times.UplinkDays, ["hourDays"] = times.HourDays },
    };
}
