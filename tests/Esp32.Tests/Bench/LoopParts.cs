// Ports of a pole for tests of the loop: the lamp is recorded, the watchdog counts, the radio is mute.
using PoleController;
using PoleController.Esp32.Loop;
using PoleController.Esp32.Ports;
using PoleController.Esp32.Storage;
using PoleController.Hal;

namespace Esp32.Tests.Bench;

/// <summary>A dimmer that records.</summary>
internal sealed class RecordingDimmer : IDimmerOutput
{
    public int LevelPermille { get; private set; } = 1000;

    public bool Throws { get; set; }

    public bool TrySetLevel(int levelPermille)
    {
        if (Throws)
        {
            throw new InvalidOperationException();
        }

        LevelPermille = levelPermille;
        return true;
    }
}

/// <summary>A relay that records.</summary>
internal sealed class RecordingRelay : IRelay
{
    public bool IsClosed { get; private set; } = true;

    public bool TrySwitch(bool isClosed)
    {
        IsClosed = isClosed;
        return true;
    }
}

/// <summary>A watchdog that notes when it was petted, and throws when it is told to.</summary>
internal sealed class NotingWatchdog(IBoardClock clock) : IWatchdog
{
    public List<long> PetsMs { get; } = [];

    public long ThrowsFromMs { get; set; } = long.MaxValue;

    public void Pet()
    {
        if (clock.NowMs >= ThrowsFromMs)
        {
            throw new InvalidOperationException();
        }

        PetsMs.Add(clock.NowMs);
    }
}

/// <summary>A radio that refuses everything.</summary>
internal sealed class MuteRadio : ILoRaRadio
{
    public long NextWakeMs => long.MaxValue;

    public long EventTimeMs => 0;

    public int RssiDbm => 0;

    public int SnrQuarterDecibel => 0;

    public bool TryTransmit(int frequencyHz, int spreadingFactor, int bandwidthHz, int powerDbm, byte[] frame, int length) => false;

    public bool TryReceive(int frequencyHz, int spreadingFactor, int bandwidthHz, int windowMs) => false;

    public void Sleep()
    {
    }

    public LoRaRadioEvent Poll(long nowMs) => LoRaRadioEvent.None;

    public int ReadFrame(byte[] buffer) => 0;
}

/// <summary>An input that is set by hand.</summary>
internal sealed class HandInput : IDigitalInput
{
    public bool IsActive { get; set; }
}

/// <summary>A pole for the loop.</summary>
internal sealed class LoopParts
{
    public LoopParts(IBoardClock clock, IRecordFiles files)
    {
        Watchdog = new NotingWatchdog(clock);
        Hardware = new PoleHardware(Dimmer, new MuteRadio(), new Esp32Aes(), new FileStore(files), new Esp32Random())
        {
            Relay = Relay,
            Watchdog = Watchdog,
            Occupancy = Input,
        };
        Parts = new BoardParts(Hardware);
        Parts.AddWakeSource(new InputWake(Input));
    }

    public RecordingDimmer Dimmer { get; } = new();

    public RecordingRelay Relay { get; } = new();

    public NotingWatchdog Watchdog { get; }

    public HandInput Input { get; } = new();

    public PoleHardware Hardware { get; }

    public BoardParts Parts { get; }
}
