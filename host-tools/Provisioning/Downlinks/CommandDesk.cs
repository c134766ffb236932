// Gives commands to poles: those of the message schema that act for some time and change no settings. Who may give which, and which have to be confirmed, is here.
using System.Globalization;
using System.Text.Json.Nodes;
using MessageSchemas;
using PoleController.Messages;
using Provisioning.Audit;
using Provisioning.Controllers;
using Provisioning.Downlinks.Multicast;
using Provisioning.Members;
using Provisioning.Poles;
using Provisioning.Problems;
using Provisioning.Workspaces;
using SettingsFiles;

namespace Provisioning.Downlinks;

/// <summary>A command to poles.</summary>
/// <param name="Name">Its name in the message schema.</param>
/// <param name="Values">Its fields and their values, as texts.</param>
public sealed record CommandRequest(string Name, IReadOnlyList<(string Field, string Text)> Values)
{
    /// <summary>The poles.</summary>
    public PoleFilter Filter { get; init; } = new();

    /// <summary>Numbers of single poles; empty for all of the filter.</summary>
    public IReadOnlySet<string> Poles { get; init; } = new HashSet<string>();

    /// <summary>Data rate of RX2; null for the region's.</summary>
    public int? DataRate { get; init; }

    /// <summary>How many poles the person says that the command is for; null for not said.</summary>
    public int? ConfirmedCount { get; init; }

    /// <summary>That it goes to the poles as a multicast group; null for to each alone.</summary>
    public MulticastRequest? Multicast { get; init; }
}

/// <summary>Gives commands.</summary>
public static class CommandDesk
{
    // A command that comes again within ten minutes with its sequence number is a repetition to the pole (CommandProcessor); later it would be carried out anew.
    private const long LifetimeMs = CommandProcessor.RepetitionMs;

    private static readonly Lazy<MessageSchema> s_schema = new(SchemaReader.ReadEmbedded);

    private static readonly Lazy<IReadOnlyDictionary<string, SchemaMessage>> s_commands = new(() =>
    {
        // Those that keep something would put the pole out of step with its program files, and a time is the network's to tell.
        HashSet<string> keeping = ["setProgram", "setClockOffset", "setClock", "setMulticastAnswerWindow"];
        return s_schema.Value.Commands.Where(command => !keeping.Contains(command.Name)).ToDictionary(command => command.Name, StringComparer.Ordinal);
    });

    /// <summary>The commands by name.</summary>
    public static IReadOnlyDictionary<string, SchemaMessage> Commands => s_commands.Value;

    /// <summary>What a member must be allowed to give a command: technicians may find, reset and dim single poles; the rest is planning.</summary>
    public static Permission PermissionOf(string name) => name is "identify" or "resumeProgram" or "setLevel" or "restart" ? Permission.Service : Permission.Plan;

    /// <summary>Whether the number of poles has to be confirmed: commands that go before everything else, take light from all, or restart.</summary>
    public static bool NeedsConfirmation(string name) => name is "callEmergency" or "shedLoad" or "restart";

    /// <summary>Gives a command.</summary>
    /// <returns>The poles that get it, and those that cannot.</returns>
    /// <exception cref="ProblemException">There is no such command, a value is wrong, no pole is meant, or the number is not confirmed.</exception>
    public static (IReadOnlyList<Pole> Given, IReadOnlyList<Problem> Problems) Give(WorkspaceWriter writer, CommandRequest request)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(request);
        SchemaMessage command = Commands.GetValueOrDefault(request.Name) ?? throw Unknown(request.Name, Commands.Keys, "command", "problem.command.unknown");
        writer.Require(PermissionOf(command.Name));
        JsonObject values = Values(command, request.Values);
        _ = Encode(command, values, 0);
        Pole[] meant = [.. PoleTable.All(writer.Connection)
            .Where(pole => request.Filter.Matches(pole) && (request.Poles.Count == 0 || request.Poles.Contains(pole.Id))).OrderBy(pole => pole.Id, StringComparer.Ordinal)];
        string count = meant.Length.ToString(CultureInfo.InvariantCulture);
        if (meant.Length == 0)
        {
            throw new ProblemException(new Problem("problem.command.noPole") { Kind = ProblemKind.WrongUse });
        }

        if (NeedsConfirmation(command.Name) && request.ConfirmedCount != meant.Length)
        {
            throw new ProblemException(new Problem("problem.command.unconfirmed", command.Name, count) { Kind = ProblemKind.WrongUse, Field = "--confirm", Value = $"{request.ConfirmedCount}" });
        }

        return Give(writer, request, command, values, meant);
    }

    private static (IReadOnlyList<Pole>, IReadOnlyList<Problem>) Give(WorkspaceWriter writer, CommandRequest request, SchemaMessage command, JsonObject values, Pole[] meant)
    {
        Dictionary<string, Controller> controllers = ControllerTable.All(writer.Connection).Where(controller => controller.PoleId is not null)
            .ToDictionary(controller => controller.PoleId!, StringComparer.Ordinal);
        List<Pole> given = [];
        List<Problem> problems = [];
        string title = (command.Name + " " + string.Join(' ', values.Where(pair => pair.Key != "sequence").Select(pair => $"{pair.Key}={pair.Value?.ToString() ?? "null"}"))).TrimEnd();
        CommandMulticast groups = new(writer, request, title, [.. meant.Where(pole => controllers.ContainsKey(pole.Id)).Select(pole => controllers[pole.Id])], sequence => Encode(command, values, sequence));
        foreach (Pole pole in meant)
        {
            if (!controllers.TryGetValue(pole.Id, out Controller? controller))
            {
                problems.Add(new Problem("problem.command.noController") { Field = "pole", Value = pole.Id });
                continue;
            }

            OrderPart part = groups.PartOf(controller.DevEui) ?? Alone(Encode(command, values, OrderTable.TakeSequence(writer.Connection, controller.DevEui)), controller, request);
            OrderTable.Insert(writer.Connection, new Order
            {
                Number = OrderTable.NextNumber(writer.Connection),
                DevEui = controller.DevEui,
                PoleId = pole.Id,
                Kind = OrderKind.Command,
                Title = title,
                CreatedUtcMs = writer.NowUtcMs,
                ExpiresUtcMs = writer.NowUtcMs + LifetimeMs,
                ChangedUtcMs = writer.NowUtcMs,
                Parts = [part],
            });
            writer.Record(JournalAction.CommandOrdered, SubjectKind.Pole, pole.Id, null, new JsonObject { ["controller"] = controller.DevEui, ["command"] = title });
            given.Add(pole);
        }

        return (given, [.. problems, .. groups.Problems]);
    }

    private static OrderPart Alone(byte[] payload, Controller controller, CommandRequest request) =>
        new(0, 0, MessagePort.Command, payload, new Channel(controller.Region, request.DataRate).AirtimeUs(payload.Length));

    private static JsonObject Values(SchemaMessage command, IReadOnlyList<(string Field, string Text)> texts)
    {
        JsonObject values = [];
        string[] names = [.. command.Fields.Select(field => field.Name)];
        foreach ((string name, string text) in texts)
        {
            SchemaField field = command.Fields.FirstOrDefault(candidate => candidate.Name == name) ?? throw Unknown(name, names, command.Name, "problem.command.field");
            values[name] = field.Enum is not null ? JsonValue.Create(text)
                : field.Kind == FieldKind.Flag ? JsonValue.Create(text == "true")
                : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? JsonValue.Create(number)
                : throw Wrong(field, text);
        }

        foreach (SchemaField field in command.Fields)
        {
            if (!values.ContainsKey(field.Name))
            {
                throw new ProblemException(new Problem("problem.command.missing", field.Name, Range(field)) { Kind = ProblemKind.WrongUse, Field = command.Name });
            }

            Check(field, values);
        }

        return values;
    }

    private static void Check(SchemaField field, JsonObject values)
    {
        try
        {
            SchemaEncoder.ToNumber(field, values[field.Name], values);
        }
        catch (ArgumentException)
        {
            throw Wrong(field, values[field.Name]!.ToString());
        }
    }

    private static byte[] Encode(SchemaMessage command, JsonObject values, int sequence)
    {
        JsonObject all = (JsonObject)values.DeepClone();
        all["sequence"] = (long)sequence;
        return SchemaEncoder.Encode(s_schema.Value, command, all);
    }

    private static ProblemException Wrong(SchemaField field, string text) =>
        new(new Problem("problem.command.value", Range(field)) { Kind = ProblemKind.WrongUse, Field = field.Name, Value = text });

    private static string Range(SchemaField field) => field.Enum is { } type
        ? string.Join(", ", type.Values.Select(value => value.Name))
        : string.Create(CultureInfo.InvariantCulture, $"{field.Range.Minimum}..{field.Range.Maximum}") + (field.Scale > 1 ? $" ({field.Scale})" : "") + (field.Unit.Length > 0 ? $" {field.Unit}" : "");

    private static ProblemException Unknown(string name, IEnumerable<string> known, string field, string key)
    {
        string[] all = [.. known];
        string nearest = Spelling.Nearest(name, all) is { } near ? near : string.Join(", ", all);
        return new ProblemException(new Problem(key, nearest) { Kind = ProblemKind.WrongUse, Field = field, Value = name });
    }
}
