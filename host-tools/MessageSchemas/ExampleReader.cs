// The values of an example, from YAML to the JSON form in which all messages are handled.
using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MessageSchemas;

/// <summary>Reads the values of an example.</summary>
internal static class ExampleReader
{
    public static JsonObject Read(YamlMap map, YamlNode node)
    {
        JsonObject values = [];
        foreach ((string key, YamlNode value) in map.Map(node, "an example").Entries)
        {
            values[key] = value is YamlSequenceNode list ? new JsonArray([.. list.Children.Select(item => item is YamlMappingNode ? (JsonNode)Read(map, item) : Scalar(map, item))]) : Scalar(map, value);
        }

        return values;
    }

    private static JsonValue? Scalar(YamlMap map, YamlNode node)
    {
        string text = map.Text(node);
        if (node is YamlScalarNode { Style: ScalarStyle.Plain })
        {
            if (text is "null" or "~")
            {
                return null;
            }

            if (text is "true" or "false")
            {
                return JsonValue.Create(text == "true");
            }

            if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number))
            {
                return JsonValue.Create(number);
            }
        }

        return JsonValue.Create(text);
    }
}
