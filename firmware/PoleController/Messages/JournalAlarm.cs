// The values of an alarm in the journal: its fields, its bytes and back. The layout is messages.yaml's.
using PoleController.Alarms;

namespace PoleController.Messages
{
    /// <summary>An alarm that could not be told when it happened. Made once; filled again and again.</summary>
    public sealed class JournalAlarm
    {
        /// <summary>Bytes of the values.</summary>
        public const int Length = 9;

        /// <summary>Bytes of the values as earlier controllers wrote them: without <see cref="Value"/>.</summary>
        public const int EarlierLength = 6;

        /// <summary>True: it began or changed; false: it ended.</summary>
        public bool IsRaised;

        /// <summary>What it is about.</summary>
        public AlarmKind Kind;

        /// <summary>Why, where a component's health says so.</summary>
        public HealthReason Reason;

        /// <summary>Changes of this kind since it was last told or written down, this one included, 1 to 255.</summary>
        public int ChangeCount;

        /// <summary>Level when it happened, 0 to 1000; sent in percent, and never as 0 for a lit lamp.</summary>
        public int LevelPermille;

        /// <summary>What the luminaire drew when it happened, 0 to 6,553,400 mW in steps of 100; -1 when not known.</summary>
        public int PowerMilliwatts;

        /// <summary>Its size in the unit of its kind (<see cref="AlarmKind"/>), -8,388,608 to 8,388,607; 0 where the kind has none.</summary>
        public int Value;

        /// <summary>Takes over what an alarm message says.</summary>
        public void Set(AlarmMessage alarm)
        {
            IsRaised = alarm.IsRaised;
            Kind = alarm.Kind;
            Reason = alarm.Reason;
            ChangeCount = alarm.ChangeCount;
            LevelPermille = alarm.LevelPermille;
            PowerMilliwatts = alarm.PowerMilliwatts;
            Value = alarm.Value;
        }

        /// <summary>Writes the values; those beyond their range are sent as its end, those between two steps as the nearer.</summary>
        /// <param name="buffer">Receives <see cref="Length"/> bytes.</param>
        /// <param name="offset">Where.</param>
        /// <returns>Bytes written.</returns>
        public int Encode(byte[] buffer, int offset)
        {
            buffer[offset] = (byte)((IsRaised ? 0x80 : 0) | (int)Kind);
            buffer[offset + 1] = (byte)Reason;
            buffer[offset + 2] = (byte)MessageBytes.Scale(ChangeCount < 1 ? 1 : ChangeCount, 1, 255);
            buffer[offset + 3] = MessageBytes.ScaleLevel(LevelPermille);
            MessageBytes.WriteUInt16(buffer, offset + 4, MessageBytes.ScalePower(PowerMilliwatts));
            MessageBytes.WriteInt24(buffer, offset + 6, Value);
            return Length;
        }

        /// <summary>Reads <see cref="Length"/> bytes.</summary>
        /// <returns>Whether they are valid.</returns>
        public bool TryDecode(byte[] buffer, int offset)
        {
            bool isValid = TryDecodeEarlier(buffer, offset);
            Value = MessageBytes.ReadInt24(buffer, offset + 6);
            return isValid;
        }

        /// <summary>Reads <see cref="EarlierLength"/> bytes as earlier controllers wrote them.</summary>
        /// <returns>Whether they are valid.</returns>
        public bool TryDecodeEarlier(byte[] buffer, int offset)
        {
            Value = 0;
            IsRaised = (buffer[offset] & 0x80) != 0;
            Kind = (AlarmKind)(buffer[offset] & 0x7F);
            Reason = (HealthReason)buffer[offset + 1];
            ChangeCount = buffer[offset + 2];
            LevelPermille = buffer[offset + 3] * 10;
            PowerMilliwatts = MessageBytes.PowerMilliwatts(MessageBytes.ReadUInt16(buffer, offset + 4));
            return Kind >= AlarmKind.LampFailure && Kind <= AlarmKind.BoardSensorFault
                && Reason <= HealthReason.RestartedTooOften && ChangeCount >= 1 && LevelPermille <= 1000;
        }
    }
}
