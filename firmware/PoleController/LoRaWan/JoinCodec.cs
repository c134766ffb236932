// Builds and parses join-requests and join-accepts, for the device and for a join server. The server's AES decryption of the accept is
// the server's: the device has no use for it.
using System;
using PoleController.Hal;

namespace PoleController.LoRaWan
{
    /// <summary>Join frames on the wire (TS001-1.0.4, section 6.2). Not thread-safe: it has one working block.</summary>
    public sealed class JoinCodec
    {
        /// <summary>Length of a join-request.</summary>
        public const int RequestLength = 23;

        /// <summary>Length of a join-accept without CFList.</summary>
        public const int AcceptLength = 17;

        /// <summary>Length of a join-accept with CFList.</summary>
        public const int AcceptWithCfListLength = 33;

        private const int RequestHeader = 0x00;
        private const int AcceptHeader = 0x20;

        // MType and Major; the three bits between are RFU and ignored on reception.
        private const int HeaderMask = 0xE3;

        private readonly FrameCrypto _crypto;

        /// <summary>Makes a codec over the block cipher.</summary>
        public JoinCodec(IAesBlock aes)
        {
            _crypto = new FrameCrypto(aes);
        }

        /// <summary>Makes a codec that shares its cryptography with another.</summary>
        public JoinCodec(FrameCrypto crypto)
        {
            _crypto = crypto;
        }

        /// <summary>Builds a join-request.</summary>
        /// <param name="joinEui">8 bytes, most significant first.</param>
        /// <param name="devEui">8 bytes, most significant first.</param>
        /// <param name="devNonce">DevNonce, 0 to 65,535.</param>
        /// <param name="appKey">AppKey.</param>
        /// <param name="frame">Receives the frame.</param>
        /// <returns>The length: <see cref="RequestLength"/>.</returns>
        public int BuildRequest(byte[] joinEui, byte[] devEui, int devNonce, byte[] appKey, byte[] frame)
        {
            frame[0] = RequestHeader;
            for (int i = 0; i < 8; i++)
            {
                frame[1 + i] = joinEui[7 - i];
                frame[9 + i] = devEui[7 - i];
            }

            Wire.WriteUInt16(frame, 17, devNonce);
            Wire.WriteUInt32(frame, 19, _crypto.JoinMic(appKey, frame, 19));
            return RequestLength;
        }

        /// <summary>Reads a join-request. The MIC is not checked: the key is found by what is read.</summary>
        /// <returns>False when it is no join-request.</returns>
        public static bool TryParseRequest(byte[] frame, int length, JoinRequest into)
        {
            if (length != RequestLength || (frame[0] & HeaderMask) != RequestHeader)
            {
                return false;
            }

            for (int i = 0; i < 8; i++)
            {
                into.JoinEui[7 - i] = frame[1 + i];
                into.DevEui[7 - i] = frame[9 + i];
            }

            into.DevNonce = Wire.ReadUInt16(frame, 17);
            return true;
        }

        /// <summary>Whether the MIC of a join-request, or of a join-accept in the clear, is right.</summary>
        public bool IsMicValid(byte[] appKey, byte[] frame, int length)
        {
            int micOffset = length - FrameCodec.MicLength;
            return micOffset > 0 && _crypto.JoinMic(appKey, frame, micOffset) == Wire.ReadUInt32(frame, micOffset);
        }

        /// <summary>
        /// Builds a join-accept in the clear, with its MIC. Before it is sent the server applies AES decryption with the AppKey to each
        /// block of 16 bytes behind MHDR.
        /// </summary>
        /// <returns>The length: 17, or 33 with CFList.</returns>
        public int BuildPlainAccept(JoinAccept accept, byte[] appKey, byte[] frame)
        {
            frame[0] = AcceptHeader;
            Wire.WriteUInt24(frame, 1, accept.JoinNonce);
            Wire.WriteUInt24(frame, 4, accept.NetId);
            Wire.WriteUInt32(frame, 7, accept.DevAddr);
            frame[11] = (byte)(((accept.Rx1DataRateOffset & 0x07) << 4) | (accept.Rx2DataRate & 0x0F));
            frame[12] = (byte)(accept.RxDelayS & 0x0F);
            int micOffset = 13;
            if (accept.HasCfList)
            {
                Array.Copy(accept.CfList, 0, frame, micOffset, JoinAccept.CfListLength);
                micOffset += JoinAccept.CfListLength;
            }

            Wire.WriteUInt32(frame, micOffset, _crypto.JoinMic(appKey, frame, micOffset));
            return micOffset + FrameCodec.MicLength;
        }

        /// <summary>Deciphers a join-accept in place, checks its MIC and reads it.</summary>
        /// <returns>False when it is no join-accept for this key; the frame's content is then lost.</returns>
        public bool TryOpenAccept(byte[] appKey, byte[] frame, int length, JoinAccept into)
        {
            if (!IsAcceptLayout(frame, length))
            {
                return false;
            }

            _crypto.DecipherJoinAccept(appKey, frame, length);
            return IsMicValid(appKey, frame, length) && TryParsePlainAccept(frame, length, into);
        }

        /// <summary>Reads a join-accept in the clear. The MIC is not checked.</summary>
        /// <returns>False when it is no join-accept.</returns>
        public static bool TryParsePlainAccept(byte[] frame, int length, JoinAccept into)
        {
            if (!IsAcceptLayout(frame, length))
            {
                return false;
            }

            into.JoinNonce = Wire.ReadUInt24(frame, 1);
            into.NetId = Wire.ReadUInt24(frame, 4);
            into.DevAddr = Wire.ReadUInt32(frame, 7);
            into.Rx1DataRateOffset = (frame[11] >> 4) & 0x07;
            into.Rx2DataRate = frame[11] & 0x0F;
            into.RxDelayS = frame[12] & 0x0F;
            into.HasCfList = length == AcceptWithCfListLength;
            if (into.HasCfList)
            {
                Array.Copy(frame, 13, into.CfList, 0, JoinAccept.CfListLength);
            }

            return true;
        }

        /// <summary>Derives the session keys from a join-accept and the DevNonce of its request.</summary>
        public void DeriveSessionKeys(
            byte[] appKey, JoinAccept accept, int devNonce, byte[] networkSessionKey, byte[] applicationSessionKey)
        {
            _crypto.DeriveSessionKeys(appKey, accept.JoinNonce, accept.NetId, devNonce, networkSessionKey, applicationSessionKey);
        }

        private static bool IsAcceptLayout(byte[] frame, int length)
        {
            return (length == AcceptLength || length == AcceptWithCfListLength) && (frame[0] & HeaderMask) == AcceptHeader;
        }
    }
}
