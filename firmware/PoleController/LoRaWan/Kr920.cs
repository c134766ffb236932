// KR920-923 as data: RP002-1.0.4, section 2.12. Below 922 MHz 10 dBm are allowed, above 14 dBm.
namespace PoleController.LoRaWan
{
    /// <summary>The region KR920-923. Listening before talking, which the regulation there asks for, is not done.</summary>
    public static class Kr920
    {
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
                Id = RegionId.Kr920,
                SpreadingFactors = new int[] { 12, 11, 10, 9, 8, 7 },
                BandwidthsHz = new int[] { 125000, 125000, 125000, 125000, 125000, 125000 },
                MaximumPayloadLengths = new int[] { 51, 51, 51, 115, 242, 242 },
                MaximumDwellTimePayloadLengths = new int[] { 51, 51, 51, 115, 242, 242 },
                Rx1DataRates = new byte[]
                {
                    0, 0, 0, 0, 0, 0,
                    1, 0, 0, 0, 0, 0,
                    2, 1, 0, 0, 0, 0,
                    3, 2, 1, 0, 0, 0,
                    4, 3, 2, 1, 0, 0,
                    5, 4, 3, 2, 1, 0,
                },
                MaximumRx1DataRateOffset = 5,
                MaximumUplinkDataRate = 5,
                MaximumDownlinkDataRate = 5,
                Rx2FrequencyHz = 921900000,
                Rx2DataRate = 0,
                DefaultFrequenciesHz = new int[] { 922100000, 922300000, 922500000 },
                MaximumDataRate = 5,
                MaximumPowerDbm = 14,
                MaximumPowerIndex = 7,
                LimitedPowerDbm = 10,
                PowerLimitBelowHz = 922000000,
                MinimumFrequencyHz = 920900000,
                MaximumFrequencyHz = 923300000,
                SubBandLowerHz = new int[] { 920800000 },
                SubBandUpperHz = new int[] { 923400000 },
                SubBandDutyCyclePermille = new int[] { 1000 },
            };
        }
    }
}
