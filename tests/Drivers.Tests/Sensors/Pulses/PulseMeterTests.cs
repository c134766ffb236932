// What the luminaire's supervision relies on from a meter that tells by pulses: power and energy of a steady load, of one that changes, and of a line that is broken.
using PoleController.Drivers;
using PoleController.Hal;
using Xunit;

namespace Drivers.Tests.Sensors.Pulses;

public class PulseMeterTests
{
    // 2.03 J a pulse: what one pulse more or less is in the window of a sample.
    private const double PulseInAWindowMilliwatts = 507;

    [Theory]
    [InlineData(0)]
    [InlineData(300)]
    [InlineData(4_000)]
    [InlineData(42_000)]
    [InlineData(150_000)]
    [InlineData(999_000)]
    public void Given_a_steady_load_Then_the_first_sample_is_right_within_a_pulse_and_the_following_within_a_fifteenth_of_one(int milliwatts)
    {
        PulseBench bench = new(milliwatts);
        bench.RunFor(1_234);
        Assert.Equal(milliwatts, bench.Minute(), PulseInAWindowMilliwatts + (milliwatts * 0.001));
        for (int minute = 0; minute < 10; minute++)
        {
            Assert.Equal(milliwatts, bench.Minute(), (PulseInAWindowMilliwatts / 15) + (milliwatts * 0.001));
        }

        LuminaireReading reading = bench.Meter.Reading;
        Assert.Equal((-1, -1, -1, -1), (reading.VoltageMillivolts, reading.CurrentMilliamperes, reading.PowerFactorPermille, reading.FrequencyCentihertz));
    }

    [Fact]
    public void Given_a_load_that_changes_Then_the_sample_after_it_tells_the_new_one_and_nothing_of_the_old()
    {
        PulseBench bench = new(40_000);
        bench.Minute();
        bench.Minute();
        foreach (int milliwatts in new[] { 20_000, 2_000, 500, 60_000, 0, 41_000 })
        {
            bench.PowerMilliwatts = milliwatts;
            bench.RunFor(5_000);
            Assert.Equal(milliwatts, bench.Minute(), PulseInAWindowMilliwatts + (milliwatts * 0.001));
        }
    }

    [Fact]
    public void Given_any_loads_at_any_times_Then_the_power_is_one_that_was_there_and_the_energy_is_exact_to_a_pulse()
    {
        Random random = new(37);
        PulseBench bench = new(30_000);
        Assert.True(bench.TrySample());
        long beginMicrojoules = bench.EnergyMicrojoules;
        long toldBefore = bench.Meter.Reading.EnergyMilliwattHours;
        for (int i = 0; i < 3_000; i++)
        {
            if (random.Next(3) == 0)
            {
                bench.PowerMilliwatts = random.Next(5) == 0 ? 0 : random.Next(120_000);
            }

            bench.RunFor(random.Next(random.Next(4) == 0 ? 900_000 : 30_000));
            long last = bench.Meter.Reading.EnergyMilliwattHours;
            Assert.True(bench.TrySample());

            // The load was the same for all of the window.
            Assert.Equal(bench.PowerMilliwatts, bench.Meter.Reading.PowerMilliwatts, (2 * PulseInAWindowMilliwatts) + (bench.PowerMilliwatts * 0.001));
            Assert.True(bench.Meter.Reading.EnergyMilliwattHours >= last);
            Assert.Equal((bench.EnergyMicrojoules - beginMicrojoules) / 3_600_000.0, bench.Meter.Reading.EnergyMilliwattHours - toldBefore, 2 + ((bench.EnergyMicrojoules - beginMicrojoules) / 3.6e12));
        }
    }

    [Fact]
    public void Given_a_counter_that_fails_Then_that_is_a_fault_and_afterwards_nothing_of_the_energy_is_missing()
    {
        PulseBench bench = new(40_000);
        bench.Minute();
        long told = bench.Meter.Reading.EnergyMilliwattHours;
        bench.Part.IsCounterFailed = true;
        Assert.False(bench.TrySample());
        Assert.Equal((SensorState.Failed, SensorFaultKind.BusFailed), (bench.Meter.State, bench.Meter.LastFault.Kind));
        bench.RunFor(3_600_000);
        Assert.InRange(bench.Meter.LastFault.Count, 60, 70);

        bench.Part.IsCounterFailed = false;
        bench.RunFor(60_000);
        Assert.Equal(40_000, bench.Minute(), PulseInAWindowMilliwatts);
        Assert.InRange(bench.Meter.Reading.EnergyMilliwattHours - told, 40_000, 44_000);
        Assert.Equal(SensorState.Measuring, bench.Meter.State);
    }

    [Fact]
    public void Given_a_line_full_of_noise_Then_no_power_is_told_that_no_luminaire_draws_and_afterwards_it_is_right_at_once()
    {
        PulseBench bench = new(40_000);
        bench.Minute();
        long told = bench.Meter.Reading.EnergyMilliwattHours;
        bench.Part.NoiseHertz = 2_000;
        Assert.False(bench.TrySample());
        Assert.Equal(SensorFaultKind.Implausible, bench.Meter.LastFault.Kind);
        Assert.InRange(bench.Meter.LastFault.Value, 8_000, 8_200);
        Assert.Equal(40_000, bench.Meter.Reading.PowerMilliwatts, PulseInAWindowMilliwatts);

        // Whoever has waited for the sample may have given up; the next may fall into both.
        bench.Part.NoiseHertz = 0;
        bench.RunFor(60_000);
        Assert.Equal(40_000, bench.Minute(), PulseInAWindowMilliwatts);

        // Noise is no energy, and what was drawn meanwhile cannot be told from it.
        Assert.InRange(bench.Meter.Reading.EnergyMilliwattHours - told, 600, 1_500);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Given_an_optocoupler_that_bounces_Then_power_and_energy_are_a_multiple_which_the_supervision_can_judge(int bounces)
    {
        PulseBench bench = new(40_000);
        bench.Part.BouncesPerPulse = bounces;
        bench.Minute();
        Assert.Equal(40_000 * (1 + bounces), bench.Minute(), 100.0 * (1 + bounces));
    }

    [Fact]
    public void Given_a_line_that_is_stuck_Then_that_is_no_load_and_no_fault()
    {
        PulseBench bench = new(40_000);
        bench.Minute();
        bench.Part.IsStuck = true;
        bench.Minute();
        Assert.Equal(0, bench.Minute());
        Assert.Equal(0, bench.Meter.LastFault.Count);
        bench.Part.IsStuck = false;
        bench.Minute();
        Assert.Equal(40_000, bench.Minute(), PulseInAWindowMilliwatts / 15);
    }

    [Fact]
    public void Given_nothing_asked_Then_it_does_not_want_to_be_polled()
    {
        PulseBench bench = new(40_000);
        Assert.Equal(long.MaxValue, bench.Meter.Poll(0));
        bench.Minute();
        Assert.Equal(long.MaxValue, bench.Meter.Poll(bench.NowMs));
    }

    [Fact]
    public void Given_a_thousand_samples_Then_nothing_is_allocated()
    {
        PulseBench bench = new(40_000);
        Assert.True(bench.TrySample());
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++)
        {
            bench.TrySample();
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(1_001, bench.Meter.SampleCount);
    }

    // Worked out apart from the firmware from the formulas of the data sheets (BL0937 V1.02, HLW8012 1.3), which esphome's hlw8012 component has too.
    [Theory]
    [InlineData(1000, 2_351_000, 2.025996, 10.343612)]
    [InlineData(2000, 2_041_000, 0.879425, 4.489858)]
    [InlineData(100, 1_000_000, 8.617594, 43.996647)]
    public void Given_shunt_and_divider_Then_a_pulse_stands_for_the_energy_of_the_data_sheets_formula(int shuntMicroohms, int dividerMilli, double bl0937Joules, double hlw8012Joules)
    {
        Assert.Equal(bl0937Joules, PulseMeterScale.Bl0937(shuntMicroohms, dividerMilli).MicrojoulesPerPulse / 1e6, bl0937Joules * 1e-5);
        Assert.Equal(hlw8012Joules, PulseMeterScale.Hlw8012(shuntMicroohms, dividerMilli).MicrojoulesPerPulse / 1e6, hlw8012Joules * 1e-5);
    }

    [Fact]
    public void Given_ten_years_at_a_kilowatt_Then_the_energy_does_not_overflow()
    {
        PulseMeterScale scale = PulseMeterScale.Bl0937(100, 10_000_000);
        long pulses = (long)(10 * 365.25 * 86_400 * 1000 / (scale.MicrojoulesPerPulse / 1e6));
        Assert.Equal(10 * 8766 * 1e6, scale.EnergyMilliwattHours(pulses), 1e6);
    }
}
