// polectl doctor: what is missing on this computer before somebody drives to a pole.
using System.CommandLine;
using System.Text.Json.Nodes;
using Polectl.Cli;
using Provisioning.Doctor;

namespace Polectl.Commands;

/// <summary>The command doctor.</summary>
internal static class DoctorCommand
{
    private const string Name = "doctor";

    public static Command Create(CommandMaker make)
    {
        ServerAccess access = new(make);
        Option<string?> nanoff = make.Text("nanoff", "file");
        Option<string[]> servers = make.Texts("reach", "url");
        return make.ReadingAlone(Name, [nanoff, servers, .. access.All], run => Look(run, access, run.Get(nanoff), run.Get(servers)));
    }

    private static Outcome Look(Run run, ServerAccess access, string? nanoff, string[] servers)
    {
        List<DoctorFinding> findings = [.. ToolChecks.Find(nanoff ?? run.Surroundings.Variable("POLECTL_NANOFF"), run.Surroundings.Variable("PATH"))];
        findings.AddRange(PortChecks.Find());
        findings.AddRange(WorkspaceChecks.Find(
            run.Address.Shown, run.Open, () => access.GivenSecret(run), out DateTimeOffset? newest));
        findings.AddRange(RegisteredServerChecks.Find(run.Open, () => access.GivenSecret(run), () => access.GivenToken(run), run.Surroundings.Interruption()));
        DateTimeOffset? serverTime = null;
        foreach (string server in servers)
        {
            findings.Add(ServerCheck.Find(server, out DateTimeOffset? told));
            serverTime ??= told;
        }

        findings.Add(MachineChecks.Clock(run.Surroundings.Time.GetUtcNow(), newest, serverTime));
        findings.AddRange(((string[])[FolderOf(run), Path.GetTempPath()]).Distinct().Select(MachineChecks.Disk));
        return Told(run, findings);
    }

    private static string FolderOf(Run run) => run.Address.FilePath is { } file ? Path.GetDirectoryName(file)! : Environment.CurrentDirectory;

    private static Outcome Told(Run run, List<DoctorFinding> findings)
    {
        int failed = findings.Count(finding => finding.State == FindingState.Failed);
        int warnings = findings.Count(finding => finding.State == FindingState.Warning);
        return new Outcome
        {
            Lines =
            [
                .. findings.SelectMany(finding => Lines(run, finding)),
                run.Words.Format("doctor.count", $"{findings.Count - failed - warnings}", $"{warnings}", $"{failed}"),
            ],
            ExitCode = failed > 0 ? ExitCode.Failed : ExitCode.Done,
            Result = new JsonObject
            {
                ["findings"] = new JsonArray([.. findings.Select(finding => (JsonNode)new JsonObject
                {
                    ["name"] = finding.Name,
                    ["state"] = finding.State.ToString().ToLowerInvariant(),
                    ["found"] = finding.Found,
                    ["problem"] = finding.Problem?.Key,
                    ["what"] = finding.Problem?.What(run.Words.Problems),
                    ["do"] = finding.Problem?.Remedy(run.Words.Problems),
                })]),
            },
        };
    }

    private static IEnumerable<string> Lines(Run run, DoctorFinding finding)
    {
        yield return $"{run.Words["doctor.state." + finding.State],-9} {run.Words["doctor.name." + finding.Name]}: {finding.Found}";
        if (finding.Problem is { } problem)
        {
            yield return $"          {problem.What(run.Words.Problems)}. {problem.Remedy(run.Words.Problems)}";
        }
    }
}
