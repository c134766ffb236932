// Numbers as bytes of a message: most significant byte first. Nothing about any message.
namespace PoleController.Messages
{
    /// <summary>Reads and writes numbers in a message, most significant byte first.</summary>
    internal static class MessageBytes
    {
        /// <summary>Reads 16 bits, 0 to 65,535.</summary>
        public static int ReadUInt16(byte[] buffer, int offset)
        {
            return (buffer[offset] << 8) | buffer[offset + 1];
        }

        /// <summary>Reads 16 bits in two's complement, -32,768 to 32,767.</summary>
        public static int ReadInt16(byte[] buffer, int offset)
        {
            return (short)ReadUInt16(buffer, offset);
        }

        /// <summary>Reads 32 bits, 0 to 4,294,967,295.</summary>
        public static long ReadUInt32(byte[] buffer, int offset)
        {
            return ((long)ReadUInt16(buffer, offset) << 16) | (long)ReadUInt16(buffer, offset + 2);
        }

        /// <summary>Reads 24 bits, 0 to 16,777,215.</summary>
        public static int ReadUInt24(byte[] buffer, int offset)
        {
            return (buffer[offset] << 16) | (buffer[offset + 1] << 8) | buffer[offset + 2];
        }

        /// <summary>Reads 24 bits in two's complement, -8,388,608 to 8,388,607.</summary>
        public static int ReadInt24(byte[] buffer, int offset)
        {
            return ((sbyte)buffer[offset] << 16) | (buffer[offset + 1] << 8) | buffer[offset + 2];
        }

        /// <summary>Writes a number in 24 bits; one that does not fit is written as the end of the range.</summary>
        public static void WriteInt24(byte[] buffer, int offset, int value)
        {
            int held = value < -8388608 ? -8388608 : value > 8388607 ? 8388607 : value;
            buffer[offset] = (byte)(held >> 16);
            buffer[offset + 1] = (byte)(held >> 8);
            buffer[offset + 2] = (byte)held;
        }

        /// <summary>Writes the low 24 bits.</summary>
        public static void WriteUInt24(byte[] buffer, int offset, int value)
        {
            buffer[offset] = (byte)(value >> 16);
            buffer[offset + 1] = (byte)(value >> 8);
            buffer[offset + 2] = (byte)value;
        }

        /// <summary>Writes the low 16 bits.</summary>
        public static void WriteUInt16(byte[] buffer, int offset, int value)
        {
            buffer[offset] = (byte)(value >> 8);
            buffer[offset + 1] = (byte)value;
        }

        /// <summary>Writes the low 32 bits.</summary>
        public static void WriteUInt32(byte[] buffer, int offset, long value)
        {
            buffer[offset] = (byte)(value >> 24);
            buffer[offset + 1] = (byte)(value >> 16);
            buffer[offset + 2] = (byte)(value >> 8);
            buffer[offset + 3] = (byte)value;
        }

        /// <summary>The number on the wire for a value: rounded to the nearest step and kept within 0 and the largest.</summary>
        /// <param name="value">The value; below 0 counts as 0.</param>
        /// <param name="scale">What one step on the wire stands for, 1 or more.</param>
        /// <param name="largest">Largest number on the wire.</param>
        public static long Scale(long value, int scale, long largest)
        {
            if (value <= 0)
            {
                return 0;
            }

            long number = (value + (scale / 2)) / scale;
            return number > largest ? largest : number;
        }

        /// <summary>The number on the wire for a value that may be unknown (below 0).</summary>
        /// <param name="value">The value.</param>
        /// <param name="scale">What one step on the wire stands for, 1 or more.</param>
        /// <param name="largest">Largest number on the wire that is a value.</param>
        /// <param name="unknown">The number on the wire for unknown.</param>
        public static long Scale(long value, int scale, long largest, long unknown)
        {
            return value < 0 ? unknown : Scale(value, scale, largest);
        }

        /// <summary>The value for a number on the wire; -1 for the one that stands for unknown.</summary>
        public static int Value(int number, int scale, int unknown)
        {
            return number == unknown ? Entries.MeasurementEntry.Unknown : number * scale;
        }

        /// <summary>The value for a number of 32 bits on the wire; -1 for the one that stands for unknown.</summary>
        public static long Value(long number, int scale, long unknown)
        {
            return number == unknown ? Entries.MeasurementEntry.Unknown : number * scale;
        }

        /// <summary>The number on the wire for a value with a sign: kept within its range.</summary>
        /// <param name="value">The value; <see cref="Entries.MeasurementEntry.UnknownSigned"/> when not known.</param>
        /// <param name="smallest">Smallest value.</param>
        /// <param name="largest">Largest value.</param>
        /// <param name="unknown">The number on the wire for unknown.</param>
        public static int ScaleSigned(int value, int smallest, int largest, int unknown)
        {
            if (value == Entries.MeasurementEntry.UnknownSigned)
            {
                return unknown;
            }

            return value < smallest ? smallest : value > largest ? largest : value;
        }

        /// <summary>The value with a sign for a number on the wire.</summary>
        public static int SignedValue(int number, int unknown)
        {
            return number == unknown ? Entries.MeasurementEntry.UnknownSigned : number;
        }

        /// <summary>The lowest bits of a number as two's complement.</summary>
        /// <param name="number">The number, without a sign.</param>
        /// <param name="bits">How many bits it has, 2 to 31.</param>
        public static int Signed(int number, int bits)
        {
            return (number & (1 << (bits - 1))) == 0 ? number : number - (1 << bits);
        }

        /// <summary>The number on the wire for a level: percent, and never 0 for a lit lamp.</summary>
        public static byte ScaleLevel(int levelPermille)
        {
            long percent = Scale(levelPermille, 10, 100);
            return (byte)(percent == 0 && levelPermille > 0 ? 1 : percent);
        }

        /// <summary>The number on the wire for a power: 0.1 W, 65,535 when it is not known (below 0).</summary>
        public static int ScalePower(int powerMilliwatts)
        {
            return powerMilliwatts < 0 ? 65535 : (int)Scale(powerMilliwatts, 100, 65534);
        }

        /// <summary>The power for a number on the wire, in milliwatts; -1 when it is not known.</summary>
        public static int PowerMilliwatts(int number)
        {
            return number == 65535 ? -1 : number * 100;
        }
    }
}
