// What the device has to send: the message that waits, and the frame in work, which is built once and sent one or several times.
using System;
using PoleController.LoRaWan.Packages;

namespace PoleController.LoRaWan
{
    /// <summary>The one message that waits to be sent. Its place is free again when it was sent for good or given up.</summary>
    public sealed class UplinkMessage
    {
        /// <summary>Longest FRMPayload.</summary>
        public const int MaximumLength = 242;

        /// <summary>The message.</summary>
        public readonly byte[] Payload = new byte[MaximumLength];

        /// <summary>Whether there is one.</summary>
        public bool IsWaiting;

        /// <summary>FPort, 1 to 223.</summary>
        public int FPort;

        /// <summary>Its length.</summary>
        public int Length;

        /// <summary>Whether the network must acknowledge.</summary>
        public bool IsConfirmed;

        /// <summary>How often frames that carry it were sent.</summary>
        public int TransmissionCount;

        /// <summary>Whether its frame is sent once, whatever NbTrans says: what is in it would be wrong a second time.</summary>
        public bool IsSentOnce;

        /// <summary>Brings times in it up to date when its frame is built; null when there are none.</summary>
        internal IUplinkStamp? Stamp;

        /// <summary>A confirmed one that was sent so often without acknowledgement is given up.</summary>
        public int MaximumTransmissionCount;

        /// <summary>Takes a message.</summary>
        public void Set(int fPort, byte[] payload, int length, bool isConfirmed, int maximumTransmissionCount)
        {
            Array.Copy(payload, 0, Payload, 0, length);
            FPort = fPort;
            Length = length;
            IsConfirmed = isConfirmed;
            TransmissionCount = 0;
            MaximumTransmissionCount = maximumTransmissionCount;
            IsWaiting = true;
            IsSentOnce = false;
            Stamp = null;
        }
    }

    /// <summary>The frame in work. Repetitions send the same bytes, so that a counter is never used for two contents.</summary>
    public sealed class UplinkFrame
    {
        /// <summary>The PHYPayload.</summary>
        public readonly byte[] Bytes = new byte[FrameCodec.MaximumFrameLength + 1];

        /// <summary>Its length.</summary>
        public int Length;

        /// <summary>Whether there is one in work.</summary>
        public bool IsInWork;

        /// <summary>Whether it carries the message.</summary>
        public bool CarriesMessage;

        /// <summary>Whether the network must acknowledge.</summary>
        public bool IsConfirmed;

        /// <summary>Whether it is sent once, whatever NbTrans says.</summary>
        public bool IsSentOnce;

        /// <summary>Whether it carries DeviceTimeReq.</summary>
        public bool HasTimeRequest;

        /// <summary>How often it was sent.</summary>
        public int TransmissionCount;

        /// <summary>Before this time neither it nor, when it has ended, the next one is sent.</summary>
        public long NotBeforeMs;

        /// <summary>From this time on it is not repeated: it acknowledges a class C downlink.</summary>
        public long RepeatUntilMs;

        /// <summary>Whether a downlink in its receive windows has shown that it arrived.</summary>
        public bool IsHeard;

        /// <summary>Whether it was acknowledged.</summary>
        public bool IsAcknowledged;
    }
}
