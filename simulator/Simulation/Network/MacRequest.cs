// One MAC command of the server that waits for its answer.
namespace Simulation.Network;

/// <summary>Commands that a server sends and a device answers (TS001-1.0.4, table 5), without LinkADRReq, which is ADR's.</summary>
internal enum MacRequestKind
{
    /// <summary>DutyCycleReq, section 5.3.</summary>
    DutyCycle = 0x04,

    /// <summary>RXParamSetupReq, section 5.4.</summary>
    RxParameterSetup = 0x05,

    /// <summary>DevStatusReq, section 5.5.</summary>
    DeviceStatus = 0x06,

    /// <summary>NewChannelReq, section 5.6.</summary>
    NewChannel = 0x07,

    /// <summary>RXTimingSetupReq, section 5.7.</summary>
    RxTimingSetup = 0x08,

    /// <summary>DlChannelReq, section 5.6.2.</summary>
    DownlinkChannel = 0x0A,
}

/// <summary>A request, until it is answered.</summary>
internal sealed class MacRequest
{
    /// <summary>Which command.</summary>
    public required MacRequestKind Kind { get; init; }

    /// <summary>The command as sent, with its identifier.</summary>
    public required byte[] Bytes { get; init; }

    /// <summary>Whether a downlink is sent for it alone; else it waits for one that is sent anyway.</summary>
    public bool IsUrgent { get; init; } = true;

    /// <summary>Whether it is in the downlink that is being put together.</summary>
    public bool IsInDownlink { get; set; }

    /// <summary>How often it was sent.</summary>
    public int SentCount { get; set; }
}

/// <summary>What a device said of itself (DevStatusAns, TS001-1.0.4, section 5.5).</summary>
/// <param name="TimeUs">When.</param>
/// <param name="Battery">0: external power; 1 to 254: charge; 255: not known.</param>
/// <param name="MarginDecibel">By how much the last DevStatusReq was above what its demodulation needs, -32 to 31.</param>
public readonly record struct DeviceStatus(long TimeUs, int Battery, int MarginDecibel);
