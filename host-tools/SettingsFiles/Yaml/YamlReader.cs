// Reads YAML into a tree, event by event, so that size, depth and aliases are bounded before anything is built from them.
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SettingsFiles;

/// <summary>Reads a YAML file. Limits: 1 MiB, 32 levels, 200,000 nodes with aliases counted as often as they occur.</summary>
public sealed class YamlReader
{
    /// <summary>Longest file in bytes.</summary>
    public const int MaximumBytes = 1024 * 1024;
    /// <summary>Deepest nesting.</summary>
    public const int MaximumDepth = 32;
    /// <summary>Most values.</summary>
    public const long MaximumNodes = 200_000;

    private readonly string _file;
    private readonly List<FileProblem> _problems;
    private readonly Dictionary<AnchorName, YamlValue> _anchors = [];

    private YamlReader(string file, List<FileProblem> problems)
    {
        _file = file;
        _problems = problems;
    }

    /// <summary>Reads the tree; null where there is none, with the reason among the problems.</summary>
    public static YamlValue? Read(byte[] bytes, string file, List<FileProblem> problems)
    {
        string? text = Decode(bytes, file, problems);
        return text is null ? null : new YamlReader(file, problems).Read(text);
    }

    private static string? Decode(byte[] bytes, string file, List<FileProblem> problems)
    {
        if (bytes.Length > MaximumBytes)
        {
            problems.Add(new FileProblem(file, 0, 0, "", "", new Sentence("file.large", bytes.Length, MaximumBytes)));
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
            problems.Add(new FileProblem(file, line, 0, "", "", new Sentence("file.encoding")));
            return null;
        }
    }

    private YamlValue? Read(string text)
    {
        Parser parser = new(new StringReader(text));
        try
        {
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _))
            {
                return Stop(1, 1, "", new Sentence("file.empty"));
            }

            parser.Consume<DocumentStart>();
            YamlValue? root = ReadNode(parser, 1, "");
            if (root is null)
            {
                return null;
            }

            parser.Consume<DocumentEnd>();
            return parser.Accept<DocumentStart>(out DocumentStart? second)
                ? Stop((int)second.Start.Line, (int)second.Start.Column, "", new Sentence("file.documents"))
                : root;
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or IndexOutOfRangeException or NullReferenceException)
        {
            // YamlDotNet 16.3 fails in such ways on some damaged files, with no place; what it read last is the nearest there is.
            Mark last = parser.Current?.End ?? Mark.Empty;
            return Stop((int)last.Line, (int)last.Column, "", new Sentence("file.noYaml"));
        }
        catch (YamlException exception)
        {
            return Stop((int)exception.Start.Line, (int)exception.Start.Column, "", new Sentence("file.syntax", SchemaText.Shorten(Plain(exception), 280)));
        }
    }

    private YamlValue? ReadNode(Parser parser, int depth, string path)
    {
        ParsingEvent current = parser.Current!;
        int line = (int)current.Start.Line;
        int column = (int)current.Start.Column;
        if (depth > MaximumDepth)
        {
            return Stop(line, column, path, new Sentence("file.depth", MaximumDepth));
        }

        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            return _anchors.TryGetValue(alias.Value, out YamlValue? anchored)
                ? anchored
                : Stop(line, column, path, new Sentence("file.alias", SchemaText.Shorten(alias.Value.Value, 60)));
        }

        if (current is NodeEvent { Tag.IsEmpty: false } tagged && !tagged.Tag.IsNonSpecific)
        {
            return Stop(line, column, path, new Sentence("file.tag", SchemaText.Shorten(tagged.Tag.Value, 60)));
        }

        YamlValue? node;
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            node = YamlValue.Scalar(scalar.Value, scalar.Style == ScalarStyle.Plain, line, column);
        }
        else if (parser.TryConsume<SequenceStart>(out _))
        {
            node = ReadList(parser, YamlValue.List(line, column), depth, path);
        }
        else
        {
            parser.Consume<MappingStart>();
            node = ReadMap(parser, YamlValue.Map(line, column), depth, path);
        }

        if (node is not null && current is NodeEvent { Anchor.IsEmpty: false } named)
        {
            _anchors[named.Anchor] = node;
        }

        return node;
    }

    private YamlValue? ReadList(Parser parser, YamlValue list, int depth, string path)
    {
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            YamlValue? item = ReadNode(parser, depth + 1, $"{path}[{list.Items.Count}]");
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

    private YamlValue? ReadMap(Parser parser, YamlValue map, int depth, string path)
    {
        Dictionary<string, YamlEntry> seen = new(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            int line = (int)parser.Current!.Start.Line;
            int column = (int)parser.Current.Start.Column;
            if (!parser.TryConsume<Scalar>(out var key))
            {
                return Stop(line, column, path, new Sentence("file.key"));
            }

            string keyPath = path.Length == 0 ? key.Value : path + "." + key.Value;
            YamlValue? value = ReadNode(parser, depth + 1, keyPath);
            if (value is null)
            {
                return null;
            }

            YamlEntry entry = new(key.Value, value, line, column);
            if (seen.TryGetValue(key.Value, out YamlEntry? before))
            {
                _problems.Add(new FileProblem(_file, line, column, SchemaText.Shorten(keyPath, 120), "", new Sentence("file.twice", before.Line)));
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

    private bool IsTooLarge(YamlValue node, string path)
    {
        if (node.Size <= MaximumNodes)
        {
            return false;
        }

        Stop(node.Line, node.Column, path, new Sentence("file.values", MaximumNodes));
        return true;
    }

    private YamlValue? Stop(int line, int column, string path, Sentence what)
    {
        _problems.Add(new FileProblem(_file, line, column, SchemaText.Shorten(path, 120), "", what));
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
