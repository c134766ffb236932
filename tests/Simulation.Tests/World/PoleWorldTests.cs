// What one pole has around it: the scene of a radar, its mains, how it stands.
using Simulation.Engine;
using Simulation.Engine.Fittings;
using Simulation.Parts;
using Simulation.Scenarios;
using Simulation.World;
using Xunit;

namespace Simulation.Tests.World;

public class PoleWorldTests
{
    private const long HourUs = 3_600_000_000;

    private static readonly Scenario Day = new()
    {
        Name = "test",
        StartLocal = new DateTime(2026, 6, 20, 12, 0, 0),
        StartUtcMs = new TimeZoneRule().ToUtcMs(new DateTime(2026, 6, 20, 12, 0, 0)),
        DurationMs = 86_400_000L,
        Lamps = new LampSource { FilePath = "" },
    };

    private static readonly WeatherModel Weather = WeatherModel.Create(Day, 51, 9, 1);

    private static TrafficModel Traffic(double perDay) => TrafficModel.Create(
        SyntheticDay.Make(new SyntheticTraffic { Kind = SyntheticTrafficKind.Arterial, TravellersPerDay = perDay }),
        new TrafficSource(),
        Day,
        [new Lamp { Id = "a", Latitude = 51, Longitude = 9, Street = "s" }, new Lamp { Id = "b", Latitude = 51.001, Longitude = 9, Street = "s" }],
        1,
        []);

    [Fact]
    public void Whoever_goes_forward_goes_away_from_the_radar_whoever_comes_back_comes_towards_it_at_the_speed_of_his_class()
    {
        TrafficModel model = Traffic(300);
        ArrivalSequence truth = model.OpenSequence(0);
        Dictionary<TravellerKind, double> speeds = new() { [TravellerKind.Pedestrian] = 1.4, [TravellerKind.Bicycle] = 5, [TravellerKind.Vehicle] = 8.3 };
        RadarScene scene = new(model.OpenSequence(0), 1);
        long freeFromUs = 0;
        int judged = 0;
        while (truth.MoveNext())
        {
            // Only those who are alone: two at once are told apart by nobody.
            bool isAlone = truth.EnterUs > freeFromUs;
            freeFromUs = Math.Max(freeFromUs, truth.LeaveUs);
            long middleUs = (truth.EnterUs + truth.LeaveUs) / 2;
            long fromUs = truth.IsForward ? middleUs : truth.EnterUs;
            long stepUs = (truth.LeaveUs - truth.EnterUs) / 40;
            RadarTarget first = scene.At(fromUs + stepUs);
            RadarTarget last = scene.At(fromUs + (15 * stepUs));
            ArrivalSequence next = model.OpenSequence(0);
            if (!isAlone || Overlaps(next, truth))
            {
                continue;
            }

            judged++;
            Assert.True(first.IsPresent && last.IsPresent);
            Assert.InRange(first.DistanceMetres, 1, 6.1);
            Assert.Equal(truth.IsForward, last.DistanceMetres > first.DistanceMetres);
            Assert.Equal(truth.Kind, first.Kind);
            double along = Math.Abs(Math.Sqrt((last.DistanceMetres * last.DistanceMetres) - 1) - Math.Sqrt((first.DistanceMetres * first.DistanceMetres) - 1));
            Assert.Equal(speeds[truth.Kind], along / (14 * stepUs / 1e6), 0.1);
        }

        Assert.True(judged > 150, $"{judged} judged");
    }

    [Fact]
    public void All_who_pass_are_counted_however_seldom_somebody_looks()
    {
        TrafficModel model = Traffic(2000);
        ArrivalSequence truth = model.OpenSequence(1);
        int[] expected = new int[6];
        while (truth.MoveNext() && truth.EnterUs <= 23 * HourUs)
        {
            expected[(2 * (int)truth.Kind) + (truth.IsForward ? 1 : 0)]++;
        }

        RadarScene scene = new(model.OpenSequence(1), 1);
        scene.At(23 * HourUs);
        Assert.Equal(expected, scene.PassedCounts);
        RadarScene often = new(model.OpenSequence(1), 1);
        for (long us = 0; us <= 23 * HourUs; us += HourUs / 600)
        {
            often.At(us);
        }

        Assert.Equal(expected, often.PassedCounts);
    }

    [Fact]
    public void What_a_radar_sees_does_not_depend_on_when_it_was_asked_before()
    {
        TrafficModel model = Traffic(2000);
        RadarScene scene = new(model.OpenSequence(0), 1);
        Random random = new(1);
        long us = 7 * HourUs;
        int present = 0;
        for (int i = 0; i < 300; i++)
        {
            us += random.Next(random.Next(3) == 0 ? 60_000_000 : 400_000);
            long backUs = us - random.Next((int)RadarScene.MemoryUs);
            foreach (long askedUs in (ReadOnlySpan<long>)[us, backUs, us])
            {
                RadarTarget seen = scene.At(askedUs);
                Assert.Equal(new RadarScene(model.OpenSequence(0), 1).At(askedUs), seen);
                present += seen.IsPresent ? 1 : 0;
            }
        }

        Assert.InRange(present, 30, 870);
    }

    [Fact]
    public void When_somebody_comes_next_is_known_before()
    {
        TrafficModel model = Traffic(100);
        RadarScene scene = new(model.OpenSequence(0), 1);
        long atUs = 0;
        for (int i = 0; i < 20; i++)
        {
            long nextUs = scene.NextPresenceUs(atUs);
            Assert.True(nextUs >= atUs);
            if (nextUs > atUs)
            {
                Assert.False(scene.At(nextUs - 1).IsPresent);
            }

            Assert.True(scene.At(nextUs + 1).IsPresent);
            long untilUs = scene.PresentUntilUs(nextUs + 1);
            Assert.True(untilUs > nextUs);
            atUs = untilUs;
        }
    }

    [Fact]
    public void Mains_are_at_their_nominal_voltage_with_their_unrest_and_sag_when_they_are_told_to()
    {
        MainsVoltage mains = new([new PoleIncident(IncidentKind.Sag, HourUs, 2 * HourUs, 180)], PowerOutages.None, 1, 0);
        double[] volts = [.. Enumerable.Range(0, 5000).Select(i => mains.At((3 * HourUs) + (i * 600_000_000L)))];
        double mean = volts.Average();

        Assert.InRange(mean, 229.9, 230.1);
        Assert.InRange(Math.Sqrt(volts.Average(volt => (volt - mean) * (volt - mean))), 1.4, 1.6);
        Assert.Equal(180, mains.At(HourUs));
        Assert.InRange(mains.At(2 * HourUs), 220, 240);
    }

    [Fact]
    public void Mains_that_fail_are_at_zero_and_the_boards_supply_falls_as_a_capacitor_does_that_gives_the_same_energy_each_second()
    {
        const long MinuteUs = HourUs / 60;
        MainsVoltage mains = new([], new PowerOutages([(HourUs, HourUs + MinuteUs)]), 1, 0);
        Assert.Equal((0.0, HourUs), (mains.At(HourUs + 1), mains.GoneSinceUs(HourUs + MinuteUs - 1)));
        Assert.Null(mains.GoneSinceUs(HourUs - 1));
        Assert.Null(mains.GoneSinceUs(HourUs + MinuteUs));

        SupplyFitting supply = new(new PartClock(), mains, new RandomStream(1, "supply", 0));
        double full = supply.MillivoltsAt(HourUs - 1);
        Assert.InRange(full, 23_000, 25_000);
        double Joule(double share) => Math.Pow(supply.MillivoltsAt(HourUs + (long)(share * SupplyFitting.HoldUpUs)), 2);
        Assert.Equal(full * full, Joule(0), 1e5);
        Assert.Equal((Joule(0) + Joule(1)) / 2, Joule(0.5), 1e5);
        Assert.Equal(SupplyFitting.LeastMillivolts, Math.Sqrt(Joule(1)), 0.1);

        // The controller looks every ten seconds for a voltage below 85 percent.
        double fallsUs = Enumerable.Range(0, 15_000).First(ms => supply.MillivoltsAt(HourUs + (ms * 1000L)) < full * 0.85) * 1000.0;
        Assert.True(SupplyFitting.HoldUpUs - fallsUs > 10_100_000);
    }

    [Fact]
    public void A_pole_feels_gravity_and_leans_by_as_much_as_it_was_hit()
    {
        for (int pole = 0; pole < 50; pole++)
        {
            PoleMotion motion = new(Weather, [new PoleIncident(IncidentKind.Lean, HourUs, 2 * HourUs, 8), new PoleIncident(IncidentKind.Knock, HourUs, HourUs, 3000)], 1, pole);
            (int X, int Y, int Z) before = motion.AccelerationMilligravitiesAt(0);
            (int X, int Y, int Z) during = motion.AccelerationMilligravitiesAt(HourUs + 1);

            Assert.Equal(1000, Math.Sqrt((during.X * during.X) + (during.Y * during.Y) + (during.Z * during.Z)), 2.0);
            double cosine = ((before.X * during.X) + (before.Y * during.Y) + (before.Z * during.Z)) / 1e6;
            Assert.Equal(8, Math.Acos(Math.Min(1, cosine)) * 180 / Math.PI, 0.6);
            Assert.Equal(0, motion.LeanDegreesAt(2 * HourUs));
            Assert.Equal(3000, Assert.Single(motion.Knocks).PeakMilligravities);
        }
    }

    private static bool Overlaps(ArrivalSequence all, ArrivalSequence one)
    {
        int overlaps = 0;
        while (all.MoveNext() && all.EnterUs <= one.LeaveUs)
        {
            overlaps += all.LeaveUs >= one.EnterUs ? 1 : 0;
        }

        return overlaps > 1;
    }
}
