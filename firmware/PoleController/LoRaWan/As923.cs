// AS923 as data: RP002-1.0.4, section 2.10. Its four groups differ by a frequency offset and the edges of the band.
namespace PoleController.LoRaWan
{
    /// <summary>
    /// The region AS923. DR7 is FSK; where RX1 would fall on it, DR6 stands. Duty cycle 1 % (RP002-1.0.4, section 2.10.2) is kept everywhere, as the
    /// country, which may ask for less, is not known.
    /// </summary>
    public static class As923
    {
        private const int FirstJoinFrequencyHz = 923200000;

        // Group 1 to 4.
        private static readonly RegionalParameters?[] Groups = new RegionalParameters?[4];

        /// <summary>A group's tables. They are made when they are first asked for: a device needs those of one region only.</summary>
        /// <param name="group">1 to 4.</param>
        public static RegionalParameters Parameters(int group)
        {
            return Groups[group - 1] ??= Make(group);
        }

        private static RegionalParameters Make(int group)
        {
            switch (group)
            {
                case 2:
                    return Make(RegionId.As923Group2, -1800000, 920000000, 923000000);
                case 3:
                    return Make(RegionId.As923Group3, -6600000, 915000000, 921000000);
                case 4:
                    return Make(RegionId.As923Group4, -5900000, 917000000, 920000000);
                default:
                    return Make(RegionId.As923Group1, 0, 915000000, 928000000);
            }
        }

        private static RegionalParameters Make(RegionId id, int offsetHz, int minimumFrequencyHz, int maximumFrequencyHz)
        {
            return new RegionalParameters
            {
                Id = id,
                SpreadingFactors = new int[] { 12, 11, 10, 9, 8, 7, 7 },
                BandwidthsHz = new int[] { 125000, 125000, 125000, 125000, 125000, 125000, 250000 },
                MaximumPayloadLengths = new int[] { 51, 51, 115, 115, 242, 242, 242 },
                MaximumDwellTimePayloadLengths = new int[] { 0, 0, 11, 53, 125, 242, 242 },
                Rx1DataRates = new byte[]
                {
                    0, 0, 0, 0, 0, 0, 1, 2,
                    1, 0, 0, 0, 0, 0, 2, 3,
                    2, 1, 0, 0, 0, 0, 3, 4,
                    3, 2, 1, 0, 0, 0, 4, 5,
                    4, 3, 2, 1, 0, 0, 5, 6,
                    5, 4, 3, 2, 1, 0, 6, 6,
                    6, 5, 4, 3, 2, 1, 6, 6,
                },
                MaximumRx1DataRateOffset = 7,
                MaximumUplinkDataRate = 6,
                MaximumDownlinkDataRate = 6,
                MinimumDwellTimeDownlinkDataRate = 2,
                Rx2FrequencyHz = FirstJoinFrequencyHz + offsetHz,
                Rx2DataRate = 2,
                DefaultFrequenciesHz = new int[] { FirstJoinFrequencyHz + offsetHz, FirstJoinFrequencyHz + 200000 + offsetHz },
                MaximumDataRate = 5,
                MaximumPowerDbm = 16,
                MaximumPowerIndex = 7,
                HasTxParamSetup = true,
                HasInitialUplinkDwellTime = true,
                HasInitialDownlinkDwellTime = true,
                MinimumFrequencyHz = minimumFrequencyHz,
                MaximumFrequencyHz = maximumFrequencyHz,
                SubBandLowerHz = new int[] { minimumFrequencyHz },
                SubBandUpperHz = new int[] { maximumFrequencyHz },
                SubBandDutyCyclePermille = new int[] { 10 },
            };
        }
    }
}
