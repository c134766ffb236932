// AES-CMAC (RFC 4493) over the AES block port, fed in pieces so that the block B0 and the frame need not lie side by side.
using System;
using PoleController.Hal;

namespace PoleController.LoRaWan
{
    /// <summary>AES-CMAC, RFC 4493. One computation at a time: <see cref="Start"/>, <see cref="Add"/>, <see cref="Finish"/>.</summary>
    public sealed class AesCmac
    {
        private const int BlockLength = 16;

        private readonly IAesBlock _aes;
        private readonly byte[] _subkey = new byte[BlockLength];
        private int _position;

        /// <summary>Makes it over the block cipher, which it shares with others between computations.</summary>
        public AesCmac(IAesBlock aes)
        {
            _aes = aes;
        }

        /// <summary>The 16 bytes of the MAC, right after <see cref="Finish"/>.</summary>
        public byte[] Mac { get; } = new byte[BlockLength];

        /// <summary>Starts with a key.</summary>
        /// <param name="key">16 bytes; stays selected in the block cipher until <see cref="Finish"/> returns.</param>
        public void Start(byte[] key)
        {
            _aes.SelectKey(key);
            Array.Clear(Mac, 0, BlockLength);
            _position = 0;
        }

        /// <summary>Adds a piece of the message.</summary>
        public void Add(byte[] data, int offset, int length)
        {
            byte[] mac = Mac;
            int end = offset + length;
            while (offset < end)
            {
                // A full block is enciphered only when more follows: the last one is treated differently.
                if (_position == BlockLength)
                {
                    _aes.EncryptBlock(mac, 0);
                    _position = 0;
                }

                int count = BlockLength - _position;
                if (count > end - offset)
                {
                    count = end - offset;
                }

                for (int i = 0; i < count; i++)
                {
                    mac[_position + i] ^= data[offset + i];
                }

                _position += count;
                offset += count;
            }
        }

        /// <summary>Ends the message; the result is in <see cref="Mac"/>.</summary>
        public void Finish()
        {
            Array.Clear(_subkey, 0, BlockLength);
            _aes.EncryptBlock(_subkey, 0);
            Double(_subkey);
            if (_position < BlockLength)
            {
                Mac[_position] ^= 0x80;
                Double(_subkey);
            }

            for (int i = 0; i < BlockLength; i++)
            {
                Mac[i] ^= _subkey[i];
            }

            _aes.EncryptBlock(Mac, 0);
        }

        /// <summary>The first four bytes of the MAC as LoRaWAN's MIC: least significant byte first.</summary>
        public uint Mic()
        {
            return Wire.ReadUInt32(Mac, 0);
        }

        // Multiplication by x in GF(2^128), RFC 4493 section 2.3.
        private static void Double(byte[] block)
        {
            bool carry = block[0] >= 0x80;
            for (int i = 0; i < BlockLength - 1; i++)
            {
                block[i] = (byte)((block[i] << 1) | (block[i + 1] >> 7));
            }

            block[BlockLength - 1] = (byte)(block[BlockLength - 1] << 1);
            if (carry)
            {
                block[BlockLength - 1] ^= 0x87;
            }
        }
    }
}
