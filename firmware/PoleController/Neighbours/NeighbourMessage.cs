// What poles of a line tell each other over short range: an arrival. Bytes, and whether they are genuine. What follows is NeighbourLink's.
using PoleController.Hal;
using PoleController.LoRaWan;

namespace PoleController.Neighbours
{
    /// <summary>
    /// An arrival at a pole, 17 bytes, most significant byte first: version 1, line 2, index of the pole 1, direction (two bits) and hops left (six bits) 1, counter
    /// 4 (seconds of UTC since 1970), the first eight bytes of the AES-CMAC (RFC 4493) over all before. Nothing in it says who arrives. Made once; filled again and
    /// again.
    /// </summary>
    public sealed class NeighbourMessage
    {
        /// <summary>Bytes of a message.</summary>
        public const int Length = SignedLength + MacLength;

        private const int Version = 1;
        private const int SignedLength = 9;
        private const int MacLength = 8;
        private const int HopBits = 6;
        private const int HopMask = 63;

        private readonly AesCmac _cmac;

        /// <summary>Makes it.</summary>
        public NeighbourMessage(IAesBlock aes)
        {
            _cmac = new AesCmac(aes);
        }

        /// <summary>The line, 0 to 65,535.</summary>
        public int Line;

        /// <summary>The pole at which somebody arrived, 1 to 255.</summary>
        public int Origin;

        /// <summary>Which way they go.</summary>
        public TravelDirection Direction;

        /// <summary>How often poles may still pass it on, 0 to 63.</summary>
        public int HopsLeft;

        /// <summary>When they arrived, whole seconds of UTC since 1970; grows with every message of a pole.</summary>
        public long UtcSeconds;

        /// <summary>Writes and signs it.</summary>
        /// <param name="buffer"><see cref="Length"/> bytes or more.</param>
        /// <param name="key">The key of the line, 16 bytes.</param>
        public void Encode(byte[] buffer, byte[] key)
        {
            buffer[0] = Version;
            buffer[1] = (byte)(Line >> 8);
            buffer[2] = (byte)Line;
            buffer[3] = (byte)Origin;
            buffer[4] = (byte)(((int)Direction << HopBits) | HopsLeft);
            buffer[5] = (byte)(UtcSeconds >> 24);
            buffer[6] = (byte)(UtcSeconds >> 16);
            buffer[7] = (byte)(UtcSeconds >> 8);
            buffer[8] = (byte)UtcSeconds;
            Sign(buffer, key);
            for (int i = 0; i < MacLength; i++)
            {
                buffer[SignedLength + i] = _cmac.Mac[i];
            }
        }

        /// <summary>Reads it; says nothing about whether it is genuine.</summary>
        /// <param name="buffer">The bytes, any.</param>
        /// <param name="length">How many.</param>
        /// <returns>False when it is no message of this form.</returns>
        public bool TryDecode(byte[] buffer, int length)
        {
            if (length != Length || buffer[0] != Version)
            {
                return false;
            }

            Line = (buffer[1] << 8) | buffer[2];
            Origin = buffer[3];
            Direction = (TravelDirection)(buffer[4] >> HopBits);
            HopsLeft = buffer[4] & HopMask;
            UtcSeconds = ((long)buffer[5] << 24) | ((long)buffer[6] << 16) | ((long)buffer[7] << 8) | buffer[8];
            return Direction <= TravelDirection.Down;
        }

        /// <summary>Whether a message was signed with the key. Costs two blocks of AES.</summary>
        /// <param name="buffer">The message.</param>
        /// <param name="key">The key of the line, 16 bytes.</param>
        public bool IsGenuine(byte[] buffer, byte[] key)
        {
            Sign(buffer, key);
            int difference = 0;
            for (int i = 0; i < MacLength; i++)
            {
                difference |= buffer[SignedLength + i] ^ _cmac.Mac[i];
            }

            return difference == 0;
        }

        private void Sign(byte[] buffer, byte[] key)
        {
            _cmac.Start(key);
            _cmac.Add(buffer, 0, SignedLength);
            _cmac.Finish();
        }
    }
}
