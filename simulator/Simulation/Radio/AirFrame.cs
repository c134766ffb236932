// One uplink while it matters: until it has ended and no frame that overlapped with it is in the air any more.
namespace Simulation.Radio;

/// <summary>An uplink in the air, with what each gateway in reach makes of it.</summary>
internal sealed class AirFrame(int maximumReach)
{
    /// <summary>The frame; null once it has ended.</summary>
    public UplinkTransmission? Uplink;

    /// <summary>The frames on the same frequency, in order of start.</summary>
    public List<AirFrame>? Channel;

    /// <summary>Who transmits.</summary>
    public int PoleIndex;

    /// <summary>Beginning.</summary>
    public long StartUs;

    /// <summary>End.</summary>
    public long EndUs;

    /// <summary>7 to 12.</summary>
    public int SpreadingFactor;

    /// <summary>How many gateways have a demodulator on it.</summary>
    public int LockedCount;

    /// <summary>Signal at each gateway in reach, in milliwatt.</summary>
    public readonly float[] Power = new float[maximumReach];

    /// <summary>Why each gateway in reach has no demodulator on it; None where one has.</summary>
    public readonly UplinkLossCause[] Cause = new UplinkLossCause[maximumReach];

    /// <summary>The receiver's generation when the demodulator was taken.</summary>
    public readonly int[] Generation = new int[maximumReach];
}
