// One frame that a gateway puts on the air, once, however many poles hear it. How it arrives at each of them is DownlinkTransmission.
namespace Simulation.Radio;

/// <summary>
/// What a gateway transmits. Owned by the air, which reuses it some time after its end.
/// </summary>
public sealed class GatewayTransmission
{
    private readonly List<DownlinkTransmission> _receptions = [];

    /// <summary>Which gateway transmits: its index in the list given to the network.</summary>
    public int GatewayIndex { get; internal set; }

    /// <summary>When the preamble begins, in microseconds since the start of the run.</summary>
    public long StartUs { get; internal set; }

    /// <summary>When whoever asked for it wanted it to begin, by its own clock.</summary>
    public long PlannedStartUs { get; internal set; }

    /// <summary>How far the beginning may be off the plan, as far as whoever asked for it knows, in microseconds.</summary>
    public long UncertaintyUs { get; internal set; }

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

    /// <summary>Whether the gateway fails before it has sent the whole of it.</summary>
    public bool IsCutOff { get; internal set; }

    /// <summary>How it arrives, pole by pole; those for which it is sent first.</summary>
    public IReadOnlyList<DownlinkTransmission> Receptions => _receptions;

    // The list itself: going through it makes no garbage.
    internal List<DownlinkTransmission> ReceptionList => _receptions;

    internal DownlinkTally? Tally { get; set; }

    internal void Fill(in DownlinkPlan plan, byte[] frame, DownlinkTally? tally)
    {
        GatewayIndex = plan.GatewayIndex;
        StartUs = plan.StartUs;
        PlannedStartUs = plan.StartUs;
        UncertaintyUs = 0;
        EndUs = plan.StartUs + plan.AirTimeUs;
        FrequencyHz = plan.FrequencyHz;
        SpreadingFactor = plan.SpreadingFactor;
        BandwidthHz = plan.BandwidthHz;
        Length = plan.Length;
        Array.Copy(frame, Frame, plan.Length);
        IsCutOff = false;
        Tally = tally;
    }

    internal void Add(DownlinkTransmission reception) => _receptions.Add(reception);

    internal void ClearReceptions() => _receptions.Clear();
}
