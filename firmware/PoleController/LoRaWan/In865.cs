// IN865-867 as data: RP002-1.0.4, section 2.11.
namespace PoleController.LoRaWan
{
    /// <summary>The region IN865-867. DR6 does not exist and DR7 is FSK; where RX1 would fall on them, DR5 stands. No duty cycle.</summary>
    public static class In865
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
                Id = RegionId.In865,
                SpreadingFactors = new int[] { 12, 11, 10, 9, 8, 7 },
                BandwidthsHz = new int[] { 125000, 125000, 125000, 125000, 125000, 125000 },
                MaximumPayloadLengths = new int[] { 51, 51, 51, 115, 242, 242 },
                MaximumDwellTimePayloadLengths = new int[] { 51, 51, 51, 115, 242, 242 },
                Rx1DataRates = new byte[]
                {
                    0, 0, 0, 0, 0, 0, 1, 2,
                    1, 0, 0, 0, 0, 0, 2, 3,
                    2, 1, 0, 0, 0, 0, 3, 4,
                    3, 2, 1, 0, 0, 0, 4, 5,
                    4, 3, 2, 1, 0, 0, 5, 5,
                    5, 4, 3, 2, 1, 0, 5, 5,
                },
                MaximumRx1DataRateOffset = 7,
                MaximumUplinkDataRate = 5,
                MaximumDownlinkDataRate = 5,
                Rx2FrequencyHz = 866550000,
                Rx2DataRate = 2,
                DefaultFrequenciesHz = new int[] { 865062500, 865402500, 865985000 },
                MaximumDataRate = 5,
                MaximumPowerDbm = 30,
                MaximumPowerIndex = 10,
                MinimumFrequencyHz = 865000000,
                MaximumFrequencyHz = 867000000,
                SubBandLowerHz = new int[] { 865000000 },
                SubBandUpperHz = new int[] { 867000000 },
                SubBandDutyCyclePermille = new int[] { 1000 },
            };
        }
    }
}
