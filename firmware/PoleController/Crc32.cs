// CRC-32 for records in the store. It detects tearing and wear, not tampering.
namespace PoleController
{
    /// <summary>CRC-32 as in ISO/IEC 8802-3 (reflected polynomial 0xEDB88320; "123456789" gives 0xCBF43926).</summary>
    public static class Crc32
    {
        /// <summary>What a CRC that is made byte by byte is begun with.</summary>
        public const uint Initial = 0xFFFFFFFF;

        // A nibble at a time: 64 bytes of table instead of 1 KiB, at two look-ups a byte.
        private static readonly uint[] NibbleTable = new uint[]
        {
            0x00000000, 0x1DB71064, 0x3B6E20C8, 0x26D930AC, 0x76DC4190, 0x6B6B51F4, 0x4DB26158, 0x5005713C,
            0xEDB88320, 0xF00F9344, 0xD6D6A3E8, 0xCB61B38C, 0x9B64C2B0, 0x86D3D2D4, 0xA00AE278, 0xBDBDF21C,
        };

        /// <summary>Takes a byte in.</summary>
        /// <param name="crc">What the byte before gave, or <see cref="Initial"/>.</param>
        /// <param name="value">The byte.</param>
        public static uint Add(uint crc, byte value)
        {
            crc ^= value;
            crc = (crc >> 4) ^ NibbleTable[crc & 15];
            return (crc >> 4) ^ NibbleTable[crc & 15];
        }

        /// <summary>The CRC after the last byte.</summary>
        /// <param name="crc">What the last byte gave.</param>
        public static uint Finish(uint crc)
        {
            return crc ^ 0xFFFFFFFF;
        }

        /// <summary>The CRC of <paramref name="length"/> bytes from <paramref name="offset"/>.</summary>
        public static uint Compute(byte[] data, int offset, int length)
        {
            // The same as Add, without a call a byte: a record of 1.5 kB is computed within a step.
            uint[] table = NibbleTable;
            uint crc = Initial;
            int end = offset + length;
            for (int i = offset; i < end; i++)
            {
                crc ^= data[i];
                crc = (crc >> 4) ^ table[crc & 15];
                crc = (crc >> 4) ^ table[crc & 15];
            }

            return Finish(crc);
        }
    }
}
