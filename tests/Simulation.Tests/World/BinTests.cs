// Containers: their geometry by integration, as much content as was asked for, emptied when the crew comes, and real histories met where they were recorded.
using Simulation.Scenarios;
using Simulation.Tests.Scenarios;
using Simulation.World;
using Xunit;

namespace Simulation.Tests.World;

public class BinTests
{
    private const long HourUs = 3_600_000_000;

    private static Scenario Days(int days, DateTime? start = null) => new()
    {
        Name = "test",
        StartLocal = start ?? new DateTime(2026, 6, 1, 0, 0, 0),
        StartUtcMs = new TimeZoneRule().ToUtcMs(start ?? new DateTime(2026, 6, 1, 0, 0, 0)),
        DurationMs = days * 86_400_000L,
        Lamps = new LampSource { FilePath = "" },
    };

    private static BinModel Make(BinPlan plan, int days, int index = 0, params long[] rounds) =>
        new(plan, new BinUse(plan.Use, BinUse.ProfileOf(plan.Use, Days(days)), 1, index), rounds, plan.StartPercent ?? 0, 1, index);

    [Theory]
    [InlineData(ContainerForm.Straight)]
    [InlineData(ContainerForm.Cone)]
    [InlineData(ContainerForm.LyingCylinder)]
    public void The_height_of_the_content_holds_the_volume_that_it_stands_for(ContainerForm form)
    {
        Container container = new() { Form = form, HeightMillimetres = 900, BottomShare = 0.6 };

        // Area at a height, as a share of the largest, integrated by Simpson's rule.
        double Area(double x) => form switch
        {
            ContainerForm.Cone => Math.Pow(0.6 + (0.4 * x), 2),
            ContainerForm.LyingCylinder => 2 * Math.Sqrt(x * (1 - x)),
            _ => 1,
        };
        double Volume(double height) => Enumerable.Range(0, 2000).Sum(i => Area(height * (i + 0.5) / 2000)) * height / 2000;
        double whole = Volume(1);
        foreach (double fill in new[] { 0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99 })
        {
            Assert.Equal(fill, Volume(container.ContentMillimetres(fill) / 900) / whole, 0.001);
        }

        Assert.Equal(1200, container.DistanceMillimetres(0), 0.001);
        Assert.Equal(300, container.DistanceMillimetres(1), 0.001);
    }

    [Fact]
    public void As_much_comes_in_as_was_asked_for_at_the_hours_of_its_street_and_throws_vary()
    {
        BinPlan plan = new() { Container = new Container { VolumeLitres = 100_000 }, Use = new BinUsePlan { Kind = SyntheticTrafficKind.Park, LitresPerDay = 200 } };
        BinModel bin = Make(plan, 100);
        bin.AdvanceTo(100 * 24 * HourUs);

        Assert.InRange(bin.FillPercent / 100 * 100_000, 20_000 * 0.95, 20_000 * 1.05);
        double[] throws = [.. bin.History.Zip(bin.History.Skip(1), (one, next) => (next.FillPercent - one.FillPercent) * 1000.0)];
        Assert.InRange(throws.Average(), plan.Use.MeanThrowLitres * 0.9, plan.Use.MeanThrowLitres * 1.1);
        Assert.Contains(throws, litres => litres > 5);
        int evening = bin.History.Count(moment => moment.TimeUs / HourUs % 24 is 16 or 17);
        int night = bin.History.Count(moment => moment.TimeUs / HourUs % 24 is 2 or 3);
        Assert.True(evening > 20 * Math.Max(1, night));
    }

    [Fact]
    public void The_crew_empties_on_its_rounds_and_when_it_was_told_and_the_truth_is_kept()
    {
        BinPlan plan = new() { Use = new BinUsePlan { LitresPerDay = 240 } };
        BinModel bin = Make(plan, 2, 0, 10 * HourUs, 34 * HourUs);
        bin.AdvanceTo(20 * HourUs);
        Assert.True(bin.TryScheduleEmptying(22 * HourUs));
        Assert.False(bin.TryScheduleEmptying(23 * HourUs), "it comes at 22 h anyway");
        bin.AdvanceTo(48 * HourUs);

        Assert.Equal([10 * HourUs, 22 * HourUs, 34 * HourUs], bin.Emptied.Select(moment => moment.TimeUs));
        Assert.All(bin.Emptied, moment => Assert.True(moment.FillPercent > 0));
        Assert.Equal(0, bin.FillPercentAt(10 * HourUs));
        Assert.Equal(bin.Emptied[1].FillPercent, bin.FillPercentAt((22 * HourUs) - 1));
        for (int i = 1; i < bin.History.Count; i++)
        {
            bool isEmptying = bin.Emptied.Any(moment => moment.TimeUs == bin.History[i].TimeUs);
            Assert.True(bin.History[i].TimeUs >= bin.History[i - 1].TimeUs);
            Assert.True(isEmptying || bin.History[i].FillPercent >= bin.History[i - 1].FillPercent);
        }
    }

    [Fact]
    public void The_sensor_sees_the_content_with_its_unevenness_and_never_through_the_bottom()
    {
        BinPlan plan = new() { UnevenMillimetres = 30, Use = new BinUsePlan { LitresPerDay = 2000 }, Container = new Container { VolumeLitres = 4000 } };
        BinModel bin = Make(plan, 2);
        List<double> offs = [];
        for (long us = HourUs; us < 40 * HourUs; us += HourUs / 6)
        {
            double distance = bin.DistanceMillimetresAt(us);
            Assert.InRange(distance, 1, 1300);
            offs.Add(distance - plan.Container.DistanceMillimetres(bin.FillPercent / 100));
        }

        double deviation = Math.Sqrt(offs.Average(off => off * off));
        Assert.InRange(deviation, 20, 36);
        Assert.Equal(0, offs.Average(), 6.0);
    }

    [Fact]
    public void How_often_somebody_looks_changes_nothing()
    {
        BinPlan plan = new();
        BinModel seldom = Make(plan, 5);
        BinModel often = Make(plan, 5);
        for (long us = 0; us < 120 * HourUs; us += HourUs / 12)
        {
            often.DistanceMillimetresAt(us);
        }

        seldom.AdvanceTo((120 * HourUs) - (HourUs / 12));
        Assert.Equal(seldom.History, often.History);
    }

    [Fact]
    public void Recorded_emptyings_come_at_their_times_with_the_fill_that_was_recorded()
    {
        string path = ScenarioFiles.SharedData("bins/edinburgh_litter_bin_sensors_2016.csv");
        BinHistoryFile file = BinHistoryFile.Load(new BinHistorySource { FilePath = path, Day = new DateOnly(2016, 6, 6) });
        Assert.True(file.Sites.Count > 200);
        Scenario scenario = Days(14);
        int met = 0;
        foreach (string site in file.Sites.Take(40))
        {
            BinModel bin = new(new BinPlan(), file.Course(site, scenario, SyntheticTrafficKind.Residential), 1, 0);
            bin.AdvanceTo(14 * 24 * HourUs);
            foreach (string[] row in File.ReadLines(path).Skip(1).Select(line => line.Split(',')).Where(row => row[1] == site && !row[2].Contains('"', StringComparison.Ordinal)))
            {
                // Names with commas are quoted: the columns are counted from the end.
                DateTime local = DateTime.Parse(row[^10], System.Globalization.CultureInfo.InvariantCulture) + (new DateTime(2026, 6, 1) - new DateTime(2016, 6, 6));
                double percent = Math.Min(100, double.Parse(row[^8], System.Globalization.CultureInfo.InvariantCulture));
                long us = (scenario.TimeZone.ToUtcMs(local) - scenario.StartUtcMs) * 1000;
                if (us > HourUs && us < 14 * 24 * HourUs && percent > 10 && bin.Emptied.FirstOrDefault(moment => moment.TimeUs == us) is { TimeUs: > 0 } emptied)
                {
                    Assert.Equal(percent, emptied.FillPercent, 0.01);
                    met++;
                }
            }
        }

        Assert.True(met > 20, $"{met} emptyings met");
    }
}
