// Numbers in and out of a byte buffer, most significant byte first. Nothing about what they mean (SettingsCodec knows).
namespace PoleController.Settings
{
    /// <summary>Writes numbers into a buffer, or only into a CRC, and reads them back.</summary>
    internal static class SettingsRecord
    {
        /// <summary>Appends the lowest bytes of a number.</summary>
        /// <param name="buffer">Receives them; null to take them into the CRC only.</param>
        /// <param name="position">Where; moves on.</param>
        /// <param name="crc">Takes them in.</param>
        /// <param name="value">The number; of a negative one the two's complement is written.</param>
        /// <param name="size">1 to 4 bytes.</param>
        internal static void Put(byte[]? buffer, ref int position, ref uint crc, int value, int size)
        {
            for (int shift = (size - 1) * 8; shift >= 0; shift -= 8)
            {
                byte part = (byte)(value >> shift);
                crc = Crc32.Add(crc, part);
                if (buffer != null)
                {
                    buffer[position] = part;
                }

                position++;
            }
        }

        /// <summary>Reads a number without a sign in 1 or 2 bytes, or one with a sign in 4.</summary>
        /// <param name="buffer">The bytes.</param>
        /// <param name="end">Where they end: what lies beyond reads as 0, and <paramref name="position"/> shows it.</param>
        /// <param name="position">Where; moves on.</param>
        /// <param name="size">1, 2 or 4 bytes.</param>
        internal static int Get(byte[] buffer, int end, ref int position, int size)
        {
            int value = 0;
            for (int i = 0; i < size; i++)
            {
                value = (value << 8) | (position < end ? buffer[position] : 0);
                position++;
            }

            return value;
        }

        /// <summary>Reads a number with a sign in 2 bytes.</summary>
        internal static int GetSigned16(byte[] buffer, int end, ref int position)
        {
            return (short)Get(buffer, end, ref position, 2);
        }
    }
}
