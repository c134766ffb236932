// One downlink in the air, as one pole gets it: what was sent, how strongly it arrives and what became of it on the way.
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
/// A downlink for one pole. Owned by the network, which reuses it once its end has passed: read it until the window in which
/// <see cref="EndUs"/> lies has been run, and not later.
/// </summary>
public sealed class DownlinkTransmission
{
    internal double SignalMilliwatt;
    internal readonly double[] InterferenceEnergies = new double[6];

    /// <summary>For which pole it is: its index in the list given to the network.</summary>
    public int PoleIndex { get; internal set; }

    /// <summary>Which gateway transmits: its index in the list given to the network.</summary>
    public int GatewayIndex { get; internal set; }

    /// <summary>When the preamble begins, in microseconds since the start of the run.</summary>
    public long StartUs { get; internal set; }

    /// <summary>When the last symbol ends, in microseconds since the start of the run.</summary>
    public long EndUs { get; internal set; }

    /// <summary>Centre frequency in hertz.</summary>
    public int FrequencyHz { get; internal set; }

    /// <summary>Spreading factor, 7 to 12.</summary>
    public int SpreadingFactor { get; internal set; }

    /// <summary>Bandwidth in hertz.</summary>
    public int BandwidthHz { get; internal set; }

    /// <summary>The PHY payload, in the first <see cref="Length"/> bytes of 256.</summary>
    public byte[] Frame { get; } = new byte[256];

    /// <summary>Bytes of <see cref="Frame"/> in use.</summary>
    public int Length { get; internal set; }

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

    internal void Fill(in DownlinkPlan plan, byte[] frame)
    {
        PoleIndex = plan.PoleIndex;
        GatewayIndex = plan.GatewayIndex;
        StartUs = plan.StartUs;
        EndUs = plan.StartUs + plan.AirTimeUs;
        FrequencyHz = plan.FrequencyHz;
        SpreadingFactor = plan.SpreadingFactor;
        BandwidthHz = plan.BandwidthHz;
        Length = plan.Length;
        Array.Copy(frame, Frame, plan.Length);
        Array.Clear(InterferenceEnergies);
    }
}
