// A line of ASCII that comes in at the service port, byte by byte: where it ends, whether it is one, its words and numbers. What it means is not
// known here.
using System;

namespace PoleController.Service
{
    /// <summary>A line in the making. Words are what stands between blanks; the first has index 0.</summary>
    public sealed class ServiceLine
    {
        /// <summary>Characters of the longest line, without its end.</summary>
        public const int Capacity = 512;

        /// <summary>For how long a line may rest unfinished before it is dropped, in milliseconds.</summary>
        public const int TimeoutMs = 60000;

        // Loops over characters look at fields: a property is a call, and on the pole a call costs as much as a line of the loop.
        private readonly byte[] _bytes = new byte[Capacity];
        private int _length;
        private long _lastByteMs;

        /// <summary>The characters; working memory for whoever carries the line out, once its words are read.</summary>
        public byte[] Bytes
        {
            get { return _bytes; }
        }

        /// <summary>How many characters there are.</summary>
        public int Length
        {
            get { return _length; }
        }

        /// <summary>Whether the line has ended.</summary>
        public bool IsWhole { get; private set; }

        /// <summary>Whether more came than there is room for; the rest is dropped.</summary>
        public bool IsTooLong { get; private set; }

        /// <summary>Whether something came that is no printable ASCII.</summary>
        public bool IsGarbled { get; private set; }

        /// <summary>Whether something of a line is there that has not ended.</summary>
        public bool IsBegun
        {
            get { return !IsWhole && (_length > 0 || IsGarbled || IsTooLong); }
        }

        /// <summary>When an unfinished line is dropped.</summary>
        public long TimeoutAtMs
        {
            get { return _lastByteMs + TimeoutMs; }
        }

        /// <summary>Takes a byte in. CR, LF or both end a line; an empty line is none; backspace takes the last character back.</summary>
        /// <param name="nowMs">Milliseconds since start.</param>
        /// <param name="value">The byte.</param>
        public void Add(long nowMs, byte value)
        {
            _lastByteMs = nowMs;
            if (value == '\r' || value == '\n')
            {
                IsWhole = IsBegun;
            }
            else if (value == 8 || value == 127)
            {
                _length -= _length > 0 ? 1 : 0;
            }
            else if (value < ' ' || value > '~')
            {
                IsGarbled = true;
            }
            else if (_length == Capacity)
            {
                IsTooLong = true;
            }
            else
            {
                _bytes[_length] = value;
                _length++;
            }
        }

        /// <summary>Forgets the line; what stood in it may have been secret.</summary>
        public void Clear()
        {
            Array.Clear(_bytes, 0, _bytes.Length);
            _length = 0;
            IsWhole = false;
            IsTooLong = false;
            IsGarbled = false;
        }

        /// <summary>Whether there is a word.</summary>
        /// <param name="index">Which.</param>
        public bool HasWord(int index)
        {
            return StartOf(index) < _length;
        }

        /// <summary>Where a word begins; the length of the line when there is none.</summary>
        /// <param name="index">Which.</param>
        public int WordFrom(int index)
        {
            return StartOf(index);
        }

        /// <summary>Where a word ends that begins at a place.</summary>
        public int WordTo(int from)
        {
            return EndOf(from);
        }

        /// <summary>Where the word behind another begins; the length of the line when there is none.</summary>
        /// <param name="to">Where the other one ends.</param>
        public int NextFrom(int to)
        {
            return SkipBlanks(to);
        }

        /// <summary>Whether a word is a certain one.</summary>
        /// <param name="index">Which.</param>
        /// <param name="text">What it should be.</param>
        public bool Is(int index, string text)
        {
            int start = StartOf(index);
            return IsText(start, EndOf(start), text);
        }

        /// <summary>Whether part of the line is a certain text.</summary>
        /// <param name="from">Where it begins.</param>
        /// <param name="to">Where it ends.</param>
        /// <param name="text">What it should be.</param>
        public bool IsText(int from, int to, string text)
        {
            if (to - from != text.Length)
            {
                return false;
            }

            for (int i = 0; i < text.Length; i++)
            {
                if (_bytes[from + i] != text[i])
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>Reads a word as a decimal number.</summary>
        /// <param name="index">Which.</param>
        /// <param name="minimum">The least that is taken, 0 or more.</param>
        /// <param name="maximum">The most that is taken.</param>
        /// <param name="value">The number.</param>
        /// <returns>False when there is no such word, or it is no number from <paramref name="minimum"/> to <paramref name="maximum"/>.</returns>
        public bool TryNumber(int index, long minimum, long maximum, out long value)
        {
            value = 0;
            int start = StartOf(index);
            int end = EndOf(start);
            for (int i = start; i < end; i++)
            {
                int digit = _bytes[i] - '0';
                if (digit < 0 || digit > 9 || value > maximum)
                {
                    return false;
                }

                value = (value * 10) + digit;
            }

            return end > start && value >= minimum && value <= maximum;
        }

        /// <summary>Reads part of the line as a decimal number, which may be negative and has up to 18 digits.</summary>
        /// <param name="from">Where it begins.</param>
        /// <param name="to">Where it ends.</param>
        /// <param name="value">The number.</param>
        /// <returns>False when it is none.</returns>
        public bool TrySigned(int from, int to, out long value)
        {
            value = 0;
            bool isNegative = from < to && _bytes[from] == '-';
            int first = isNegative ? from + 1 : from;
            for (int i = first; i < to; i++)
            {
                int digit = _bytes[i] - '0';
                if (digit < 0 || digit > 9 || i - first >= 18)
                {
                    return false;
                }

                value = (value * 10) + digit;
            }

            value = isNegative ? -value : value;
            return to > first;
        }

        /// <summary>Reads a word as hexadecimal digits, two a byte.</summary>
        /// <param name="index">Which.</param>
        /// <param name="destination">Receives the bytes; may be <see cref="Bytes"/>, as no byte is written before its digits are read.</param>
        /// <param name="offset">Where in it: not behind the word when it is <see cref="Bytes"/>.</param>
        /// <returns>How many bytes; -1 when it is no such word or does not fit.</returns>
        public int ReadHex(int index, byte[] destination, int offset)
        {
            int start = StartOf(index);
            int length = EndOf(start) - start;
            return length > 0 && (length & 1) == 0 && TryHex(start, destination, offset, length / 2) ? length / 2 : -1;
        }

        /// <summary>Reads hexadecimal digits, two a byte.</summary>
        /// <param name="from">Where in the line they begin.</param>
        /// <param name="destination">Receives the bytes, as of <see cref="ReadHex"/>.</param>
        /// <param name="offset">Where in it.</param>
        /// <param name="count">How many bytes.</param>
        /// <returns>False when they do not fit, or one is none; the bytes before have been written then.</returns>
        public bool TryHex(int from, byte[] destination, int offset, int count)
        {
            if (offset + count > destination.Length)
            {
                return false;
            }

            for (int i = 0; i < count; i++)
            {
                int high = HexValue(_bytes[from + (2 * i)]);
                int low = HexValue(_bytes[from + (2 * i) + 1]);
                if (high < 0 || low < 0)
                {
                    return false;
                }

                destination[offset + i] = (byte)((high << 4) | low);
            }

            return true;
        }

        private static int HexValue(int character)
        {
            if (character >= '0' && character <= '9')
            {
                return character - '0';
            }

            int lower = character | 32;
            return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
        }

        private int StartOf(int index)
        {
            int i = SkipBlanks(0);
            for (; index > 0 && i < _length; index--)
            {
                i = SkipBlanks(EndOf(i));
            }

            return i;
        }

        private int EndOf(int start)
        {
            int i = start;
            while (i < _length && _bytes[i] != ' ')
            {
                i++;
            }

            return i;
        }

        private int SkipBlanks(int from)
        {
            int i = from;
            while (i < _length && _bytes[i] == ' ')
            {
                i++;
            }

            return i;
        }
    }
}
