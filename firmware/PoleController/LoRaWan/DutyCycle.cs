// Duty cycle: what each sub-band may still send, and the limit over all that a network may set. It does not choose channels.
//
// Each sub-band has an allowance in airtime. It grows steadily up to a capacity of a quarter of an hour's limit (at least the longest
// frame) and a frame is sent only when the allowance covers all of it. Per hour it grows by the limit less the capacity, so that in any
// hour, wherever it begins, no more than capacity + growth = the limit is sent; a burst of a quarter of the limit is still possible.
// It starts at nothing, so that a restart, which forgets what was sent, keeps within the limit too.
namespace PoleController.LoRaWan
{
    /// <summary>Sub-band bookkeeping (ETSI EN 300 220-2: duty cycle over one hour) and aggregated duty cycle (TS001-1.0.4, section 5.3).</summary>
    public sealed class DutyCycle
    {
        private const long HourMs = 3600000;

        // 64 bytes at DR0, the longest frame the region allows there, rounded up.
        private const long LongestFrameUs = 2800000;

        private readonly Region _region;
        private readonly long[] _capacityUs = new long[Region.MaximumSubBandCount];
        private readonly long[] _growthUsPerHour = new long[Region.MaximumSubBandCount];
        private readonly long[] _allowanceUs = new long[Region.MaximumSubBandCount];
        private readonly long[] _atMs = new long[Region.MaximumSubBandCount];
        private long _aggregatedUntilMs;

        /// <summary>Makes it with empty allowances.</summary>
        public DutyCycle(Region region)
        {
            _region = region;
            Start(0);
        }

        /// <summary>Takes the limits of the region and empties the allowances: a start.</summary>
        public void Start(long nowMs)
        {
            for (int i = 0; i < _region.SubBandCount; i++)
            {
                long limitUs = HourMs * _region.DutyCyclePermille(i);
                _capacityUs[i] = limitUs / 4 > LongestFrameUs ? limitUs / 4 : LongestFrameUs;
                _growthUsPerHour[i] = limitUs - _capacityUs[i];
                _allowanceUs[i] = 0;
                _atMs[i] = nowMs;
            }

            _aggregatedUntilMs = nowMs;
        }

        /// <summary>The earliest time, not before now, at which a sub-band can take a frame.</summary>
        /// <param name="subBand">The sub-band.</param>
        /// <param name="airTimeUs">Time on air of the frame.</param>
        /// <param name="nowMs">Now.</param>
        /// <returns><see cref="Wake.Never"/> when the frame is longer than the sub-band ever allows.</returns>
        public long EarliestMs(int subBand, int airTimeUs, long nowMs)
        {
            if (airTimeUs > _capacityUs[subBand])
            {
                return Wake.Never;
            }

            long missingUs = airTimeUs - AllowanceUs(subBand, nowMs);
            long earliestMs = nowMs;
            if (missingUs > 0)
            {
                earliestMs += ((missingUs * HourMs) + _growthUsPerHour[subBand] - 1) / _growthUsPerHour[subBand];
            }

            return earliestMs > _aggregatedUntilMs ? earliestMs : _aggregatedUntilMs;
        }

        /// <summary>Takes a frame's airtime from a sub-band's allowance.</summary>
        /// <param name="subBand">The sub-band.</param>
        /// <param name="airTimeUs">Time on air of the frame.</param>
        /// <param name="nowMs">When it is sent.</param>
        /// <param name="maximumDutyCycle">MaxDutyCycle as the network set it: 1/2^n over all; 0 means no such limit.</param>
        public void Charge(int subBand, int airTimeUs, long nowMs, int maximumDutyCycle)
        {
            _allowanceUs[subBand] = AllowanceUs(subBand, nowMs) - airTimeUs;
            _atMs[subBand] = nowMs;
            if (maximumDutyCycle > 0)
            {
                _aggregatedUntilMs = nowMs + ((((long)airTimeUs << maximumDutyCycle) + 999) / 1000);
            }
        }

        private long AllowanceUs(int subBand, long nowMs)
        {
            long elapsedMs = nowMs - _atMs[subBand];

            // Full after at most this long; beyond, the product below could overflow after years without a frame.
            if (elapsedMs > 100 * HourMs)
            {
                return _capacityUs[subBand];
            }

            long allowanceUs = _allowanceUs[subBand] + (elapsedMs * _growthUsPerHour[subBand] / HourMs);
            return allowanceUs < _capacityUs[subBand] ? allowanceUs : _capacityUs[subBand];
        }
    }
}
