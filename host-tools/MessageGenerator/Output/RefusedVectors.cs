// The golden vectors that have to be refused: payloads that are empty, short, long, unknown or out of range, and values that no payload can
// tell. The expected error follows the order in which the schema's documentation says that a payload is judged: id, length, fields.
using System.Text.Json.Nodes;
using MessageSchemas;

namespace MessageGenerator.Output;

/// <summary>Makes the vectors that have to be refused.</summary>
internal static class RefusedVectors
{
    private const string TooShort = "tooShort";
    private const string TooLong = "tooLong";
    private const string OutOfRange = "outOfRange";

    private static readonly int[] OtherIds = [0, 2, 63, 65, 128, 255];

    public static IEnumerable<GoldenVector> Make(MessageSchema schema) =>
        UnknownCommands(schema)
            .Concat(schema.Uplinks.Concat(schema.Commands).SelectMany(message => WrongLengths(schema, message)))
            .Concat(schema.Uplinks.Concat(schema.Commands).SelectMany(message => OutOfRangeFields(schema, message)))
            .Concat(schema.Uplinks.Concat(schema.Commands).SelectMany(message => NotEncodable(schema, message)));

    private static IEnumerable<GoldenVector> UnknownCommands(MessageSchema schema)
    {
        GoldenVector Vector(string name, string hex, string error) =>
            new(name, GoldenVector.Downlink, schema.CommandPort, null, hex, error, null, null);

        yield return Vector("command: empty payload", string.Empty, TooShort);
        foreach (int id in Enumerable.Range(0, 256).Where(id => id != schema.Settings.CommandId && schema.Commands.All(command => command.CommandId != id)))
        {
            string hex = Convert.ToHexStringLower([(byte)id]);
            yield return Vector($"command: id {id}", hex + "2a", "unknownCommand");
            if (id is 0 or 255)
            {
                yield return Vector($"command: id {id} without sequence", hex, TooShort);
                yield return Vector($"command: id {id} and the longest payload", hex + new string('0', 100), "unknownCommand");
            }
        }
    }

    private static IEnumerable<GoldenVector> WrongLengths(MessageSchema schema, SchemaMessage message)
    {
        byte[] example = SchemaEncoder.Encode(schema, message, message.Example);
        int pointLength = message.Points?.Fields.Sum(field => field.Bits) / 8 ?? 0;
        int fixedLength = (message.IsCommand ? 2 : 0) + (message.Fields.Sum(field => field.Bits) / 8);
        for (int length = message.IsCommand ? 1 : 0; length < example.Length; length++)
        {
            bool isWhole = pointLength > 0 && length >= fixedLength && (length - fixedLength) % pointLength == 0;
            if (!isWhole && !EntryEnds(message, fixedLength).Contains(length))
            {
                yield return Refused(message, $"cut to {length} bytes", example[..length], TooShort, null);
            }
        }

        if (message.Entries is SchemaEntries entries)
        {
            yield return Refused(message, "a byte after the last entry", [.. example, (byte)entries.Kinds[0].Id], TooShort, null);
            example = SchemaEncoder.Encode(schema, message, GoldenVectors.WithEntries(message, entries.Maximum));
        }

        byte[] longest = message.Points is null
            ? example
            : SchemaEncoder.Encode(schema, message, GoldenVectors.WithPoints(message, message.Points.Maximum));
        yield return Refused(message, "a byte too many", [.. longest, 0], TooLong, null);
        if (message.Points is not null)
        {
            yield return Refused(message, "a byte after the last point", [.. example, 0], TooShort, null);
            yield return Refused(message, "a point too many", [.. longest, .. longest[^pointLength..]], TooLong, null);
        }
    }

    // Where the example may end: after each of its entries.
    private static List<int> EntryEnds(SchemaMessage message, int fixedLength)
    {
        List<int> ends = [];
        int end = fixedLength;
        if (message.Entries is SchemaEntries entries)
        {
            foreach (JsonNode? item in (JsonArray)message.Example[SchemaEntries.Key]!)
            {
                ends.Add(end);
                end += EntryLength(entries, entries.Kinds.First(kind => kind.Name == item![SchemaEntries.KindKey]!.GetValue<string>()));
            }
        }

        return ends;
    }

    private static int EntryLength(SchemaEntries entries, SchemaEntryKind kind) => (entries.HeadBits + kind.Fields.Sum(field => field.Bits)) / 8;

    // The fields of each kind in the last of two entries, and kinds that do not exist.
    private static IEnumerable<GoldenVector> OutOfRangeEntries(MessageSchema schema, SchemaMessage message, SchemaEntries entries)
    {
        int fixedLength = message.Fields.Sum(field => field.Bits) / 8;
        int entryOffset = fixedLength + EntryLength(entries, entries.Kinds[0]);
        foreach (SchemaEntryKind kind in entries.Kinds)
        {
            JsonObject values = GoldenVectors.WithEntries(message, 2);
            values[SchemaEntries.Key]![1] = entries.ExampleOf(kind);
            byte[] payload = SchemaEncoder.Encode(schema, message, values);
            foreach (GoldenVector vector in InGroup(message, kind.Fields, kind.Example, payload, (entryOffset * 8) + entries.HeadBits, 0))
            {
                yield return vector with { Name = $"{message.Name}, {kind.Name}:{vector.Name[(vector.Name.IndexOf(':', StringComparison.Ordinal) + 1)..]}" };
            }

            foreach (int id in OtherIds.Where(id => entries.Kinds.All(other => other.Id != id)))
            {
                byte[] changed = [.. payload];
                changed[entryOffset] = (byte)id;
                yield return Refused(message, $"{kind.Name} with id {id}", changed, OutOfRange, null);
            }
        }
    }

    private static IEnumerable<GoldenVector> OutOfRangeFields(MessageSchema schema, SchemaMessage message)
    {
        byte[] payload = SchemaEncoder.Encode(schema, message, message.Example);
        int bit = message.IsCommand ? 16 : 0;
        foreach (GoldenVector vector in InGroup(message, message.Fields, message.Example, payload, bit, 0))
        {
            yield return vector;
        }

        foreach (GoldenVector vector in message.Entries is null ? [] : OutOfRangeEntries(schema, message, message.Entries))
        {
            yield return vector;
        }

        if (message.Points is SchemaPoints points)
        {
            JsonObject values = GoldenVectors.WithPoints(message, points.Maximum);
            payload = SchemaEncoder.Encode(schema, message, values);
            bit += message.Fields.Sum(field => field.Bits);
            foreach (int point in new[] { 0, 1, points.Maximum - 1 })
            {
                JsonObject group = (JsonObject)values[SchemaPoints.Key]![point]!;
                int pointBit = bit + (point * points.Fields.Sum(field => field.Bits));
                int index = message.Fields.Count + (point * points.Fields.Count);
                foreach (GoldenVector vector in InGroup(message, points.Fields, group, payload, pointBit, index))
                {
                    yield return vector;
                }
            }
        }
    }

    private static IEnumerable<GoldenVector> InGroup(
        SchemaMessage message, IReadOnlyList<SchemaField> fields, JsonObject group, byte[] payload, int bit, int index)
    {
        for (int i = 0; i < fields.Count; i++)
        {
            SchemaField field = fields[i];
            foreach (long number in InvalidNumbers(field, group))
            {
                byte[] changed = [.. payload];
                Put(changed, bit, field.Bits, number);
                int? fieldIndex = message.IsCommand ? index + i : null;
                yield return Refused(message, $"{field.Name} {number} on the wire, field {index + i}", changed, OutOfRange, fieldIndex);
            }

            bit += field.Bits;
        }
    }

    // The numbers next to the valid ones, and both ends of what the bits hold, as far as they are not valid.
    private static IEnumerable<long> InvalidNumbers(SchemaField field, JsonObject group)
    {
        if (field.Kind == FieldKind.Flag)
        {
            return [];
        }

        ValueRange range = field.RangeBy?.For(group[field.RangeBy.Field]!.GetValue<string>()) ?? field.Range;
        long first = (field.Constant ?? range.Minimum) / field.Scale;
        long second = (field.Constant ?? range.Maximum) / field.Scale;
        long lowest = Math.Min(first, second);
        long highest = Math.Max(first, second);
        return new[] { lowest - 1, highest + 1, field.SmallestNumber, field.LargestNumber }
            .Where(number => number >= field.SmallestNumber && number <= field.LargestNumber)
            .Where(number => (number < lowest || number > highest) && number != field.Unknown)
            .Distinct();
    }

    // Values one step beyond each range, between two steps, and of a kind that the field does not have.
    private static IEnumerable<GoldenVector> NotEncodable(MessageSchema schema, SchemaMessage message)
    {
        foreach (SchemaField field in GoldenVectors.TopFields(schema, message).Where(field => field.Kind is FieldKind.NonNegative or FieldKind.TwosComplement))
        {
            long step = Math.Abs(field.Scale);
            List<long> amounts = [field.Range.Minimum - step, field.Range.Maximum + step];
            if (step > 1)
            {
                amounts.Add(field.Range.Minimum + (step / 2));
            }

            foreach (long amount in amounts)
            {
                JsonObject values = GoldenVectors.Copy(message.Example);
                values[field.Name] = amount;
                yield return new GoldenVector(
                    FormattableString.Invariant($"{message.Name}: {field.Name} {amount}"),
                    GoldenVectors.Direction(message),
                    message.Port,
                    message.Name,
                    null,
                    GoldenVector.NotEncodable,
                    null,
                    values);
            }
        }
    }

    private static GoldenVector Refused(SchemaMessage message, string name, byte[] payload, string error, int? field) =>
        new($"{message.Name}: {name}", GoldenVectors.Direction(message), message.Port, message.Name, Convert.ToHexStringLower(payload), error, field, null);

    private static void Put(byte[] payload, int firstBit, int count, long number)
    {
        for (int i = 0; i < count; i++)
        {
            int position = firstBit + i;
            int mask = 0x80 >> (position % 8);
            bool isSet = ((number >> (count - 1 - i)) & 1) != 0;
            payload[position / 8] = (byte)(isSet ? payload[position / 8] | mask : payload[position / 8] & ~mask);
        }
    }
}
