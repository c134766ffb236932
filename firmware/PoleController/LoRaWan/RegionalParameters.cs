// What differs from region to region, as data: data rates, channels, sub-bands, receive windows. The values are in a file a region; what
// follows from them is Region's.
namespace PoleController.LoRaWan
{
    /// <summary>
    /// One region's parameters in the terms of RP002-1.0.4. Never changed after it was made; shared by all devices. A data rate that is FSK or LR-FHSS
    /// has no entry: the radio port is LoRa.
    /// </summary>
    public sealed class RegionalParameters
    {
        // The base library of the pole has no Array.Empty.
        private const int None = 0;
        private static readonly int[] NoNumbers = Numbers(None);
        private static readonly byte[] NoBytes = Bytes(None);

        /// <summary>Which region it is.</summary>
        public RegionId Id;

        /// <summary>Spreading factor by data rate; 0 where the data rate is not LoRa or does not exist.</summary>
        public int[] SpreadingFactors = NoNumbers;

        /// <summary>Bandwidth in hertz by data rate; 0 where there is no spreading factor.</summary>
        public int[] BandwidthsHz = NoNumbers;

        /// <summary>Longest FRMPayload by data rate, in bytes, when there are no FOpts (N in RP002) and no repeater is expected.</summary>
        public int[] MaximumPayloadLengths = NoNumbers;

        /// <summary>The same while uplinks are limited to 400 ms; 0 where a data rate must not be used then.</summary>
        public int[] MaximumDwellTimePayloadLengths = NoNumbers;

        /// <summary>Data rate of RX1: for each data rate of an uplink one for each RX1DROffset.</summary>
        public byte[] Rx1DataRates = NoBytes;

        /// <summary>Largest RX1DROffset.</summary>
        public int MaximumRx1DataRateOffset;

        /// <summary>Highest data rate that a device here can send at.</summary>
        public int MaximumUplinkDataRate;

        /// <summary>Lowest data rate of a downlink.</summary>
        public int MinimumDownlinkDataRate;

        /// <summary>Highest data rate of a downlink.</summary>
        public int MaximumDownlinkDataRate;

        /// <summary>Lowest data rate of a downlink while downlinks are limited to 400 ms.</summary>
        public int MinimumDwellTimeDownlinkDataRate;

        /// <summary>RECEIVE_DELAY1 in seconds until the network sets another; RX2 opens a second after RX1 (RP002-1.0.4, section 2.3).</summary>
        public int ReceiveDelay1S = 1;

        /// <summary>JOIN_ACCEPT_DELAY1 in seconds; RX2 opens a second after RX1 (RP002-1.0.4, section 2.3).</summary>
        public int JoinAcceptDelay1S = 5;

        /// <summary>Default frequency of RX2 in hertz.</summary>
        public int Rx2FrequencyHz;

        /// <summary>Default data rate of RX2.</summary>
        public int Rx2DataRate;

        /// <summary>How many channels a device has at most.</summary>
        public int ChannelCount = Region.MaximumDynamicChannelCount;

        /// <summary>Frequencies of the channels every device starts and joins with, in hertz. None in a fixed channel plan.</summary>
        public int[] DefaultFrequenciesHz = NoNumbers;

        /// <summary>Data rates of the default (in a fixed channel plan: the 125 kHz) channels: lowest.</summary>
        public int MinimumDataRate;

        /// <summary>Data rates of the default (in a fixed channel plan: the 125 kHz) channels: highest.</summary>
        public int MaximumDataRate;

        /// <summary>Whether the channels are fixed: 64 of 125 kHz, 8 of 500 kHz, and 8 for downlinks.</summary>
        public bool IsFixedChannelPlan;

        /// <summary>Fixed channel plan: frequency of the first 125 kHz channel in hertz; they are 200 kHz apart.</summary>
        public int FirstNarrowFrequencyHz;

        /// <summary>Fixed channel plan: frequency of the first 500 kHz channel in hertz; they are 1.6 MHz apart.</summary>
        public int FirstWideFrequencyHz;

        /// <summary>Fixed channel plan: frequency of the first downlink channel in hertz; they are 600 kHz apart.</summary>
        public int FirstDownlinkFrequencyHz;

        /// <summary>Fixed channel plan: data rate of the 500 kHz channels.</summary>
        public int WideDataRate;

        /// <summary>Fixed channel plan: data rate of join-requests on 125 kHz channels.</summary>
        public int NarrowJoinDataRate;

        /// <summary>Fixed channel plan: how many 125 kHz channels must be enabled at least while a 125 kHz data rate is used.</summary>
        public int MinimumNarrowChannelCount;

        /// <summary>TXPower 0 in dBm: EIRP, or where the region speaks of conducted power that.</summary>
        public int MaximumPowerDbm;

        /// <summary>Largest TXPower index; each is 2 dB below the one before.</summary>
        public int MaximumPowerIndex;

        /// <summary>Power limit below <see cref="PowerLimitBelowHz"/> in dBm.</summary>
        public int LimitedPowerDbm;

        /// <summary>Frequency in hertz below which <see cref="LimitedPowerDbm"/> holds; 0 where there is no such limit.</summary>
        public int PowerLimitBelowHz;

        /// <summary>Power limit in dBm while fewer than 50 channels of 125 kHz are enabled; 0 where there is none.</summary>
        public int FewChannelsPowerDbm;

        /// <summary>Whether TXParamSetupReq is carried out; it is ignored elsewhere.</summary>
        public bool HasTxParamSetup;

        /// <summary>Whether uplinks are limited to 400 ms until TXParamSetupReq says otherwise.</summary>
        public bool HasInitialUplinkDwellTime;

        /// <summary>Whether downlinks are limited to 400 ms until TXParamSetupReq says otherwise.</summary>
        public bool HasInitialDownlinkDwellTime;

        /// <summary>Lowest frequency of the band, in hertz.</summary>
        public int MinimumFrequencyHz;

        /// <summary>Highest frequency of the band, in hertz.</summary>
        public int MaximumFrequencyHz;

        /// <summary>Lower edge by sub-band, in hertz.</summary>
        public int[] SubBandLowerHz = NoNumbers;

        /// <summary>Upper edge by sub-band, in hertz.</summary>
        public int[] SubBandUpperHz = NoNumbers;

        /// <summary>Duty cycle by sub-band, in permille; 1000 where there is no limit.</summary>
        public int[] SubBandDutyCyclePermille = NoNumbers;

        private static int[] Numbers(int count)
        {
            return new int[count];
        }

        private static byte[] Bytes(int count)
        {
            return new byte[count];
        }
    }
}
