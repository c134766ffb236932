// The one description of a scenario file: scenario.schema.json, carried in the assembly.
using SettingsFiles;
namespace Simulation.Scenarios;

/// <summary>The schema of scenario files.</summary>
public static class ScenarioSchema
{
    private static readonly Lazy<string> LazyJson = new(() => Resource("scenario.schema.json"));
    private static readonly Lazy<SchemaNode> LazyRoot = new(() => SchemaNode.Parse(LazyJson.Value));

    /// <summary>The schema as text: JSON Schema, draft 2020-12.</summary>
    public static string Json => LazyJson.Value;

    internal static SchemaNode Root => LazyRoot.Value;

    private static string Resource(string name)
    {
        using Stream stream = typeof(ScenarioSchema).Assembly.GetManifestResourceStream(name) ?? throw new InvalidDataException(name + " is not in the assembly");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
