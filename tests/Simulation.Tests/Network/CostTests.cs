// What the network costs: memory per pole, garbage per frame.
using PoleController.LoRaWan;
using Simulation.Network;
using Simulation.Parts;
using Simulation.Radio;
using Xunit;

namespace Simulation.Tests.Network;

/// <summary>Memory is the whole process's: nothing else runs meanwhile.</summary>
[CollectionDefinition(nameof(MeasuredAlone), DisableParallelization = true)]
public sealed class MeasuredAlone;

[Collection(nameof(MeasuredAlone))]
public sealed class CostTests
{
    private const int PoleCount = 2_000;

    [Fact]
    public void Given_2000_poles_and_20_gateways_a_pole_takes_at_most_4_KiB()
    {
        GatewaySite[] gateways = [.. Enumerable.Range(0, 20).Select(gateway => NetworkBench.Gateway($"{gateway}", gateway * 200, 0))];
        PoleSite[] poles = [.. Enumerable.Range(0, PoleCount).Select(pole => NetworkBench.Site(pole, pole, 500))];
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var network = new FleetNetwork(new RadioSettings(), gateways, poles, 1, 0, new DeafApplication());
        long perPole = (GC.GetTotalMemory(forceFullCollection: true) - before) / PoleCount;
        GC.KeepAlive(network);

        TestContext.Current.TestOutputHelper?.WriteLine($"{perPole} bytes per pole");
        Assert.InRange(perPole, 100, 4096);
    }

    [Fact]
    public void Given_a_fleet_in_steady_state_uplinks_and_their_answers_make_no_garbage()
    {
        PoleSite[] poles = [.. Enumerable.Range(0, 100).Select(pole => NetworkBench.Site(pole, pole, 500))];
        var network = new FleetNetwork(new RadioSettings(), [new GatewaySite("one", 0, 0)], poles, 1, 0, new DeafApplication());
        var traffic = new Traffic(network, poles.Length);
        traffic.Run(400);
        long before = GC.GetAllocatedBytesForCurrentThread();
        traffic.Run(1_000);
        long garbage = GC.GetAllocatedBytesForCurrentThread() - before;

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{garbage} bytes for 1,000 uplinks; {network.NetworkStatistics.AcceptedUplinkCount} accepted, "
            + $"{network.NetworkStatistics.ClassADownlinkCount} answers, {network.NetworkStatistics.ClassCDownlinkCount} commands");
        // The rest met a gateway that was transmitting, or a pole in a deep shadow.
        Assert.InRange(network.NetworkStatistics.AcceptedUplinkCount, 1_200, 1_400);
        Assert.InRange(network.NetworkStatistics.ClassADownlinkCount + network.NetworkStatistics.ClassCDownlinkCount, 500, 3_000);
        Assert.InRange(garbage, 0, 20_000);
    }

    /// <summary>Personalised poles, a frame a second: every second one confirmed; a command to a pole every fifth second.</summary>
    private sealed class Traffic
    {
        private readonly FleetNetwork _network;
        private readonly int _poleCount;
        private readonly FrameCodec _codec = new(new AesBlock());
        private readonly DataFrame _header = new();
        private readonly UplinkPool _pool = new();
        private readonly byte[] _key = new byte[16];
        private readonly byte[] _payload = new byte[20];
        private readonly List<DownlinkTransmission> _taken = [];
        private long _second;

        public Traffic(FleetNetwork network, int poleCount)
        {
            _network = network;
            _poleCount = poleCount;
            for (int pole = 0; pole < poleCount; pole++)
            {
                network.Personalise(pole, 0x0100_0000u + (uint)pole, _key, _key);
            }
        }

        public void Run(int seconds)
        {
            for (int count = 0; count < seconds; count++, _second++)
            {
                int pole = (int)(_second % _poleCount);
                _header.Clear();
                _header.DevAddr = 0x0100_0000u + (uint)pole;
                _header.IsConfirmed = _second % 2 == 0;
                _header.FPort = 10;
                _header.PayloadLength = 20;
                UplinkTransmission uplink = _pool.Rent();
                uplink.Length = _codec.BuildData(_header, (uint)(_second / _poleCount), _key, _key, _payload, _payload, uplink.Frame);
                uplink.PoleIndex = pole;
                uplink.StartUs = _second * 1_000_000;
                uplink.EndUs = uplink.StartUs + 71_936;
                uplink.FrequencyHz = 868_100_000 + (200_000 * (pole % 3));
                uplink.SpreadingFactor = 7;
                uplink.BandwidthHz = 125_000;
                uplink.PowerDbm = 14;
                _network.Submit(uplink);
                if (_second % 5 == 4)
                {
                    _ = _network.TryEnqueue(pole / 2, 20, _payload, 5, isConfirmed: false, _second * 1_000_000, out _);
                }

                _network.Advance((_second + 1) * 1_000_000);
                _taken.Clear();
                _network.TakeDownlinks(_taken);
            }
        }
    }

    private sealed class DeafApplication : IApplicationServer
    {
        public void OnJoined(int poleIndex, long timeUs)
        {
        }

        public void OnUplink(int poleIndex, long timeUs, int fPort, byte[] payload, int length, in UplinkReception reception)
        {
        }

        public void OnDownlinkSent(int poleIndex, long downlinkId, long startUs, int attempt)
        {
        }

        public void OnDownlinkAcknowledged(int poleIndex, long downlinkId, long timeUs)
        {
        }

        public void OnDownlinkFailed(int poleIndex, long downlinkId, long timeUs, DownlinkFailure failure)
        {
        }
    }
}
