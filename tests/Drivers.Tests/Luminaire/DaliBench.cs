// The DALI driver over a simulated bus with gear, in virtual time: polled when it asks to be, or at the beat of a coarse clock.
using PoleController.Drivers;
using Simulation.Engine;
using Simulation.Parts;
using Simulation.Parts.Dali;
using Xunit;

namespace Drivers.Tests.Luminaire;

internal sealed class DaliBench
{
    public DaliBench(int seed = 1, int address = 3, int beatMs = 0, int fadeTime = 0)
    {
        BeatMs = beatMs;
        Clock.NowUs = 1_000_000;
        Bus = new DaliBusPart(Clock, new RandomStream(seed, "dali", 0)) { IsRecording = true };
        Part = new DaliGearPart(Clock, address == DaliGear.Broadcast ? DaliGearPart.NoAddress : address);
        Bus.Connect(Part);
        Master = new DaliBus(Bus);
        Gear = new DaliGear(Master, address, fadeTime);
    }

    public PartClock Clock { get; } = new();

    public DaliBusPart Bus { get; }

    public DaliGearPart Part { get; private set; }

    public DaliBus Master { get; }

    public DaliGear Gear { get; }

    public DaliGear? Other { get; private set; }

    /// <summary>0: polled exactly when asked; else at every multiple of it.</summary>
    public int BeatMs { get; }

    public int PollCount { get; private set; }

    public long NowMs => Clock.NowUs / 1000;

    public int[] Sent => [.. Bus.Frames.Select(frame => frame.Frame)];

    public DaliBench WithOther(int address)
    {
        Other = new DaliGear(Master, address, 0);
        Bus.Connect(new DaliGearPart(Clock, address) { SerialNumber = 77 });
        return this;
    }

    public DaliBench Run(long durationMs)
    {
        long endMs = NowMs + durationMs;
        while (true)
        {
            long wakeMs = Gear.Poll(NowMs);
            wakeMs = Other is null ? wakeMs : Math.Min(wakeMs, Other.Poll(NowMs));
            PollCount++;
            Assert.True(wakeMs > NowMs, "It asked to be polled at once.");
            long nextMs = BeatMs > 0 ? NowMs + BeatMs : wakeMs;
            if (nextMs >= endMs)
            {
                Clock.NowUs = endMs * 1000;
                return this;
            }

            Clock.NowUs = nextMs * 1000;
        }
    }

    /// <summary>Started, and nothing on the bus.</summary>
    public DaliBench Started()
    {
        Run(8000);
        Bus.Frames.Clear();
        return this;
    }

    public DaliBench Sample(long withinMs = 30000)
    {
        int count = Gear.SampleCount;
        Gear.Request();
        for (int i = 0; i < withinMs / 100 && Gear.SampleCount == count; i++)
        {
            Run(100);
        }

        Assert.Equal(count + 1, Gear.SampleCount);
        return this;
    }

    public void Replace(DaliGearPart part)
    {
        Bus.Disconnect(Part);
        Part = part;
        Bus.Connect(part);
    }
}
