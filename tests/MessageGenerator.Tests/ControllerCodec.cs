// The pole's own codec, driven with values by the schema's names: a field that is not called in C# as in the schema is found here.
using System.Reflection;
using System.Text.Json.Nodes;
using MessageSchemas;
using PoleController.Lighting;
using PoleController.Messages;
using PoleController.Messages.Entries;

namespace MessageGenerator.Tests;

internal sealed record Decoded(string Error, int? Field, JsonObject? Values);

internal static class ControllerCodec
{
    // What the pole's code says for "unknown" where it is neither -1 nor, for a number with a sign, the smallest there is.
    private static readonly Dictionary<string, int> UnknownValues = new() { ["downlinkRssiDbm"] = 0 };

    public static byte[] Encode(SchemaMessage message, JsonObject values)
    {
        byte[] buffer = new byte[512];
        object target = Make(message);
        int length = 0;
        if (target is CommandMessage command)
        {
            command.Id = (CommandId)message.CommandId;
            Set(command, Repository.Schema.CommandHeader[1], values);
            message.Fields.ToList().ForEach(field => Set(TargetOf(command, field), field, values));
            SetPoints(command.Program, message, values);
            length = command.Encode(buffer);
        }
        else
        {
            message.Fields.Where(field => field.Constant is null).ToList().ForEach(field => Set(target, field, values));
            length = target switch
            {
                StatusMessage status => status.Encode(buffer),
                CommandAnswer answer => answer.Encode(buffer),
                JournalMessage journal => EncodeEntries(buffer, journal.EncodeHeader(buffer), message.Entries!, (JsonArray)values[SchemaEntries.Key]!),
                MeasurementMessage measurement => EncodeEntries(buffer, measurement.EncodeHeader(buffer), message.Entries!, (JsonArray)values[SchemaEntries.Key]!),
                _ => ((AlarmMessage)target).Encode(buffer),
            };
        }

        return buffer[..length];
    }

    public static Decoded DecodeUplink(SchemaMessage message, byte[] payload)
    {
        object target = Make(message);
        CommandError error = target switch
        {
            StatusMessage status => status.Decode(payload, payload.Length),
            CommandAnswer answer => answer.Decode(payload, payload.Length),
            JournalMessage journal => journal.Decode(payload, payload.Length),
            MeasurementMessage measurement => measurement.Decode(payload, payload.Length),
            _ => ((AlarmMessage)target).Decode(payload, payload.Length),
        };
        if (error != CommandError.Ok)
        {
            return new Decoded(CamelCase(error.ToString()), null, null);
        }

        JsonObject values = Group(target, message.Fields.Where(field => field.Constant is null));
        if (target is JournalMessage read)
        {
            values[SchemaEntries.Key] = DecodeEntries(read, message.Entries!, payload);
        }

        if (target is MeasurementMessage measured)
        {
            values[SchemaEntries.Key] = DecodeEntries(measured, message.Entries!, payload);
        }

        return new Decoded("ok", null, values);
    }

    private static int EncodeEntries(byte[] buffer, int length, SchemaEntries entries, JsonArray list)
    {
        byte[] bytes = new byte[32];
        foreach (JsonNode? item in list)
        {
            JsonObject values = (JsonObject)item!;
            SchemaEntryKind kind = entries.Kinds.Single(kind => kind.Name == values[SchemaEntries.KindKey]!.GetValue<string>());
            object target = MakeEntry(kind);
            kind.Fields.ToList().ForEach(field => Set(target, field, values));
            int valuesLength = EncodeEntry(kind, target, bytes);
            length = entries.Fields.Count == 0
                ? MeasurementMessage.AppendEntry(buffer, length, kind.Id, bytes, 0, valuesLength)
                : JournalMessage.AppendEntry(buffer, length, kind.Id, (int)values["afterSeconds"]!.GetValue<long>(), bytes, valuesLength);
        }

        return length;
    }

    // What earlier controllers wrote is read and not written any more: it is the beginning of what is written now.
    private static int EncodeEntry(SchemaEntryKind kind, object target, byte[] bytes)
    {
        switch (target)
        {
            case JournalAlarm alarm:
                alarm.Encode(bytes, 0);
                return kind.Id == (int)JournalEntryKind.Alarm ? JournalAlarm.EarlierLength : JournalAlarm.Length;
            case JournalEmergency emergency:
                return emergency.Encode(bytes, 0);
            case JournalInterval interval:
                return interval.Encode(bytes, 0);
            default:
                MeasurementEntry entry = (MeasurementEntry)target;
                entry.Encode(bytes, 0);
                return entry.Length;
        }
    }

    private static JsonArray DecodeEntries(JournalMessage journal, SchemaEntries entries, byte[] payload)
    {
        JsonArray list = [];
        while (journal.MoveNext(payload, payload.Length))
        {
            SchemaEntryKind kind = entries.Kinds.Single(kind => kind.Id == (int)journal.EntryKind);
            object target = journal.EntryKind switch
            {
                JournalEntryKind.Alarm or JournalEntryKind.ValuedAlarm => journal.Alarm,
                JournalEntryKind.Emergency => journal.Emergency,
                JournalEntryKind.Interval => journal.Interval,
                _ => journal.Measurement!,
            };
            JsonObject values = Group(target, kind.Fields);
            values["afterSeconds"] = (long)journal.AfterSeconds;
            values[SchemaEntries.KindKey] = kind.Name;
            list.Add(values);
        }

        return list;
    }

    private static JsonArray DecodeEntries(MeasurementMessage measurement, SchemaEntries entries, byte[] payload)
    {
        JsonArray list = [];
        while (measurement.MoveNext(payload, payload.Length))
        {
            SchemaEntryKind kind = entries.Kinds.Single(kind => kind.Id == (int)measurement.Entry!.Kind);
            JsonObject values = Group(measurement.Entry!, kind.Fields);
            values[SchemaEntries.KindKey] = kind.Name;
            list.Add(values);
        }

        return list;
    }

    private static object MakeEntry(SchemaEntryKind kind) => (JournalEntryKind)kind.Id switch
    {
        JournalEntryKind.Alarm or JournalEntryKind.ValuedAlarm => new JournalAlarm(),
        JournalEntryKind.Emergency => new JournalEmergency(),
        JournalEntryKind.Interval => new JournalInterval(),
        _ => new MeasurementEntries().Of(kind.Id) ?? throw new InvalidOperationException($"the pole has no entry {kind.Name}"),
    };

    public static Decoded DecodeCommand(byte[] payload)
    {
        CommandMessage command = new();
        CommandError error = command.Decode(payload, payload.Length);
        if (error != CommandError.Ok)
        {
            return new Decoded(CamelCase(error.ToString()), command.Field < 0 ? null : command.Field, null);
        }

        if (command.Id == CommandId.SetSettings)
        {
            return SectionCodec.Decode(payload);
        }

        SchemaMessage message = Repository.Schema.Commands.Single(item => item.CommandId == (int)command.Id);
        JsonObject values = new() { ["sequence"] = (long)command.Sequence };
        message.Fields.ToList().ForEach(field => values[field.Name] = Get(TargetOf(command, field), field));
        if (message.Points is SchemaPoints points)
        {
            values["points"] = new JsonArray([.. Enumerable.Range(0, command.Program.PointCount).Select(i => Point(command.Program, points, i))]);
        }

        return new Decoded("ok", null, values);
    }

    public static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static object Make(SchemaMessage message) => message.Name switch
    {
        "status" => new StatusMessage(),
        "answer" => new CommandAnswer(),
        "alarm" => new AlarmMessage(),
        "journal" => new JournalMessage(),
        "measurement" => new MeasurementMessage(),
        _ => new CommandMessage(),
    };

    private static object TargetOf(CommandMessage command, SchemaField field) =>
        typeof(CommandMessage).GetField(PascalCase(field.Name)) is null ? command.Program : command;

    private static JsonObject Group(object target, IEnumerable<SchemaField> fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, Get(target, field))));

    private static JsonNode? Get(object target, SchemaField field)
    {
        object value = FieldOf(target, field).GetValue(target)!;
        return ToJson(field, value);
    }

    private static JsonNode? ToJson(SchemaField field, object value)
    {
        if (value is bool flag)
        {
            return JsonValue.Create(flag);
        }

        long number = Convert.ToInt64(value, null);
        if (field.Unknown is not null && number == UnknownOf(field))
        {
            return null;
        }

        return field.Enum is null ? JsonValue.Create(number) : JsonValue.Create(field.Enum.Values.Single(item => item.Number == number).Name);
    }

    private static void Set(object target, SchemaField field, JsonObject values)
    {
        FieldInfo member = FieldOf(target, field);
        object value = member.FieldType == typeof(bool) ? values[field.Name]!.GetValue<bool>() : ToNumber(field, values[field.Name]);
        member.SetValue(target, member.FieldType.IsEnum ? Enum.ToObject(member.FieldType, value) : Convert.ChangeType(value, member.FieldType, null));
    }

    private static long ToNumber(SchemaField field, JsonNode? value)
    {
        if (value is null)
        {
            return UnknownOf(field);
        }

        return field.Enum is null ? value.GetValue<long>() : field.Enum.Find(value.GetValue<string>())!.Number;
    }

    private static void SetPoints(LightingProgram program, SchemaMessage message, JsonObject values)
    {
        if (message.Points is not SchemaPoints points)
        {
            return;
        }

        JsonArray list = (JsonArray)values["points"]!;
        program.PointCount = list.Count;
        foreach (SchemaField field in points.Fields)
        {
            Array column = (Array)FieldOf(program, field).GetValue(program)!;
            for (int i = 0; i < list.Count; i++)
            {
                column.SetValue(Convert.ChangeType(ToNumber(field, list[i]![field.Name]), column.GetType().GetElementType()!, null), i);
            }
        }
    }

    private static JsonObject Point(LightingProgram program, SchemaPoints points, int index) =>
        new(points.Fields.Select(field => KeyValuePair.Create(
            field.Name, ToJson(field, ((Array)FieldOf(program, field).GetValue(program)!).GetValue(index)!))));

    private static FieldInfo FieldOf(object target, SchemaField field) =>
        target.GetType().GetField(PascalCase(field.Name))
            ?? throw new InvalidOperationException($"{target.GetType().Name} has no field {PascalCase(field.Name)}, but the schema has {field.Name}");

    private static int UnknownOf(SchemaField field) =>
        UnknownValues.TryGetValue(field.Name, out int unknown) ? unknown : field.Kind == FieldKind.TwosComplement ? MeasurementEntry.UnknownSigned : MeasurementEntry.Unknown;

    private static string PascalCase(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}
