// Fill histories from a file of emptyings, as cities publish them: when a container was emptied and how full it was then. Between two emptyings the content
// rises in steps, at the hours at which such streets are used.
using System.Globalization;
using Simulation.Scenarios;

namespace Simulation.World;

/// <summary>Recorded emptyings of containers.</summary>
public sealed class BinHistoryFile
{
    private const string KeyPath = "bins.history";
    private const int StepsPerFilling = 60;
    private readonly Dictionary<string, List<(DateTime Local, double BeforePercent)>> _sites;
    private readonly DateTime _first;

    private BinHistoryFile(Dictionary<string, List<(DateTime Local, double BeforePercent)>> sites, DateTime first, IReadOnlyList<string> warnings)
    {
        _sites = sites;
        _first = first;
        Warnings = warnings;
        Sites = [.. sites.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>What was noticed.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The containers of the file with two emptyings or more, by name.</summary>
    public IReadOnlyList<string> Sites { get; }

    /// <summary>Reads the file.</summary>
    /// <param name="source">File, columns and first day.</param>
    /// <exception cref="ScenarioException">The file or a column is not there, or no container of it can be used.</exception>
    public static BinHistoryFile Load(BinHistorySource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        CsvRows csv = CsvRows.Parse(TextFile.Read(source.FilePath, KeyPath + ".file"), null);
        int siteColumn = csv.Require(source.FilePath, KeyPath + ".siteColumn", source.SiteColumn);
        int timeColumn = csv.Require(source.FilePath, KeyPath + ".timeColumn", source.TimeColumn);
        int fillColumn = csv.Require(source.FilePath, KeyPath + ".fillColumn", source.FillColumn);
        Dictionary<string, List<(DateTime Local, double BeforePercent)>> sites = new(StringComparer.Ordinal);
        int left = 0;
        foreach (CsvRow row in csv.Rows)
        {
            bool isTime = DateTime.TryParse(row.Value(timeColumn), CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local);
            bool isFill = double.TryParse(row.Value(fillColumn), NumberStyles.Float, CultureInfo.InvariantCulture, out double percent) && percent is >= 0 and <= 200;
            if (!isTime || !isFill || row.Value(siteColumn).Length == 0)
            {
                left++;
                continue;
            }

            if (!sites.TryGetValue(row.Value(siteColumn), out List<(DateTime, double)>? site))
            {
                sites.Add(row.Value(siteColumn), site = []);
            }

            site.Add((local, Math.Min(percent, 100)));
        }

        foreach (string name in sites.Where(static site => site.Value.Count < 2).Select(static site => site.Key).ToArray())
        {
            sites.Remove(name);
        }

        if (sites.Count == 0)
        {
            throw TextFile.Fail(source.FilePath, KeyPath + ".file", "no container has two emptyings with time and fill", "Name another file, or its columns.");
        }

        foreach (List<(DateTime Local, double)> site in sites.Values)
        {
            site.Sort(static (one, other) => one.Local.CompareTo(other.Local));
        }

        DateTime first = source.Day is DateOnly day ? day.ToDateTime(TimeOnly.MinValue) : sites.Values.Min(static site => site[0].Local).Date;
        return new BinHistoryFile(sites, first, left == 0 ? [] : [$"{left} rows of the bins' file have no readable container, time or fill and are left out"]);
    }

    /// <summary>How full a container was over a run, in steps.</summary>
    /// <param name="site">Its name, of <see cref="Sites"/>.</param>
    /// <param name="scenario">The run: its start day is laid over the file's first day.</param>
    /// <param name="kind">At which hours such a street is used.</param>
    /// <returns>Moments from the start of the run on, the first at 0.</returns>
    public IReadOnlyList<BinMoment> Course(string site, Scenario scenario, SyntheticTrafficKind kind)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        double[] cumulative = CumulativeDay(kind);
        List<(DateTime Local, double BeforePercent)> emptyings = _sites[site];
        TimeSpan shift = scenario.StartLocal.Date - _first;
        List<BinMoment> moments = [];
        for (int i = 1; i < emptyings.Count; i++)
        {
            AddFilling(moments, emptyings[i - 1].Local + shift, emptyings[i].Local + shift, emptyings[i].BeforePercent, cumulative, scenario);
        }

        int before = moments.FindLastIndex(static moment => moment.TimeUs <= 0);
        float startPercent = before < 0 ? 0 : moments[before].FillPercent;
        return [new BinMoment(0, startPercent), .. moments.Skip(before + 1)];
    }

    private static void AddFilling(List<BinMoment> moments, DateTime from, DateTime to, double percent, double[] cumulative, Scenario scenario)
    {
        if (to <= from)
        {
            return;
        }

        double begin = UseUntil(from, cumulative);
        double whole = UseUntil(to, cumulative) - begin;
        moments.Add(new BinMoment(TimeUs(from, scenario), 0));
        for (int step = 1; step <= StepsPerFilling; step++)
        {
            DateTime at = from + ((to - from) * step / StepsPerFilling);
            double share = whole > 0 ? (UseUntil(at, cumulative) - begin) / whole : 1;

            // The last step lies a moment before the emptying, which the next filling begins with.
            DateTime moment = step == StepsPerFilling ? to.AddSeconds(-1) : at;
            moments.Add(new BinMoment(TimeUs(moment, scenario), (float)(percent * share)));
        }

        moments.Add(new BinMoment(TimeUs(to, scenario), 0));
    }

    private static double[] CumulativeDay(SyntheticTrafficKind kind)
    {
        double[] day = SyntheticDay.Make(new SyntheticTraffic { Kind = kind, TravellersPerDay = 1 });
        double[] cumulative = new double[day.Length + 1];
        for (int i = 0; i < day.Length; i++)
        {
            cumulative[i + 1] = cumulative[i] + day[i];
        }

        return cumulative;
    }

    // Days of use since 2000.
    private static double UseUntil(DateTime local, double[] cumulative)
    {
        double days = (local - new DateTime(2000, 1, 1)).TotalDays;
        double bin = (days - Math.Floor(days)) * (cumulative.Length - 1);
        int index = Math.Min((int)bin, cumulative.Length - 2);
        return Math.Floor(days) + cumulative[index] + ((cumulative[index + 1] - cumulative[index]) * (bin - index));
    }

    private static long TimeUs(DateTime local, Scenario scenario) => (scenario.TimeZone.ToUtcMs(local) - scenario.StartUtcMs) * 1000;
}
