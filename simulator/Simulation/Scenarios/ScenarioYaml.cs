// Reads YAML into a tree, event by event, so that size, depth and aliases are bounded before anything is built from them.
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Simulation.Scenarios;

/// <summary>Reads a YAML file. Limits: 1 MiB, 32 levels, 200,000 nodes with aliases counted as often as they occur.</summary>
internal sealed class ScenarioYaml
{
    public const int MaximumBytes = 1024 * 1024;
    public const int MaximumDepth = 32;
    public const long MaximumNodes = 200_000;

    private readonly string _file;
    private readonly List<ScenarioProblem> _problems;
    private readonly Dictionary<AnchorName, ScenarioNode> _anchors = [];

    private ScenarioYaml(string file, List<ScenarioProblem> problems)
    {
        _file = file;
        _problems = problems;
    }

    /// <summary>Reads the tree; null where there is none, with the reason among the problems.</summary>
    public static ScenarioNode? Read(byte[] bytes, string file, List<ScenarioProblem> problems)
    {
        string? text = Decode(bytes, file, problems);
        return text is null ? null : new ScenarioYaml(file, problems).Read(text);
    }

    private static string? Decode(byte[] bytes, string file, List<ScenarioProblem> problems)
    {
        if (bytes.Length > MaximumBytes)
        {
            problems.Add(new ScenarioProblem(file, 0, 0, "", "", $"the file has {bytes.Length} bytes, more than the {MaximumBytes} that are read", "Use a smaller file."));
            return null;
        }

        try
        {
            string text = new UTF8Encoding(false, true).GetString(bytes);
            return text.StartsWith('\uFEFF') ? text[1..] : text;
        }
        catch (DecoderFallbackException exception)
        {
            int line = 1 + bytes.Take(Math.Max(0, exception.Index)).Count(value => value == (byte)'\n');
            problems.Add(new ScenarioProblem(file, line, 0, "", "", "the file is not UTF-8", "Save it as UTF-8."));
            return null;
        }
    }

    private ScenarioNode? Read(string text)
    {
        Parser parser = new(new StringReader(text));
        try
        {
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _))
            {
                return Stop(1, 1, "", "the file is empty", "Write at least name, start, duration and lamps.");
            }

            parser.Consume<DocumentStart>();
            ScenarioNode? root = ReadNode(parser, 1, "");
            if (root is null)
            {
                return null;
            }

            parser.Consume<DocumentEnd>();
            return parser.Accept<DocumentStart>(out DocumentStart? second)
                ? Stop((int)second.Start.Line, (int)second.Start.Column, "", "the file has more than one document", "Leave one; '---' begins another.")
                : root;
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or IndexOutOfRangeException or NullReferenceException)
        {
            // YamlDotNet 16.3 fails in such ways on some damaged files, with no place; what it read last is the nearest there is.
            Mark last = parser.Current?.End ?? Mark.Empty;
            return Stop((int)last.Line, (int)last.Column, "", "this is not YAML", "Check the lines after this one for stray characters.");
        }
        catch (YamlException exception)
        {
            return Stop((int)exception.Start.Line, (int)exception.Start.Column, "", "this is not YAML: " + Plain(exception), "Check indentation (blanks, no tabs), colons and quotes here and in the line before.");
        }
    }

    private ScenarioNode? ReadNode(Parser parser, int depth, string path)
    {
        ParsingEvent current = parser.Current!;
        int line = (int)current.Start.Line;
        int column = (int)current.Start.Column;
        if (depth > MaximumDepth)
        {
            return Stop(line, column, path, $"lists and maps are nested more than {MaximumDepth} deep", "A scenario needs no more than ten levels.");
        }

        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            return _anchors.TryGetValue(alias.Value, out ScenarioNode? anchored)
                ? anchored
                : Stop(line, column, path, $"the alias *{SchemaText.Shorten(alias.Value.Value, 60)} stands before or within what it means", "Write the value out.");
        }

        if (current is NodeEvent { Tag.IsEmpty: false } tagged && !tagged.Tag.IsNonSpecific)
        {
            return Stop(line, column, path, $"tags such as {SchemaText.Shorten(tagged.Tag.Value, 60)} are not understood", "Leave the tag out.");
        }

        ScenarioNode? node;
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            node = ScenarioNode.Scalar(scalar.Value, scalar.Style == ScalarStyle.Plain, line, column);
        }
        else if (parser.TryConsume<SequenceStart>(out _))
        {
            node = ReadList(parser, ScenarioNode.List(line, column), depth, path);
        }
        else
        {
            parser.Consume<MappingStart>();
            node = ReadMap(parser, ScenarioNode.Map(line, column), depth, path);
        }

        if (node is not null && current is NodeEvent { Anchor.IsEmpty: false } named)
        {
            _anchors[named.Anchor] = node;
        }

        return node;
    }

    private ScenarioNode? ReadList(Parser parser, ScenarioNode list, int depth, string path)
    {
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            ScenarioNode? item = ReadNode(parser, depth + 1, $"{path}[{list.Items.Count}]");
            if (item is null)
            {
                return null;
            }

            list.Add(item);
            if (IsTooLarge(list, path))
            {
                return null;
            }
        }

        return list;
    }

    private ScenarioNode? ReadMap(Parser parser, ScenarioNode map, int depth, string path)
    {
        Dictionary<string, ScenarioEntry> seen = new(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            int line = (int)parser.Current!.Start.Line;
            int column = (int)parser.Current.Start.Column;
            if (!parser.TryConsume<Scalar>(out var key))
            {
                return Stop(line, column, path, "a key is not a plain word", "Write keys as words, such as name:.");
            }

            string keyPath = path.Length == 0 ? key.Value : path + "." + key.Value;
            ScenarioNode? value = ReadNode(parser, depth + 1, keyPath);
            if (value is null)
            {
                return null;
            }

            ScenarioEntry entry = new(key.Value, value, line, column);
            if (seen.TryGetValue(key.Value, out ScenarioEntry? before))
            {
                _problems.Add(new ScenarioProblem(_file, line, column, SchemaText.Shorten(keyPath, 120), "", $"the key stands here for the second time, first in line {before.Line}", "Leave one of the two."));
                continue;
            }

            seen.Add(key.Value, entry);
            map.Add(entry);
            if (IsTooLarge(map, path))
            {
                return null;
            }
        }

        return map;
    }

    private bool IsTooLarge(ScenarioNode node, string path)
    {
        if (node.Size <= MaximumNodes)
        {
            return false;
        }

        Stop(node.Line, node.Column, path, $"the file has more than {MaximumNodes} values, aliases counted as often as they occur", "Use fewer aliases or a smaller file.");
        return true;
    }

    private ScenarioNode? Stop(int line, int column, string path, string message, string remedy)
    {
        _problems.Add(new ScenarioProblem(_file, line, column, SchemaText.Shorten(path, 120), "", SchemaText.Shorten(message, 300), remedy));
        return null;
    }

    private static string Plain(YamlException exception)
    {
        // The library puts the place in front of some messages; the place is said already.
        string message = (exception.InnerException ?? exception).Message;
        int end = message.StartsWith("(Line:", StringComparison.Ordinal) ? message.LastIndexOf("): ", StringComparison.Ordinal) : -1;
        message = (end < 0 ? message : message[(end + 3)..]).TrimEnd('.', ' ');
        return message.Length == 0 ? "syntax error" : char.ToLowerInvariant(message[0]) + message[1..];
    }
}
