// One end device of the reference workload: the controller's LoRaWAN stack over simulated parts, and a message for it every ten minutes.
// Nothing else of the controller runs.
using System.Buffers.Binary;
using PoleController.Hal;
using PoleController.LoRaWan;
using PoleController.Time;
using Simulation.Engine;
using Simulation.Parts;
using Simulation.Parts.RadioChips;
using Simulation.Radio;

namespace Simulation.Reference;

/// <summary>An end device with its radio and its messages.</summary>
internal sealed class ReferenceDevice
{
    /// <summary>FPort of the messages.</summary>
    public const int FPort = 1;

    private const int MaximumRunsAtOnce = 16;

    private readonly EndDevice _device;
    private readonly RadioPart _radio;
    private readonly Crystal _crystal;
    private readonly byte[] _payload;
    private readonly int _index;
    private readonly long _endUs;
    private long _nextMessageUs;
    private long _wakeUs;

    /// <summary>Makes a device that has just got its power back and finds its session in its store.</summary>
    /// <param name="index">Its index.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="store">Its store, with identity and session.</param>
    /// <param name="payload">Working memory that all devices share.</param>
    /// <param name="firstMessageUs">When it has its first message.</param>
    /// <param name="endUs">From here on it has no more.</param>
    public ReferenceDevice(int index, long seed, MemoryStore store, byte[] payload, long firstMessageUs, long endUs)
    {
        _index = index;
        _payload = payload;
        _nextMessageUs = firstMessageUs;
        _endUs = endUs;
        var random = new RandomStream(seed, "device", index);

        // 20 ppm either way: what crystals for this use are sold with.
        _crystal = new Crystal(random.Next(40_001) - 20_000);
        _radio = new RadioPart(new Antenna(index), _crystal, RadioTraits.Sx1262);
        _device = new EndDevice(_radio, new AesBlock(), store, new PoleRandom(random), new LoRaWanIdentity(), new PoleClock(), new TimerUncertainty())
        {
            IsTimeRequestAutomatic = false,
        };
        _device.Start(0, isPowerReturn: true);
    }

    /// <summary>The controller's end device.</summary>
    public EndDevice Device => _device;

    /// <summary>Messages that the end device did not take because the one before was still in work.</summary>
    public int RefusedCount { get; private set; }

    /// <summary>Messages made so far.</summary>
    public int MessageCount { get; private set; }

    /// <summary>When it has something to do next.</summary>
    public long NextEventUs => Math.Min(Math.Min(_wakeUs, _nextMessageUs), _radio.NextEventUs);

    /// <summary>Says that a downlink will come by.</summary>
    public void Announce(DownlinkTransmission downlink) => _radio.Antenna.Announce(downlink);

    /// <summary>Runs everything that happens before a moment.</summary>
    /// <param name="untilUs">The moment, exclusive.</param>
    /// <param name="uplinks">Takes the frames that are transmitted.</param>
    public void Run(long untilUs, UplinkBuffer uplinks)
    {
        _radio.Antenna.Uplinks = uplinks;
        for (long timeUs = NextEventUs; timeUs < untilUs; timeUs = NextEventUs)
        {
            _radio.SetTime(timeUs);
            bool mustStep = _radio.NextEventUs <= timeUs && _radio.Advance(timeUs);
            long nowMs = _crystal.LocalMs(timeUs);
            if (_nextMessageUs <= timeUs)
            {
                SendMessage(nowMs);
                mustStep = true;
            }

            if (mustStep || _wakeUs <= timeUs)
            {
                Step(nowMs);
            }
        }
    }

    private void SendMessage(long nowMs)
    {
        // What the application server gets must be what was sent: device and number are in it.
        BinaryPrimitives.WriteInt32LittleEndian(_payload, _index);
        BinaryPrimitives.WriteInt32LittleEndian(_payload.AsSpan(4), MessageCount);
        if (!_device.TrySend(nowMs, FPort, _payload, ReferenceWorkload.PayloadLength, isConfirmed: false))
        {
            RefusedCount++;
        }

        MessageCount++;
        _nextMessageUs += ReferenceWorkload.PeriodUs;
        if (_nextMessageUs >= _endUs)
        {
            _nextMessageUs = long.MaxValue;
        }
    }

    private void Step(long nowMs)
    {
        long wakeMs = nowMs;
        for (int count = 0; count < MaximumRunsAtOnce && wakeMs <= nowMs; count++)
        {
            wakeMs = _device.Step(nowMs);
        }

        if (wakeMs <= nowMs)
        {
            throw new InvalidOperationException($"Device {_index} asks to run again and again at {nowMs} ms.");
        }

        _wakeUs = _crystal.TimeUs(wakeMs);
    }
}
