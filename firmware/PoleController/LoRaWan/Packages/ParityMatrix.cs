// The forward error correction code of TS004: which fragments a coded fragment is the sum of. For the decoder and for a server's encoder.
namespace PoleController.LoRaWan.Packages
{
    /// <summary>The parity-check matrix of TS004 (annex A of 1.0.0 and 2.0.0): about half of the fragments go into each coded one.</summary>
    public static class ParityMatrix
    {
        // A look-up that misses is repeated; the generator has a period of 2^23 - 1, and a miss has a chance of 1 in m + 1.
        private const int MaximumMisses = 64;

        /// <summary>Makes the line of a coded fragment.</summary>
        /// <param name="codedIndex">Which coded fragment, from 1: N - NbFrag.</param>
        /// <param name="fragmentCount">NbFrag, 1 to 16,383.</param>
        /// <param name="line">Receives a bit a fragment, bit i % 8 of byte i / 8; NbFrag / 8 bytes, rounded up, are written.</param>
        public static void FillLine(int codedIndex, int fragmentCount, byte[] line)
        {
            int length = (fragmentCount + 7) / 8;
            for (int i = 0; i < length; i++)
            {
                line[i] = 0;
            }

            // With a power of two the generator's remainders would repeat too soon.
            int modulus = (fragmentCount & (fragmentCount - 1)) == 0 ? fragmentCount + 1 : fragmentCount;
            int state = 1 + (1001 * codedIndex);
            for (int i = 0; i < fragmentCount / 2; i++)
            {
                int fragment = fragmentCount;
                for (int miss = 0; fragment >= fragmentCount && miss < MaximumMisses; miss++)
                {
                    state = Prbs23(state);
                    fragment = state % modulus;
                }

                if (fragment < fragmentCount)
                {
                    line[fragment / 8] |= (byte)(1 << (fragment % 8));
                }
            }
        }

        /// <summary>Makes a fragment, coded or not, of a whole block.</summary>
        /// <param name="block">Holds NbFrag fragments, the last one padded.</param>
        /// <param name="fragmentCount">NbFrag.</param>
        /// <param name="fragmentSize">FragSize.</param>
        /// <param name="n">N, from 1.</param>
        /// <param name="line">Working memory of NbFrag / 8 bytes, rounded up.</param>
        /// <param name="fragment">Receives the fragment.</param>
        /// <param name="offset">Where.</param>
        public static void EncodeFragment(byte[] block, int fragmentCount, int fragmentSize, int n, byte[] line, byte[] fragment, int offset)
        {
            bool isCoded = n > fragmentCount;
            if (isCoded)
            {
                FillLine(n - fragmentCount, fragmentCount, line);
            }

            for (int i = 0; i < fragmentSize; i++)
            {
                int sum = 0;
                for (int row = 0; row < fragmentCount; row++)
                {
                    bool isPart = isCoded ? ((line[row / 8] >> (row % 8)) & 1) != 0 : row == n - 1;
                    sum ^= isPart ? block[(row * fragmentSize) + i] : 0;
                }

                fragment[offset + i] = (byte)sum;
            }
        }

        // A shift register of 23 bits; taps at bits 0 and 5. The sum is the one of the specification: a seed may have more than 23 bits.
        private static int Prbs23(int state)
        {
            int feedback = (state & 1) ^ ((state >> 5) & 1);
            return (state >> 1) + (feedback << 22);
        }
    }
}
