// Adaptive data rate: what the server remembers of a pole's signal and what it makes of it.
using Simulation.Radio;

namespace Simulation.Network;

/// <summary>What ADR wants of a pole.</summary>
/// <param name="DataRate">0 to 5.</param>
/// <param name="PowerIndex">TXPower, 0 (16 dBm EIRP) to 7 (2 dBm).</param>
public readonly record struct AdrDecision(int DataRate, int PowerIndex);

/// <summary>
/// The last 20 signal-to-noise ratios of a pole and the algorithm on top of them: "LoRaWAN - simple rate adaptation recommended
/// algorithm", Semtech, revision 1.0, 2016. The greatest ratio less what the data rate needs less the margin, in steps of 3 dB: first
/// the data rate up, then the power down; when it is negative the power up. One rule is added: at full power and a low margin the data rate
/// goes down by one.
/// </summary>
public sealed class AdrHistory
{
    /// <summary>Uplinks remembered.</summary>
    public const int Length = 20;

    private const int StepQuarterDecibel = 12;
    private const int MaximumDataRate = 5;
    private const int MaximumPowerIndex = 7;
    private const int LeastCountToSlowDown = 5;

    private readonly sbyte[] _snrQuarterDecibel = new sbyte[Length];
    private int _next;

    /// <summary>How many are remembered, 0 to 20.</summary>
    public int Count { get; private set; }

    /// <summary>Forgets all: after a change of power the old ratios say nothing.</summary>
    public void Clear()
    {
        Count = 0;
        _next = 0;
    }

    /// <summary>Remembers an uplink's ratio at its best gateway.</summary>
    /// <param name="snrQuarterDecibel">Quarters of a decibel.</param>
    public void Add(int snrQuarterDecibel)
    {
        _snrQuarterDecibel[_next] = (sbyte)Math.Clamp(snrQuarterDecibel, sbyte.MinValue, sbyte.MaxValue);
        _next = (_next + 1) % Length;
        Count = Math.Min(Count + 1, Length);
    }

    /// <summary>What ADR wants, given what the pole does now.</summary>
    /// <param name="dataRate">Data rate of its last uplink, 0 to 5.</param>
    /// <param name="powerIndex">Its TXPower, 0 to 7.</param>
    /// <param name="marginDecibel">Ratio to keep in hand.</param>
    /// <param name="lowMarginDecibel">With less than this in hand at full power the data rate goes down.</param>
    public AdrDecision Decide(int dataRate, int powerIndex, int marginDecibel, int lowMarginDecibel)
    {
        int best = sbyte.MinValue;
        for (int at = 0; at < Count; at++)
        {
            best = Math.Max(best, _snrQuarterDecibel[at]);
        }

        int neededQuarterDecibel = (int)(ReceiverSensitivity.LimitDecibel(12 - dataRate) * 4);
        if (Count >= LeastCountToSlowDown && powerIndex == 0 && dataRate > 0 && best - neededQuarterDecibel < lowMarginDecibel * 4)
        {
            return new AdrDecision(dataRate - 1, 0);
        }

        int steps = (best - neededQuarterDecibel - (marginDecibel * 4)) / StepQuarterDecibel;
        for (; steps > 0 && dataRate < MaximumDataRate; steps--)
        {
            dataRate++;
        }

        // A TXPower index is 2 dB, a step is 3 dB: one index per step stays on the safe side.
        return new AdrDecision(dataRate, Math.Clamp(powerIndex + steps, 0, MaximumPowerIndex));
    }
}
