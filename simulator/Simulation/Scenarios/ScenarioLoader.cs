// From a scenario file to a Scenario, or to the list of everything that is wrong with it.
using SettingsFiles;
using Simulation.ProvisioningFiles;
using Simulation.World;

namespace Simulation.Scenarios;

/// <summary>Reads scenario files.</summary>
public static class ScenarioLoader
{
    /// <summary>Reads a scenario. The files it names have to be there; they are read later, by <see cref="LampImport"/> and <see cref="TrafficModel"/>.</summary>
    /// <param name="path">The scenario file, YAML 1.2 in UTF-8.</param>
    /// <exception cref="ScenarioException">The file cannot be used; carries every problem (at most 100), in the order of the file.</exception>
    public static Scenario Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Length == 0)
        {
            throw TextFile.Fail("", "", "no scenario file is named", "Name one, such as simulator/scenarios/district.yaml.");
        }

        byte[] bytes = ReadBytes(path);
        return Parse(bytes, path);
    }

    /// <summary>Reads a scenario from bytes.</summary>
    /// <param name="bytes">The file's contents.</param>
    /// <param name="path">Name of the file for messages; files named in the scenario are relative to its folder.</param>
    /// <exception cref="ScenarioException">As for <see cref="Load"/>.</exception>
    public static Scenario Parse(byte[] bytes, string path)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        ArgumentNullException.ThrowIfNull(path);
        List<ScenarioProblem> problems = [];
        Scenario? scenario = null;
        List<FileProblem> found = [];
        YamlValue? root = YamlReader.Read(bytes, path, found);
        if (root is not null)
        {
            new SchemaValidator(path, found).Validate(root, ScenarioSchema.Root, "");
            string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "";
            scenario = ScenarioBinder.Bind(root, path, folder, problems);
        }

        problems.AddRange(found.Select(ScenarioProblem.Of));

        if (problems.Count > 0 || scenario is null)
        {
            throw new ScenarioException([.. problems.Distinct().OrderBy(problem => problem.Line).ThenBy(problem => problem.Column).Take(SchemaValidator.MaximumProblems)]);
        }

        return scenario;
    }

    /// <summary>Reads the lamps of a scenario and makes sure that every selector means at least one of them.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <exception cref="ScenarioException">As for <see cref="LampImport.Load"/>, a controller's files cannot be used, or selectors that mean no lamp: every one of them.</exception>
    public static LampImportResult LoadLamps(Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        LampSource source = scenario.Lamps;
        LampImportResult lamps = source.IsProvisioningFolder
            ? LampImport.Choose(ProvisioningFolder.Read(source.FilePath, scenario.Controller, scenario.Network.Region), source, "folder")
            : LampImport.Load(source);
        IReadOnlyList<ScenarioProblem> problems = SelectorCheck.Check(scenario, lamps.Lamps);
        return problems.Count == 0 ? lamps : throw new ScenarioException(problems);
    }

    private static byte[] ReadBytes(string path)
    {
        try
        {
            return TextFile.ReadBytes(path, "", YamlReader.MaximumBytes);
        }
        catch (ScenarioException exception) when (exception.Problems[0].Message == "there is no such file")
        {
            throw TextFile.Fail(path, "", "there is no such file", "Check the path of the scenario.");
        }
    }
}
