// Numbers out of a buffer, most significant byte first. What they mean is the sections' business.
namespace PoleController.Settings
{
    /// <summary>Reads numbers one after the other. Made once, used again and again. A number is one call, because calls are what a pole's interpreter pays for.</summary>
    public sealed class SettingsReader
    {
        private byte[] _buffer = null!;
        private int _position;
        private int _end;

        /// <summary>Where the next byte comes from; beyond the end when more was read than there is.</summary>
        public int Position
        {
            get { return _position; }
        }

        /// <summary>Bytes that are left; negative when more was read than there is.</summary>
        public int Remaining
        {
            get { return _end - _position; }
        }

        /// <summary>Begins in a buffer.</summary>
        /// <param name="buffer">Holds the bytes.</param>
        /// <param name="position">Where the first is.</param>
        /// <param name="end">Where they end: a number that does not lie before it reads as 0.</param>
        public void Begin(byte[] buffer, int position, int end)
        {
            _buffer = buffer;
            _position = position;
            _end = end;
        }

        /// <summary>Reads a byte, 0 to 255.</summary>
        public int Get8()
        {
            int position = _position;
            _position = position + 1;
            return _position <= _end ? _buffer[position] : 0;
        }

        /// <summary>Reads two bytes as a number without a sign.</summary>
        public int Get16()
        {
            int position = _position;
            _position = position + 2;
            return _position <= _end ? (_buffer[position] << 8) | _buffer[position + 1] : 0;
        }

        /// <summary>Reads two bytes as a number with a sign.</summary>
        public int GetSigned16()
        {
            return (short)Get16();
        }

        /// <summary>Reads four bytes as a number with a sign.</summary>
        public int Get32()
        {
            int position = _position;
            _position = position + 4;
            return _position <= _end
                ? (_buffer[position] << 24) | (_buffer[position + 1] << 16) | (_buffer[position + 2] << 8) | _buffer[position + 3] : 0;
        }
    }
}
