// Takes a transmission's echo and what came after it apart: the receiver hears its own frame, the pause, and the answer as one row of durations,
// because the unit tells no times but durations. It decides nothing about answers.
namespace PoleController.Esp32.Ports
{
    /// <summary>The levels that the receiver has recorded since a transmission began. Made once and filled again and again.</summary>
    public sealed class DaliEcho
    {
        /// <summary>Durations that are kept: two for each item of a memory block.</summary>
        public const int Capacity = 2 * DaliItems.BlockItems;

        private readonly short[] _durationsUs = new short[Capacity];
        private readonly int[] _pieceEnd = new int[MaximumPieces];
        private int _count;
        private int _pieces;

        private const int MaximumPieces = 2;

        /// <summary>Whether more came than is kept.</summary>
        public bool IsOverrun { get; private set; }

        /// <summary>Forgets everything.</summary>
        public void Clear()
        {
            _count = 0;
            _pieces = 0;
            IsOverrun = false;
        }

        /// <summary>Takes a level. Levels of the same kind one after the other are one.</summary>
        /// <param name="isLow">Whether the bus was low.</param>
        /// <param name="durationUs">For how long, in microseconds; 0 is the end of a piece and no level.</param>
        public void Add(bool isLow, int durationUs)
        {
            int begin = _pieces == 0 ? 0 : _pieceEnd[_pieces - 1];
            bool isExpectedLow = ((_count - begin) & 1) == 0;
            if (durationUs <= 0 || (_count == begin && !isLow))
            {
                // Nothing, or the rest before the first edge.
                return;
            }

            if (isLow != isExpectedLow)
            {
                _durationsUs[_count - 1] = Limit(_durationsUs[_count - 1] + durationUs);
            }
            else if (_count == Capacity)
            {
                IsOverrun = true;
            }
            else
            {
                _durationsUs[_count++] = Limit(durationUs);
            }
        }

        /// <summary>Ends a piece: the bus was high for longer than the receiver waits.</summary>
        public void EndPiece()
        {
            int begin = _pieces == 0 ? 0 : _pieceEnd[_pieces - 1];
            if (((_count - begin) & 1) == 0 && _count > begin)
            {
                // A high level at the end is the rest of the bus.
                _count--;
            }

            if (_count > begin)
            {
                if (_pieces == MaximumPieces)
                {
                    IsOverrun = true;
                    return;
                }

                _pieceEnd[_pieces++] = _count;
            }
        }

        /// <summary>Takes the answer out.</summary>
        /// <param name="sentCount">Durations of the own frame.</param>
        /// <param name="pauseUs">The pause that separates two pieces, in microseconds.</param>
        /// <param name="durationsUs">Receives low, high, low ...</param>
        /// <param name="delayUs">Time from the end of the own frame to the first edge after it.</param>
        /// <returns>
        /// How many durations, odd; 0 when nothing came after the own frame yet; -1 when more came than fits, or when what was heard first is not as long as
        /// the own frame: somebody else sent at the same time, or the bus is shorted.
        /// </returns>
        public int TakeAnswer(int sentCount, int pauseUs, short[] durationsUs, out int delayUs)
        {
            delayUs = 0;
            if (_pieces == 0)
            {
                return IsOverrun ? -1 : 0;
            }

            // The frame ends with a low or high level; its last high level, if any, is part of the pause.
            int begin = sentCount + 1;
            int first = _pieceEnd[0];
            if (first < sentCount || IsOverrun)
            {
                return -1;
            }

            if (first == sentCount)
            {
                if (_pieces == 1)
                {
                    return 0;
                }

                // The answer came after the pause: later than that, how much is not known.
                delayUs = pauseUs;
                begin = first;
            }
            else
            {
                delayUs = _durationsUs[sentCount];
            }

            int end = _pieceEnd[_pieces - 1];
            int count = end - begin;
            if (count <= 0 || count > durationsUs.Length)
            {
                return -1;
            }

            for (int i = 0; i < count; i++)
            {
                durationsUs[i] = _durationsUs[begin + i];
            }

            return count;
        }

        private static short Limit(int durationUs)
        {
            return durationUs > short.MaxValue ? short.MaxValue : (short)durationUs;
        }
    }
}
