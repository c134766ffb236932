// The CRC-32 of IEEE 802.3, a byte at a time.
namespace PoleController.Settings
{
    /// <summary>
    /// CRC-32 as in IEEE 802.3 clause 3.2.9: polynomial 0x04C11DB7 reflected, begun with all ones, complemented at the end. The check value, of
    /// the ASCII text "123456789", is 0xCBF43926.
    /// </summary>
    public static class Crc32
    {
        /// <summary>What a CRC is begun with.</summary>
        public const uint Initial = 0xFFFFFFFF;

        // The effect of four bits; a table of 16 is two look-ups a byte, one of 256 would cost a pole 1 KB.
        private static readonly uint[] FourBits =
        {
            0x00000000, 0x1DB71064, 0x3B6E20C8, 0x26D930AC, 0x76DC4190, 0x6B6B51F4, 0x4DB26158, 0x5005713C,
            0xEDB88320, 0xF00F9344, 0xD6D6A3E8, 0xCB61B38C, 0x9B64C2B0, 0x86D3D2D4, 0xA00AE278, 0xBDBDF21C,
        };

        /// <summary>Takes a byte in.</summary>
        /// <param name="crc">What the byte before gave, or <see cref="Initial"/>.</param>
        /// <param name="value">The byte.</param>
        public static uint Add(uint crc, byte value)
        {
            // Casts by way of long: the sign-reinterpreting one from uint to int is not the same on the pole.
            crc ^= value;
            crc = (crc >> 4) ^ FourBits[(int)(long)(crc & 15)];
            return (crc >> 4) ^ FourBits[(int)(long)(crc & 15)];
        }

        /// <summary>The CRC after the last byte.</summary>
        /// <param name="crc">What the last byte gave.</param>
        public static uint Finish(uint crc)
        {
            return crc ^ 0xFFFFFFFF;
        }

        /// <summary>The CRC of the first bytes of a buffer.</summary>
        /// <param name="buffer">The bytes.</param>
        /// <param name="length">How many, 0 to the buffer's length.</param>
        public static uint Of(byte[] buffer, int length)
        {
            uint crc = Initial;
            for (int i = 0; i < length; i++)
            {
                crc = Add(crc, buffer[i]);
            }

            return Finish(crc);
        }
    }
}
