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

        private const int InitialValue = 0xFF;

        // A nibble at a time, as Crc32: entry n is what the polynomial makes of n << 4 in four shifts.
        private static readonly byte[] NibbleTable = new byte[]
        {
            0x00, 0x31, 0x62, 0x53, 0xC4, 0xF5, 0xA6, 0x97,
            0xB9, 0x88, 0xDB, 0xEA, 0x7D, 0x4C, 0x1F, 0x2E,
        };

        /// <summary>The checksum of two bytes.</summary>
        /// <param name="data">Holds them.</param>
        /// <param name="offset">Where the first is.</param>
        public static int Crc(byte[] data, int offset)
        {
            byte[] table = NibbleTable;
            int crc = InitialValue ^ data[offset];
            crc = ((crc << 4) & 0xFF) ^ table[crc >> 4];
            crc = ((crc << 4) & 0xFF) ^ table[crc >> 4] ^ data[offset + 1];
            crc = ((crc << 4) & 0xFF) ^ table[crc >> 4];
            crc = ((crc << 4) & 0xFF) ^ table[crc >> 4];
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
