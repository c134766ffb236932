// The pulse counter: no pulse lost or invented where the chip's 16 bits begin anew, readings between unit and interrupt, a unit that fails, and a meter through all of it.
using System.Device.Gpio;
using NanoFrameworkPackages;
using PoleController.Drivers;
using PoleController.Esp32.Ports;
using Simulation.Parts;
using Simulation.Parts.Sensors;

namespace Esp32.Tests.Ports;

public sealed class PulseCounterTests
{
    private const int Pin = 26;

    private readonly SimulatedChip _chip = SimulatedChip.Replace();
    private readonly Esp32PulseCounter _counter = new(Pin, GpioPulsePolarity.Falling);
    private long _pulses;

    public PulseCounterTests() => _chip.PulsesAt = pin => pin == Pin ? _pulses : 0;

    private SimulatedPulseUnit Unit => _chip.PulseUnits[Pin];

    [Fact]
    public void Given_a_counter_When_made_Then_no_unit_is_taken_before_the_first_look_and_then_one()
    {
        Assert.Equal(4, _chip.PulseUnitsLeft);
        _pulses = 77;
        Assert.Equal(0, Read());
        _pulses += 5;
        Assert.Equal(5, Read());
        Assert.Equal(3, _chip.PulseUnitsLeft);

        // ESP-IDF's filter has 10 bits of 12.5 ns; whichever unit the runtime takes the number in, it fits.
        Assert.InRange(Unit.Filter, 1, 1023);
    }

    [Fact]
    public void Given_pulses_over_many_rounds_of_the_unit_When_read_at_any_time_Then_none_is_lost_and_none_invented()
    {
        Random random = new(3);
        Assert.Equal(0, Read());
        for (int i = 0; i < 20_000; i++)
        {
            _pulses += random.Next(i % 50 == 0 ? 200_000 : 300);
            if (random.Next(4) == 0)
            {
                // One of the two readings of a look comes between unit and interrupt: the unit at 0 and nothing added yet, or added already and the unit read before.
                Unit.OffBy.Enqueue(random.Next(2) == 0 ? 0 : Wrong(random));
                Unit.OffBy.Enqueue(Unit.OffBy.Peek() != 0 ? 0 : Wrong(random));
            }

            Assert.Equal(_pulses, Read());
            Unit.OffBy.Clear();
        }

        static int Wrong(Random random) => random.Next(2) == 0 ? SimulatedPulseUnit.Limit : -SimulatedPulseUnit.Limit;
    }

    [Fact]
    public void Given_readings_that_never_agree_When_looked_Then_it_is_refused_after_four_and_the_next_look_has_everything()
    {
        Assert.Equal(0, Read());
        _pulses = 100;
        for (int i = 0; i < Esp32PulseCounter.MaximumReads; i++)
        {
            Unit.OffBy.Enqueue(i % 2 * SimulatedPulseUnit.Limit);
        }

        int before = Unit.Reads;
        Assert.False(_counter.TryRead(out _));
        Assert.Equal(before + Esp32PulseCounter.MaximumReads, Unit.Reads);
        Assert.Equal(100, Read());
    }

    [Fact]
    public void Given_pulses_that_come_while_it_looks_Then_that_is_no_disagreement()
    {
        _chip.PulsesAt = _ => _pulses += 3;
        Read();
        int before = Unit.Reads;
        Read();
        Assert.Equal(before + 2, Unit.Reads);
    }

    [Fact]
    public void Given_a_unit_that_fails_When_it_is_back_Then_what_came_meanwhile_is_counted_and_no_other_unit_was_taken()
    {
        Assert.Equal(0, Read());
        _pulses = 1000;
        Assert.Equal(1000, Read());
        Unit.IsBroken = true;
        _pulses = 40_000;
        Assert.False(_counter.TryRead(out _));
        Unit.IsBroken = false;
        Assert.Equal(40_000, Read());
        Assert.Equal(3, _chip.PulseUnitsLeft);
    }

    [Fact]
    public void Given_a_unit_that_began_anew_When_read_Then_the_count_goes_on_from_what_was_told()
    {
        Assert.Equal(0, Read());
        _pulses = 1000;
        Assert.Equal(1000, Read());
        Unit.Start(Unit.Filter, _pulses);
        _pulses = 1040;
        Assert.Equal(1040, Read());
    }

    [Fact]
    public void Given_no_unit_left_When_looked_Then_it_is_refused_and_tried_again()
    {
        _chip.PulseUnitsLeft = 0;
        Assert.False(_counter.TryRead(out _));
        _chip.PulseUnitsLeft = 1;
        Assert.Equal(0, Read());
    }

    [Fact]
    public void Given_a_simulated_meter_at_the_pin_When_its_driver_reads_through_the_port_for_a_day_Then_power_and_energy_are_right()
    {
        PartClock clock = new();
        PulseMeterPart part = new(clock, new Load(clock));
        _chip.PulsesAt = _ => part.TryRead(out long pulses) ? pulses : 0;
        PulseMeter meter = new(_counter, PulseMeterScale.Bl0937(PulseMeterScale.DefaultShuntMicroohms, PulseMeterScale.DefaultDividerMilli));
        for (long nowMs = 0; nowMs <= 24 * 3_600_000; nowMs += 1000)
        {
            clock.NowUs = nowMs * 1000;
            if (nowMs % 60_000 == 0)
            {
                meter.Request();
            }

            meter.Poll(nowMs);
            if (nowMs > 120_000 && nowMs % 60_000 == 30_000)
            {
                Assert.InRange(meter.Reading.PowerMilliwatts, Load.Milliwatts - 200, Load.Milliwatts + 200);
            }
        }

        Assert.Equal(1440, meter.SampleCount);
        Assert.InRange(meter.Reading.EnergyMilliwattHours, Load.Milliwatts * 23.95, Load.Milliwatts * 24.01);
    }

    private long Read()
    {
        Assert.True(_counter.TryRead(out long pulses));
        return pulses;
    }

    // 24 hours are 4 million pulses: 130 rounds of the unit.
    private sealed class Load(PartClock clock) : IMeteredLoad
    {
        public const int Milliwatts = 100_000;

        public int PowerMilliwatts => Milliwatts;

        public int VoltageMillivolts => 230_000;

        public int PowerFactorPermille => 950;

        public int FrequencyCentihertz => 5000;

        public long EnergyMilliwattHours => EnergyMicrojoules / 3_600_000;

        public long EnergyMicrojoules => clock.NowUs * Milliwatts / 1000;
    }
}
