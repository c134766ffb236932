// Chooses the channel of an uplink: at random among those that are enabled, allow the data rate, and whose sub-band has room.
using PoleController.Hal;

namespace PoleController.LoRaWan
{
    /// <summary>Chooses channels.</summary>
    public sealed class ChannelSelector
    {
        private readonly Region _region;
        private readonly DutyCycle _dutyCycle;
        private readonly IRandom _random;

        /// <summary>Makes it.</summary>
        public ChannelSelector(Region region, DutyCycle dutyCycle, IRandom random)
        {
            _region = region;
            _dutyCycle = dutyCycle;
            _random = random;
        }

        /// <summary>When the first channel is free, after <see cref="Choose"/> found none; <see cref="Wake.Never"/> when none ever is.</summary>
        public long EarliestMs { get; private set; }

        /// <summary>Chooses among a session's channels.</summary>
        /// <returns>The channel, or <see cref="Region.None"/>: then <see cref="EarliestMs"/> says when there is one.</returns>
        public int Choose(MacParameters parameters, int channelMask, int dataRate, int airTimeUs, long nowMs)
        {
            EarliestMs = Wake.Never;
            int freeCount = 0;
            int chosen = Region.None;
            for (int i = 0; i < parameters.FrequenciesHz.Length; i++)
            {
                if (!parameters.IsChannelUsable(channelMask, i, dataRate))
                {
                    continue;
                }

                long earliestMs = _dutyCycle.EarliestMs(_region.SubBandOf(parameters.FrequenciesHz[i]), airTimeUs, nowMs);
                if (earliestMs < EarliestMs)
                {
                    EarliestMs = earliestMs;
                }

                // Each free channel replaces the one before with probability 1/n: all are equally likely, without a list.
                if (earliestMs <= nowMs)
                {
                    freeCount++;
                    if (_random.Next(freeCount) == 0)
                    {
                        chosen = i;
                    }
                }
            }

            return chosen;
        }
    }
}
