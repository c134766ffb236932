// Holds a YAML tree against the schema and says of every difference where it is, what is wrong and what to do.
using System.Globalization;

namespace Simulation.Scenarios;

/// <summary>Validates a tree. Collects all problems; one wrong value gives one problem.</summary>
internal sealed class SchemaValidator(string file, List<ScenarioProblem> problems)
{
    /// <summary>From so many problems on nothing more is looked for: the file is not a scenario.</summary>
    public const int MaximumProblems = 100;

    public void Validate(ScenarioNode node, SchemaNode schema, string path)
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
            case NodeType.Object:
                CheckMap(node, schema, path);
                break;
            case NodeType.Array:
                CheckList(node, schema, path);
                break;
            case NodeType.Number:
                CheckNumber(node, schema, path);
                break;
            case NodeType.String:
                CheckText(node, schema, path);
                break;
            default:
                break;
        }
    }

    private bool CheckAlternatives(ScenarioNode node, SchemaNode schema, string path)
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
            string kinds = string.Join(" or ", schema.Alternatives.Select(Kind));
            Add(node, path, $"this is not {kinds}", Spelling.Suggest(node.Text, words) ?? SchemaText.Advice(schema));
            return false;
        }

        return true;
    }

    private void CheckExactlyOne(ScenarioNode node, SchemaNode schema, string path)
    {
        if (node.Type != NodeType.Object)
        {
            return;
        }

        string[] choices = [.. schema.Alternatives.Select(alternative => alternative.Required[0])];
        string[] found = [.. choices.Where(choice => node.Find(choice) is not null)];
        if (found.Length != 1)
        {
            string what = found.Length == 0 ? "none of " + string.Join(", ", choices) + " is here" : string.Join(" and ", found) + " exclude each other";
            Add(node, path, what, "Write exactly one of " + string.Join(", ", choices) + ".");
            return;
        }

        // What belongs to the choice that was made.
        SchemaNode chosen = schema.Alternatives.First(alternative => alternative.Required[0] == found[0]);
        foreach (string missing in chosen.Required.Where(key => node.Find(key) is null))
        {
            Add(node, path, $"{missing} is missing, which belongs to {found[0]}", $"Add {missing}.");
        }
    }

    private static bool IsValid(ScenarioNode node, SchemaNode schema)
    {
        List<ScenarioProblem> found = [];
        new SchemaValidator("", found).Validate(node, schema, "");
        return found.Count == 0;
    }

    private bool CheckType(ScenarioNode node, SchemaNode schema, string path)
    {
        if (HasType(node, schema))
        {
            return true;
        }

        string advice = SchemaText.Advice(schema);
        if (schema.Types.Contains("string") && node.Type is NodeType.Number or NodeType.Boolean)
        {
            advice = schema.Title == "duration" && node.Type == NodeType.Number ? $"Add the unit, such as {node.Text}s or {node.Text}min." : schema.Pattern is null && schema.Enum.Count == 0 ? "Write it in quotes." : advice;
        }
        else if (node.Type == NodeType.Null)
        {
            Add(node, path, "the value is missing", advice);
            return false;
        }

        Add(node, path, $"this is not {Kind(schema)}", advice);
        return false;
    }

    private static bool HasType(ScenarioNode node, SchemaNode schema) => schema.Types.Count == 0 || schema.Types.Any(type => type switch
    {
        "object" => node.Type == NodeType.Object,
        "array" => node.Type == NodeType.Array,
        "string" => node.Type == NodeType.String,
        "number" => node.Type == NodeType.Number && double.IsFinite(node.Number),
        "integer" => node.Type == NodeType.Number && double.IsInteger(node.Number),
        "boolean" => node.Type == NodeType.Boolean,
        _ => node.Type == NodeType.Null,
    });

    private void CheckMap(ScenarioNode map, SchemaNode schema, string path)
    {
        foreach (string name in schema.Required)
        {
            if (map.Find(name) is null)
            {
                Add(map, Join(path, name), "the key is missing", "Add it: " + SchemaText.Advice(schema.Property(name)!));
            }
        }

        if (schema.MinimumProperties is int least && map.Entries.Count < least)
        {
            Add(map, path, "the map is empty", "Write one of " + string.Join(", ", schema.Properties.Select(property => property.Key)) + ".");
        }

        if (schema.MaximumProperties is int most && map.Entries.Count > most)
        {
            Add(map, path, string.Join(" and ", map.Entries.Select(entry => entry.Key)) + " exclude each other", "Leave one.");
        }

        string[] names = [.. schema.Properties.Select(property => property.Key)];
        foreach (ScenarioEntry entry in map.Entries)
        {
            string keyPath = Join(path, entry.Key);
            if (schema.Property(entry.Key) is { } property)
            {
                Validate(entry.Value, property, keyPath);
            }
            else if (problems.Count < MaximumProblems && (names.Length > 0 || schema.Types.Count > 0))
            {
                string known = names.Length == 0 ? "No key is known here; write {}." : "Known here: " + string.Join(", ", names) + ".";
                problems.Add(new ScenarioProblem(file, entry.Line, entry.Column, SchemaText.Shorten(keyPath, 120), "", "the key is unknown", Spelling.Suggest(entry.Key, names) ?? known));
            }
        }
    }

    private void CheckList(ScenarioNode list, SchemaNode schema, string path)
    {
        if (schema.MinimumItems is int least && list.Items.Count < least)
        {
            Add(list, path, $"the list has {list.Items.Count} entries, fewer than {least}", SchemaText.Advice(schema));
        }

        if (schema.MaximumItems is int most && list.Items.Count > most)
        {
            Add(list, path, $"the list has {list.Items.Count} entries, more than {most}", SchemaText.Advice(schema));
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
                Add(list.Items[i], $"{path}[{i}]", "the entry is in the list already", "Leave one.");
            }
        }
    }

    private void CheckNumber(ScenarioNode node, SchemaNode schema, string path)
    {
        if (node.Number < schema.Minimum || node.Number > schema.Maximum)
        {
            string range = string.Create(CultureInfo.InvariantCulture, $"{schema.Minimum} to {schema.Maximum}");
            Add(node, path, $"the value is outside {range}", SchemaText.Advice(schema));
        }
    }

    private void CheckText(ScenarioNode node, SchemaNode schema, string path)
    {
        if (schema.Enum.Count > 0 && !schema.Enum.Contains(node.Text))
        {
            Add(node, path, "the value is not known", Spelling.Suggest(node.Text, schema.Enum) ?? SchemaText.Advice(schema));
        }
        else if (schema.Pattern is not null && !schema.Pattern.IsMatch(node.Text))
        {
            string what = schema.Title == "duration" && node.Text.StartsWith('-') ? "a duration cannot be negative" : $"this is not {Kind(schema)}";
            Add(node, path, what, SchemaText.Advice(schema));
        }
        else if (node.Text.EnumerateRunes().Count() is int length && (length < schema.MinimumLength || length > schema.MaximumLength))
        {
            Add(node, path, node.Text.Length == 0 ? "the text is empty" : $"the text has {length} characters, more than {schema.MaximumLength}", SchemaText.Advice(schema));
        }
        else if (schema.Title == "duration")
        {
            CheckDuration(node, schema, path);
        }
    }

    private void CheckDuration(ScenarioNode node, SchemaNode schema, string path)
    {
        string step = schema.DurationStep ?? "1ms";
        if (!Units.TryDuration(node.Text, out long milliseconds) || milliseconds % Milliseconds(step) != 0)
        {
            Add(node, path, $"the duration is not a multiple of {step}", SchemaText.Advice(schema));
        }
        else if (schema.MinimumDuration is { } least && milliseconds < Milliseconds(least))
        {
            Add(node, path, $"the duration is shorter than {least}", SchemaText.Advice(schema));
        }
        else if (schema.MaximumDuration is { } most && milliseconds > Milliseconds(most))
        {
            Add(node, path, $"the duration is longer than {most}", SchemaText.Advice(schema));
        }
    }

    private static long Milliseconds(string duration) => Units.TryDuration(duration, out long milliseconds) ? milliseconds : throw new InvalidDataException(duration);

    private static string Kind(SchemaNode schema) => SchemaText.Kind(schema);

    private static string Join(string path, string key) => path.Length == 0 ? key : path + "." + key;

    private void Add(ScenarioNode node, string path, string message, string remedy) =>
        problems.Add(new ScenarioProblem(file, node.Line, node.Column, path, SchemaText.Shorten(node.Text, 60), message, remedy));
}
