// Chooses the channel of an uplink: at random among those that are enabled, allow the data rate, and whose sub-band has room; each of them once
// before one is used again.
using System;
using PoleController.Hal;

namespace PoleController.LoRaWan
{
    /// <summary>Chooses channels (RP002-1.0.4, section 2.3: pseudo-random, every enabled channel once before any is used again).</summary>
    public sealed class ChannelSelector
    {
        private readonly Region _region;
        private readonly DutyCycle _dutyCycle;
        private readonly IRandom _random;
        private readonly bool[] _isUsed;

        /// <summary>Makes it.</summary>
        public ChannelSelector(Region region, DutyCycle dutyCycle, IRandom random)
        {
            _region = region;
            _dutyCycle = dutyCycle;
            _random = random;
            _isUsed = new bool[Region.MaximumChannelCount];
        }

        /// <summary>When the first channel is free, after <see cref="Choose"/> found none; <see cref="Wake.Never"/> when none ever is.</summary>
        public long EarliestMs { get; private set; }

        /// <summary>A frame has been sent on a channel: its turn comes again after all others that are free.</summary>
        public void OnUsed(int channel)
        {
            _isUsed[channel] = true;
        }

        /// <summary>Chooses among a session's channels.</summary>
        /// <returns>The channel, or <see cref="Region.None"/>: then <see cref="EarliestMs"/> says when there is one.</returns>
        public int Choose(MacParameters parameters, ChannelMask mask, int dataRate, int airTimeUs, long nowMs)
        {
            EarliestMs = Wake.Never;
            int freeCount = 0;
            int unusedCount = 0;
            int chosen = Region.None;
            int chosenUnused = Region.None;
            for (int i = 0; i < _region.ChannelCount; i++)
            {
                if (!parameters.IsChannelUsable(mask, i, dataRate))
                {
                    continue;
                }

                long earliestMs = _dutyCycle.EarliestMs(_region.SubBandOf(parameters.FrequencyHz(i)), airTimeUs, nowMs);
                if (earliestMs < EarliestMs)
                {
                    EarliestMs = earliestMs;
                }

                if (earliestMs > nowMs)
                {
                    continue;
                }

                // Each free channel replaces the one before with probability 1/n: all are equally likely, without a list.
                freeCount++;
                chosen = _random.Next(freeCount) == 0 ? i : chosen;
                if (!_isUsed[i])
                {
                    unusedCount++;
                    chosenUnused = _random.Next(unusedCount) == 0 ? i : chosenUnused;
                }
            }

            if (chosenUnused == Region.None && chosen != Region.None)
            {
                // All that are free have had their turn: a new round.
                Array.Clear(_isUsed, 0, _isUsed.Length);
                return chosen;
            }

            return chosenUnused;
        }
    }
}
