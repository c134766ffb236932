// Numbers into a buffer, most significant byte first. What they mean is the sections' business.
namespace PoleController.Settings
{
    /// <summary>Writes numbers one after the other. Made once, used again and again. A number is one call, because calls are what a pole's interpreter pays for.</summary>
    public sealed class SettingsWriter
    {
        private byte[] _buffer = null!;
        private int _position;
        private int _end;

        /// <summary>Where the next byte goes; beyond the end when something did not fit.</summary>
        public int Position
        {
            get { return _position; }
        }

        /// <summary>Whether something did not fit; nothing is written beyond the buffer's end.</summary>
        public bool IsOverrun
        {
            get { return _position > _end; }
        }

        /// <summary>Begins in a buffer.</summary>
        public void Begin(byte[] buffer, int position)
        {
            _buffer = buffer;
            _position = position;
            _end = buffer.Length;
        }

        /// <summary>Appends the lowest byte of a number.</summary>
        public void Put8(int value)
        {
            if (_position < _end)
            {
                _buffer[_position] = (byte)value;
            }

            _position++;
        }

        /// <summary>Appends the lowest two bytes of a number.</summary>
        public void Put16(int value)
        {
            if (_position + 2 <= _end)
            {
                _buffer[_position] = (byte)(value >> 8);
                _buffer[_position + 1] = (byte)value;
            }

            _position += 2;
        }

        /// <summary>Appends a number's four bytes.</summary>
        public void Put32(int value)
        {
            if (_position + 4 <= _end)
            {
                _buffer[_position] = (byte)(value >> 24);
                _buffer[_position + 1] = (byte)(value >> 16);
                _buffer[_position + 2] = (byte)(value >> 8);
                _buffer[_position + 3] = (byte)value;
            }

            _position += 4;
        }

        /// <summary>Writes two bytes where something was written before.</summary>
        public void Replace16(int position, int value)
        {
            if (position + 2 <= _end)
            {
                _buffer[position] = (byte)(value >> 8);
                _buffer[position + 1] = (byte)value;
            }
        }
    }
}
