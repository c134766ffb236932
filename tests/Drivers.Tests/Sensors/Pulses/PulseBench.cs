// A pulse meter, its driver and virtual time: a load that a test sets, whose energy is exact.
using PoleController.Drivers;
using Simulation.Parts;
using Simulation.Parts.Sensors;
using Xunit;

namespace Drivers.Tests.Sensors.Pulses;

internal sealed class PulseBench : IMeteredLoad
{
    private double _microjoules;
    private long _untilUs;
    private int _powerMilliwatts;

    public PulseBench(int powerMilliwatts)
    {
        _powerMilliwatts = powerMilliwatts;
        Part = new PulseMeterPart(Clock, this);
        Meter = new PulseMeter(Part, PulseMeterScale.Bl0937(PulseMeterScale.DefaultShuntMicroohms, PulseMeterScale.DefaultDividerMilli));
    }

    public PartClock Clock { get; } = new();

    public PulseMeterPart Part { get; }

    public PulseMeter Meter { get; }

    public long NowMs => Clock.NowUs / 1000;

    public int PowerMilliwatts
    {
        get => _powerMilliwatts;
        set
        {
            Advance();
            _powerMilliwatts = value;
        }
    }

    public int VoltageMillivolts => 230_000;

    public int PowerFactorPermille => 950;

    public int FrequencyCentihertz => 5000;

    public long EnergyMilliwattHours => EnergyMicrojoules / 3_600_000;

    public long EnergyMicrojoules
    {
        get
        {
            Advance();
            return (long)_microjoules;
        }
    }

    public void RunFor(long durationMs)
    {
        long untilMs = NowMs + durationMs;
        while (NowMs < untilMs)
        {
            long nextMs = Math.Min(Meter.Poll(NowMs), untilMs);
            Clock.NowUs = Math.Max(NowMs + 1, nextMs) * 1000;
        }
    }

    /// <summary>Asks for a sample and waits as long as who owns the meter does.</summary>
    /// <returns>Whether it has come.</returns>
    public bool TrySample()
    {
        int before = Meter.SampleCount;
        long untilMs = NowMs + 10_000;
        Meter.Request();
        while (NowMs < untilMs)
        {
            long nextMs = Meter.Poll(NowMs);
            if (Meter.SampleCount != before)
            {
                return true;
            }

            Clock.NowUs = Math.Clamp(nextMs, NowMs + 1, untilMs) * 1000;
        }

        return false;
    }

    /// <summary>A minute in which the meter is read once, as the luminaire's supervision does.</summary>
    /// <returns>The power that it tells.</returns>
    public int Minute()
    {
        long beganMs = NowMs;
        Assert.True(TrySample(), Meter.LastFault.Kind.ToString());
        RunFor(60_000 - (NowMs - beganMs));
        return Meter.Reading.PowerMilliwatts;
    }

    private void Advance()
    {
        _microjoules += _powerMilliwatts * (Clock.NowUs - _untilUs) / 1000.0;
        _untilUs = Clock.NowUs;
    }
}
