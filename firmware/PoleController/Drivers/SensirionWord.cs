// A word as Sensirion's I2C parts send and take it: two bytes, the higher one first, and their CRC-8. Pure.
namespace PoleController.Drivers
{
    /// <summary>
    /// A word with its checksum: CRC-8 with the polynomial 0x31 and the initial value 0xFF, not reflected, no final exclusive-or. The data sheets of SCD4x,
    /// SGP41 and SPS30 give the same example: 0xBEEF has 0x92.
    /// </summary>
    public static class SensirionWord
    {
        /// <summary>Bytes of a word with its checksum.</summary>
        public const int Length = 3;

        private const int Polynomial = 0x31;
        private const int InitialValue = 0xFF;

        /// <summary>The checksum of two bytes.</summary>
        /// <param name="data">Holds them.</param>
        /// <param name="offset">Where the first is.</param>
        public static int Crc(byte[] data, int offset)
        {
            int crc = InitialValue;
            for (int i = 0; i < 2; i++)
            {
                crc ^= data[offset + i];
                for (int bit = 0; bit < 8; bit++)
                {
                    crc = (crc & 0x80) != 0 ? ((crc << 1) ^ Polynomial) & 0xFF : crc << 1;
                }
            }

            return crc;
        }

        /// <summary>Puts a word with its checksum.</summary>
        public static void Put(byte[] data, int offset, int word)
        {
            data[offset] = (byte)(word >> 8);
            data[offset + 1] = (byte)word;
            data[offset + 2] = (byte)Crc(data, offset);
        }

        /// <summary>Whether the checksum behind a word is its own.</summary>
        public static bool IsRight(byte[] data, int offset)
        {
            return data[offset + 2] == Crc(data, offset);
        }

        /// <summary>The word, 0 to 65,535.</summary>
        public static int Get(byte[] data, int offset)
        {
            return (data[offset] << 8) | data[offset + 1];
        }
    }
}
