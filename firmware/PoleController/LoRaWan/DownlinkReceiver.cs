// Judges received data frames and takes what is ours: address, counter and MIC first, then the store, then everything else.
using System;
using PoleController.LoRaWan.Packages;

namespace PoleController.LoRaWan
{
    /// <summary>The received message that waits to be taken.</summary>
    public sealed class DownlinkMailbox
    {
        private readonly byte[] _payload = new byte[UplinkMessage.MaximumLength];
        private int _length;

        /// <summary>FPort of the message; 0 when none waits.</summary>
        public int FPort { get; private set; }

        /// <summary>The multicast group it came to; <see cref="MulticastReceiver.None"/> when it came to this device alone.</summary>
        public int GroupId { get; private set; } = MulticastReceiver.None;

        /// <summary>Puts a message in; the place must be free.</summary>
        public void Put(int fPort, int groupId, byte[] data, int offset, int length)
        {
            Array.Copy(data, offset, _payload, 0, length);
            _length = length;
            FPort = fPort;
            GroupId = groupId;
        }

        /// <summary>Copies the message and frees its place.</summary>
        /// <returns>Its length; 0 when none waits.</returns>
        public int Take(byte[] buffer)
        {
            if (FPort == 0)
            {
                return 0;
            }

            Array.Copy(_payload, 0, buffer, 0, _length);
            FPort = 0;
            return _length;
        }
    }

    /// <summary>
    /// Receives unicast data frames. A frame for another DevAddr costs no cryptography; a counter that was used, or a wrong MIC, changes
    /// nothing. A message that finds the mailbox full is dropped and counted, and not acknowledged, so that the network sends it again.
    /// </summary>
    public sealed class DownlinkReceiver
    {
        private const int MaximumFPort = 223;

        private readonly FrameCodec _codec;
        private readonly Session _session;
        private readonly SessionStore _store;
        private readonly MacCommands _commands;
        private readonly DownlinkMailbox _mailbox;

        /// <summary>Makes it over the parts of a device.</summary>
        public DownlinkReceiver(FrameCodec codec, Session session, SessionStore store, MacCommands commands, DownlinkMailbox mailbox)
        {
            _codec = codec;
            _session = session;
            _store = store;
            _commands = commands;
            _mailbox = mailbox;
        }

        /// <summary>The header of the frame last accepted.</summary>
        public DataFrame Header { get; } = new DataFrame();

        /// <summary>Whether the frame last accepted has to be acknowledged.</summary>
        public bool MustAcknowledge { get; private set; }

        /// <summary>Whether the last frame was a downlink with another address than the session's.</summary>
        public bool IsForOtherAddress { get; private set; }

        /// <summary>Whether the store refused the counter of the last frame, which was dropped for it.</summary>
        public bool HasStoreFailed { get; private set; }

        /// <summary>Frames accepted.</summary>
        public int AcceptedCount { get; private set; }

        /// <summary>Frames with our DevAddr that were refused for counter, MIC, or MAC commands in class C.</summary>
        public int RefusedCount { get; private set; }

        /// <summary>Messages dropped because the mailbox was full.</summary>
        public int DroppedCount { get; private set; }

        /// <summary>Verifies a frame. When it is ours its counter is used up (in the store too), its payload is in the clear.</summary>
        /// <param name="frame">The frame.</param>
        /// <param name="length">Its length.</param>
        /// <param name="isInClassAWindow">
        /// Whether it came in a class A window. Only there may it carry MAC commands; a class C frame that does is discarded whole (TS001-1.0.4,
        /// section 15).
        /// </param>
        public bool TryAccept(byte[] frame, int length, bool isInClassAWindow)
        {
            HasStoreFailed = false;
            IsForOtherAddress = false;
            if (!FrameCodec.TryParse(frame, length, Header) || !Header.IsDownlink)
            {
                return false;
            }

            IsForOtherAddress = Header.DevAddr != _session.DevAddr;
            if (IsForOtherAddress)
            {
                return false;
            }

            if (!isInClassAWindow && (Header.FPort == 0 || Header.FOptsLength > 0))
            {
                RefusedCount++;
                return false;
            }

            uint fCnt = FrameCodec.ExtendFCnt(Header.FCnt16, _session.FCntDownNext);
            if (fCnt < _session.FCntDownNext || !_codec.IsMicValid(Header, fCnt, _session.NetworkSessionKey, frame, length))
            {
                RefusedCount++;
                return false;
            }

            HasStoreFailed = !_store.TryUseFCntDown(_session, fCnt);
            if (HasStoreFailed)
            {
                return false;
            }

            AcceptedCount++;
            _codec.CipherPayload(Header, fCnt, _session.NetworkSessionKey, _session.ApplicationSessionKey, frame);
            return true;
        }

        /// <summary>
        /// Carries out the MAC commands of the frame just accepted and puts its message into the mailbox, unless it is one of the packages'.
        /// </summary>
        public void Deliver(byte[] frame, bool isAdaptive, int snrQuarterDecibel)
        {
            MustAcknowledge = Header.IsConfirmed;
            bool isMacPayload = Header.FPort == 0;
            _commands.Process(
                frame,
                isMacPayload ? Header.PayloadOffset : Header.FOptsOffset,
                isMacPayload ? Header.PayloadLength : Header.FOptsLength,
                isAdaptive,
                snrQuarterDecibel);
            if (_commands.HasChanged)
            {
                // Should the store refuse, the session begins at the old parameters after a restart, and ADR mends it.
                _store.TrySaveSession(_session);
            }

            if (Header.FPort >= 1 && Header.FPort <= MaximumFPort && !PackageId.IsPackagePort(Header.FPort)
                && !TryPut(Header, MulticastReceiver.None, frame))
            {
                MustAcknowledge = false;
            }
        }

        /// <summary>Puts a message into the mailbox.</summary>
        /// <param name="header">The fields of its frame.</param>
        /// <param name="groupId">The multicast group it came to, or <see cref="MulticastReceiver.None"/>.</param>
        /// <param name="frame">The frame, its payload in the clear.</param>
        /// <returns>False when the one before was not taken yet: the message is dropped and counted.</returns>
        public bool TryPut(DataFrame header, int groupId, byte[] frame)
        {
            if (_mailbox.FPort != 0)
            {
                DroppedCount++;
                return false;
            }

            _mailbox.Put(header.FPort, groupId, frame, header.PayloadOffset, header.PayloadLength);
            return true;
        }
    }
}
