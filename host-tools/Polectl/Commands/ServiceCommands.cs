// polectl service: the service port of one controller, over a serial port of this computer.
using System.CommandLine;
using System.Text.Json.Nodes;
using Polectl.Cli;
using Provisioning.Problems;
using Provisioning.ServicePort;
using Provisioning.Workspaces;

namespace Polectl.Commands;

/// <summary>The noun service.</summary>
internal static class ServiceCommands
{
    private const string Noun = "service";
    private const int LongestLightSeconds = 3_600;
    private const int FullPermille = 1_000;
    private const int MostItems = 254;
    private static readonly string[] s_reports = ["health", "values", "alarms", "boots", "journal", "manifest", "settings"];

    public static Command Create(CommandMaker make)
    {
        ServiceOpening opening = new(make);
        Argument<string> report = make.Argument("report");
        report.AcceptOnlyFromAmong(s_reports);
        Argument<string> section = make.Argument("section");
        Argument<string[]> fields = make.Arguments("sectionFields");
        Argument<string> sensor = make.Argument("sensor");
        Argument<string> text = make.Argument("serviceLine");
        Option<int?> item = make.Number("item", 0, MostItems);
        Option<int?> level = make.Number("level", 0, FullPermille);
        Option<int?> seconds = make.Number("seconds", 1, LongestLightSeconds);
        level.Required = true;
        seconds.Required = true;
        return make.Noun(
            Noun,
            make.Reading(Noun, "ports", [], Ports),
            make.Reading(Noun, "identify", [opening.Port], run => Identify(run, run.Get(opening.Port))),
            make.Reading(Noun, "show", [opening.Port, report, .. opening.All.Skip(1)], run => Ask(run, opening, run.Get(report))),
            make.Reading(Noun, "settings", [opening.Port, section, item, .. opening.All.Skip(1)], run => Ask(run, opening, "settings get " + run.Get(section) + ItemText(run.Get(item)))),
            make.Writing(Noun, "set", [opening.Port, section, fields, item, .. opening.All.Skip(1)], run =>
                Act(run, opening, $"settings set {run.Get(section)}{ItemText(run.Get(item))} {string.Join(' ', run.Get(fields))}", Told(run.Get(section), run.Get(fields)))),
            make.Writing(Noun, "test-light", [opening.Port, level, seconds, .. opening.All.Skip(1)], run =>
                Act(run, opening, $"light {run.Get(level)} {run.Get(seconds)}", $"light {run.Get(level)} {run.Get(seconds)}")),
            make.Reading(Noun, "test-sensor", [opening.Port, sensor, .. opening.All.Skip(1)], run => Ask(run, opening, "sensor " + run.Get(sensor))),
            make.Writing(Noun, "ask", [opening.Port, text, .. opening.All.Skip(1)], run => Act(run, opening, run.Get(text), run.Get(text).Split(' ')[0])));
    }

    private static string ItemText(int? item) => item is { } number ? $" {number}" : "";

    // Values may be keys (of the neighbours): the journal has the names of the fields.
    private static string Told(string section, string[] fields) => $"settings set {section} {string.Join(' ', fields.Select(field => field.Split('=')[0]))}";

    private static Outcome Ports(Run run)
    {
        IReadOnlyList<PortInfo> ports = PortList.Find();
        string Usb(PortInfo port) => port.VendorId is null ? "" : $"{port.VendorId}:{port.ProductId}";
        return new Outcome
        {
            Lines =
            [
                .. Table.Lines(
                    [run.Words["field.port"], "USB", run.Words["field.serialNumber"], run.Words["field.product"]],
                    ports.Select(port => (IReadOnlyList<string>)[port.Name, Usb(port), port.SerialNumber ?? "", port.Product ?? ""])),
                run.Words.Format("service.portCount", $"{ports.Count}"),
            ],
            Result = new JsonObject
            {
                ["ports"] = new JsonArray([.. ports.Select(port => (JsonNode)new JsonObject
                {
                    ["name"] = port.Name,
                    ["vendorId"] = port.VendorId,
                    ["productId"] = port.ProductId,
                    ["serialNumber"] = port.SerialNumber,
                    ["product"] = port.Product,
                    ["lastingName"] = port.LastingName,
                })]),
            },
        };
    }

    private static Outcome Identify(Run run, string port)
    {
        using SerialLine line = SerialLine.Open(port);
        ServiceIdentity identity = ServiceIdentity.Ask(new ServiceClient(line));
        return new Outcome
        {
            Lines =
            [
                $"DevEUI: {identity.DevEui}", run.Words[identity.IsProvisioned ? "service.provisioned" : "service.notProvisioned"], $"{run.Words["field.board"]}: {identity.Board}",
                $"{run.Words["field.firmware"]}: {identity.Firmware}", $"{run.Words["field.starts"]}: {identity.StartCount}",
            ],
            Result = new JsonObject
            {
                ["devEui"] = identity.DevEui,
                ["isProvisioned"] = identity.IsProvisioned,
                ["board"] = identity.Board,
                ["firmware"] = identity.Firmware,
                ["starts"] = identity.StartCount,
            },
        };
    }

    private static Outcome Ask(Run run, ServiceOpening opening, string line) => opening.With(run, (session, _) => Answered(session, line));

    private static Outcome Act(Run run, ServiceOpening opening, string line, string told)
    {
        if (run.IsDryRun)
        {
            // Nothing is sent that the pole would obey; who is there and whether the member may is looked at.
            using SerialLine port = SerialLine.Open(run.Get(opening.Port));
            ServiceIdentity identity = ServiceIdentity.Ask(new ServiceClient(port));
            using Workspace workspace = run.Open();
            ServiceJournal.Record(workspace, identity.DevEui, told, isDryRun: true);
            return new Outcome { Lines = [run.Words.Format("service.wouldSend", identity.DevEui, line)], Result = new JsonObject { ["devEui"] = identity.DevEui, ["line"] = line } };
        }

        return opening.With(run, (session, workspace) =>
        {
            ServiceJournal.Record(workspace, session.Identity.DevEui, told, isDryRun: false);
            return Answered(session, line);
        });
    }

    private static Outcome Answered(ServiceSession session, string line)
    {
        bool isSensor = line.StartsWith("sensor ", StringComparison.Ordinal);
        ServiceAnswer answer = session.Ask(line, isSensor ? ServiceClient.SensorSilenceMs : ServiceClient.DefaultSilenceMs);
        IReadOnlyList<Problem> problems = answer.ErrorCode is null ? [] : ServiceSession.Refused(line, answer).Problems;
        return new Outcome
        {
            Lines = [.. answer.Lines.Select(record => record.Text), .. answer.ErrorCode is null && answer.Lines.Count == 0 ? (string[])[answer.Last.Text] : []],
            Problems = problems,
            ExitCode = problems.Count == 0 ? ExitCode.Done : ExitCode.Failed,
            Result = new JsonObject
            {
                ["devEui"] = session.Identity.DevEui,
                ["records"] = new JsonArray([.. answer.Lines.Append(answer.Last).Select(ToJson)]),
            },
        };
    }

    private static JsonNode ToJson(ServiceRecord record)
    {
        JsonObject fields = [];
        foreach ((string key, string value) in record.Fields)
        {
            fields[key] = record.Number(key) is { } number ? number : value;
        }

        return new JsonObject { ["name"] = record.Name, ["words"] = new JsonArray([.. record.Words.Select(word => (JsonNode)word)]), ["fields"] = fields };
    }
}
