// EU863-870 as data: RP002-1.0.4, section 2.4, and the sub-bands of ERC Recommendation 70-03, annex 1 (ETSI EN 300 220-2, annex B).
namespace PoleController.LoRaWan
{
    /// <summary>The region EU863-870.</summary>
    public static class Eu868
    {
        /// <summary>Frequency of the first join channel in hertz; the three are 200 kHz apart (RP002-1.0.4, table 5).</summary>
        public const int FirstJoinFrequencyHz = 868100000;

        /// <summary>Default frequency of RX2 in hertz (RP002-1.0.4, section 2.4.7).</summary>
        public const int Rx2FrequencyHz = 869525000;

        /// <summary>Default data rate of RX2.</summary>
        public const int Rx2DataRate = 0;

        /// <summary>RECEIVE_DELAY1 in seconds; RX2 opens a second after RX1.</summary>
        public const int ReceiveDelay1S = 1;

        /// <summary>JOIN_ACCEPT_DELAY1 in seconds; RX2 opens a second after RX1.</summary>
        public const int JoinAcceptDelay1S = 5;

        // Static fields of this type only, in the order of their use: no other type's static is read while statics are made.
        private static readonly int[] SpreadingFactors = new int[] { 12, 11, 10, 9, 8, 7, 7 };
        private static readonly int[] BandwidthsHz = new int[] { 125000, 125000, 125000, 125000, 125000, 125000, 250000 };
        private static readonly int[] MaximumPayloadLengths = new int[] { 51, 51, 51, 115, 242, 242, 242 };
        // RX1DROffset 0 to 5: never below DR0 (RP002-1.0.4, table 10).
        private static readonly byte[] Rx1DataRates = new byte[]
        {
            0, 0, 0, 0, 0, 0,
            1, 0, 0, 0, 0, 0,
            2, 1, 0, 0, 0, 0,
            3, 2, 1, 0, 0, 0,
            4, 3, 2, 1, 0, 0,
            5, 4, 3, 2, 1, 0,
            6, 5, 4, 3, 2, 1,
        };

        private static readonly int[] DefaultFrequenciesHz =
            new int[] { FirstJoinFrequencyHz, FirstJoinFrequencyHz + 200000, FirstJoinFrequencyHz + 400000 };

        private static readonly int[] SubBandLowerHz = new int[] { 863000000, 865000000, 868000000, 868700000, 869400000, 869700000 };
        private static readonly int[] SubBandUpperHz = new int[] { 865000000, 868000000, 868600000, 869200000, 869650000, 870000000 };
        private static readonly int[] SubBandDutyCyclePermille = new int[] { 1, 10, 10, 1, 100, 10 };

        private static RegionalParameters? _parameters;
        private static Region? _region;

        /// <summary>The region, for network servers that know no other.</summary>
        public static Region Region
        {
            get { return _region ??= new Region(RegionId.Eu868); }
        }

        /// <summary>The region's tables. A data rate above 6 is FSK or LR-FHSS and not offered: the radio port is LoRa.</summary>
        public static RegionalParameters Parameters
        {
            get { return _parameters ??= Make(); }
        }

        private static RegionalParameters Make()
        {
            return new RegionalParameters(
                SpreadingFactors,
                BandwidthsHz,
                MaximumPayloadLengths,
                Rx1DataRates,
                DefaultFrequenciesHz,
                SubBandLowerHz,
                SubBandUpperHz,
                SubBandDutyCyclePermille)
            {
                Id = RegionId.Eu868,
                MinimumDataRate = 0,
                MaximumDataRate = 5,
                MaximumUplinkDataRate = 6,
                ChannelCount = 16,
                Rx2FrequencyHz = Rx2FrequencyHz,
                Rx2DataRate = Rx2DataRate,
                MaximumRx1DataRateOffset = 5,
                MaximumPowerDbm = 16,
                MaximumPowerIndex = 7,
                PowerStepDb = 2,
                MinimumFrequencyHz = 863000000,
                MaximumFrequencyHz = 870000000,
            };
        }
    }
}
