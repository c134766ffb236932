// Integers in byte arrays, least significant byte first, as LoRaWAN sends them and the records keep them.
namespace PoleController
{
    /// <summary>Little-endian integers in byte arrays.</summary>
    public static class Wire
    {
        /// <summary>Reads 16 bits.</summary>
        public static int ReadUInt16(byte[] data, int offset)
        {
            return data[offset] | (data[offset + 1] << 8);
        }

        /// <summary>Reads 24 bits.</summary>
        public static int ReadUInt24(byte[] data, int offset)
        {
            return data[offset] | (data[offset + 1] << 8) | (data[offset + 2] << 16);
        }

        /// <summary>Reads 32 bits.</summary>
        public static uint ReadUInt32(byte[] data, int offset)
        {
            uint low = data[offset];
            low |= (uint)data[offset + 1] << 8;
            uint high = data[offset + 2];
            high |= (uint)data[offset + 3] << 8;
            return low | (high << 16);
        }

        /// <summary>Writes the low 16 bits.</summary>
        public static void WriteUInt16(byte[] data, int offset, int value)
        {
            data[offset] = (byte)value;
            data[offset + 1] = (byte)(value >> 8);
        }

        /// <summary>Writes the low 24 bits.</summary>
        public static void WriteUInt24(byte[] data, int offset, int value)
        {
            data[offset] = (byte)value;
            data[offset + 1] = (byte)(value >> 8);
            data[offset + 2] = (byte)(value >> 16);
        }

        /// <summary>Writes 32 bits.</summary>
        public static void WriteUInt32(byte[] data, int offset, uint value)
        {
            data[offset] = (byte)value;
            data[offset + 1] = (byte)(value >> 8);
            data[offset + 2] = (byte)(value >> 16);
            data[offset + 3] = (byte)(value >> 24);
        }
    }
}
