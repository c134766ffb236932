// What both drivers of the SPS30 (I2C and UART) have in common: times, judgement of its status, and what its numbers mean. Pure but for the values kept.
namespace PoleController.Drivers
{
    /// <summary>The mass concentrations of one SPS30, and what holds whatever bus it is on (data sheet SPS30, version 1.0, D1).</summary>
    public sealed class Sps30Values
    {
        /// <summary>How long fan and optics settle at low concentrations before a value counts, in milliseconds (table 1: 8 to 30 s).</summary>
        public const int SettleMs = 30000;

        /// <summary>After how long without a request the part is stopped and put to sleep, in milliseconds.</summary>
        public const int IdleMs = 60000;

        /// <summary>How often the fan is cleaned, in milliseconds: once a week. The part's own counter starts anew whenever it loses its supply.</summary>
        public const int CleaningIntervalMs = 604800000;

        /// <summary>How long that takes, in milliseconds.</summary>
        public const int CleaningMs = 10000;

        /// <summary>The most that the part measures, in tenths of a microgram per cubic metre.</summary>
        public const int Maximum = 10000;

        /// <summary>Bits of the status register that are defects: fan (4), laser (5).</summary>
        public const int DefectMask = 0x30;

        /// <summary>Bytes of the product type.</summary>
        public const int ProductTypeLength = 8;

        // A concentration that is a little over the end of the scale is the end; far over it is nonsense.
        private const int Nonsense = 4 * Maximum;

        /// <summary>PM1.</summary>
        public int Pm1 { get; private set; }

        /// <summary>PM2.5.</summary>
        public int Pm25 { get; private set; }

        /// <summary>PM4.</summary>
        public int Pm4 { get; private set; }

        /// <summary>PM10.</summary>
        public int Pm10 { get; private set; }

        /// <summary>Whether a byte of the product type is the SPS30's: "00080000".</summary>
        public static bool IsProductType(int index, int character)
        {
            return character == (index == 3 ? '8' : '0');
        }

        /// <summary>Takes the four mass concentrations.</summary>
        /// <param name="data">Holds them as big-endian IEEE 754 numbers.</param>
        /// <param name="offset">Where the first byte is.</param>
        /// <param name="gap">How many bytes follow each pair of bytes and are none of theirs: 1 with the checksums of I2C, else 0.</param>
        /// <returns>False when one of them is no concentration; the values are then those of before.</returns>
        public bool TrySet(byte[] data, int offset, int gap)
        {
            int pm1 = Read(data, offset, gap);
            int stride = 4 + (2 * gap);
            int pm25 = Read(data, offset + stride, gap);
            int pm4 = Read(data, offset + (2 * stride), gap);
            int pm10 = Read(data, offset + (3 * stride), gap);
            if (pm1 < 0 || pm25 < 0 || pm4 < 0 || pm10 < 0)
            {
                return false;
            }

            Pm1 = pm1;
            Pm25 = pm25;
            Pm4 = pm4;
            Pm10 = pm10;
            return true;
        }

        private static int Read(byte[] data, int offset, int gap)
        {
            int high = (data[offset] << 8) | data[offset + 1];
            int low = (data[offset + 2 + gap] << 8) | data[offset + 3 + gap];
            int tenths = SinglePrecision.Tenths(high, low);
            return tenths > Nonsense ? -1 : tenths > Maximum ? Maximum : tenths;
        }
    }
}
