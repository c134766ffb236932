// Whether the poles that a scenario speaks of exist: possible only when the lamps are known.
using PoleController.Settings;
using SettingsFiles;
using Simulation.Engine;
using Simulation.World;

namespace Simulation.Scenarios;

/// <summary>Holds the selectors of a scenario against its lamps.</summary>
internal static class SelectorCheck
{
    public static IReadOnlyList<ScenarioProblem> Check(Scenario scenario, IReadOnlyList<Lamp> lamps)
    {
        string[] groups = [.. lamps.Select(lamp => lamp.Group).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        string[] streets = [.. lamps.Select(lamp => lamp.Street).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        HashSet<string> ids = new(lamps.Select(lamp => lamp.Id), StringComparer.Ordinal);
        IEnumerable<PoleSelector> selectors =
            [.. scenario.MainsOutages.Select(outage => outage.Poles), .. scenario.Faults.Select(fault => fault.Poles), .. scenario.Commands.Select(command => command.Poles),
                .. scenario.Network.MulticastGroups.Select(group => group.Poles),
                .. scenario.Sensors.Select(plan => plan.Poles), .. scenario.Bins.Select(plan => plan.Poles), .. scenario.Waters.Select(plan => plan.Poles),
                .. scenario.AirStations.Select(plan => plan.Poles), .. scenario.Incidents.Select(incident => incident.Poles),
                .. scenario.LightingGroups.Select(group => group.Poles), .. scenario.NeighbourLines.Select(line => line.Poles)];
        List<ScenarioProblem> problems = [];
        foreach (PoleSelector selector in selectors)
        {
            if (selector.Group is { } group && !groups.Contains(group))
            {
                problems.Add(Problem(scenario, selector, "group", group, "no lamp has this group", Known(group, groups, "lamps.columns.group")));
            }

            if (selector.Street is { } street && !streets.Contains(street))
            {
                problems.Add(Problem(scenario, selector, "street", street, "no lamp has this street", Known(street, streets, "lamps.columns.street")));
            }

            foreach (string id in (selector.Ids ?? []).Where(id => !ids.Contains(id)))
            {
                problems.Add(Problem(scenario, selector, "ids", id, "no lamp has this id", Known(id, [.. ids], "lamps.columns.id")));
            }

            if (selector.Count > lamps.Count)
            {
                problems.Add(Problem(scenario, selector, "count", $"{selector.Count}", $"there are only {lamps.Count} lamps", "Write a smaller number, or all."));
            }
        }

        CheckGroups(scenario, lamps, problems);
        if (problems.Count == 0)
        {
            CheckParts(scenario, lamps, problems);
            CheckLightingGroups(scenario, lamps, problems);
            CheckLines(scenario, lamps, problems);
        }

        return [.. problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)];
    }

    /// <summary>A pole can be in four multicast groups: McGroupID has two bits (TS005).</summary>
    private static void CheckGroups(Scenario scenario, IReadOnlyList<Lamp> lamps, List<ScenarioProblem> problems)
    {
        const int MaximumGroups = 4;
        int[] groupCounts = new int[lamps.Count];
        foreach (MulticastGroupModel group in scenario.Network.MulticastGroups)
        {
            int first = Array.Find(group.Poles.Select(lamps, scenario.Seed, "multicast", 0), pole => ++groupCounts[pole] > MaximumGroups);
            if (groupCounts.Any(count => count > MaximumGroups))
            {
                ScenarioPlace place = group.Poles.Place ?? new ScenarioPlace(scenario.FilePath, 0, 0, "poles");
                problems.Add(new ScenarioProblem(
                    place.File, place.Line, place.Column, place.KeyPath, SchemaText.Shorten(group.Name, 60),
                    $"lamp '{lamps[first].Id}' would be in more than {MaximumGroups} multicast groups", "A pole has room for four."));
                return;
            }
        }
    }

    /// <summary>A pole has room for eight lighting groups, and a command for one means somebody.</summary>
    private static void CheckLightingGroups(Scenario scenario, IReadOnlyList<Lamp> lamps, List<ScenarioProblem> problems)
    {
        LightingGroups groups = new(scenario, lamps, scenario.Seed);
        for (int pole = 0; pole < lamps.Count; pole++)
        {
            if (groups.Of(pole).Count > GroupSettings.MaximumCount)
            {
                ScenarioPlace place = new(scenario.FilePath, 0, 0, "lightingGroups");
                problems.Add(new ScenarioProblem(
                    place.File, place.Line, place.Column, place.KeyPath, "", $"lamp '{lamps[pole].Id}' would be in {groups.Of(pole).Count} lighting groups", "A pole has room for eight."));
                return;
            }
        }

        for (int i = 0; i < scenario.Commands.Count; i++)
        {
            ScenarioCommand command = scenario.Commands[i];
            if (command.Action is GroupAction { LightingGroup: > 0 } action && !command.Poles.Select(lamps, scenario.Seed, "command", i).Any(pole => groups.Means(action, pole)))
            {
                ScenarioPlace place = command.Poles.Place ?? new ScenarioPlace(scenario.FilePath, 0, 0, "poles");
                problems.Add(new ScenarioProblem(
                    place.File, place.Line, place.Column, place.KeyPath, "", $"none of these poles is in lighting group {action.LightingGroup}", "Put them into it in lightingGroups, or name another group."));
            }
        }
    }

    /// <summary>A line has two to 255 poles, and a pole is in one line.</summary>
    private static void CheckLines(Scenario scenario, IReadOnlyList<Lamp> lamps, List<ScenarioProblem> problems)
    {
        HashSet<int> taken = [];
        for (int line = 0; line < scenario.NeighbourLines.Count; line++)
        {
            PoleSelector selector = scenario.NeighbourLines[line].Poles;
            int[] poles = selector.Select(lamps, scenario.Seed, "neighbours", line);
            int twice = Array.Find(poles, pole => !taken.Add(pole));
            string? what = poles.Length is < 2 or > NeighbourLinePlan.MaximumPoles ? $"the line has {poles.Length} poles"
                : taken.Count < scenario.NeighbourLines.Take(line + 1).Select((plan, i) => plan.Poles.Select(lamps, scenario.Seed, "neighbours", i).Length).Sum() ? $"lamp '{lamps[twice].Id}' is in two lines"
                : null;
            if (what is not null)
            {
                ScenarioPlace place = selector.Place ?? new ScenarioPlace(scenario.FilePath, 0, 0, "poles");
                problems.Add(new ScenarioProblem(place.File, place.Line, place.Column, place.KeyPath, "", what, "A line has 2 to 255 poles, and a pole is in one line at most."));
                return;
            }
        }
    }

    /// <summary>Only a part that hangs at a pole can be in trouble there.</summary>
    private static void CheckParts(Scenario scenario, IReadOnlyList<Lamp> lamps, List<ScenarioProblem> problems)
    {
        if (!scenario.Faults.Any(static fault => fault.Kind == FaultKind.PartTrouble))
        {
            return;
        }

        PoleFitting[] fittings = PoleFitting.Resolve(scenario, lamps, scenario.Seed);
        for (int i = 0; i < scenario.Faults.Count; i++)
        {
            PartFault fault = scenario.Faults[i];
            if (fault.Kind != FaultKind.PartTrouble)
            {
                continue;
            }

            int[] poles = fault.Poles.Select(lamps, scenario.Seed, "fault", i);
            if (fault.Poles.Count is null && poles.Length > 0 && !poles.Any(pole => fittings[pole].Has(fault.Part, scenario.Controller)))
            {
                ScenarioPlace place = fault.Poles.Place ?? new ScenarioPlace(scenario.FilePath, 0, 0, "poles");
                problems.Add(new ScenarioProblem(
                    place.File, place.Line, place.Column, place.KeyPath, "", $"none of these poles has the part that is to be in trouble ({fault.Part})",
                    "Give it to them in sensors, bins, water, air or controller, or choose other poles."));
            }
        }
    }

    private static string Known(string word, string[] known, string columnKey)
    {
        if (known.Length == 0)
        {
            return $"The lamps have none; name the column in {columnKey}.";
        }

        return Spelling.Suggest(word, known)?.ToString() ?? "The lamps have " + string.Join(", ", known.Take(12)) + (known.Length > 12 ? " and others." : ".");
    }

    private static ScenarioProblem Problem(Scenario scenario, PoleSelector selector, string key, string value, string message, string remedy)
    {
        ScenarioPlace place = selector.Place ?? new ScenarioPlace(scenario.FilePath, 0, 0, "poles");
        return new ScenarioProblem(place.File, place.Line, place.Column, $"{place.KeyPath}.{key}", SchemaText.Shorten(value, 60), message, remedy);
    }
}
