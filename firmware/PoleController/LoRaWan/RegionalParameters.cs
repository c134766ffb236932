// What differs from region to region, as data: data rates, channels, sub-bands, receive windows. The values are in a file a region; what
// follows from them is Region's.
namespace PoleController.LoRaWan
{
    /// <summary>One region's parameters in the terms of RP002-1.0.4. Never changed after it was made; shared by all devices.</summary>
    public sealed class RegionalParameters
    {
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

        /// <summary>Data rate of RX1: for each data rate of an uplink one for each RX1DROffset.</summary>
        public readonly byte[] Rx1DataRates;

        /// <summary>RECEIVE_DELAY1 in seconds until the network sets another; RX2 opens a second after RX1 (RP002-1.0.4, section 2.3).</summary>
        public int ReceiveDelay1S = 1;

        /// <summary>JOIN_ACCEPT_DELAY1 in seconds; RX2 opens a second after RX1 (RP002-1.0.4, section 2.3).</summary>
        public int JoinAcceptDelay1S = 5;

        /// <summary>Which region it is.</summary>
        public RegionId Id;

        /// <summary>Data rates of the default channels: lowest.</summary>
        public int MinimumDataRate;

        /// <summary>Data rates of the default channels: highest.</summary>
        public int MaximumDataRate;

        /// <summary>Highest data rate that a device here can send at (LoRa modulation only).</summary>
        public int MaximumUplinkDataRate;

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
        public RegionalParameters(
            int[] spreadingFactors,
            int[] bandwidthsHz,
            int[] maximumPayloadLengths,
            byte[] rx1DataRates,
            int[] defaultFrequenciesHz,
            int[] subBandLowerHz,
            int[] subBandUpperHz,
            int[] subBandDutyCyclePermille)
        {
            SpreadingFactors = spreadingFactors;
            BandwidthsHz = bandwidthsHz;
            MaximumPayloadLengths = maximumPayloadLengths;
            Rx1DataRates = rx1DataRates;
            DefaultFrequenciesHz = defaultFrequenciesHz;
            SubBandLowerHz = subBandLowerHz;
            SubBandUpperHz = subBandUpperHz;
            SubBandDutyCyclePermille = subBandDutyCyclePermille;
        }
    }
}
