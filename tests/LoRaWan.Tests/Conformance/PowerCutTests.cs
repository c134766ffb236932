// Power cuts over weeks, at any write and at any moment, against a network that forgets a session as soon as it has accepted another join: no counter and
// no nonce twice, no downlink twice, and the device is back within a bounded time. And what all that costs the flash in a year.
using LoRaWan.Tests.Bench;
using PoleController.Hal;
using Simulation.Conformance.Bench;
using Simulation.Engine;
using Simulation.Parts;
using Xunit;

namespace LoRaWan.Tests.Conformance;

public class PowerCutTests
{
    private const long HourMs = 3_600_000;

    // What the folder's README states for a year of a status every ten minutes and twenty commands a day.
    private const int StatedWritesOfAYear = 8_900;

    // After the last cut with the network up: a session in doubt waits 15 minutes, a join at most for the join back-off of the first hour.
    private const long BoundMs = 2 * HourMs;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(12)]
    public void Weeks_with_power_cuts_reuse_nothing_and_end_in_a_working_session(long seed) => new Life(seed).Live();

    [Theory]
    [InlineData("Old")]
    [InlineData("New")]
    [InlineData("Short")]
    [InlineData("Damaged")]
    public void A_cut_at_any_write_of_a_rejoin_is_over_within_the_bound_though_the_network_has_forgotten_the_old_session(string tear)
    {
        for (int cutAtWrite = 1; cutAtWrite <= 6; cutAtWrite++)
        {
            CuttingStore store = new();
            ConformanceBench bench = new(new BenchSetup { Store = store });
            bench.Network.ForgetsSessions = true;
            bench.Join();

            // The network is gone for so long that the device tries to join, and comes back.
            bench.Network.IsUp = false;
            int joins = bench.Radio.Sent.Count(t => t.Frame[0] == 0);
            while (bench.Radio.Sent.Count(t => t.Frame[0] == 0) == joins)
            {
                bench.Begin();
                bench.RunFor(600_000);
            }

            bench.Network.IsUp = true;
            store.Tear = Enum.Parse<Tear>(tear);
            store.CutIn = cutAtWrite;
            try
            {
                bench.RunFor(48 * HourMs);
            }
            catch (PowerCutException)
            {
                bench.Restart();
            }

            store.CutIn = 0;
            CheckIsBack(bench);
        }
    }

    [Fact]
    public void A_year_costs_no_more_writes_than_stated()
    {
        MemoryStore store = new();
        ConformanceBench bench = new(new BenchSetup { Store = store });
        bench.Radio.KeepsRecords = false;
        bench.Network.AnswersAdr = true;
        bench.Join();
        int before = store.WriteCount;
        for (int day = 0; day < 365; day++)
        {
            for (int status = 0; status < 144; status++)
            {
                bench.Begin();
                bench.RunFor(300_000);
                if (status % 7 == 0 && status < 140)
                {
                    bench.ClassC(new DownlinkSpec { FPort = 10, Payload = "01" });
                    Assert.Equal("01", bench.TakeDownlink());
                }

                bench.RunFor(296_000);
            }

            bench.Network.Uplinks.Clear();
            bench.Network.Downlinks.Clear();
        }

        int writes = store.WriteCount - before;
        Assert.InRange(writes, StatedWritesOfAYear * 9 / 10, StatedWritesOfAYear);
        Assert.Equal(5, bench.Device.DataRate);
    }

    private static void CheckIsBack(ConformanceBench bench)
    {
        bool isBack = false;
        long untilUs = bench.NowUs + (BoundMs * 1000);
        while (!isBack && bench.NowUs < untilUs)
        {
            int heard = bench.Network.Uplinks.Count;
            if (bench.Device.IsIdle)
            {
                bench.Begin("ee");
            }

            bench.RunFor(60_000);
            isBack = bench.Network.Uplinks.Count > heard;
        }

        Assert.True(isBack, "nothing was heard within two hours after the last cut");
        bench.RunUntil(() => bench.Device.IsIdle, HourMs);
        bench.RunFor(60_000);
        bench.TakeDownlink();
        bench.ClassC(new DownlinkSpec { FPort = 9, Payload = "0e" });
        Assert.Equal("0e", bench.TakeDownlink());
    }

    /// <summary>A store whose power is cut in the middle of a write to come.</summary>
    private sealed class CuttingStore : IStore
    {
        private readonly MemoryStore _inner = new();

        public Tear Tear { get; set; }

        /// <summary>Which of the next writes is cut, counted from 1; 0 for none.</summary>
        public int CutIn { get; set; }

        public int Read(string record, byte[] buffer) => _inner.Read(record, buffer);

        public bool TryWrite(string record, byte[] data, int length)
        {
            if (CutIn == 0 || --CutIn > 0)
            {
                return _inner.TryWrite(record, data, length);
            }

            byte[] torn = data[..length];
            if (Tear == Tear.Damaged)
            {
                torn[length / 3] ^= 0x10;
            }

            if (Tear != Tear.Old)
            {
                _inner.TryWrite(record, torn, Tear == Tear.Short ? length / 2 : length);
            }

            throw new PowerCutException();
        }
    }

    /// <summary>Three weeks of a device with bad mains and a network that comes and goes.</summary>
    private sealed class Life
    {
        private readonly RandomStream _random;
        private readonly CuttingStore _store = new();
        private readonly ConformanceBench _bench;
        private readonly HashSet<(uint DevAddr, uint FCnt)> _taken = [];
        private readonly Dictionary<(uint DevAddr, uint FCnt), string> _sent = [];
        private readonly List<byte[]> _recorded = [];
        private int _accepted;

        public Life(long seed)
        {
            _random = new RandomStream(seed, "life", 0);
            _bench = new ConformanceBench(new BenchSetup { Seed = seed, Store = _store });
            _bench.Network.ForgetsSessions = true;
            _bench.Network.AnswersAdr = true;
            _bench.Network.AnsweredPort = null;
            _bench.Stepped = NoteDownlinks;
        }

        public void Live()
        {
            while (_bench.NowUs < 21 * 24 * HourMs * 1000)
            {
                try
                {
                    Act();
                    _bench.RunFor(_random.Next(1_800_000));
                }
                catch (PowerCutException)
                {
                    Restart();
                }

                Collect();
            }

            _bench.Network.IsUp = true;
            _store.CutIn = 0;
            Restart();
            CheckIsBack(_bench);
            Collect();
            Assert.True(_sent.Count > 500 && _taken.Count > 50, _sent.Count + " uplinks, " + _taken.Count + " downlinks");
            List<int> nonces = [.. _bench.Network.JoinRequests.Select(request => request.DevNonce)];
            Assert.Equal(nonces.Distinct().Order(), nonces);
        }

        private void Act()
        {
            switch (_random.Next(12))
            {
                case 0:
                    Restart();
                    break;
                case 1:
                    // In the middle of whatever goes on.
                    Send();
                    _bench.RunFor(_random.Next(8000));
                    Restart();
                    break;
                case 2:
                    _store.Tear = (Tear)_random.Next(4);
                    _store.CutIn = 1 + _random.Next(4);
                    break;
                case 3:
                    _bench.Network.IsUp = _random.Next(3) > 0;
                    break;
                case 4:
                    // NbTrans and data rate, or RX timing, or a channel.
                    string[] commands = ["0330ff0062", "0350ff0061", "0803", "0801", "0703184f8450"];
                    _bench.Network.Answers.Enqueue(new Answer(new DownlinkSpec { FOpts = commands[_random.Next(commands.Length)] }, IsInRx2: true));
                    break;
                case 5:
                    if (_bench.Device.IsJoined && _bench.Network.Keys is not null)
                    {
                        _bench.ClassC(new DownlinkSpec { FPort = 3, Payload = "c0", IsConfirmed = _random.Next(2) == 0 });
                    }

                    break;
                case 6:
                    Replay();
                    break;
                default:
                    Send();
                    break;
            }

            _bench.TakeDownlink();
        }

        private void Send()
        {
            if (_bench.Device.IsIdle && _bench.Device.MaximumPayloadLength > 4)
            {
                byte[] payload = BitConverter.GetBytes(_random.Next(int.MaxValue));
                _bench.Device.TrySend(_bench.LocalMs, ConformanceBench.Port, payload, payload.Length, _random.Next(4) == 0);
                _bench.StepNow();
            }
        }

        private void Restart()
        {
            _bench.Restart(_random.Next(2) == 0);
            _accepted = 0;
        }

        private void Replay()
        {
            if (_recorded.Count > 0)
            {
                _bench.Network.Emit(_bench.Network.Rx2, _bench.NowUs + 1000, _recorded[_random.Next(_recorded.Count)]);
                _bench.RunFor(4000);
            }
        }

        private void NoteDownlinks()
        {
            int count = _bench.Device.DownlinkCount;
            if (count == _accepted)
            {
                return;
            }

            _accepted = count;
            (uint, uint) downlink = (_bench.Device.Session.DevAddr, _bench.Device.Session.FCntDownNext - 1);
            Assert.True(_taken.Add(downlink), "a downlink was taken twice: " + downlink);
        }

        // What was on air, heard by the network or not.
        private void Collect()
        {
            foreach (Simulation.Conformance.Bench.Transmission sent in _bench.Radio.Sent)
            {
                if (sent.Frame[0] == 0)
                {
                    continue;
                }

                (uint, uint) counter = (BitConverter.ToUInt32(sent.Frame, 1), BitConverter.ToUInt16(sent.Frame, 6));
                string frame = Convert.ToHexString(sent.Frame);
                Assert.True(_sent.TryAdd(counter, frame) || _sent[counter] == frame, "a counter was used for two contents: " + counter);
            }

            _bench.Radio.Sent.Clear();
            _bench.Radio.Listenings.Clear();
            _recorded.AddRange(_bench.Network.Downlinks.Select(downlink => downlink.Frame));
            _bench.Network.Downlinks.Clear();
        }
    }
}
