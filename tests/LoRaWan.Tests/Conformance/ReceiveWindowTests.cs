// Receive windows against clocks: whatever the errors within what the board states, a downlink at the exact time is heard.
using FsCheck;
using FsCheck.Fluent;
using PoleController.Hal;
using Simulation.Conformance.Bench;
using Simulation.Engine;
using Xunit;

namespace LoRaWan.Tests.Conformance;

public class ReceiveWindowTests
{
    [Fact]
    public void A_downlink_at_the_exact_time_is_heard_for_every_data_rate_delay_and_clock_within_the_stated_uncertainty()
    {
        Gen<long> seeds = Gen.Choose(0, int.MaxValue).Select(seed => (long)seed);
        Prop.ForAll(seeds.ToArbitrary(), seed => Hears(seed, beyond: 0)).Check(Config.QuickThrowOnFailure.WithMaxTest(150));
    }

    [Fact]
    public void Beyond_what_is_stated_downlinks_are_missed()
    {
        Assert.Contains(Enumerable.Range(0, 40), seed => !Hears(seed, beyond: 60_000));
    }

    [Theory]
    [InlineData(7, 61)]
    [InlineData(8, 69)]
    [InlineData(9, 85)]
    [InlineData(10, 118)]
    [InlineData(11, 184)]
    [InlineData(12, 315)]
    public void Without_an_answer_a_window_is_open_as_long_as_the_readme_says(int spreadingFactor, int windowMs)
    {
        ConformanceBench bench = new();
        bench.Join();
        bench.Exchange(new DownlinkSpec { FOpts = "03" + (12 - spreadingFactor) + "0070001" });
        bench.SendAndFinish();
        Listening rx1 = bench.Radio.Listenings.Last(listening => !listening.IsContinuous);
        Assert.Equal((spreadingFactor, windowMs), (rx1.SpreadingFactor, rx1.WindowMs));
    }

    // A board of any quality, and a clock, a loop and a radio that are anywhere within it.
    private static bool Hears(long seed, int beyond)
    {
        RandomStream random = new(seed, "board", 0);
        TimerUncertainty timing = new(1 + random.Next(30), 1 + random.Next(30), random.Next(20), random.Next(100));
        int stepMs = 1 + random.Next(timing.StepMs);
        TesterClock clock = new(
            stepMs,
            random.Next((2 * timing.CrystalPpm) + 1) - timing.CrystalPpm,
            random.Next((timing.EventMs * 1000) + 1) + beyond,
            random.Next((timing.RadioStartMs * 1000) + 1));
        int latenessUs = (timing.StepMs - stepMs) * 1000;

        // The time of an event is a reading of the clock: early by a step at most.
        if (stepMs > timing.EventMs)
        {
            return true;
        }

        ConformanceBench bench = new(new BenchSetup { Seed = seed, Clock = clock, Timing = timing, LatenessUs = () => random.Next(latenessUs + 1) });
        byte delayS = (byte)(1 + random.Next(15));
        bench.Network.AcceptJoin = _ => new JoinAnswer(bench.Network.NextAccept() with { RxDelay = delayS }, IsInRx2: random.Next(2) == 0);
        if (!bench.RunUntil(() => bench.Device.IsJoined, 600_000) || bench.Network.JoinRequests.Count != 1)
        {
            return false;
        }

        bench.Settle();
        int dataRate = random.Next(6);
        bench.Exchange(new DownlinkSpec { FOpts = "03" + dataRate + "0070001" });
        bench.Exchange(new DownlinkSpec { FPort = 3, Payload = "a1" });
        bool isHeardInRx1 = bench.TakeDownlink() == "a1";
        bench.Exchange(new DownlinkSpec { FPort = 3, Payload = "a2" }, isInRx2: true);
        return isHeardInRx1 && bench.TakeDownlink() == "a2";
    }
}
