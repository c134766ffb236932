// An IEEE 754 single-precision number, as parts send it, in tenths. Pure, integers only: nothing depends on how the runtime treats what is no number.
namespace PoleController.Drivers
{
    /// <summary>Reads single-precision numbers.</summary>
    public static class SinglePrecision
    {
        private const int FractionBits = 23;
        private const int Bias = 127;
        private const int LargestExponent = 29;

        /// <summary>A number in tenths, rounded.</summary>
        /// <param name="high">The upper 16 bits.</param>
        /// <param name="low">The lower 16 bits.</param>
        /// <returns>The tenths; -1 for what is negative, infinite, no number, or more than fits.</returns>
        public static int Tenths(int high, int low)
        {
            int exponent = ((high >> 7) & 0xFF) - Bias;
            if ((high & 0x7FFF) == 0 && low == 0)
            {
                return 0;
            }

            if ((high & 0x8000) != 0 || exponent >= LargestExponent - 3)
            {
                return -1;
            }

            if (exponent < -5)
            {
                // Less than 1/32: no tenth.
                return 0;
            }

            long scaled = ((((high & 0x7F) | 0x80L) << 16) + low) * 10;
            int shift = FractionBits - exponent;
            return shift > 0 ? (int)((scaled + (1L << (shift - 1))) >> shift) : (int)(scaled << -shift);
        }
    }
}
