// The alarm uplink: its fields, its bytes and back. When one is sent is decided by AlarmTable and Reporter; the layout is messages.yaml's.
using PoleController.Alarms;

namespace PoleController.Messages
{
    /// <summary>Something began or ended, on <see cref="MessagePort.Alarm"/>. Made once; filled again and again.</summary>
    public sealed class AlarmMessage
    {
        /// <summary>Bytes of the message.</summary>
        public const int Length = 12;

        /// <summary>Version of the layout, first byte.</summary>
        public const int Version = 2;

        /// <summary>True: it began or changed; false: it ended.</summary>
        public bool IsRaised;

        /// <summary>What it is about.</summary>
        public AlarmKind Kind;

        /// <summary>Why, where a component's health says so.</summary>
        public HealthReason Reason;

        /// <summary>Changes of this kind since it was last told, this one included, 1 to 255.</summary>
        public int ChangeCount;

        /// <summary>Seconds since it happened, 0 to 65,535.</summary>
        public int AgeSeconds;

        /// <summary>Level when it happened, 0 to 1000; sent in percent, and never as 0 for a lit lamp.</summary>
        public int LevelPermille;

        /// <summary>What the luminaire drew when it happened, 0 to 6,553,400 mW in steps of 100; -1 when not known.</summary>
        public int PowerMilliwatts;

        /// <summary>Its size in the unit of its kind (<see cref="AlarmKind"/>), -8,388,608 to 8,388,607; 0 where the kind has none.</summary>
        public int Value;

        /// <summary>Writes the message; values beyond their range are sent as its end, values between two steps as the nearer.</summary>
        /// <param name="buffer"><see cref="Length"/> bytes or more.</param>
        /// <returns>Bytes written.</returns>
        public int Encode(byte[] buffer)
        {
            buffer[0] = Version;
            buffer[1] = (byte)((IsRaised ? 0x80 : 0) | (int)Kind);
            buffer[2] = (byte)Reason;
            buffer[3] = (byte)MessageBytes.Scale(ChangeCount < 1 ? 1 : ChangeCount, 1, 255);
            MessageBytes.WriteUInt16(buffer, 4, (int)MessageBytes.Scale(AgeSeconds, 1, 65535));
            buffer[6] = MessageBytes.ScaleLevel(LevelPermille);
            MessageBytes.WriteUInt16(buffer, 7, MessageBytes.ScalePower(PowerMilliwatts));
            MessageBytes.WriteInt24(buffer, 9, Value);
            return Length;
        }

        /// <summary>Reads a message.</summary>
        /// <param name="payload">The payload of an uplink on the alarm port.</param>
        /// <param name="length">Its length.</param>
        /// <returns>
        /// <see cref="CommandError.Ok"/>, or why it is none: too short, too long, or out of range (another version, or a value that does not
        /// exist); the fields then mean nothing.
        /// </returns>
        public CommandError Decode(byte[] payload, int length)
        {
            if (length != Length)
            {
                return length < Length ? CommandError.TooShort : CommandError.TooLong;
            }

            IsRaised = (payload[1] & 0x80) != 0;
            Kind = (AlarmKind)(payload[1] & 0x7F);
            Reason = (HealthReason)payload[2];
            ChangeCount = payload[3];
            AgeSeconds = MessageBytes.ReadUInt16(payload, 4);
            LevelPermille = payload[6] * 10;
            PowerMilliwatts = MessageBytes.PowerMilliwatts(MessageBytes.ReadUInt16(payload, 7));
            Value = MessageBytes.ReadInt24(payload, 9);
            return payload[0] == Version && IsInRange() ? CommandError.Ok : CommandError.OutOfRange;
        }

        private bool IsInRange()
        {
            return Kind >= AlarmKind.LampFailure
                && Kind <= AlarmKind.BoardSensorFault
                && Reason <= HealthReason.RestartedTooOften
                && ChangeCount >= 1
                && LevelPermille <= 1000;
        }
    }
}
