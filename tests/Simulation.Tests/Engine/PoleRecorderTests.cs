// What is measured at a lamp: energy, darkness at night and what explains it, mean levels and arrivals in a bin.
using Simulation.Engine;
using Simulation.Parts;
using Xunit;

namespace Simulation.Tests.Engine;

public class PoleRecorderTests
{
    private const long Hour = 3_600_000_000;

    [Fact]
    public void Given_half_light_for_an_hour_and_full_light_for_two_When_measured_Then_energy_is_power_times_time()
    {
        Bench bench = new(new NightIntervals([], []));
        bench.At(0).SetFed(true);
        bench.At(0).TrySetLevel(500);
        bench.At(Hour).TrySetLevel(1000);
        bench.Recorder.AdvanceTo(3 * Hour);

        // 300 mW standby plus half of 59,700 mW for an hour, then 60,000 mW for two.
        Assert.Equal(30_150 + 120_000, bench.Recorder.EnergyMilliwattHours);
        Assert.Equal(3 * 3600, bench.Recorder.LitSeconds);
    }

    [Fact]
    public void Given_a_lamp_that_is_off_at_night_When_nothing_explains_it_Then_only_the_night_counts_as_dark()
    {
        Bench bench = new(new NightIntervals([2 * Hour], [4 * Hour]));
        bench.At(0).SetFed(true);
        bench.At(Hour).TrySwitch(false);
        bench.Recorder.AdvanceTo(5 * Hour);

        Assert.Equal(2 * Hour, bench.Recorder.UnexplainedDarkUs);
        Assert.Equal(2 * Hour, bench.Recorder.FirstUnexplainedDarkUs);
        Assert.Equal(2 * Hour, bench.Recorder.DarkUs);
    }

    [Fact]
    public void Given_a_lamp_that_is_off_at_night_When_an_outage_explains_half_of_it_Then_the_other_half_does_not_count_as_explained()
    {
        Bench bench = new(new NightIntervals([2 * Hour], [4 * Hour]));
        bench.At(0).SetFed(true);
        bench.At(Hour).TrySwitch(false);
        bench.Recorder.SetState(3 * Hour, 1, darknessExplainedUntilUs: long.MaxValue);
        bench.Recorder.AdvanceTo(5 * Hour);

        Assert.Equal(Hour, bench.Recorder.UnexplainedDarkUs);
        Assert.Equal(2 * Hour, bench.Recorder.DarkUs);
    }

    [Fact]
    public void Given_a_change_in_the_middle_of_a_bin_When_the_bin_ends_Then_it_holds_the_mean()
    {
        Bench bench = new(new NightIntervals([], []));
        bench.At(0).SetFed(true);
        bench.At(0).TrySetLevel(200);
        bench.At(30_000_000).TrySetLevel(1000);
        bench.Recorder.AdvanceTo(120_000_000);

        Assert.Equal(120, bench.Recorder.LevelBins[0]); // 60 %
        Assert.Equal(200, bench.Recorder.LevelBins[1]);
        Assert.Equal(0, bench.Recorder.LevelBins[2]);
    }

    [Fact]
    public void Given_a_run_that_ends_within_a_bin_When_finished_Then_the_bin_holds_the_mean_of_what_has_run()
    {
        Bench bench = new(new NightIntervals([], []));
        bench.At(0).SetFed(true);
        bench.At(0).TrySetLevel(500);
        bench.Recorder.Finish(90_000_000);

        Assert.Equal([100, 100, 0], bench.Recorder.LevelBins.Take(3).Select(bin => (int)bin));
    }

    [Fact]
    public void Given_two_causes_in_a_bin_When_it_ends_Then_it_has_the_one_that_held_longer()
    {
        Bench bench = new(new NightIntervals([], []));
        bench.At(0).SetFed(true);
        bench.Recorder.SetState(0, 1, darknessExplainedUntilUs: 0);
        bench.Recorder.SetState(20_000_000, 2, darknessExplainedUntilUs: 0);
        bench.Recorder.SetState(55_000_000, 1, darknessExplainedUntilUs: 0);
        bench.Recorder.AdvanceTo(60_000_000);

        Assert.Equal(2, bench.Recorder.CauseBins[0]);
    }

    [Fact]
    public void Given_more_arrivals_than_a_byte_holds_When_counted_Then_the_bin_stays_at_its_end()
    {
        Bench bench = new(new NightIntervals([], []));
        for (int i = 0; i < 300; i++)
        {
            bench.Recorder.AddArrival(60_000_000 + i);
        }

        Assert.Equal(0, bench.Recorder.OccupancyBins[0]);
        Assert.Equal(255, bench.Recorder.OccupancyBins[1]);
    }

    private sealed class Bench
    {
        private readonly LuminairePart _luminaire;

        public Bench(NightIntervals nights)
        {
            Recorder = new PoleRecorder(nights, 60_000_000, 10);
            _luminaire = new LuminairePart(60_000, 300, Recorder);
            Recorder.Luminaire = _luminaire;
        }

        public PoleRecorder Recorder { get; }

        public LuminairePart At(long timeUs)
        {
            Recorder.NowUs = timeUs;
            return _luminaire;
        }
    }
}
