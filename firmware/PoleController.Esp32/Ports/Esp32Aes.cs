// Port: the AES block cipher over the runtime's (mbed TLS). Modes and CMAC are the controller's.
using System;
using System.Security.Cryptography;
using PoleController.Hal;

namespace PoleController.Esp32.Ports
{
    /// <summary>AES-128 in ECB, a block at a time. The runtime expands the key with every block, from the array's content at that time.</summary>
    public sealed class Esp32Aes : IAesBlock
    {
        private const int BlockLength = 16;

        private readonly Aes _aes = new Aes(CipherMode.ECB);
        private readonly byte[] _block = new byte[BlockLength];

        /// <inheritdoc/>
        public void SelectKey(byte[] key)
        {
            _aes.Key = key;
        }

        /// <inheritdoc/>
        public void EncryptBlock(byte[] data, int offset)
        {
            Array.Copy(data, offset, _block, 0, BlockLength);
            Array.Copy(_aes.Encrypt(_block), 0, data, offset, BlockLength);
        }
    }
}
