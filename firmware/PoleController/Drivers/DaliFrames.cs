// Frames of the DALI bus as durations between edges, and back: Manchester code, lengths, tolerances. Pure conversions; who sends what and when is
// DaliBus's.
namespace PoleController.Drivers
{
    /// <summary>
    /// Frames of IEC 62386-101. A frame is a start bit (1) and its bits, the highest first; 1 is low then high, 0 is high then low; the bus rests high.
    /// Durations alternate and begin with a low one; there is always an odd number of them, because the bus is high again after the last.
    /// </summary>
    public static class DaliFrames
    {
        /// <summary>Half a bit at 1,200 bit/s, as sent, in microseconds (416.67).</summary>
        public const int HalfBitUs = 417;

        /// <summary>A whole bit without an edge in its middle, as sent, in microseconds (833.33).</summary>
        public const int FullBitUs = 833;

        /// <summary>Shortest half bit that a receiver takes for one, in microseconds (IEC 62386-101, receiver bit timing).</summary>
        public const int HalfBitMinimumUs = 333;

        /// <summary>Longest half bit, in microseconds (the same).</summary>
        public const int HalfBitMaximumUs = 500;

        /// <summary>Shortest pair of halves without an edge between them, in microseconds (the same).</summary>
        public const int FullBitMinimumUs = 666;

        /// <summary>Longest pair of halves without an edge between them, in microseconds (the same).</summary>
        public const int FullBitMaximumUs = 1000;

        /// <summary>Bits of a forward frame to control gear.</summary>
        public const int GearBits = 16;

        /// <summary>Bits of a forward frame to control devices.</summary>
        public const int DeviceBits = 24;

        /// <summary>Bits of a backward frame: an answer.</summary>
        public const int BackwardBits = 8;

        /// <summary>Durations of the longest frame: 24 bits and the start bit, two halves each.</summary>
        public const int MaximumDurations = 2 * (DeviceBits + 1);

        /// <summary>What <see cref="Decode"/> says of edges that are no frame.</summary>
        public const int Violation = -1;

        /// <summary>Makes the durations of a frame.</summary>
        /// <param name="frame">The bits, the last one lowest.</param>
        /// <param name="bits">How many, up to 24.</param>
        /// <param name="durationsUs">Receives low, high, low ...; room for <see cref="MaximumDurations"/>.</param>
        /// <returns>How many durations.</returns>
        public static int Encode(int frame, int bits, short[] durationsUs)
        {
            // The start bit: low, and a high half that the next bit may prolong.
            int count = 0;
            durationsUs[count++] = HalfBitUs;
            durationsUs[count] = HalfBitUs;
            bool wasOne = true;
            for (int i = bits - 1; i >= 0; i--)
            {
                bool isOne = ((frame >> i) & 1) != 0;
                if (isOne == wasOne)
                {
                    // An edge between the bits: two halves of their own.
                    durationsUs[++count] = HalfBitUs;
                }
                else
                {
                    durationsUs[count] = FullBitUs;
                }

                durationsUs[++count] = HalfBitUs;
                wasOne = isOne;
            }

            // After a 1 the bus is high already: its last half is the begin of the rest.
            return wasOne ? count : count + 1;
        }

        /// <summary>Reads a frame.</summary>
        /// <param name="durationsUs">Low, high, low ...</param>
        /// <param name="count">How many.</param>
        /// <param name="bits">How many bits the frame has to have.</param>
        /// <returns>The bits, or <see cref="Violation"/>: a duration that is neither half nor whole, no edge in the middle of a bit, another length.</returns>
        public static int Decode(short[] durationsUs, int count, int bits)
        {
            if ((count & 1) == 0)
            {
                return Violation;
            }

            int value = 0;
            int halves = 0;
            bool first = false;
            for (int i = 0; i < count; i++)
            {
                bool isHigh = (i & 1) != 0;
                int length = HalvesOf(durationsUs[i]);
                if (length == 0)
                {
                    return Violation;
                }

                for (int j = 0; j < length; j++)
                {
                    if ((halves & 1) == 0)
                    {
                        first = isHigh;
                    }
                    else if (first == isHigh)
                    {
                        return Violation;
                    }
                    else
                    {
                        value = (value << 1) | (isHigh ? 1 : 0);
                    }

                    halves++;
                }

                if (halves > 2 * (bits + 1))
                {
                    return Violation;
                }
            }

            if ((halves & 1) != 0)
            {
                // The last bit was a 1, and its second half went over into the rest.
                if (first)
                {
                    return Violation;
                }

                value = (value << 1) | 1;
                halves++;
            }

            // The start bit is the first 1 above the others.
            return halves == 2 * (bits + 1) && (value >> bits) == 1 ? value & ((1 << bits) - 1) : Violation;
        }

        private static int HalvesOf(int durationUs)
        {
            if (durationUs >= HalfBitMinimumUs && durationUs <= HalfBitMaximumUs)
            {
                return 1;
            }

            return durationUs >= FullBitMinimumUs && durationUs <= FullBitMaximumUs ? 2 : 0;
        }
    }
}
