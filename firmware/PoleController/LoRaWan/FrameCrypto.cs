// The cryptography of LoRaWAN 1.0.x frames: MIC, FRMPayload encryption, join-accept, session keys. It knows no frame layout.
using PoleController.Hal;

namespace PoleController.LoRaWan
{
    /// <summary>MICs, encryption and key derivation of LoRaWAN 1.0.4 (TS001-1.0.4, sections 4.3.3, 4.4, 6.2.5 and 6.2.6).</summary>
    public sealed class FrameCrypto
    {
        private const int BlockLength = 16;

        private readonly IAesBlock _aes;
        private readonly AesCmac _cmac;
        private readonly byte[] _block = new byte[BlockLength];

        /// <summary>Makes it over the block cipher.</summary>
        public FrameCrypto(IAesBlock aes)
        {
            _aes = aes;
            _cmac = new AesCmac(aes);
        }

        /// <summary>The MIC of a data frame: CMAC over B0 and the frame without its MIC (section 4.4).</summary>
        /// <param name="networkSessionKey">NwkSKey.</param>
        /// <param name="isDownlink">Direction.</param>
        /// <param name="devAddr">DevAddr.</param>
        /// <param name="fCnt">The whole 32-bit frame counter.</param>
        /// <param name="frame">Holds the frame from its MHDR.</param>
        /// <param name="length">Bytes from MHDR to the end of FRMPayload, 0 to 251.</param>
        public uint DataMic(byte[] networkSessionKey, bool isDownlink, uint devAddr, uint fCnt, byte[] frame, int length)
        {
            FillBlock(0x49, isDownlink, devAddr, fCnt, length);
            _cmac.Start(networkSessionKey);
            _cmac.Add(_block, 0, BlockLength);
            _cmac.Add(frame, 0, length);
            _cmac.Finish();
            return _cmac.Mic();
        }

        /// <summary>The MIC of a join-request or of a deciphered join-accept (sections 6.2.5 and 6.2.6).</summary>
        /// <param name="appKey">AppKey.</param>
        /// <param name="frame">Holds the frame from its MHDR.</param>
        /// <param name="length">Bytes before the MIC.</param>
        public uint JoinMic(byte[] appKey, byte[] frame, int length)
        {
            _cmac.Start(appKey);
            _cmac.Add(frame, 0, length);
            _cmac.Finish();
            return _cmac.Mic();
        }

        /// <summary>Enciphers or deciphers (it is the same) FRMPayload in place (section 4.3.3).</summary>
        /// <param name="key">AppSKey, or NwkSKey for FPort 0.</param>
        /// <param name="isDownlink">Direction.</param>
        /// <param name="devAddr">DevAddr.</param>
        /// <param name="fCnt">The whole 32-bit frame counter.</param>
        /// <param name="data">Holds the payload.</param>
        /// <param name="offset">Where it begins.</param>
        /// <param name="length">Its length, 0 to 242.</param>
        public void CipherPayload(byte[] key, bool isDownlink, uint devAddr, uint fCnt, byte[] data, int offset, int length)
        {
            if (length == 0)
            {
                return;
            }

            _aes.SelectKey(key);
            int end = offset + length;
            for (int blockNumber = 1; offset < end; blockNumber++)
            {
                FillBlock(0x01, isDownlink, devAddr, fCnt, blockNumber);
                _aes.EncryptBlock(_block, 0);
                int count = end - offset < BlockLength ? end - offset : BlockLength;
                for (int i = 0; i < count; i++)
                {
                    data[offset + i] ^= _block[i];
                }

                offset += count;
            }
        }

        /// <summary>Deciphers a join-accept in place: the server enciphers it with AES decryption, so that a device needs encryption only.</summary>
        /// <param name="appKey">AppKey.</param>
        /// <param name="frame">The whole frame; everything behind MHDR is deciphered.</param>
        /// <param name="length">17 or 33.</param>
        public void DecipherJoinAccept(byte[] appKey, byte[] frame, int length)
        {
            _aes.SelectKey(appKey);
            for (int offset = 1; offset + BlockLength <= length; offset += BlockLength)
            {
                _aes.EncryptBlock(frame, offset);
            }
        }

        /// <summary>Derives the session keys (section 6.2.6).</summary>
        /// <param name="appKey">AppKey.</param>
        /// <param name="joinNonce">JoinNonce (called AppNonce before 1.0.4), 24 bits.</param>
        /// <param name="netId">NetID, 24 bits.</param>
        /// <param name="devNonce">DevNonce, 16 bits.</param>
        /// <param name="networkSessionKey">Receives NwkSKey.</param>
        /// <param name="applicationSessionKey">Receives AppSKey.</param>
        public void DeriveSessionKeys(
            byte[] appKey, int joinNonce, int netId, int devNonce, byte[] networkSessionKey, byte[] applicationSessionKey)
        {
            _aes.SelectKey(appKey);
            DeriveKey(0x01, joinNonce, netId, devNonce, networkSessionKey);
            DeriveKey(0x02, joinNonce, netId, devNonce, applicationSessionKey);
        }

        private void DeriveKey(int prefix, int joinNonce, int netId, int devNonce, byte[] key)
        {
            for (int i = 0; i < BlockLength; i++)
            {
                key[i] = 0;
            }

            key[0] = (byte)prefix;
            Wire.WriteUInt24(key, 1, joinNonce);
            Wire.WriteUInt24(key, 4, netId);
            Wire.WriteUInt16(key, 7, devNonce);
            _aes.EncryptBlock(key, 0);
        }

        // B0 (0x49, message length last) and A_i (0x01, block number last) have the same layout.
        private void FillBlock(int first, bool isDownlink, uint devAddr, uint fCnt, int last)
        {
            byte[] block = _block;
            block[0] = (byte)first;
            block[1] = 0;
            block[2] = 0;
            block[3] = 0;
            block[4] = 0;
            block[5] = (byte)(isDownlink ? 1 : 0);
            Wire.WriteUInt32(block, 6, devAddr);
            Wire.WriteUInt32(block, 10, fCnt);
            block[14] = 0;
            block[15] = (byte)last;
        }
    }
}
