// polectl commission: a pole is taken into service, and the protocol of it.
using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Polectl.Cli;
using Provisioning.Commissioning;
using Provisioning.Keys;
using Provisioning.Problems;
using Provisioning.ServicePort;
using Provisioning.Workspaces;

namespace Polectl.Commands;

/// <summary>The noun commission.</summary>
internal static class CommissionCommands
{
    private const string Noun = "commission";

    public static Command Create(CommandMaker make)
    {
        CommissionOptions options = new(make);
        Argument<string> port = make.Argument("port");
        Argument<string> id = make.Argument("commissioning");
        Argument<string> file = make.Argument("file");
        Option<string?> pole = make.Text("of-pole", "pole");
        Option<string?> output = make.Text("output", "folder");
        return make.Noun(
            Noun,
            make.Writing(Noun, "run", [port, .. options.All], run => Carry(run, run.Get(port), options)),
            make.Reading(Noun, "list", [pole], run => List(run, run.Get(pole))),
            make.Reading(Noun, "show", [id], run => Show(run, run.Get(id))),
            make.Writing(Noun, "export", [id, output], run => Export(run, run.Get(id), run.Get(output) ?? ".")),
            make.Reading(Noun, "check", [file], run => Check(run, run.Get(file))));
    }

    private static Outcome Carry(Run run, string port, CommissionOptions options)
    {
        CommissioningRequest request = options.Read(run);
        TechnicianPrompt technician = options.Technician(run);
        string output = options.Output(run);
        if (!Directory.Exists(output))
        {
            throw new ProblemException(new Problem("problem.folder.absent") { Kind = ProblemKind.WrongUse, File = output });
        }

        using Workspace workspace = run.Open();
        if (run.IsDryRun)
        {
            return Look(run, workspace, port, request);
        }

        using KeyVault vault = KeyVault.Open(workspace, options.Secret.Read(run));
        using SerialLine line = SerialLine.Open(port);
        using ServiceSession session = new(new ServiceClient(line), devEui => ServiceKeys.Take(workspace, vault, devEui))
        {
            Waiting = seconds => run.Progress("service.waiting", $"{seconds}"),
        };
        CommissioningProtocol protocol = new CommissioningRun(workspace, session, technician, request, run.Surroundings.Time)
        {
            Continued = count => run.Progress("commission.continued", $"{count}"),
            Stepped = step => run.Surroundings.Error.WriteLine(StepLine(run, step)),
        }.Run();
        (string pdf, string json) = ProtocolFiles.Write(workspace, protocol, output, run.Words.Language);
        return Told(run, workspace, protocol) with
        {
            Lines = [Headline(run, protocol), run.Words.Format("commission.written", pdf, json)],
            ExitCode = protocol.State == CommissioningState.Passed ? ExitCode.Done : ExitCode.PartlyDone,
        };
    }

    // Who is at the port and whether it fits; the lock is not touched and nothing is begun.
    private static Outcome Look(Run run, Workspace workspace, string port, CommissioningRequest request)
    {
        using SerialLine line = SerialLine.Open(port);
        ServiceIdentity identity = ServiceIdentity.Ask(new ServiceClient(line));
        (string pole, bool isRight) = CommissioningLook.At(workspace, request.PoleId, identity);
        return new Outcome
        {
            Lines = [run.Words.Format(isRight ? "commission.wouldRun" : "commission.wouldFail", identity.DevEui, pole)],
            Result = new JsonObject { ["devEui"] = identity.DevEui, ["pole"] = pole, ["fits"] = isRight },
        };
    }

    private static Outcome List(Run run, string? pole)
    {
        using Workspace workspace = run.Open();
        IReadOnlyList<CommissioningProtocol> protocols = pole is null ? CommissioningStore.List(workspace) : CommissioningStore.OfPole(workspace, pole);
        return new Outcome
        {
            Lines =
            [
                .. Table.Lines(
                    [run.Words["field.commissioning"], run.Words["field.pole"], "DevEUI", run.Words["field.time"], run.Words["field.member"], run.Words["field.state"]],
                    protocols.Select(protocol => (IReadOnlyList<string>)
                        [protocol.Id, protocol.PoleId, protocol.DevEui, Time(protocol.BegunUtcMs), protocol.Member, run.Words["commission.state." + CommissioningProtocol.Word(protocol.State)]])),
                run.Words.Format("commission.count", $"{protocols.Count}"),
            ],
            Result = new JsonObject
            {
                ["commissionings"] = new JsonArray([.. protocols.Select(protocol => (JsonNode)new JsonObject
                {
                    ["id"] = protocol.Id,
                    ["pole"] = protocol.PoleId,
                    ["devEui"] = protocol.DevEui,
                    ["state"] = CommissioningProtocol.Word(protocol.State),
                    ["member"] = protocol.Member,
                    ["begunUtcMs"] = protocol.BegunUtcMs,
                    ["finishedUtcMs"] = protocol.FinishedUtcMs,
                })]),
            },
        };
    }

    private static Outcome Show(Run run, string id)
    {
        using Workspace workspace = run.Open();
        return Told(run, workspace, CommissioningStore.Get(workspace, id));
    }

    private static Outcome Export(Run run, string id, string folder)
    {
        using Workspace workspace = run.Open();
        CommissioningProtocol protocol = CommissioningStore.Get(workspace, id);
        if (run.IsDryRun)
        {
            return new Outcome { Lines = [Headline(run, protocol)], Result = new JsonObject { ["id"] = id } };
        }

        (string pdf, string json) = ProtocolFiles.Write(workspace, protocol, folder, run.Words.Language);
        return new Outcome { Lines = [run.Words.Format("commission.written", pdf, json)], Result = new JsonObject { ["id"] = id, ["pdf"] = pdf, ["json"] = json } };
    }

    private static Outcome Check(Run run, string file)
    {
        using Workspace workspace = run.Open();
        CommissioningProtocol protocol = ProtocolFiles.Check(workspace, file);
        return Told(run, workspace, protocol) with { Lines = [run.Words.Format("commission.sound", protocol.PoleId, protocol.Member)] };
    }

    private static Outcome Told(Run run, Workspace workspace, CommissioningProtocol protocol) => new()
    {
        Lines = [Headline(run, protocol), .. protocol.Steps.Select(step => StepLine(run, step))],
        Result = ProtocolFiles.ToJson(protocol, CommissioningStore.SignatureOf(workspace, protocol.Id)),
    };

    private static string Headline(Run run, CommissioningProtocol protocol) => run.Words.Format(
        "commission.headline", protocol.PoleId, run.Words["commission.state." + CommissioningProtocol.Word(protocol.State)],
        $"{protocol.Count(StepResult.Passed)}", $"{protocol.Count(StepResult.Failed)}", $"{protocol.Count(StepResult.Skipped)}");

    private static string StepLine(Run run, CommissioningStep step) => "  " + string.Join(
        " ", new[] { run.Words.Problems["protocol.result." + CommissioningProtocol.Word(step.Result)].PadRight(14), run.Words.Problems["protocol.step." + step.Name], step.Part, ReasonOf(run, step) }.Where(word => word.Length > 0));

    private static string ReasonOf(Run run, CommissioningStep step) =>
        step.Reason.Length == 0 ? "" : $"({run.Words.Problems.Texts.GetValueOrDefault("protocol.reason." + step.Reason) ?? step.Reason})";

    private static string Time(long utcMs) => DateTimeOffset.FromUnixTimeMilliseconds(utcMs).ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}
