// Numbers out of a buffer, most significant byte first. What they mean is the sections' business.
namespace PoleController.Settings
{
    /// <summary>Reads numbers one after the other. Made once, used again and again.</summary>
    public sealed class SettingsReader
    {
        private byte[] _buffer = null!;
        private int _end;

        /// <summary>Where the next byte comes from; beyond the end when more was read than there is.</summary>
        public int Position { get; private set; }

        /// <summary>Bytes that are left; negative when more was read than there is.</summary>
        public int Remaining
        {
            get { return _end - Position; }
        }

        /// <summary>Begins in a buffer.</summary>
        /// <param name="buffer">Holds the bytes.</param>
        /// <param name="position">Where the first is.</param>
        /// <param name="end">Where they end: what lies beyond reads as 0.</param>
        public void Begin(byte[] buffer, int position, int end)
        {
            _buffer = buffer;
            Position = position;
            _end = end;
        }

        /// <summary>Reads a byte, 0 to 255.</summary>
        public int Get8()
        {
            int value = Position < _end ? _buffer[Position] : 0;
            Position++;
            return value;
        }

        /// <summary>Reads two bytes as a number without a sign.</summary>
        public int Get16()
        {
            int high = Get8();
            return (high << 8) | Get8();
        }

        /// <summary>Reads two bytes as a number with a sign.</summary>
        public int GetSigned16()
        {
            return (short)Get16();
        }

        /// <summary>Reads four bytes as a number with a sign.</summary>
        public int Get32()
        {
            int high = Get16();
            return (high << 16) | Get16();
        }
    }
}
