// US902-928 as data: RP002-1.0.4, section 2.5; FCC part 15.247 for power and the number of channels.
namespace PoleController.LoRaWan
{
    /// <summary>The region US902-928. DR5 and DR6 are LR-FHSS.</summary>
    public static class Us915
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
                Id = RegionId.Us915,
                SpreadingFactors = new int[] { 10, 9, 8, 7, 8, 0, 0, 0, 12, 11, 10, 9, 8, 7 },
                BandwidthsHz = new int[] { 125000, 125000, 125000, 125000, 500000, 0, 0, 0, 500000, 500000, 500000, 500000, 500000, 500000 },
                MaximumPayloadLengths = new int[] { 11, 53, 125, 242, 242, 0, 0, 0, 53, 129, 242, 242, 242, 242 },
                MaximumDwellTimePayloadLengths = new int[] { 11, 53, 125, 242, 242, 0, 0, 0, 53, 129, 242, 242, 242, 242 },
                Rx1DataRates = new byte[]
                {
                    10, 9, 8, 8,
                    11, 10, 9, 8,
                    12, 11, 10, 9,
                    13, 12, 11, 10,
                    13, 13, 12, 11,
                },
                MaximumRx1DataRateOffset = 3,
                MaximumUplinkDataRate = 4,
                MinimumDownlinkDataRate = 8,
                MaximumDownlinkDataRate = 13,
                Rx2FrequencyHz = 923300000,
                Rx2DataRate = 8,
                ChannelCount = 72,
                MaximumDataRate = 3,
                IsFixedChannelPlan = true,
                FirstNarrowFrequencyHz = 902300000,
                FirstWideFrequencyHz = 903000000,
                FirstDownlinkFrequencyHz = 923300000,
                WideDataRate = 4,
                NarrowJoinDataRate = 0,
                MinimumNarrowChannelCount = 2,
                MaximumPowerDbm = 30,
                MaximumPowerIndex = 14,
                FewChannelsPowerDbm = 21,
                MinimumFrequencyHz = 902000000,
                MaximumFrequencyHz = 928000000,
                SubBandLowerHz = new int[] { 902000000 },
                SubBandUpperHz = new int[] { 928000000 },
                SubBandDutyCyclePermille = new int[] { 1000 },
            };
        }
    }
}
