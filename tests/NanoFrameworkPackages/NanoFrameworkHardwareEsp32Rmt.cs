// Of nanoFramework.Hardware.Esp32.Rmt. Defaults are the package's: both channels come with a carrier.
using NanoFrameworkPackages;

namespace nanoFramework.Hardware.Esp32.Rmt;

public abstract class RmtChannelSettings
{
    private protected RmtChannelSettings(int channel, int pinNumber)
    {
        Channel = channel;
        PinNumber = pinNumber;
    }

    internal int Channel { get; }

    internal int PinNumber { get; }

    public byte ClockDivider { get; set; } = 80;

    public int BufferSize { get; set; } = 100;
}

public sealed class TransmitChannelSettings : RmtChannelSettings
{
    public TransmitChannelSettings(int channel, int pinNumber)
        : base(channel, pinNumber)
    {
    }

    public bool EnableCarrierWave { get; set; } = true;

    public bool EnableIdleLevelOutput { get; set; } = true;

    public bool IdleLevel { get; set; }
}

public sealed class ReceiverChannelSettings : RmtChannelSettings
{
    public ReceiverChannelSettings(int channel, int pinNumber)
        : base(channel, pinNumber)
    {
    }

    public bool EnableDemodulation { get; set; } = true;

    public bool EnableFilter { get; set; } = true;

    public byte FilterThreshold { get; set; } = 100;

    public ushort IdleThreshold { get; set; } = 12000;

    public TimeSpan ReceiveTimeout { get; set; } = TimeSpan.FromSeconds(1);
}

public class RmtCommand
{
    internal RmtCommand(int duration0, bool level0, int duration1, bool level1)
    {
        Duration0 = (ushort)duration0;
        Level0 = level0;
        Duration1 = (ushort)duration1;
        Level1 = level1;
    }

    public ushort Duration0 { get; set; }

    public bool Level0 { get; set; }

    public ushort Duration1 { get; set; }

    public bool Level1 { get; set; }
}

public class TransmitterChannel : IDisposable
{
    private readonly TransmitChannelSettings _settings;

    public TransmitterChannel(TransmitChannelSettings settings)
    {
        // ESP32-S3: channels 0 to 3 send, 4 to 7 receive.
        if (SimulatedChip.Current.IsRmtBroken || settings.Channel is < 0 or > 3)
        {
            throw new InvalidOperationException();
        }

        _settings = settings;
    }

    public void SendData(byte[] data, bool waitTxDone)
    {
        if (SimulatedChip.Current.IsRmtBroken || data.Length % 4 != 0 || waitTxDone)
        {
            throw new InvalidOperationException();
        }

        SimulatedChip.Current.RmtSent.Add((_settings, [.. data]));
        SimulatedChip.Current.RmtSend?.Invoke(data);
    }

    public void Dispose()
    {
    }
}

public class ReceiverChannel : IDisposable
{
    public ReceiverChannel(ReceiverChannelSettings settings)
    {
        if (SimulatedChip.Current.IsRmtBroken || settings.Channel is < 4 or > 7)
        {
            throw new InvalidOperationException();
        }

        SimulatedChip.Current.RmtReceiver = settings;
    }

    public void Start(bool clearBuffer)
    {
        SimulatedChip.Current.RmtCleared++;
        if (clearBuffer)
        {
            SimulatedChip.Current.RmtRecorded.Clear();
        }
    }

    // Null when nothing was recorded within the time-out.
    public RmtCommand[] GetAllItems()
    {
        SimulatedChip chip = SimulatedChip.Current;
        if (chip.IsRmtBroken)
        {
            throw new InvalidOperationException();
        }

        return chip.RmtRecord?.Invoke() ?? (chip.RmtRecorded.TryDequeue(out RmtCommand[]? items) ? items : null!);
    }

    public void Dispose()
    {
    }
}
