// Reads a power budget and checks that it adds up.
namespace BoardFiles.Reading;

/// <summary>Reads power budgets.</summary>
public static class PowerBudgetReader
{
    private const double ShareTolerancePermille = 0.001;

    /// <summary>Reads a budget.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="file">How the file is named in messages.</param>
    /// <exception cref="BoardFileException">The file is not of the form.</exception>
    public static PowerBudget Read(string text, string file)
    {
        YamlMap map = YamlMap.Parse(text, file);
        List<Converter> converters = [];
        foreach (YamlMap entry in map.Maps("converters"))
        {
            Converter converter = ReadConverter(entry);
            if (converter.From != PowerBudget.Mains && converters.TrueForAll(before => before.Rail != converter.From))
            {
                throw entry.Fault("from", $"\"{converter.From}\" is neither mains nor a rail above", "Put the converter that feeds it before it");
            }

            if (converters.Exists(before => before.Rail == converter.Rail) || converter.Rail == PowerBudget.Mains)
            {
                throw entry.Fault("rail", $"\"{converter.Rail}\" is fed already", "Give each rail one converter");
            }

            converters.Add(converter);
        }

        Dictionary<string, int> millivolts = converters.ToDictionary(converter => converter.Rail, converter => converter.Millivolts);
        List<Load> loads = [];
        foreach (YamlMap entry in map.Maps("loads"))
        {
            loads.Add(ReadLoad(entry, millivolts));
        }

        PowerBudget budget = new()
        {
            File = file,
            Board = map.Text("board"),
            RoundUpToMilliwatts = Math.Max(1, map.Integer("roundUpToMilliwatts")),
            Converters = converters,
            Loads = loads,
            HoldUp = map.Has("holdUp") ? ReadHoldUp(map.Map("holdUp"), millivolts) : null,
        };
        map.RefuseOtherKeys();
        return budget;
    }

    /// <summary>Checks that the shares of each part add up and that no converter is asked for more than it can give.</summary>
    public static IReadOnlyList<BoardProblem> Check(PowerBudget budget)
    {
        ArgumentNullException.ThrowIfNull(budget);
        List<BoardProblem> problems = [];
        foreach (IGrouping<string, Load> part in budget.Loads.GroupBy(load => load.Part))
        {
            double share = part.Sum(load => load.SharePermille);
            if (Math.Abs(share - 1000) > ShareTolerancePermille)
            {
                problems.Add(new BoardProblem(BoardRule.Power, budget.File, part.First().Line, "sharePermille", FormattableString.Invariant($"the states of {part.Key} take {share} permille of the time"), "Make them 1,000 together; write a state of 0 mW for the time it is off"));
            }
        }

        foreach (Converter converter in budget.Converters)
        {
            double peak = budget.PeakFrom(converter.Rail);
            if (peak > converter.RatedMilliwatts)
            {
                problems.Add(new BoardProblem(BoardRule.Power, budget.File, converter.Line, "ratedMilliwatts", FormattableString.Invariant($"{converter.Rail} has to give {peak:0} mW at the worst moment, its converter can give {converter.RatedMilliwatts}"), "Choose a larger converter or a smaller load"));
            }
        }

        if (budget.HoldUp is HoldUp hold && budget.HoldUpSeconds < hold.AtLeastSeconds)
        {
            problems.Add(new BoardProblem(BoardRule.Power, budget.File, hold.Line, "atLeastSeconds", FormattableString.Invariant($"without mains {hold.Rail} lasts {budget.HoldUpSeconds:0.0} s, {hold.AtLeastSeconds} s are needed"), "Choose a larger capacitor or a smaller load"));
        }

        return problems;
    }

    private static Converter ReadConverter(YamlMap map)
    {
        Converter converter = new(
            map.Text("rail"),
            map.Text("part"),
            map.Text("from"),
            map.Integer("millivolts"),
            map.Number("efficiencyPercent"),
            map.Number("standbyMilliwatts"),
            map.Integer("ratedMilliwatts"),
            map.Choice<FigureBasis>("basis"),
            map.Text("source"),
            map.Line);
        map.RefuseOtherKeys();
        return converter.EfficiencyPercent is > 0 and <= 100
            ? converter
            : throw map.Fault("efficiencyPercent", "an efficiency lies above 0 and at most at 100", "Write per cent");
    }

    private static HoldUp ReadHoldUp(YamlMap map, Dictionary<string, int> millivolts)
    {
        HoldUp hold = new(
            map.Text("rail"),
            map.Number("farads"),
            map.Number("capacityPercent"),
            map.Integer("fromMillivolts"),
            map.Integer("toMillivolts"),
            map.Number("efficiencyPercent"),
            map.Number("messageMillijoules"),
            map.Integer("atLeastSeconds"),
            map.Choice<FigureBasis>("basis"),
            map.Text("source"),
            map.Line);
        map.RefuseOtherKeys();
        if (!millivolts.ContainsKey(hold.Rail))
        {
            throw map.Fault("rail", $"there is no rail \"{hold.Rail}\"", "Name the rail of a converter");
        }

        return hold.FromMillivolts > hold.ToMillivolts ? hold : throw map.Fault("toMillivolts", "the capacitor is used up before it is charged", "fromMillivolts has to be the higher one");
    }

    private static Load ReadLoad(YamlMap map, Dictionary<string, int> millivolts)
    {
        string rail = map.Text("rail");
        if (rail != PowerBudget.Mains && !millivolts.ContainsKey(rail))
        {
            throw map.Fault("rail", $"there is no rail \"{rail}\"", "Name mains or the rail of a converter");
        }

        bool isCurrent = map.Has("milliamperes");
        if (isCurrent == map.Has("milliwatts") || (isCurrent && rail == PowerBudget.Mains))
        {
            throw map.Fault("rail", "one of milliamperes and milliwatts is needed", "Give a current for a rail, or a power; the mains needs a power");
        }

        Load load = new(
            map.Text("part"),
            map.Text("state"),
            rail,
            isCurrent ? map.Number("milliamperes") * millivolts[rail] / 1000 : map.Number("milliwatts"),
            map.Number("sharePermille"),
            map.FlagOr("option", false),
            map.Choice<FigureBasis>("basis"),
            map.Text("source"),
            map.Line);
        map.RefuseOtherKeys();
        return load;
    }
}
