// The schema as objects: what SchemaReader made of messages.yaml and has found to be sound. Data only.
using System.Text.Json.Nodes;

namespace MessageSchemas;

/// <summary>Every message between a pole and its operator.</summary>
/// <param name="Enums">The enums, in the order of the file.</param>
/// <param name="Uplinks">The uplinks.</param>
/// <param name="CommandPort">FPort of the commands.</param>
/// <param name="CommandHeader">The fields with which every command begins: id and sequence number.</param>
/// <param name="Commands">The commands; their fields are without the header.</param>
public sealed record MessageSchema(
    IReadOnlyList<SchemaEnum> Enums,
    IReadOnlyList<SchemaMessage> Uplinks,
    int CommandPort,
    IReadOnlyList<SchemaField> CommandHeader,
    IReadOnlyList<SchemaMessage> Commands)
{
    /// <summary>Every kind of entry, each described once and used by the uplinks that carry it.</summary>
    public IReadOnlyList<SchemaEntryKind> EntryKinds { get; init; } = [];

    /// <summary>The sections of the settings, and the command that sets one.</summary>
    public required SchemaSettings Settings { get; init; }
}

/// <summary>The settings.</summary>
/// <param name="CommandName">Name of the command that sets one section.</param>
/// <param name="CommandId">Its id.</param>
/// <param name="Meaning">What it does.</param>
/// <param name="Sections">The sections, by their number.</param>
public sealed record SchemaSettings(string CommandName, int CommandId, string Meaning, IReadOnlyList<SchemaSection> Sections)
{
    /// <summary>The key under which a command names its section.</summary>
    public const string SectionKey = "section";

    /// <summary>The key under which a command has the section's values.</summary>
    public const string ValuesKey = "settings";
}

/// <summary>A section of the settings.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Number">Its number in the record, in a block and in a command.</param>
/// <param name="Meaning">What it says.</param>
/// <param name="Items">Its fields and groups, in their order.</param>
/// <param name="Example">The values of an example that a pole takes.</param>
public sealed record SchemaSection(string Name, int Number, string Meaning, IReadOnlyList<SchemaSectionItem> Items, JsonObject Example);

/// <summary>A field, a count or a group of a section.</summary>
/// <param name="Field">The field; of a count, its bits and range; null for a group.</param>
public sealed record SchemaSectionItem(SchemaField? Field)
{
    /// <summary>How many values of the field follow one another; 0 for a single one.</summary>
    public int Repeat { get; init; }

    /// <summary>Of a count, the name of the group whose items it counts; it has no value of its own. Else null.</summary>
    public string? CountOf { get; init; }

    /// <summary>Of a group, its name; else null.</summary>
    public string? GroupName { get; init; }

    /// <summary>Of a group, the fields of each of its items.</summary>
    public IReadOnlyList<SchemaField> GroupFields { get; init; } = [];

    /// <summary>Of a group, most items.</summary>
    public int Maximum { get; init; }
}

/// <summary>Why a quantity is measured, and what becomes of it.</summary>
/// <param name="Purpose">What it is measured for.</param>
/// <param name="Basis">On what ground.</param>
/// <param name="OnPole">How long it is kept on the pole.</param>
/// <param name="RetentionDays">How long an operator should keep it at most, in days.</param>
/// <param name="Persons">Whether it can concern persons.</param>
public sealed record SchemaManifest(string Purpose, string Basis, string OnPole, int RetentionDays, string Persons);

/// <summary>An enum.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Meaning">What it says.</param>
/// <param name="Values">Its values, in rising order.</param>
public sealed record SchemaEnum(string Name, string Meaning, IReadOnlyList<SchemaEnumValue> Values)
{
    /// <summary>The value with a name; null when there is none.</summary>
    public SchemaEnumValue? Find(string name) => Values.FirstOrDefault(value => value.Name == name);
}

/// <summary>A value of an enum.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Number">Its number on the wire.</param>
/// <param name="Meaning">What it says.</param>
public sealed record SchemaEnumValue(string Name, long Number, string Meaning);

/// <summary>A message: an uplink, or a command.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsCommand">Whether it is a command (downlink).</param>
/// <param name="Port">FPort.</param>
/// <param name="CommandId">Of a command its id; else 0.</param>
/// <param name="Meaning">What it says.</param>
/// <param name="Fields">Its fields, of a command without the header.</param>
/// <param name="Points">The repeated group at its end; null when there is none.</param>
/// <param name="Example">The values of an example.</param>
public sealed record SchemaMessage(
    string Name,
    bool IsCommand,
    int Port,
    int CommandId,
    string Meaning,
    IReadOnlyList<SchemaField> Fields,
    SchemaPoints? Points,
    JsonObject Example)
{
    /// <summary>The items of several kinds at its end; null when there are none.</summary>
    public SchemaEntries? Entries { get; init; }
}

/// <summary>Items of several kinds, to the end of the payload: each a byte with the id of its kind, fields that all have, fields of its kind.</summary>
/// <param name="Maximum">Most items.</param>
/// <param name="Fields">The fields that every item has.</param>
/// <param name="Kinds">The kinds, in the order of the file.</param>
public sealed record SchemaEntries(int Maximum, IReadOnlyList<SchemaField> Fields, IReadOnlyList<SchemaEntryKind> Kinds)
{
    /// <summary>The key under which the items stand in a message's values.</summary>
    public const string Key = "entries";

    /// <summary>The key under which an item names its kind.</summary>
    public const string KindKey = "entry";

    /// <summary>The values of the shared fields in an example.</summary>
    public JsonObject HeadExample { get; init; } = [];

    /// <summary>An example of an item of a kind: its name, the shared fields, its own.</summary>
    public JsonObject ExampleOf(SchemaEntryKind kind)
    {
        JsonObject values = new() { [KindKey] = kind.Name };
        HeadExample.Concat(kind.Example).ToList().ForEach(pair => values[pair.Key] = pair.Value?.DeepClone());
        return values;
    }

    /// <summary>Bits of an item before the fields of its kind.</summary>
    public int HeadBits => 8 + Fields.Sum(shared => shared.Bits);

    /// <summary>All fields of an item of a kind, in their order.</summary>
    public IReadOnlyList<SchemaField> FieldsOf(SchemaEntryKind kind) => [.. Fields, .. kind.Fields];
}

/// <summary>A kind of item.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Id">Its first byte.</param>
/// <param name="Meaning">What it says.</param>
/// <param name="Fields">Its fields, without those that every item has.</param>
/// <param name="Example">The values of an example, without its name.</param>
public sealed record SchemaEntryKind(string Name, int Id, string Meaning, IReadOnlyList<SchemaField> Fields, JsonObject Example)
{
    /// <summary>Why it is measured; null for events, which are no measurements.</summary>
    public SchemaManifest? Manifest { get; init; }
}

/// <summary>A group of fields that is repeated to the end of the payload.</summary>
/// <param name="Maximum">Most repetitions.</param>
/// <param name="Fields">The fields of one.</param>
public sealed record SchemaPoints(int Maximum, IReadOnlyList<SchemaField> Fields)
{
    /// <summary>The key under which the repetitions stand in a message's values.</summary>
    public const string Key = "points";
}

/// <summary>How the bits of a field are read.</summary>
public enum FieldKind
{
    /// <summary>A number, 0 or more.</summary>
    NonNegative,

    /// <summary>A number in two's complement.</summary>
    TwosComplement,

    /// <summary>One bit, true or false.</summary>
    Flag,

    /// <summary>A value of an enum.</summary>
    Enumeration,

    /// <summary>Bytes, as hexadecimal digits; settings only (keys).</summary>
    Bytes,
}

/// <summary>Smallest and largest valid value.</summary>
/// <param name="Minimum">Smallest.</param>
/// <param name="Maximum">Largest.</param>
public sealed record ValueRange(long Minimum, long Maximum);

/// <summary>A range that depends on an enum field of the same group.</summary>
/// <param name="Field">That field.</param>
/// <param name="Ranges">Ranges for some of its values.</param>
/// <param name="Otherwise">The range for the others.</param>
public sealed record DependentRange(string Field, IReadOnlyDictionary<string, ValueRange> Ranges, ValueRange Otherwise)
{
    /// <summary>The range for a value of the other field.</summary>
    public ValueRange For(string value) => Ranges.TryGetValue(value, out ValueRange? range) ? range : Otherwise;
}

/// <summary>A field.</summary>
public sealed record SchemaField
{
    /// <summary>Its name, with the unit at the end.</summary>
    public required string Name { get; init; }

    /// <summary>How its bits are read.</summary>
    public required FieldKind Kind { get; init; }

    /// <summary>How many bits it has, 1 to 32; of bytes 8 each.</summary>
    public required int Bits { get; init; }

    /// <summary>The enum of an <see cref="FieldKind.Enumeration"/>; else null.</summary>
    public SchemaEnum? Enum { get; init; }

    /// <summary>What one step on the wire stands for; not 0, may be negative.</summary>
    public long Scale { get; init; } = 1;

    /// <summary>The valid values (without <see cref="Unknown"/>); with <see cref="RangeBy"/> what covers all its ranges.</summary>
    public required ValueRange Range { get; init; }

    /// <summary>A range that depends on another field; else null.</summary>
    public DependentRange? RangeBy { get; init; }

    /// <summary>The number on the wire that means "not known"; else null.</summary>
    public long? Unknown { get; init; }

    /// <summary>The only valid value; else null. Constants are no part of a message's values.</summary>
    public long? Constant { get; init; }

    /// <summary>Its unit; empty when it has none.</summary>
    public string Unit { get; init; } = string.Empty;

    /// <summary>What it says.</summary>
    public required string Meaning { get; init; }

    /// <summary>Smallest number the bits can hold.</summary>
    public long SmallestNumber => Kind == FieldKind.TwosComplement ? -(1L << (Bits - 1)) : 0;

    /// <summary>Largest number the bits can hold.</summary>
    public long LargestNumber => Kind == FieldKind.TwosComplement ? (1L << (Bits - 1)) - 1 : (1L << Bits) - 1;
}
