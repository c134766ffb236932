// One downlink in the air, as one pole gets it: how strongly it arrives and what became of it on the way. What was sent is GatewayTransmission.
namespace Simulation.Radio;

/// <summary>Why a downlink that was transmitted cannot be received at its pole.</summary>
public enum DownlinkLossCause
{
    /// <summary>It can be received.</summary>
    None = 0,

    /// <summary>Weaker than the pole's sensitivity.</summary>
    BelowSensitivity = 1,

    /// <summary>Destroyed by downlinks of other gateways on the same frequency.</summary>
    Interference = 2,

    /// <summary>The gateway failed before it had sent the whole of it.</summary>
    GatewayDown = 3,
}

/// <summary>
/// A downlink as one pole gets it. Owned by the network, which reuses it once its end has passed: read it until the window in which
/// <see cref="EndUs"/> lies has been run, and not later.
/// </summary>
public sealed class DownlinkTransmission
{
    internal double SignalMilliwatt;
    internal readonly double[] InterferenceEnergies = new double[6];
    private GatewayTransmission _transmission;

    /// <summary>Makes one over a transmission of its own.</summary>
    internal DownlinkTransmission()
        : this(new GatewayTransmission())
    {
    }

    /// <summary>Makes one over a transmission.</summary>
    internal DownlinkTransmission(GatewayTransmission transmission) => _transmission = transmission;

    /// <summary>What is on the air.</summary>
    public GatewayTransmission Transmission => _transmission;

    /// <summary>Which pole gets it: its index in the list given to the network.</summary>
    public int PoleIndex { get; internal set; }

    /// <summary>Whether the gateway sends it for this pole. Of a multicast frame other members of the group get copies that are meant for others.</summary>
    public bool IsAddressed { get; internal set; } = true;

    /// <inheritdoc cref="GatewayTransmission.GatewayIndex"/>
    public int GatewayIndex => _transmission.GatewayIndex;

    /// <inheritdoc cref="GatewayTransmission.StartUs"/>
    public long StartUs
    {
        get => _transmission.StartUs;
        internal set => _transmission.StartUs = value;
    }

    /// <inheritdoc cref="GatewayTransmission.EndUs"/>
    public long EndUs
    {
        get => _transmission.EndUs;
        internal set => _transmission.EndUs = value;
    }

    /// <inheritdoc cref="GatewayTransmission.FrequencyHz"/>
    public int FrequencyHz
    {
        get => _transmission.FrequencyHz;
        internal set => _transmission.FrequencyHz = value;
    }

    /// <inheritdoc cref="GatewayTransmission.SpreadingFactor"/>
    public int SpreadingFactor
    {
        get => _transmission.SpreadingFactor;
        internal set => _transmission.SpreadingFactor = value;
    }

    /// <inheritdoc cref="GatewayTransmission.BandwidthHz"/>
    public int BandwidthHz
    {
        get => _transmission.BandwidthHz;
        internal set => _transmission.BandwidthHz = value;
    }

    /// <inheritdoc cref="GatewayTransmission.Frame"/>
    public byte[] Frame => _transmission.Frame;

    /// <inheritdoc cref="GatewayTransmission.Length"/>
    public int Length
    {
        get => _transmission.Length;
        internal set => _transmission.Length = value;
    }

    /// <summary>Signal strength at the pole in dBm.</summary>
    public int RssiDbm { get; internal set; }

    /// <summary>Signal-to-noise ratio at the pole in quarters of a decibel, limited to what a LoRa chip can report (a signed byte).</summary>
    public int SnrQuarterDecibel { get; internal set; }

    /// <summary>Whether the pole's receiver can find the preamble: the signal is over its sensitivity. Final from the start.</summary>
    public bool IsDetectable { get; internal set; }

    /// <summary>
    /// Whether the whole frame arrives undamaged. Another downlink that overlaps may be scheduled after this one was handed out, so the
    /// answer is final only when the pole comes to <see cref="EndUs"/>: evaluate it there. (Whatever is scheduled while the window that
    /// holds the end is closed starts after that window, and so after the end.)
    /// </summary>
    public bool IsReceivable => LossCause == DownlinkLossCause.None;

    /// <summary>Why it cannot be received; final when <see cref="IsReceivable"/> is.</summary>
    public DownlinkLossCause LossCause { get; internal set; }

    internal void Fill(GatewayTransmission transmission, int poleIndex, bool isAddressed)
    {
        _transmission = transmission;
        PoleIndex = poleIndex;
        IsAddressed = isAddressed;
        Array.Clear(InterferenceEnergies);
    }
}
