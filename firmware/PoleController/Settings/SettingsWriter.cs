// Numbers into a buffer, most significant byte first. What they mean is the sections' business.
namespace PoleController.Settings
{
    /// <summary>Writes numbers one after the other. Made once, used again and again.</summary>
    public sealed class SettingsWriter
    {
        private byte[] _buffer = null!;

        /// <summary>Where the next byte goes.</summary>
        public int Position { get; private set; }

        /// <summary>Whether something did not fit; nothing is written beyond the buffer's end.</summary>
        public bool IsOverrun { get; private set; }

        /// <summary>Begins in a buffer.</summary>
        public void Begin(byte[] buffer, int position)
        {
            _buffer = buffer;
            Position = position;
            IsOverrun = false;
        }

        /// <summary>Appends the lowest byte of a number.</summary>
        public void Put8(int value)
        {
            if (Position < _buffer.Length)
            {
                _buffer[Position] = (byte)value;
            }
            else
            {
                IsOverrun = true;
            }

            Position++;
        }

        /// <summary>Appends the lowest two bytes of a number.</summary>
        public void Put16(int value)
        {
            Put8(value >> 8);
            Put8(value);
        }

        /// <summary>Appends a number's four bytes.</summary>
        public void Put32(int value)
        {
            Put16(value >> 16);
            Put16(value);
        }
    }
}
