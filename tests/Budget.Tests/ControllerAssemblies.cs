// Which assembly of the pole a class of the controller is in: firmware/PoleController/assemblies.json, by the folder of its namespace or by the file that is named there.
using System.Text.Json;
using System.Text.RegularExpressions;
using RepositoryFiles;

namespace Budget.Tests;

/// <summary>The assemblies of the pole.</summary>
internal static class ControllerAssemblies
{
    private const string Root = "PoleController";

    private static readonly Dictionary<string, string> s_assemblyOfSource = Read();

    /// <summary>The assembly's name.</summary>
    public static string NameOf(Type type)
    {
        while (type.DeclaringType is not null)
        {
            type = type.DeclaringType;
        }

        foreach ((string source, string assembly) in s_assemblyOfSource.Where(pair => pair.Key.EndsWith(".cs", StringComparison.Ordinal)))
        {
            if (Declares(source, type.Name))
            {
                return assembly;
            }
        }

        string? folder = type.Namespace?.Split('.').Skip(1).FirstOrDefault();
        return folder is not null && s_assemblyOfSource.TryGetValue(folder + "/", out string? name) ? name : throw new InvalidOperationException($"{type} is in no assembly.");
    }

    private static bool Declares(string source, string name) => Regex.IsMatch(
        File.ReadAllText(RepositoryRoot.PathOf("firmware", Root, source)), $@"\b(class|struct|enum|interface) {Regex.Escape(name)}\b");

    private static Dictionary<string, string> Read()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(RepositoryRoot.PathOf("firmware", Root, "assemblies.json")));
        return document.RootElement.GetProperty("assemblies").EnumerateArray()
            .SelectMany(assembly => assembly.GetProperty("sources").EnumerateArray().Select(source => (Source: source.GetString()!, Name: assembly.GetProperty("name").GetString()!)))
            .ToDictionary(pair => pair.Source, pair => pair.Name);
    }
}
