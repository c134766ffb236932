// Interference against its definition, written down a second time in the plainest way: every frame is compared with every other one.
using FsCheck;
using FsCheck.Fluent;
using Simulation.Engine;
using Simulation.Radio;
using Xunit;

namespace Simulation.Tests.Radio;

public sealed class InterferenceTests
{
    private const int PoleCount = 12;

    // Far more than frames overlap here: who gets a demodulator is the matter of other tests.
    private static readonly RadioSettings _settings = new() { ShadowingDecibel = 8, FadingDecibel = 0, DemodulatorCount = 1000 };

    private static readonly GatewaySite[] _gateways =
    [
        new("west", 0, 0) { Outages = [new GatewayOutage(20_000_000, 21_000_000)] },
        new("middle", 0, 0.02),
        new("east", 0, 0.05),
    ];

    private static readonly PoleSite[] _poles =
        [.. Enumerable.Range(0, PoleCount).Select(pole => new PoleSite(0.004, 0.005 * pole, [], [], []))];

    [Fact]
    public void Given_any_frames_each_gateway_receives_those_that_the_definition_says()
    {
        int received = 0;
        int disturbed = 0;
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var links = new LinkTable(_settings, _gateways, _poles, seed);
            List<Frame> frames = MakeFrames(seed, startUs: 0);
            HashSet<(int Frame, int Gateway)> expected = ByDefinition(links, frames, out int lostCount);
            received += expected.Count;
            disturbed += lostCount;
            return expected.SetEquals(OnAir(links, frames));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

        // Otherwise the comparison says little.
        Assert.InRange(received, 1000, int.MaxValue);
        Assert.InRange(disturbed, 1000, int.MaxValue);
    }

    [Fact]
    public void Given_a_year_of_strong_frames_a_weak_one_afterwards_is_heard_as_on_the_first_day()
    {
        const long YearUs = 365L * 86_400_000_000;
        var links = new LinkTable(_settings, _gateways, _poles, 1);
        List<Frame> traffic = MakeFrames(1, startUs: 0);
        List<Frame> aYearLater = MakeFrames(2, YearUs);
        HashSet<(int, int)> together = OnAir(links, [.. traffic, .. aYearLater]);

        HashSet<(int, int)> alone = OnAir(links, MakeFrames(2, startUs: 100_000_000));
        Assert.NotEmpty(alone);
        Assert.Equal(alone, together.Where(one => one.Item1 >= traffic.Count).Select(one => (one.Item1 - traffic.Count, one.Item2)).ToHashSet());
    }

    [Fact]
    public void Given_frames_that_begin_where_others_end_nothing_of_them_counts()
    {
        var links = new LinkTable(_settings, [_gateways[1]], [_poles[4]], 1);
        Frame[] row = [.. Enumerable.Range(0, 5).Select(at => new Frame(0, 100_000 * at, 100_000 * (at + 1), 868_100_000, 7, at % 2 == 0 ? 22 : 2))];
        Assert.Equal(5, OnAir(links, row, [_gateways[1]]).Count);
    }

    private static List<Frame> MakeFrames(int seed, long startUs)
    {
        var random = new RandomStream(seed, "frames", 0);
        var frames = new List<Frame>();
        long nowUs = startUs;
        for (int at = 0; at < 150; at++)
        {
            nowUs += random.Next(400_000);
            long endUs = nowUs + 20_000 + random.Next(1_800_000);
            frames.Add(new Frame(
                random.Next(PoleCount), nowUs, endUs, 868_100_000 + (200_000 * random.Next(2)), 7 + random.Next(6), 2 + random.Next(21)));
        }

        return frames;
    }

    private static HashSet<(int Frame, int Gateway)> OnAir(LinkTable links, IReadOnlyList<Frame> frames, GatewaySite[]? gateways = null)
    {
        gateways ??= _gateways;
        var listener = new Listener();
        var air = new UplinkAir(_settings, links, gateways, 1, new RadioStatistics(gateways.Length, PoleCount), listener);
        foreach (Frame frame in frames)
        {
            air.Submit(new UplinkTransmission
            {
                PoleIndex = frame.Pole,
                StartUs = frame.StartUs,
                EndUs = frame.EndUs,
                FrequencyHz = frame.FrequencyHz,
                SpreadingFactor = frame.SpreadingFactor,
                BandwidthHz = 125_000,
                PowerDbm = frame.PowerDbm,
                Length = listener.NextNumber(),
            });
        }

        air.Advance(long.MaxValue);
        return listener.Received;
    }

    private static HashSet<(int Frame, int Gateway)> ByDefinition(LinkTable links, List<Frame> frames, out int disturbedCount)
    {
        var sensitivity = new ReceiverSensitivity(_settings.GatewayNoiseFigureDecibel);
        var received = new HashSet<(int, int)>();
        disturbedCount = 0;
        for (int at = 0; at < frames.Count; at++)
        {
            Frame frame = frames[at];
            for (int gateway = 0; gateway < _gateways.Length; gateway++)
            {
                double power = PowerOf(links, frame, gateway);
                bool isOut = _gateways[gateway].Outages.Any(outage => frame.StartUs < outage.EndUs && outage.StartUs < frame.EndUs);
                if (isOut || power < sensitivity.Milliwatt(frame.SpreadingFactor, 125_000))
                {
                    continue;
                }

                if (IsLegible(links, frames, at, gateway, power))
                {
                    received.Add((at, gateway));
                }
                else
                {
                    disturbedCount++;
                }
            }
        }

        return received;
    }

    private static bool IsLegible(LinkTable links, List<Frame> frames, int at, int gateway, double power)
    {
        Frame frame = frames[at];
        double energy = power * (frame.EndUs - frame.StartUs);
        foreach (IGrouping<int, Frame> others in frames.Where((other, index) => index != at && other.FrequencyHz == frame.FrequencyHz)
            .GroupBy(other => other.SpreadingFactor))
        {
            double disturbance = others.Sum(other =>
                PowerOf(links, other, gateway) * Math.Max(0, Math.Min(frame.EndUs, other.EndUs) - Math.Max(frame.StartUs, other.StartUs)));
            double neededDecibel = SpreadingFactorIsolation.NeededDecibel(frame.SpreadingFactor, others.Key);
            if (energy < disturbance * Decibel.ToRatio(neededDecibel))
            {
                return false;
            }
        }

        return true;
    }

    private static double PowerOf(LinkTable links, Frame frame, int gateway) =>
        Decibel.ToMilliwatt(frame.PowerDbm) * links.GainOf(frame.Pole, gateway);

    private sealed record Frame(int Pole, long StartUs, long EndUs, int FrequencyHz, int SpreadingFactor, int PowerDbm);

    /// <summary>Tells frames apart by a number in the place of their length, which the air does not look at.</summary>
    private sealed class Listener : IAirListener
    {
        private int _count;

        public HashSet<(int Frame, int Gateway)> Received { get; } = [];

        public int NextNumber() => _count++;

        public void OnUplinkReceived(UplinkTransmission uplink, ReadOnlySpan<GatewayReception> receptions)
        {
            foreach (GatewayReception reception in receptions)
            {
                Received.Add((uplink.Length, reception.GatewayIndex));
            }
        }

        public void OnDownlinkEnded(GatewayTransmission transmission)
        {
        }
    }
}
