// Builds and parses LoRaWAN 1.0.4 data frames, for the device and for a network server alike. Join frames are in JoinCodec. It keeps
// no counters and no keys: the caller says which to use, and checks the MIC before it believes a frame.
using System;
using PoleController.Hal;

namespace PoleController.LoRaWan
{
    /// <summary>Data frames on the wire (TS001-1.0.4, section 4). Not thread-safe: it has one working block.</summary>
    public sealed class FrameCodec
    {
        /// <summary>Bytes of a data frame besides FOpts, FPort and FRMPayload: MHDR, DevAddr, FCtrl, FCnt, MIC.</summary>
        public const int OverheadLength = 12;

        /// <summary>The longest PHYPayload: 255 bytes of LoRa payload.</summary>
        public const int MaximumFrameLength = 255;

        /// <summary>The longest FOpts field.</summary>
        public const int MaximumFOptsLength = 15;

        /// <summary>Length of the MIC.</summary>
        public const int MicLength = 4;

        private const int FOptsStart = 8;
        private const int UplinkUnconfirmed = 0x40;
        private const int DownlinkUnconfirmed = 0x60;
        private const int UplinkConfirmed = 0x80;
        private const int DownlinkConfirmed = 0xA0;
        private const int AdrBit = 0x80;
        private const int AdrAcknowledgeRequestBit = 0x40;
        private const int AcknowledgeBit = 0x20;
        private const int FramePendingBit = 0x10;

        /// <summary>Makes a codec over the block cipher.</summary>
        public FrameCodec(IAesBlock aes)
        {
            Crypto = new FrameCrypto(aes);
        }

        /// <summary>The cryptography beneath.</summary>
        public FrameCrypto Crypto { get; }

        /// <summary>Builds a data frame: header, FOpts, enciphered FRMPayload, MIC.</summary>
        /// <param name="header">Direction, type, DevAddr, flags, FOptsLength, FPort and PayloadLength; its offsets are filled in.
        /// PayloadLength must be 0 when there is no FPort, and FOptsLength 0 when FPort is 0.</param>
        /// <param name="fCnt">The whole 32-bit frame counter.</param>
        /// <param name="networkSessionKey">NwkSKey.</param>
        /// <param name="applicationSessionKey">AppSKey.</param>
        /// <param name="fOpts">MAC commands; header.FOptsLength of them are used.</param>
        /// <param name="payload">FRMPayload in the clear; header.PayloadLength bytes are used.</param>
        /// <param name="frame">Receives the frame; must not be <paramref name="payload"/> or <paramref name="fOpts"/>.</param>
        /// <returns>The frame's length, or 0 when the parts do not make a valid frame.</returns>
        public int BuildData(
            DataFrame header,
            uint fCnt,
            byte[] networkSessionKey,
            byte[] applicationSessionKey,
            byte[] fOpts,
            byte[] payload,
            byte[] frame)
        {
            if (!IsBuildable(header))
            {
                return 0;
            }

            frame[0] = (byte)MacHeader(header);
            Wire.WriteUInt32(frame, 1, header.DevAddr);
            frame[5] = (byte)FrameControl(header);
            frame[6] = (byte)fCnt;
            frame[7] = (byte)(fCnt >> 8);
            header.FCnt16 = frame[6] | (frame[7] << 8);
            header.FOptsOffset = FOptsStart;
            Array.Copy(fOpts, 0, frame, FOptsStart, header.FOptsLength);
            int length = FOptsStart + header.FOptsLength;
            header.PayloadOffset = length;
            if (header.FPort != DataFrame.NoPort)
            {
                frame[length] = (byte)header.FPort;
                length++;
                header.PayloadOffset = length;
                Array.Copy(payload, 0, frame, length, header.PayloadLength);
                CipherPayload(header, fCnt, networkSessionKey, applicationSessionKey, frame);
                length += header.PayloadLength;
            }

            uint mic = Crypto.DataMic(networkSessionKey, header.IsDownlink, header.DevAddr, fCnt, frame, length);
            Wire.WriteUInt32(frame, length, mic);
            return length + MicLength;
        }

        /// <summary>Reads the fields of a data frame. Nothing is checked but the layout: no MIC, no counter.</summary>
        /// <param name="frame">Holds the frame.</param>
        /// <param name="length">Its length.</param>
        /// <param name="into">Receives the fields; meaningless when the result is false.</param>
        /// <returns>False when it is not a LoRaWAN R1 data frame, is cut short, or has FOpts together with FPort 0.</returns>
        public static bool TryParse(byte[] frame, int length, DataFrame into)
        {
            if (length < OverheadLength || length > MaximumFrameLength || (frame[0] & 0x03) != 0)
            {
                return false;
            }

            int type = frame[0] & 0xE0;
            if (type < UplinkUnconfirmed || type > DownlinkConfirmed)
            {
                return false;
            }

            into.IsDownlink = type == DownlinkUnconfirmed || type == DownlinkConfirmed;
            into.IsConfirmed = type == UplinkConfirmed || type == DownlinkConfirmed;
            into.DevAddr = Wire.ReadUInt32(frame, 1);
            ReadFrameControl(frame[5], into);
            into.FCnt16 = Wire.ReadUInt16(frame, 6);
            into.FOptsOffset = FOptsStart;
            int position = FOptsStart + into.FOptsLength;
            int end = length - MicLength;
            if (position > end)
            {
                return false;
            }

            into.FPort = DataFrame.NoPort;
            if (position < end)
            {
                into.FPort = frame[position];
                position++;
            }

            into.PayloadOffset = position;
            into.PayloadLength = end - position;
            return into.FPort != 0 || into.FOptsLength == 0;
        }

        /// <summary>Whether a parsed frame's MIC is right.</summary>
        /// <param name="header">The frame's fields.</param>
        /// <param name="fCnt">The whole counter the frame is taken to have; see <see cref="ExtendFCnt"/>.</param>
        /// <param name="networkSessionKey">NwkSKey.</param>
        /// <param name="frame">Holds the frame.</param>
        /// <param name="length">Its length.</param>
        public bool IsMicValid(DataFrame header, uint fCnt, byte[] networkSessionKey, byte[] frame, int length)
        {
            int micOffset = length - MicLength;
            uint mic = Crypto.DataMic(networkSessionKey, header.IsDownlink, header.DevAddr, fCnt, frame, micOffset);
            return mic == Wire.ReadUInt32(frame, micOffset);
        }

        /// <summary>Enciphers or deciphers FRMPayload in place, with NwkSKey for FPort 0 and AppSKey for all others.</summary>
        public void CipherPayload(DataFrame header, uint fCnt, byte[] networkSessionKey, byte[] applicationSessionKey, byte[] frame)
        {
            Crypto.CipherPayload(
                header.FPort == 0 ? networkSessionKey : applicationSessionKey,
                header.IsDownlink,
                header.DevAddr,
                fCnt,
                frame,
                header.PayloadOffset,
                header.PayloadLength);
        }

        /// <summary>The smallest 32-bit counter that is at least <paramref name="minimum"/> and ends in the 16 bits that were sent.</summary>
        public static uint ExtendFCnt(int fCnt16, uint minimum)
        {
            uint low = (ushort)fCnt16;
            uint candidate = (minimum & 0xFFFF0000) | low;
            return candidate < minimum ? candidate + 0x10000 : candidate;
        }

        private static bool IsBuildable(DataFrame header)
        {
            if (header.FOptsLength < 0 || header.FOptsLength > MaximumFOptsLength || header.PayloadLength < 0)
            {
                return false;
            }

            if (header.FPort == DataFrame.NoPort)
            {
                return header.PayloadLength == 0;
            }

            return header.FPort >= 0 && header.FPort <= 255
                && (header.FPort != 0 || header.FOptsLength == 0)
                && OverheadLength + header.FOptsLength + 1 + header.PayloadLength <= MaximumFrameLength;
        }

        private static int MacHeader(DataFrame header)
        {
            if (header.IsDownlink)
            {
                return header.IsConfirmed ? DownlinkConfirmed : DownlinkUnconfirmed;
            }

            return header.IsConfirmed ? UplinkConfirmed : UplinkUnconfirmed;
        }

        private static int FrameControl(DataFrame header)
        {
            int control = header.FOptsLength;
            if (header.IsAdaptiveDataRate)
            {
                control |= AdrBit;
            }

            if (header.IsAdrAcknowledgeRequest && !header.IsDownlink)
            {
                control |= AdrAcknowledgeRequestBit;
            }

            if (header.IsAcknowledge)
            {
                control |= AcknowledgeBit;
            }

            if (header.IsFramePending && header.IsDownlink)
            {
                control |= FramePendingBit;
            }

            return control;
        }

        private static void ReadFrameControl(int control, DataFrame into)
        {
            into.IsAdaptiveDataRate = (control & AdrBit) != 0;
            into.IsAdrAcknowledgeRequest = !into.IsDownlink && (control & AdrAcknowledgeRequestBit) != 0;
            into.IsAcknowledge = (control & AcknowledgeBit) != 0;
            into.IsFramePending = into.IsDownlink && (control & FramePendingBit) != 0;
            into.FOptsLength = control & 0x0F;
        }
    }
}
