// What became on the air of the downlinks that somebody asked for. An instrument: no server could know it.
namespace Simulation.Radio;

/// <summary>Adds up what the air did with some downlinks; handed in with each of them. Whole numbers.</summary>
public sealed class DownlinkTally
{
    /// <summary>Frames that gateways transmitted and that have ended.</summary>
    public long FrameCount { get; private set; }

    /// <summary>Their time on air, in microseconds.</summary>
    public long AirTimeUs { get; private set; }

    /// <summary>Poles, over all frames, for which a frame was sent and that could receive it, were they listening.</summary>
    public long ReceivableCount { get; private set; }

    /// <summary>Poles, over all frames, for which a frame was sent and that could not receive it, by <see cref="DownlinkLossCause"/> (the index).</summary>
    public long[] LostCounts { get; } = new long[4];

    /// <summary>Receptions that another downlink of this network destroyed.</summary>
    public long CollisionCount => LostCounts[(int)DownlinkLossCause.Interference];

    internal void Add(GatewayTransmission transmission)
    {
        FrameCount++;
        AirTimeUs += transmission.IsCutOff ? 0 : transmission.EndUs - transmission.StartUs;
        foreach (DownlinkTransmission reception in transmission.ReceptionList)
        {
            if (!reception.IsAddressed)
            {
                continue;
            }

            if (reception.IsReceivable)
            {
                ReceivableCount++;
            }
            else
            {
                LostCounts[(int)reception.LossCause]++;
            }
        }
    }
}
