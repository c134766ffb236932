// How much energy has arrived on one frequency: a meter per gateway and spreading factor that only ever counts up. What disturbed a frame
// is the difference between two readings less the frame's own part, whatever the number of frames that overlapped with it.
using System.Runtime.CompilerServices;

namespace Simulation.Radio;

/// <summary>
/// Power of the uplinks in the air on one frequency, integrated over time, at each gateway and spreading factor. Whole numbers of 128 bits:
/// sums are exact and do not depend on the order of frames, nothing is left behind when a strong frame ends, and a meter that
/// overflows after years does no harm, as differences are what counts.
/// </summary>
internal sealed class ChannelEnergy(int gatewayCount)
{
    /// <summary>SF7 to SF12.</summary>
    public const int FactorCount = 6;

    private const int LowestFactor = 7;

    // A unit of power is 2^-72 mW (-217 dBm): 70 dB below thermal noise. With at most 2^20 mW (60 dBm) a frame, a thousand frames over
    // their longest time on air (2^23 us) stay below 2^126.
    private const double UnitsPerMilliwatt = 4_722_366_482_869_645_213_696.0;
    private const double MostMilliwatt = 1_048_576.0;

    private readonly Meter[] _meters = new Meter[gatewayCount * FactorCount];

    /// <summary>A signal strength in units of power.</summary>
    /// <param name="milliwatt">0 or more; limited to 60 dBm.</param>
    public static UInt128 UnitsOf(float milliwatt) => (UInt128)(Math.Min(milliwatt, MostMilliwatt) * UnitsPerMilliwatt);

    /// <summary>A frame begins to arrive.</summary>
    /// <param name="gateway">Where.</param>
    /// <param name="spreadingFactor">7 to 12.</param>
    /// <param name="power">Its strength.</param>
    /// <param name="nowUs">When; not before anything that was said of this meter.</param>
    public void Begin(int gateway, int spreadingFactor, UInt128 power, long nowUs)
    {
        ref Meter meter = ref At(gateway, spreadingFactor);
        meter.MoveTo(nowUs);
        meter.Power += power;
    }

    /// <summary>A frame ends; with the same numbers as it began.</summary>
    public void End(int gateway, int spreadingFactor, UInt128 power, long nowUs)
    {
        ref Meter meter = ref At(gateway, spreadingFactor);
        meter.MoveTo(nowUs);
        meter.Power -= power;
    }

    /// <summary>Reads the six meters of a gateway, in units of power times microseconds.</summary>
    /// <param name="gateway">Which gateway.</param>
    /// <param name="nowUs">When; not before anything that was said of these meters.</param>
    /// <param name="into">Receives six numbers, SF7 to SF12.</param>
    public void Read(int gateway, long nowUs, Span<UInt128> into)
    {
        ReadOnlySpan<Meter> meters = _meters.AsSpan(gateway * FactorCount, FactorCount);
        for (int at = 0; at < meters.Length; at++)
        {
            into[at] = meters[at].EnergyAt(nowUs);
        }
    }

    private ref Meter At(int gateway, int spreadingFactor) => ref _meters[(gateway * FactorCount) + spreadingFactor - LowestFactor];

    private struct Meter
    {
        public UInt128 Power;
        private UInt128 _energy;
        private long _atUs;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly UInt128 EnergyAt(long nowUs) =>
            Power == UInt128.Zero ? _energy : unchecked(_energy + (Power * (ulong)(nowUs - _atUs)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void MoveTo(long nowUs)
        {
            _energy = EnergyAt(nowUs);
            _atUs = nowUs;
        }
    }
}
