// The keys of the packages, and the MIC over a data block: derived from GenAppKey with AES encryption only. It keeps no key.
using PoleController.Hal;

namespace PoleController.LoRaWan.Packages
{
    /// <summary>
    /// Key derivation for LoRaWAN 1.0.x devices (TS005-2.0.0, section 4.2.6 of TS005-1.0.0; TS004-2.0.0, section 3.3), for the device and
    /// for a server. Not thread-safe: it has one working block.
    /// </summary>
    public sealed class PackageKeys
    {
        /// <summary>Length of a key.</summary>
        public const int KeyLength = 16;

        private readonly IAesBlock _aes;
        private readonly AesCmac _cmac;
        private readonly byte[] _key = new byte[KeyLength];
        private readonly byte[] _block = new byte[KeyLength];

        /// <summary>Makes it over the block cipher.</summary>
        public PackageKeys(IAesBlock aes)
        {
            _aes = aes;
            _cmac = new AesCmac(aes);
        }

        /// <summary>McRootKey = AES(GenAppKey, 0).</summary>
        /// <param name="genAppKey">GenAppKey.</param>
        /// <param name="mcRootKey">Receives McRootKey.</param>
        public void DeriveMcRootKey(byte[] genAppKey, byte[] mcRootKey)
        {
            Derive(genAppKey, 0, 0, mcRootKey);
        }

        /// <summary>McKEKey = AES(McRootKey, 0): it protects the groups' keys on their way to the device.</summary>
        /// <param name="mcRootKey">McRootKey.</param>
        /// <param name="mcKeKey">Receives McKEKey.</param>
        public void DeriveMcKeKey(byte[] mcRootKey, byte[] mcKeKey)
        {
            Derive(mcRootKey, 0, 0, mcKeKey);
        }

        /// <summary>
        /// McKey = AES(McKEKey, McKey_encrypted), in place: the server enciphers it with AES decryption, so that a device needs encryption only.
        /// </summary>
        /// <param name="genAppKey">GenAppKey.</param>
        /// <param name="mcKey">Holds McKey_encrypted, receives McKey.</param>
        public void DecryptMcKey(byte[] genAppKey, byte[] mcKey)
        {
            DeriveMcRootKey(genAppKey, _key);
            DeriveMcKeKey(_key, _key);
            _aes.SelectKey(_key);
            _aes.EncryptBlock(mcKey, 0);
            Forget();
        }

        /// <summary>McAppSKey = AES(McKey, 01 | McAddr) and McNetSKey = AES(McKey, 02 | McAddr).</summary>
        /// <param name="mcKey">McKey.</param>
        /// <param name="mcAddr">McAddr.</param>
        /// <param name="mcNetSKey">Receives McNetSKey.</param>
        /// <param name="mcAppSKey">Receives McAppSKey.</param>
        public void DeriveMcSessionKeys(byte[] mcKey, uint mcAddr, byte[] mcNetSKey, byte[] mcAppSKey)
        {
            Derive(mcKey, 0x01, mcAddr, mcAppSKey);
            Derive(mcKey, 0x02, mcAddr, mcNetSKey);
        }

        /// <summary>DataBlockIntKey = AES(GenAppKey, 30).</summary>
        /// <param name="genAppKey">GenAppKey.</param>
        /// <param name="dataBlockIntKey">Receives DataBlockIntKey.</param>
        public void DeriveDataBlockIntKey(byte[] genAppKey, byte[] dataBlockIntKey)
        {
            Derive(genAppKey, 0x30, 0, dataBlockIntKey);
        }

        /// <summary>
        /// The MIC over a data block (TS004-2.0.0, section 3.3, table 12): CMAC over B0 and the block without its padding.
        /// </summary>
        /// <param name="genAppKey">GenAppKey of the device that the block is for.</param>
        /// <param name="sessionCnt">SessionCnt, 16 bits.</param>
        /// <param name="fragIndex">FragIndex.</param>
        /// <param name="descriptor">Descriptor.</param>
        /// <param name="dataBlock">Holds the block from its first byte.</param>
        /// <param name="length">Its length without padding.</param>
        public uint DataBlockMic(byte[] genAppKey, int sessionCnt, int fragIndex, uint descriptor, byte[] dataBlock, int length)
        {
            DeriveDataBlockIntKey(genAppKey, _key);
            ClearBlock();
            _block[0] = 0x49;
            Wire.WriteUInt16(_block, 1, sessionCnt);
            _block[3] = (byte)fragIndex;
            Wire.WriteUInt32(_block, 4, descriptor);
            Wire.WriteUInt32(_block, 12, (uint)length);
            _cmac.Start(_key);
            _cmac.Add(_block, 0, _block.Length);
            _cmac.Add(dataBlock, 0, length);
            _cmac.Finish();
            Forget();
            return _cmac.Mic();
        }

        // The key is read before the result is written: both may be the same array.
        private void Derive(byte[] key, int prefix, uint address, byte[] into)
        {
            _aes.SelectKey(key);
            ClearBlock();
            _block[0] = (byte)prefix;
            Wire.WriteUInt32(_block, 1, address);
            _aes.EncryptBlock(_block, 0);
            for (int i = 0; i < KeyLength; i++)
            {
                into[i] = _block[i];
            }
        }

        private void ClearBlock()
        {
            for (int i = 0; i < KeyLength; i++)
            {
                _block[i] = 0;
            }
        }

        private void Forget()
        {
            ClearBlock();
            for (int i = 0; i < KeyLength; i++)
            {
                _key[i] = 0;
            }
        }
    }
}
