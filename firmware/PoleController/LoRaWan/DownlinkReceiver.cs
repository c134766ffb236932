// Judges received data frames and takes what is ours: address, counter and MIC first, then the store, then everything else.
using System;

namespace PoleController.LoRaWan
{
    /// <summary>The received message that waits to be taken.</summary>
    public sealed class DownlinkMailbox
    {
        private readonly byte[] _payload = new byte[UplinkMessage.MaximumLength];
        private int _length;

        /// <summary>FPort of the message; 0 when none waits.</summary>
        public int FPort { get; private set; }

        /// <summary>Puts a message in; the place must be free.</summary>
        public void Put(int fPort, byte[] data, int offset, int length)
        {
            Array.Copy(data, offset, _payload, 0, length);
            _length = length;
            FPort = fPort;
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
            if (!FrameCodec.TryParse(frame, length, Header) || !Header.IsDownlink || Header.DevAddr != _session.DevAddr)
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

        /// <summary>Carries out the MAC commands of the frame just accepted and puts its message into the mailbox.</summary>
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

            if (Header.FPort < 1 || Header.FPort > MaximumFPort)
            {
                return;
            }

            if (_mailbox.FPort != 0)
            {
                DroppedCount++;
                MustAcknowledge = false;
                return;
            }

            _mailbox.Put(Header.FPort, frame, Header.PayloadOffset, Header.PayloadLength);
        }
    }
}
