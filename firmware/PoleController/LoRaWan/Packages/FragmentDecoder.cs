// Puts a data block together from its fragments, in whatever order and with whatever losses: Gauss's elimination, a fragment at a time.
//
// A fragment is an equation: the sum (exclusive or) of the fragments of the block that its line of the matrix names. Every equation that says
// something new is kept under the lowest fragment it names, its sum in that fragment's place of the block. When there are as many as
// fragments, the equations are solved from the last to the first, one a call, because a pole has more to do.
using System;

namespace PoleController.LoRaWan.Packages
{
    /// <summary>The decoder of TS004's forward error correction (annex A), in memory that is given once.</summary>
    public sealed class FragmentDecoder
    {
        /// <summary>Longest block in bytes, padding included: twice the longest settings.</summary>
        public const int MaximumBlockLength = 1024;

        /// <summary>Most fragments of a block: an equation is a bit for each in 64 bits.</summary>
        public const int MaximumFragmentCount = 64;

        private readonly ulong[] _equations = new ulong[MaximumFragmentCount];
        private readonly byte[] _line = new byte[MaximumFragmentCount / 8];
        private readonly byte[] _fragment = new byte[FrameCodec.MaximumFrameLength];
        private int _fragmentCount;
        private int _fragmentSize;
        private int _solving;

        /// <summary>The block; whole when <see cref="IsComplete"/>.</summary>
        public byte[] Block { get; } = new byte[MaximumBlockLength];

        /// <summary>Equations that said something new: fragments that need not be sent any more.</summary>
        public int KnownCount { get; private set; }

        /// <summary>Fragments that are missing still.</summary>
        public int MissingCount
        {
            get { return _fragmentCount - KnownCount; }
        }

        /// <summary>Whether enough fragments have come, and <see cref="Solve"/> has work left.</summary>
        public bool IsSolving
        {
            get { return _fragmentCount > 0 && MissingCount == 0 && _solving > 0; }
        }

        /// <summary>Whether the block is whole.</summary>
        public bool IsComplete
        {
            get { return _fragmentCount > 0 && MissingCount == 0 && _solving == 0; }
        }

        /// <summary>Whether a block fits.</summary>
        public static bool IsSize(int fragmentCount, int fragmentSize)
        {
            return fragmentCount >= 1 && fragmentCount <= MaximumFragmentCount
                && fragmentSize >= 1 && fragmentCount * fragmentSize <= MaximumBlockLength;
        }

        /// <summary>Begins with a block of which nothing is known.</summary>
        /// <param name="fragmentCount">NbFrag.</param>
        /// <param name="fragmentSize">FragSize; the size must be one that fits (<see cref="IsSize"/>).</param>
        public void Start(int fragmentCount, int fragmentSize)
        {
            _fragmentCount = fragmentCount;
            _fragmentSize = fragmentSize;
            _solving = fragmentCount;
            KnownCount = 0;
            Array.Clear(_equations, 0, _equations.Length);
            Array.Clear(Block, 0, Block.Length);
        }

        /// <summary>Takes a fragment. One that has another size, or comes when enough are there, is ignored.</summary>
        /// <param name="n">N, from 1.</param>
        /// <param name="data">Holds the fragment.</param>
        /// <param name="offset">Where it begins.</param>
        /// <param name="length">Its length.</param>
        public void Take(int n, byte[] data, int offset, int length)
        {
            if (n < 1 || n > FragmentationCommand.MaximumIndex || length != _fragmentSize || MissingCount == 0)
            {
                return;
            }

            Array.Copy(data, offset, _fragment, 0, length);
            ulong equation = EquationOf(n);
            for (int i = 0; i < _fragmentCount && equation != 0; i++)
            {
                if (((equation >> i) & 1) == 0)
                {
                    continue;
                }

                if (_equations[i] == 0)
                {
                    Keep(i, equation);
                    return;
                }

                equation ^= _equations[i];
                AddRow(i);
            }
        }

        /// <summary>Solves one equation; call it until <see cref="IsSolving"/> is false.</summary>
        public void Solve()
        {
            if (!IsSolving)
            {
                return;
            }

            _solving--;
            ulong equation = _equations[_solving];
            Array.Copy(Block, _solving * _fragmentSize, _fragment, 0, _fragmentSize);
            for (int i = _solving + 1; i < _fragmentCount; i++)
            {
                if (((equation >> i) & 1) != 0)
                {
                    AddRow(i);
                }
            }

            Array.Copy(_fragment, 0, Block, _solving * _fragmentSize, _fragmentSize);
        }

        private ulong EquationOf(int n)
        {
            if (n <= _fragmentCount)
            {
                return 1UL << (n - 1);
            }

            ParityMatrix.FillLine(n - _fragmentCount, _fragmentCount, _line);
            ulong equation = 0;
            for (int i = 0; i < _fragmentCount; i++)
            {
                if (((_line[i / 8] >> (i % 8)) & 1) != 0)
                {
                    equation |= 1UL << i;
                }
            }

            return equation;
        }

        private void Keep(int row, ulong equation)
        {
            _equations[row] = equation;
            Array.Copy(_fragment, 0, Block, row * _fragmentSize, _fragmentSize);
            KnownCount++;
        }

        private void AddRow(int row)
        {
            int start = row * _fragmentSize;
            for (int i = 0; i < _fragmentSize; i++)
            {
                _fragment[i] ^= Block[start + i];
            }
        }
    }
}
