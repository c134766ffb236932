// The list of requirements as text for a terminal, as a page of the documentation and as JSON. One list, three forms.
using System.Text;
using System.Text.Json;

namespace Simulation.Conformance;

/// <summary>Forms of the list.</summary>
public static class ConformanceReport
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>The list with pass or FAIL, and what was found wrong.</summary>
    public static string Text(IReadOnlyList<ConformanceResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        StringBuilder text = new();
        foreach (IGrouping<string, ConformanceResult> chapter in results.GroupBy(result => result.Case.Chapter))
        {
            text.Append(chapter.Key).Append('\n');
            foreach (ConformanceResult result in chapter)
            {
                text.Append(result.IsPassed ? "  pass  " : "  FAIL  ").Append(result.Case.Section.PadRight(24)).Append(result.Case.Requirement).Append('\n');
                if (!result.IsPassed)
                {
                    text.Append(' ', 32).Append(result.Failure).Append('\n');
                }
            }

            text.Append('\n');
        }

        return text.Append(Summary(results)).Append('\n').ToString();
    }

    /// <summary>The list without results.</summary>
    public static string List(IReadOnlyList<ConformanceCase> cases)
    {
        ArgumentNullException.ThrowIfNull(cases);
        StringBuilder text = new();
        foreach (IGrouping<string, ConformanceCase> chapter in cases.GroupBy(@case => @case.Chapter))
        {
            text.Append(chapter.Key).Append('\n');
            foreach (ConformanceCase @case in chapter)
            {
                text.Append("  ").Append(@case.Section.PadRight(24)).Append(@case.Requirement).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>The page of the documentation.</summary>
    public static string Page(IReadOnlyList<ConformanceResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        StringBuilder page = new();
        page.Append("# LoRaWAN conformance\n\n");
        page.Append("Made by `polesim docs conformance`; do not edit. Each requirement is a case in `simulator/Simulation/Conformance/Cases`, tried against the real end\n");
        page.Append("device by `polesim conformance` and by the tests. What is not tried is said in the folder's README.\n\n");
        page.Append(Summary(results)).Append('\n');
        foreach (IGrouping<string, ConformanceResult> chapter in results.GroupBy(result => result.Case.Chapter))
        {
            page.Append("\n## ").Append(chapter.Key).Append("\n\n| section | requirement | result |\n|---|---|---|\n");
            foreach (ConformanceResult result in chapter)
            {
                page.Append("| ").Append(result.Case.Section).Append(" | ").Append(result.Case.Requirement).Append(" | ");
                page.Append(result.IsPassed ? "pass" : "**fail**: " + result.Failure).Append(" |\n");
            }
        }

        return page.ToString();
    }

    /// <summary>The list as JSON: <c>requirements</c>, <c>met</c>, and <c>cases</c> with <c>chapter</c>, <c>section</c>, <c>requirement</c>,
    /// <c>isPassed</c> and <c>failure</c>.</summary>
    public static string Json(IReadOnlyList<ConformanceResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var model = new
        {
            Requirements = results.Count,
            Met = results.Count(result => result.IsPassed),
            Cases = results.Select(result => new
            {
                result.Case.Chapter, result.Case.Section, result.Case.Requirement, result.IsPassed, result.Failure,
            }),
        };
        return JsonSerializer.Serialize(model, Indented) + "\n";
    }

    private static string Summary(IReadOnlyList<ConformanceResult> results)
    {
        int met = results.Count(result => result.IsPassed);
        return $"{results.Count} requirements, {met} met, {results.Count - met} not met.";
    }
}
