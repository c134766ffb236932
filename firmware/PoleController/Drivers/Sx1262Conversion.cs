// From the port's units to the SX1261/2's and back. Pure, integers only.
namespace PoleController.Drivers
{
    /// <summary>Conversions of the SX1262.</summary>
    public static class Sx1262Conversion
    {
        /// <summary>Smallest output power in dBm (data sheet rev. 2.1, section 13.4.4, high power amplifier).</summary>
        public const int MinimumPowerDbm = -9;

        /// <summary>Largest output power in dBm.</summary>
        public const int MaximumPowerDbm = 22;

        /// <summary>Longest window in milliseconds: 0xFFFFFE steps of 15.625 us (0xFFFFFF means without an end).</summary>
        public const int MaximumWindowMs = 262143;

        /// <summary>Time-out value that receives without an end.</summary>
        public const int Continuous = 0xFFFFFF;

        /// <summary>Frequency in PLL steps of 32 MHz / 2^25, rounded to the nearest (section 13.4.1).</summary>
        /// <param name="frequencyHz">150,000,000 to 960,000,000.</param>
        public static int PllSteps(int frequencyHz)
        {
            // 32 MHz / 2^25 is 15625 / 2^14 hertz.
            return (int)((((long)frequencyHz << 14) + 7812) / 15625);
        }

        /// <summary>Code of a bandwidth (table 13-48).</summary>
        public static int BandwidthCode(int bandwidthHz)
        {
            return bandwidthHz == 500000 ? 6 : bandwidthHz == 250000 ? 5 : 4;
        }

        /// <summary>The power that the chip is set to, within what it can do.</summary>
        public static int LimitPowerDbm(int powerDbm)
        {
            return powerDbm < MinimumPowerDbm ? MinimumPowerDbm : powerDbm > MaximumPowerDbm ? MaximumPowerDbm : powerDbm;
        }

        /// <summary>A duration in the steps of the chip's timer, 15.625 us.</summary>
        /// <param name="durationMs">0 to <see cref="MaximumWindowMs"/>.</param>
        public static int TimerSteps(int durationMs)
        {
            return durationMs << 6;
        }

        /// <summary>Code of the TCXO's voltage: the highest that is not over it (table 13-35).</summary>
        /// <param name="millivolts">1,600 to 3,300.</param>
        public static int TcxoVoltageCode(int millivolts)
        {
            if (millivolts >= 3000)
            {
                return millivolts >= 3300 ? 7 : 6;
            }

            if (millivolts >= 2200)
            {
                return millivolts >= 2700 ? 5 : millivolts >= 2400 ? 4 : 3;
            }

            return millivolts >= 1800 ? 2 : millivolts >= 1700 ? 1 : 0;
        }

        /// <summary>
        /// The band whose image calibration a frequency needs (table 9-2): its ends in steps of 4 MHz, the lower one in the high byte.
        /// </summary>
        public static int ImageBand(int frequencyHz)
        {
            if (frequencyHz > 900000000)
            {
                return 0xE1E9;
            }

            if (frequencyHz > 850000000)
            {
                return 0xD7DB;
            }

            return frequencyHz > 770000000 ? 0xC1C5 : frequencyHz > 460000000 ? 0x7581 : 0x6B6F;
        }

        /// <summary>Signal strength in dBm from GetPacketStatus (section 13.5.3); half decibels are cut towards zero.</summary>
        public static int RssiDbm(int raw)
        {
            return -(raw >> 1);
        }

        /// <summary>Signal-to-noise ratio in quarters of a decibel from GetPacketStatus: a signed byte.</summary>
        public static int SnrQuarterDecibel(int raw)
        {
            return (sbyte)raw;
        }
    }
}
