// What differs from region to region, as data: data rates, channels, sub-bands, receive windows. The values are in a file a region.
namespace PoleController.LoRaWan
{
    /// <summary>One region's parameters in the terms of RP002-1.0.4. Never changed after it was made; shared by all devices.</summary>
    public sealed class Region
    {
        /// <summary>The result of a look-up that found nothing.</summary>
        public const int None = -1;

        /// <summary>Spreading factor by data rate; 0 where the data rate is not LoRa or does not exist.</summary>
        public readonly int[] SpreadingFactors;

        /// <summary>Bandwidth in hertz by data rate.</summary>
        public readonly int[] BandwidthsHz;

        /// <summary>Longest FRMPayload by data rate, in bytes, when there are no FOpts (N in RP002) and no repeater is expected.</summary>
        public readonly int[] MaximumPayloadLengths;

        /// <summary>Frequencies of the channels every device starts and joins with, in hertz.</summary>
        public readonly int[] DefaultFrequenciesHz;

        /// <summary>Lower edge by sub-band, in hertz.</summary>
        public readonly int[] SubBandLowerHz;

        /// <summary>Upper edge by sub-band, in hertz.</summary>
        public readonly int[] SubBandUpperHz;

        /// <summary>Duty cycle by sub-band, in permille.</summary>
        public readonly int[] SubBandDutyCyclePermille;

        /// <summary>Data rates of the default channels: lowest.</summary>
        public int MinimumDataRate;

        /// <summary>Data rates of the default channels: highest.</summary>
        public int MaximumDataRate;

        /// <summary>Highest data rate that a device here can use (LoRa modulation only).</summary>
        public int MaximumLoRaDataRate;

        /// <summary>How many channels a device keeps.</summary>
        public int ChannelCount;

        /// <summary>Default frequency of RX2 in hertz.</summary>
        public int Rx2FrequencyHz;

        /// <summary>Default data rate of RX2.</summary>
        public int Rx2DataRate;

        /// <summary>Largest RX1DROffset.</summary>
        public int MaximumRx1DataRateOffset;

        /// <summary>TXPower 0, as EIRP in dBm.</summary>
        public int MaximumPowerDbm;

        /// <summary>Largest TXPower index; each is <see cref="PowerStepDb"/> below the one before.</summary>
        public int MaximumPowerIndex;

        /// <summary>Decibels from one TXPower index to the next.</summary>
        public int PowerStepDb;

        /// <summary>Lowest frequency of a channel centre, in hertz.</summary>
        public int MinimumFrequencyHz;

        /// <summary>Highest frequency of a channel centre, in hertz.</summary>
        public int MaximumFrequencyHz;

        /// <summary>Makes a region from its tables.</summary>
        public Region(
            int[] spreadingFactors,
            int[] bandwidthsHz,
            int[] maximumPayloadLengths,
            int[] defaultFrequenciesHz,
            int[] subBandLowerHz,
            int[] subBandUpperHz,
            int[] subBandDutyCyclePermille)
        {
            SpreadingFactors = spreadingFactors;
            BandwidthsHz = bandwidthsHz;
            MaximumPayloadLengths = maximumPayloadLengths;
            DefaultFrequenciesHz = defaultFrequenciesHz;
            SubBandLowerHz = subBandLowerHz;
            SubBandUpperHz = subBandUpperHz;
            SubBandDutyCyclePermille = subBandDutyCyclePermille;
        }

        /// <summary>Whether a data rate exists and is LoRa.</summary>
        public bool IsDataRate(int dataRate)
        {
            return dataRate >= 0 && dataRate <= MaximumLoRaDataRate;
        }

        /// <summary>The data rate of RX1 after an uplink (RP002-1.0.4, section 2.4.7 for EU868: never below DR0).</summary>
        public static int Rx1DataRate(int uplinkDataRate, int rx1DataRateOffset)
        {
            return uplinkDataRate > rx1DataRateOffset ? uplinkDataRate - rx1DataRateOffset : 0;
        }

        /// <summary>Output power of a TXPower index as EIRP in dBm.</summary>
        public int PowerDbm(int powerIndex)
        {
            return MaximumPowerDbm - (powerIndex * PowerStepDb);
        }

        /// <summary>The sub-band that a channel lies in with its whole bandwidth of 125 kHz, or <see cref="None"/>.</summary>
        public int SubBandOf(int frequencyHz)
        {
            for (int i = 0; i < SubBandLowerHz.Length; i++)
            {
                if (frequencyHz - 62500 >= SubBandLowerHz[i] && frequencyHz + 62500 <= SubBandUpperHz[i])
                {
                    return i;
                }
            }

            return None;
        }

        /// <summary>Whether a downlink may be on a frequency.</summary>
        public bool IsDownlinkFrequency(int frequencyHz)
        {
            return frequencyHz >= MinimumFrequencyHz && frequencyHz <= MaximumFrequencyHz;
        }

        /// <summary>Time on air of an uplink in microseconds.</summary>
        public int UplinkUs(int dataRate, int length)
        {
            return AirTime.FrameUs(SpreadingFactors[dataRate], BandwidthsHz[dataRate], length, true);
        }

        /// <summary>Time on air of a downlink in microseconds.</summary>
        public int DownlinkUs(int dataRate, int length)
        {
            return AirTime.FrameUs(SpreadingFactors[dataRate], BandwidthsHz[dataRate], length, false);
        }
    }
}
