// EU863-870 as data: RP002-1.0.4, section 2.4, and the sub-bands of ERC Recommendation 70-03, annex 1 (ETSI EN 300 220-2, annex B).
namespace PoleController.LoRaWan
{
    /// <summary>The region EU863-870. DR7 is FSK, DR8 to DR11 are LR-FHSS.</summary>
    public static class Eu868
    {
        /// <summary>Default frequency of RX2 in hertz (RP002-1.0.4, section 2.4.7).</summary>
        public const int Rx2FrequencyHz = 869525000;

        /// <summary>Default data rate of RX2.</summary>
        public const int Rx2DataRate = 0;

        private static RegionalParameters? _parameters;

        /// <summary>The region's tables. They are made when they are first asked for: a device needs those of one region only.</summary>
        public static RegionalParameters Parameters
        {
            get { return _parameters ??= Make(); }
        }

        private static RegionalParameters Make()
        {
            return new RegionalParameters
            {
                Id = RegionId.Eu868,
                SpreadingFactors = new int[] { 12, 11, 10, 9, 8, 7, 7 },
                BandwidthsHz = new int[] { 125000, 125000, 125000, 125000, 125000, 125000, 250000 },
                MaximumPayloadLengths = new int[] { 51, 51, 51, 115, 242, 242, 242 },
                MaximumDwellTimePayloadLengths = new int[] { 51, 51, 51, 115, 242, 242, 242 },
                Rx1DataRates = new byte[]
                {
                    0, 0, 0, 0, 0, 0,
                    1, 0, 0, 0, 0, 0,
                    2, 1, 0, 0, 0, 0,
                    3, 2, 1, 0, 0, 0,
                    4, 3, 2, 1, 0, 0,
                    5, 4, 3, 2, 1, 0,
                    6, 5, 4, 3, 2, 1,
                },
                MaximumRx1DataRateOffset = 5,
                MaximumUplinkDataRate = 6,
                MaximumDownlinkDataRate = 6,
                Rx2FrequencyHz = Rx2FrequencyHz,
                Rx2DataRate = Rx2DataRate,
                DefaultFrequenciesHz = new int[] { 868100000, 868300000, 868500000 },
                MaximumDataRate = 5,
                MaximumPowerDbm = 16,
                MaximumPowerIndex = 7,
                MinimumFrequencyHz = 863000000,
                MaximumFrequencyHz = 870000000,
                SubBandLowerHz = new int[] { 863000000, 865000000, 868000000, 868700000, 869400000, 869700000 },
                SubBandUpperHz = new int[] { 865000000, 868000000, 868600000, 869200000, 869650000, 870000000 },
                SubBandDutyCyclePermille = new int[] { 1, 10, 10, 1, 100, 10 },
            };
        }
    }
}
