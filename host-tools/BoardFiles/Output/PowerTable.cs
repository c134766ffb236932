// The power budget as a page.
using System.Text;

namespace BoardFiles.Output;

/// <summary>Writes a power budget as a page.</summary>
public static class PowerTable
{
    /// <summary>Makes the page.</summary>
    public static string Make(PowerBudget budget)
    {
        ArgumentNullException.ThrowIfNull(budget);
        StringBuilder page = new();
        page.Append($"# Power budget of {budget.Board}\n\n<!-- Made from {Path.GetFileName(budget.File)} by host-tools/BoardFiles; do not edit. -->\n\n");
        page.Append(FormattableString.Invariant($"From the mains: **{budget.AverageMilliwatts:0} mW on average, {budget.PeakMilliwatts:0} mW at the worst moment** (every part in its hungriest state at once). "));
        page.Append(FormattableString.Invariant($"Rounded up to {budget.ControllerPowerMilliwatts} mW, the average is the default of `controller.powerMilliwatts` in scenarios.\n\n"));
        page.Append("## Parts\n\n").Append(Loads(budget, isOption: false)).Append('\n');
        page.Append("## Rails\n\n").Append(Rails(budget)).Append('\n');
        AddOptions(page, budget);
        AddHoldUp(page, budget);
        page.Append("Basis: *data sheet*, read there or in a public copy; *quoted*, the data sheet's figure at second hand, to be read again there before parts are ordered; ");
        page.Append("*measured*, *calculated*, *assumed* as the source says.\n");
        return page.ToString();
    }

    private static void AddOptions(StringBuilder page, PowerBudget budget)
    {
        MarkdownTable table = new("part", "adds to the average, from the mains");
        foreach (string part in budget.Options)
        {
            table.Add(part, FormattableString.Invariant($"{budget.OptionMilliwatts(part):0.#} mW"));
        }

        if (!table.IsEmpty)
        {
            page.Append("## What not every pole has\n\nIn the peak, not in the average.\n\n").Append(table).Append('\n').Append(Loads(budget, isOption: true)).Append('\n');
        }
    }

    private static void AddHoldUp(StringBuilder page, PowerBudget budget)
    {
        if (budget.HoldUp is HoldUp hold)
        {
            page.Append("## When the mains are gone\n\n");
            page.Append(FormattableString.Invariant($"{hold.Farads} F, in the worst case {hold.CapacityPercent:0.#} % of it, from {hold.FromMillivolts / 1000.0:0.00} V to {hold.ToMillivolts / 1000.0:0.00} V: {hold.Rail} goes on for **{budget.HoldUpSeconds:0.0} s** with one message sent; {hold.AtLeastSeconds} s are needed. "));
            page.Append(hold.Source).Append(".\n\n");
        }
    }

    private static MarkdownTable Loads(PowerBudget budget, bool isOption)
    {
        MarkdownTable table = new("part", "state", "rail", "mW", "share", "average mW", "basis", "source");
        foreach (Load load in budget.Loads.Where(load => load.IsOption == isOption))
        {
            table.Add(
                load.Part,
                load.State,
                load.Rail,
                FormattableString.Invariant($"{load.Milliwatts:0.##}"),
                FormattableString.Invariant($"{load.SharePermille:0.###} ‰"),
                FormattableString.Invariant($"{load.Milliwatts * load.SharePermille / 1000:0.##}"),
                Word(load.Basis),
                load.Source);
        }

        return table;
    }

    private static MarkdownTable Rails(PowerBudget budget)
    {
        MarkdownTable table = new("rail", "from", "gives on average", "gives at most", "rated", "converter", "basis", "source");
        foreach (Converter converter in budget.Converters)
        {
            table.Add(
                converter.Rail,
                converter.From,
                FormattableString.Invariant($"{budget.AverageFrom(converter.Rail):0} mW"),
                FormattableString.Invariant($"{budget.PeakFrom(converter.Rail):0} mW"),
                FormattableString.Invariant($"{converter.RatedMilliwatts} mW"),
                FormattableString.Invariant($"{converter.Part}: {converter.EfficiencyPercent:0.#} %, {converter.StandbyMilliwatts:0.##} mW without load"),
                Word(converter.Basis),
                converter.Source);
        }

        return table;
    }

    private static string Word(FigureBasis basis) => basis == FigureBasis.DataSheet ? "data sheet" : basis.ToString().ToLowerInvariant();
}
