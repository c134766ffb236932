// Sensirion's SHDLC frames on a UART (data sheet SPS30, version 1.0, section 5.1): a byte 0x7E at both ends, bytes that could be taken for something else
// replaced by two, a checksum. Pure. Which commands there are is the part's driver's.
namespace PoleController.Drivers
{
    /// <summary>
    /// SHDLC frames. To the part: address, command, length, data, checksum; from it: address, command, state, length, data, checksum. The checksum is the
    /// complement of the sum of everything before it, made before bytes are replaced.
    /// </summary>
    public static class Shdlc
    {
        /// <summary>Bytes of a frame from the part besides its data, the two ends not counted.</summary>
        public const int OverheadLength = 5;

        private const int Flag = 0x7E;
        private const int Escape = 0x7D;
        private const int Flip = 0x20;
        private const int XOn = 0x11;
        private const int XOff = 0x13;

        /// <summary>What <see cref="Inspect"/> says when the end has not come yet.</summary>
        public const int MoreNeeded = 0;

        /// <summary>What <see cref="Inspect"/> says of bytes that no frame begins with.</summary>
        public const int NotAFrame = -1;

        /// <summary>What <see cref="Inspect"/> says of a frame whose checksum is wrong.</summary>
        public const int WrongChecksum = -2;

        /// <summary>Makes a frame to the part at address 0 with at most two bytes of data.</summary>
        /// <param name="frame">Takes it; needs 16 bytes.</param>
        /// <param name="offset">Where it begins.</param>
        /// <param name="command">The command.</param>
        /// <param name="dataLength">0 to 2.</param>
        /// <param name="first">The first byte of data.</param>
        /// <param name="second">The second byte of data.</param>
        /// <returns>Where it ends.</returns>
        public static int Put(byte[] frame, int offset, int command, int dataLength, int first, int second)
        {
            frame[offset] = Flag;
            int at = PutByte(frame, offset + 1, 0);
            at = PutByte(frame, at, command);
            at = PutByte(frame, at, dataLength);
            int sum = command + dataLength;
            if (dataLength > 0)
            {
                at = PutByte(frame, at, first);
                sum += first;
            }

            if (dataLength > 1)
            {
                at = PutByte(frame, at, second);
                sum += second;
            }

            at = PutByte(frame, at, ~sum & 0xFF);
            frame[at] = Flag;
            return at + 1;
        }

        /// <summary>Looks at bytes that a frame from the part may begin with.</summary>
        /// <returns>The frame's length on the wire; else <see cref="MoreNeeded"/>, <see cref="NotAFrame"/> or <see cref="WrongChecksum"/>.</returns>
        public static int Inspect(byte[] data, int offset, int count)
        {
            if (data[offset] != Flag)
            {
                return NotAFrame;
            }

            int end = 1;
            while (end < count && data[offset + end] != Flag)
            {
                end++;
            }

            if (end == count)
            {
                return MoreNeeded;
            }

            return end == 1 ? NotAFrame : Judge(data, offset, end);
        }

        /// <summary>Puts the bytes of a frame that <see cref="Inspect"/> found back as they were: address, command, state, length, data from its beginning on.</summary>
        /// <param name="data">Holds the frame; changed in place.</param>
        /// <param name="offset">Where it begins.</param>
        /// <param name="length">Its length on the wire.</param>
        public static void Restore(byte[] data, int offset, int length)
        {
            int to = offset;
            for (int from = offset + 1; from < offset + length - 1; from++)
            {
                if (data[from] == Escape)
                {
                    from++;
                    data[to] = (byte)(data[from] ^ Flip);
                }
                else
                {
                    data[to] = data[from];
                }

                to++;
            }
        }

        private static int Judge(byte[] data, int offset, int end)
        {
            int sum = 0;
            int fields = 0;
            int dataLength = 0;
            for (int i = 1; i < end; i++)
            {
                int value = data[offset + i];
                if (value == Escape)
                {
                    i++;
                    value = data[offset + i] ^ Flip;
                }

                sum += value;
                dataLength = fields == 3 ? value : dataLength;
                fields++;
            }

            // An escape just before the end flag has made the flag part of the frame.
            if (data[offset + end - 1] == Escape || fields < OverheadLength)
            {
                return NotAFrame;
            }

            return (sum & 0xFF) != 0xFF ? WrongChecksum : fields != dataLength + OverheadLength ? NotAFrame : end + 1;
        }

        private static int PutByte(byte[] frame, int at, int value)
        {
            if (value == Flag || value == Escape || value == XOn || value == XOff)
            {
                frame[at] = Escape;
                frame[at + 1] = (byte)(value ^ Flip);
                return at + 2;
            }

            frame[at] = (byte)value;
            return at + 1;
        }
    }
}
