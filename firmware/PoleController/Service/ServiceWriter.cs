// A line of ASCII for the service port, made in a byte buffer: no text is built, nothing is allocated. When it is sent is the port's business.
namespace PoleController.Service
{
    /// <summary>Writes a line: words, then key=value pairs. What does not fit is left out and noted.</summary>
    public sealed class ServiceWriter
    {
        /// <summary>Bytes of the longest line, its end included: what a UART takes at once (<see cref="Hal.IUart.TryWrite"/>).</summary>
        public const int Capacity = 256;

        private const int EndLength = 2;

        private readonly byte[] _digits = new byte[20];

        // Loops over characters look at fields: a property is a call, and on the pole a call costs as much as a line of the loop.
        private readonly byte[] _bytes = new byte[Capacity];
        private int _length;

        /// <summary>The bytes.</summary>
        public byte[] Bytes
        {
            get { return _bytes; }
        }

        /// <summary>How many there are.</summary>
        public int Length
        {
            get { return _length; }
        }

        /// <summary>Whether something was left out since it was made.</summary>
        public bool IsOverrun { get; private set; }

        /// <summary>Forgets what was written.</summary>
        public void Clear()
        {
            _length = 0;
        }

        /// <summary>Appends ASCII text.</summary>
        public ServiceWriter Text(string text)
        {
            return Part(text, 0, text.Length);
        }

        /// <summary>Appends part of an ASCII text.</summary>
        public ServiceWriter Part(string text, int from, int to)
        {
            int end = Fitting(from, to);
            for (int i = from; i < end; i++)
            {
                _bytes[_length] = (byte)text[i];
                _length++;
            }

            return this;
        }

        /// <summary>Appends characters of a line.</summary>
        public ServiceWriter Part(byte[] line, int from, int to)
        {
            int end = Fitting(from, to);
            for (int i = from; i < end; i++)
            {
                _bytes[_length] = line[i];
                _length++;
            }

            return this;
        }

        /// <summary>Appends an error; keys may follow.</summary>
        /// <param name="code">What it is.</param>
        /// <param name="at">Where.</param>
        /// <param name="remedy">What to do.</param>
        public ServiceWriter Error(string code, string at, string remedy)
        {
            return Text("error").Pair("code", code).Pair("at", at).Remedy(remedy);
        }

        /// <summary>Appends what to do.</summary>
        public ServiceWriter Remedy(string remedy)
        {
            return Text(" do=\"").Text(remedy).Text("\"");
        }

        /// <summary>Appends a blank, a key and an equals sign.</summary>
        public ServiceWriter Key(string key)
        {
            Put((byte)' ');
            Text(key);
            Put((byte)'=');
            return this;
        }

        /// <summary>Appends a key and a word.</summary>
        public ServiceWriter Pair(string key, string word)
        {
            return Key(key).Text(word);
        }

        /// <summary>Appends a key and a number.</summary>
        public ServiceWriter Pair(string key, long value)
        {
            return Key(key).Number(value);
        }

        /// <summary>Appends a number in decimal.</summary>
        public ServiceWriter Number(long value)
        {
            if (value < 0)
            {
                Put((byte)'-');
            }

            // Digits of a negative number are taken one by one: its absolute value may not exist.
            int count = 0;
            do
            {
                int digit = (int)(value % 10);
                _digits[count] = (byte)('0' + (digit < 0 ? -digit : digit));
                count++;
                value /= 10;
            }
            while (value != 0);

            while (count > 0)
            {
                count--;
                Put(_digits[count]);
            }

            return this;
        }

        /// <summary>Appends bytes in hexadecimal, two lower-case digits each.</summary>
        public ServiceWriter Hex(byte[] data, int offset, int length)
        {
            for (int i = offset; i < offset + length; i++)
            {
                Put(HexDigit(data[i] >> 4));
                Put(HexDigit(data[i] & 15));
            }

            return this;
        }

        /// <summary>Ends the line.</summary>
        public void End()
        {
            _bytes[_length] = (byte)'\r';
            _bytes[_length + 1] = (byte)'\n';
            _length += EndLength;
        }

        private static byte HexDigit(int value)
        {
            return (byte)(value < 10 ? '0' + value : 'a' + value - 10);
        }

        // Where what fits of a text ends.
        private int Fitting(int from, int to)
        {
            int end = from + Capacity - EndLength - _length;
            IsOverrun |= to > end;
            return to < end ? to : end;
        }

        private void Put(byte value)
        {
            if (_length >= Capacity - EndLength)
            {
                IsOverrun = true;
                return;
            }

            _bytes[_length] = value;
            _length++;
        }
    }
}
