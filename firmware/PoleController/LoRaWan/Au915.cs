// AU915-928 as data: RP002-1.0.4, section 2.8.
namespace PoleController.LoRaWan
{
    /// <summary>The region AU915-928. DR7 is LR-FHSS.</summary>
    public static class Au915
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
                Id = RegionId.Au915,
                SpreadingFactors = new int[] { 12, 11, 10, 9, 8, 7, 8, 0, 12, 11, 10, 9, 8, 7 },
                BandwidthsHz = new int[] { 125000, 125000, 125000, 125000, 125000, 125000, 500000, 0, 500000, 500000, 500000, 500000, 500000, 500000 },
                MaximumPayloadLengths = new int[] { 51, 51, 51, 115, 242, 242, 242, 0, 53, 129, 242, 242, 242, 242 },
                MaximumDwellTimePayloadLengths = new int[] { 0, 0, 11, 53, 125, 242, 242, 0, 53, 129, 242, 242, 242, 242 },
                Rx1DataRates = new byte[]
                {
                    8, 8, 8, 8, 8, 8,
                    9, 8, 8, 8, 8, 8,
                    10, 9, 8, 8, 8, 8,
                    11, 10, 9, 8, 8, 8,
                    12, 11, 10, 9, 8, 8,
                    13, 12, 11, 10, 9, 8,
                    13, 13, 12, 11, 10, 9,
                },
                MaximumRx1DataRateOffset = 5,
                MaximumUplinkDataRate = 6,
                MinimumDownlinkDataRate = 8,
                MaximumDownlinkDataRate = 13,
                Rx2FrequencyHz = 923300000,
                Rx2DataRate = 8,
                ChannelCount = 72,
                MaximumDataRate = 5,
                IsFixedChannelPlan = true,
                FirstNarrowFrequencyHz = 915200000,
                FirstWideFrequencyHz = 915900000,
                FirstDownlinkFrequencyHz = 923300000,
                WideDataRate = 6,
                NarrowJoinDataRate = 2,
                MaximumPowerDbm = 30,
                MaximumPowerIndex = 14,
                HasTxParamSetup = true,
                HasInitialUplinkDwellTime = true,
                MinimumFrequencyHz = 915000000,
                MaximumFrequencyHz = 928000000,
                SubBandLowerHz = new int[] { 915000000 },
                SubBandUpperHz = new int[] { 928000000 },
                SubBandDutyCyclePermille = new int[] { 1000 },
            };
        }
    }
}
