// One uplink while it is in the air.
namespace Simulation.Radio;

/// <summary>An uplink in the air, with what each gateway in reach makes of it.</summary>
internal sealed class AirFrame(int maximumReach)
{
    /// <summary>The frame; null once it has ended.</summary>
    public UplinkTransmission? Uplink;

    /// <summary>The energy on its frequency.</summary>
    public ChannelEnergy? Channel;

    /// <summary>Signal at each gateway in reach, in milliwatt.</summary>
    public readonly float[] Power = new float[maximumReach];

    /// <summary>The same in units of <see cref="ChannelEnergy"/>.</summary>
    public readonly UInt128[] PowerUnits = new UInt128[maximumReach];

    /// <summary>What the meters of each gateway in reach showed when it began, by spreading factor; not where no demodulator was taken.</summary>
    public readonly UInt128[] EnergyAtStart = new UInt128[maximumReach * ChannelEnergy.FactorCount];

    /// <summary>Why each gateway in reach has no demodulator on it; None where one has.</summary>
    public readonly UplinkLossCause[] Cause = new UplinkLossCause[maximumReach];

    /// <summary>The receiver's generation when the demodulator was taken.</summary>
    public readonly int[] Generation = new int[maximumReach];
}
