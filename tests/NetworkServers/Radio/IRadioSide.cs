// The line between a stand-in, which is only the network server's interface for people and programs, and what would be on the air behind it: a simulation of devices
// and gateways can be put there. It is told what the network server knows, and tells what it heard.
namespace NetworkServers.Radio;

/// <summary>What is told to the radio side. Called within the stand-in's own calls, so it must not wait for anything.</summary>
public interface IRadioSide
{
    /// <summary>A device has everything that it needs, or something about it was changed.</summary>
    void DeviceChanged(RadioDevice device);

    /// <summary>A device was deleted.</summary>
    void DeviceRemoved(string devEui);

    /// <summary>Something waits in a device's queue: take it with <see cref="IServerSide.TakeDownlink"/> when the device can hear it.</summary>
    void DownlinkQueued(string devEui);

    /// <summary>A downlink is to go to a multicast group, now.</summary>
    void MulticastQueued(RadioGroup group, RadioDownlink downlink);
}

/// <summary>What the radio side tells the stand-in, which sends it on through its integration (webhook) in the server's own form of events.</summary>
public interface IServerSide
{
    /// <summary>The devices that have everything they need, by DevEUI.</summary>
    IReadOnlyList<RadioDevice> Devices { get; }

    /// <summary>Takes the first downlink out of a device's queue; null when nothing waits.</summary>
    RadioDownlink? TakeDownlink(string devEui);

    /// <summary>A device has joined.</summary>
    Task JoinedAsync(string devEui, string devAddr, DateTimeOffset at);

    /// <summary>A device was heard.</summary>
    Task UplinkAsync(RadioUplink uplink);

    /// <summary>A downlink was sent; for a confirmed one, the device acknowledged it or did not.</summary>
    Task SentAsync(string devEui, RadioDownlink downlink, bool? isAcknowledged, DateTimeOffset at);
}

/// <summary>A device.</summary>
/// <param name="DevEui">DevEUI, lower-case hexadecimal.</param>
/// <param name="JoinEui">JoinEUI, lower-case hexadecimal.</param>
/// <param name="AppKey">AppKey, lower-case hexadecimal.</param>
/// <param name="GenAppKey">GenAppKey; empty when the server has none.</param>
/// <param name="SupportsClassC">Whether it listens all the time.</param>
/// <param name="IsDisabled">Whether the server ignores it.</param>
public sealed record RadioDevice(string DevEui, string JoinEui, string AppKey, string GenAppKey, bool SupportsClassC, bool IsDisabled);

/// <summary>A downlink.</summary>
/// <param name="Id">What the server's events call it.</param>
/// <param name="FPort">Port.</param>
/// <param name="Payload">Bytes in the clear.</param>
/// <param name="IsConfirmed">Whether it has to be acknowledged.</param>
public sealed record RadioDownlink(string Id, int FPort, byte[] Payload, bool IsConfirmed);

/// <summary>A multicast group of class C.</summary>
/// <param name="Id">Its identifier on the server.</param>
/// <param name="McAddr">McAddr, lower-case hexadecimal.</param>
/// <param name="McNwkSKey">McNwkSKey.</param>
/// <param name="McAppSKey">McAppSKey.</param>
/// <param name="FrameCounter">Frame counter of this downlink.</param>
/// <param name="DataRate">Index of the data rate.</param>
/// <param name="FrequencyHz">Frequency in Hz.</param>
public sealed record RadioGroup(string Id, string McAddr, string McNwkSKey, string McAppSKey, long FrameCounter, int DataRate, long FrequencyHz);

/// <summary>An uplink, as one gateway heard it.</summary>
public sealed record RadioUplink
{
    /// <summary>DevEUI.</summary>
    public required string DevEui { get; init; }

    /// <summary>When it was received.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Frame counter.</summary>
    public required long FrameCounter { get; init; }

    /// <summary>Port.</summary>
    public required int FPort { get; init; }

    /// <summary>Bytes in the clear.</summary>
    public required byte[] Payload { get; init; }

    /// <summary>DevAddr, lower-case hexadecimal.</summary>
    public string DevAddr { get; init; } = "01000001";

    /// <summary>Identifier of the gateway, 16 hexadecimal digits.</summary>
    public string GatewayId { get; init; } = "0016c001f153a14c";

    /// <summary>Signal strength in dBm.</summary>
    public int RssiDbm { get; init; } = -100;

    /// <summary>Signal-to-noise ratio in dB.</summary>
    public double SnrDb { get; init; } = 5;

    /// <summary>Index of the data rate.</summary>
    public int DataRate { get; init; } = 5;

    /// <summary>Spreading factor.</summary>
    public int SpreadingFactor { get; init; } = 7;

    /// <summary>Frequency in Hz.</summary>
    public int FrequencyHz { get; init; } = 868_100_000;

    /// <summary>Whether the device asked for an acknowledgement.</summary>
    public bool IsConfirmed { get; init; }
}

/// <summary>Nothing on the air.</summary>
public sealed class SilentRadio : IRadioSide
{
    /// <inheritdoc/>
    public void DeviceChanged(RadioDevice device)
    {
    }

    /// <inheritdoc/>
    public void DeviceRemoved(string devEui)
    {
    }

    /// <inheritdoc/>
    public void DownlinkQueued(string devEui)
    {
    }

    /// <inheritdoc/>
    public void MulticastQueued(RadioGroup group, RadioDownlink downlink)
    {
    }
}
