// Holds a YAML tree against the schema and says of every difference where it is, what is wrong and what to do.
using System.Globalization;

namespace SettingsFiles;

/// <summary>Validates a tree. Collects all problems; one wrong value gives one problem.</summary>
public sealed class SchemaValidator(string file, List<FileProblem> problems)
{
    /// <summary>From so many problems on nothing more is looked for: the file is something else.</summary>
    public const int MaximumProblems = 100;

    /// <summary>Validates a node and all below it.</summary>
    /// <param name="node">The node.</param>
    /// <param name="schema">Its schema.</param>
    /// <param name="path">Its path.</param>
    public void Validate(YamlValue node, SchemaNode schema, string path)
    {
        if (problems.Count >= MaximumProblems)
        {
            return;
        }

        if (!CheckAlternatives(node, schema, path) || !CheckType(node, schema, path))
        {
            return;
        }

        switch (node.Type)
        {
            case NodeType.Map:
                CheckMap(node, schema, path);
                break;
            case NodeType.List:
                CheckList(node, schema, path);
                break;
            case NodeType.Number:
                CheckNumber(node, schema, path);
                break;
            case NodeType.Text:
                CheckText(node, schema, path);
                break;
            default:
                break;
        }
    }

    private bool CheckAlternatives(YamlValue node, SchemaNode schema, string path)
    {
        if (schema.Alternatives.Count == 0)
        {
            return true;
        }

        if (schema.Alternatives.All(alternative => alternative.IsRequiredOnly))
        {
            CheckExactlyOne(node, schema, path);
            return true;
        }

        SchemaNode[] ofType = [.. schema.Alternatives.Where(alternative => HasType(node, alternative))];
        if (ofType.Length == 1)
        {
            Validate(node, ofType[0], path);
            return true;
        }

        if (ofType.Length == 0 || !ofType.Any(alternative => IsValid(node, alternative)))
        {
            string[] words = [.. schema.Alternatives.SelectMany(alternative => alternative.Enum)];
            Sentence kinds = schema.Alternatives.Select(SchemaText.Kind).Aggregate((left, right) => new Sentence("file.or", left, right));
            Add(node, path, new Sentence("file.kindWrong", kinds), Spelling.Suggest(node.Text, words) ?? SchemaText.Advice(schema));
            return false;
        }

        return true;
    }

    private void CheckExactlyOne(YamlValue node, SchemaNode schema, string path)
    {
        if (node.Type != NodeType.Map)
        {
            return;
        }

        string[] choices = [.. schema.Alternatives.Select(alternative => alternative.Required[0])];
        string[] found = [.. choices.Where(choice => node.Find(choice) is not null)];
        if (found.Length != 1)
        {
            Sentence what = found.Length == 0 ? new Sentence("file.noneHere", string.Join(", ", choices)) : new Sentence("file.exclude", And(found));
            Add(node, path, what, new Sentence("file.exactlyOne", string.Join(", ", choices)));
            return;
        }

        // What belongs to the choice that was made.
        SchemaNode chosen = schema.Alternatives.First(alternative => alternative.Required[0] == found[0]);
        foreach (string missing in chosen.Required.Where(key => node.Find(key) is null))
        {
            Add(node, path, new Sentence("file.belongs", missing, found[0]), new Sentence("file.add", missing));
        }
    }

    private static bool IsValid(YamlValue node, SchemaNode schema)
    {
        List<FileProblem> found = [];
        new SchemaValidator("", found).Validate(node, schema, "");
        return found.Count == 0;
    }

    private bool CheckType(YamlValue node, SchemaNode schema, string path)
    {
        if (HasType(node, schema))
        {
            return true;
        }

        Sentence advice = SchemaText.Advice(schema);
        if (schema.Types.Contains("string") && node.Type is NodeType.Number or NodeType.Boolean)
        {
            advice = schema.Title == "duration" && node.Type == NodeType.Number ? new Sentence("file.addUnit", node.Text)
                : schema.Pattern is null && schema.Enum.Count == 0 ? new Sentence("file.quotes") : advice;
        }
        else if (node.Type == NodeType.Null)
        {
            Add(node, path, new Sentence("file.valueMissing"), advice);
            return false;
        }

        Add(node, path, new Sentence("file.kindWrong", SchemaText.Kind(schema)), advice);
        return false;
    }

    private static bool HasType(YamlValue node, SchemaNode schema) => schema.Types.Count == 0 || schema.Types.Any(type => type switch
    {
        "object" => node.Type == NodeType.Map,
        "array" => node.Type == NodeType.List,
        "string" => node.Type == NodeType.Text,
        "number" => node.Type == NodeType.Number && double.IsFinite(node.Number),
        "integer" => node.Type == NodeType.Number && double.IsInteger(node.Number),
        "boolean" => node.Type == NodeType.Boolean,
        _ => node.Type == NodeType.Null,
    });

    private void CheckMap(YamlValue map, SchemaNode schema, string path)
    {
        foreach (string name in schema.Required)
        {
            if (map.Find(name) is null)
            {
                Add(map, Join(path, name), new Sentence("file.keyMissing"), new Sentence("file.addIt", SchemaText.Advice(schema.Property(name)!)));
            }
        }

        if (schema.MinimumProperties is int least && map.Entries.Count < least)
        {
            Add(map, path, new Sentence("file.mapEmpty"), new Sentence("file.writeOne", string.Join(", ", schema.Properties.Select(property => property.Key))));
        }

        if (schema.MaximumProperties is int most && map.Entries.Count > most)
        {
            Add(map, path, new Sentence("file.exclude", And(map.Entries.Select(entry => entry.Key))), new Sentence("file.leaveOne"));
        }

        string[] names = [.. schema.Properties.Select(property => property.Key)];
        foreach (YamlEntry entry in map.Entries)
        {
            string keyPath = Join(path, entry.Key);
            if (schema.Property(entry.Key) is { } property)
            {
                Validate(entry.Value, property, keyPath);
            }
            else if (problems.Count < MaximumProblems && (names.Length > 0 || schema.Types.Count > 0))
            {
                Sentence known = names.Length == 0 ? new Sentence("file.noKeys") : new Sentence("file.knownKeys", string.Join(", ", names));
                problems.Add(new FileProblem(
                    file, entry.Line, entry.Column, SchemaText.Shorten(keyPath, 120), "", new Sentence("file.keyUnknown"), Spelling.Suggest(entry.Key, names) ?? known));
            }
        }
    }

    private void CheckList(YamlValue list, SchemaNode schema, string path)
    {
        if (schema.MinimumItems is int least && list.Items.Count < least)
        {
            Add(list, path, new Sentence("file.fewItems", list.Items.Count, least), SchemaText.Advice(schema));
        }

        if (schema.MaximumItems is int most && list.Items.Count > most)
        {
            Add(list, path, new Sentence("file.manyItems", list.Items.Count, most), SchemaText.Advice(schema));
        }

        for (int i = 0; i < list.Items.Count; i++)
        {
            if (schema.Items is not null)
            {
                Validate(list.Items[i], schema.Items, $"{path}[{i}]");
            }

            int first = schema.HasUniqueItems ? list.Items.FindIndex(item => item.Type == list.Items[i].Type && item.Text == list.Items[i].Text) : i;
            if (first < i)
            {
                Add(list.Items[i], $"{path}[{i}]", new Sentence("file.itemTwice"), new Sentence("file.leaveOne"));
            }
        }
    }

    private void CheckNumber(YamlValue node, SchemaNode schema, string path)
    {
        if (node.Number < schema.Minimum || node.Number > schema.Maximum)
        {
            Add(node, path, new Sentence("file.outside", string.Create(CultureInfo.InvariantCulture, $"{schema.Minimum}"), string.Create(CultureInfo.InvariantCulture, $"{schema.Maximum}")),
                SchemaText.Advice(schema));
        }
        else if (schema.MultipleOf is { } step && node.Number % step != 0)
        {
            Add(node, path, new Sentence("file.step", string.Create(CultureInfo.InvariantCulture, $"{step}")), SchemaText.Advice(schema));
        }
    }

    private void CheckText(YamlValue node, SchemaNode schema, string path)
    {
        if (schema.Enum.Count > 0 && !schema.Enum.Contains(node.Text))
        {
            Add(node, path, new Sentence("file.valueUnknown"), Spelling.Suggest(node.Text, schema.Enum) ?? SchemaText.Advice(schema));
        }
        else if (schema.Pattern is not null && !schema.Pattern.IsMatch(node.Text))
        {
            Sentence what = schema.Title == "duration" && node.Text.StartsWith('-') ? new Sentence("file.negative") : new Sentence("file.kindWrong", SchemaText.Kind(schema));
            Add(node, path, what, SchemaText.Advice(schema));
        }
        else if (node.Text.EnumerateRunes().Count() is int length && (length < schema.MinimumLength || length > schema.MaximumLength))
        {
            Add(node, path, node.Text.Length == 0 ? new Sentence("file.textEmpty") : new Sentence("file.textLong", length, schema.MaximumLength), SchemaText.Advice(schema));
        }
        else if (schema.Title == "duration")
        {
            CheckDuration(node, schema, path);
        }
    }

    private void CheckDuration(YamlValue node, SchemaNode schema, string path)
    {
        string step = schema.DurationStep ?? "1ms";
        if (!Units.TryDuration(node.Text, out long milliseconds) || milliseconds % Milliseconds(step) != 0)
        {
            Add(node, path, new Sentence("file.durationStep", step), SchemaText.Advice(schema));
        }
        else if (schema.MinimumDuration is { } least && milliseconds < Milliseconds(least))
        {
            Add(node, path, new Sentence("file.durationShort", least), SchemaText.Advice(schema));
        }
        else if (schema.MaximumDuration is { } most && milliseconds > Milliseconds(most))
        {
            Add(node, path, new Sentence("file.durationLong", most), SchemaText.Advice(schema));
        }
    }

    private static long Milliseconds(string duration) => Units.TryDuration(duration, out long milliseconds) ? milliseconds : throw new InvalidDataException(duration);

    private static object And(IEnumerable<string> words) => words.Cast<object>().Aggregate((left, right) => new Sentence("file.and", left, right));

    private static string Join(string path, string key) => path.Length == 0 ? key : path + "." + key;

    private void Add(YamlValue node, string path, Sentence what, Sentence remedy) =>
        problems.Add(new FileProblem(file, node.Line, node.Column, path, SchemaText.Shorten(node.Text, 60), what, remedy));
}
