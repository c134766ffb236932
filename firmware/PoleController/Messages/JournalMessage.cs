// The journal uplink: a header and entries of several kinds, to bytes and back. What is put in is Backlog's business, the values of an
// entry are JournalAlarm's, JournalEmergency's, JournalInterval's and MeasurementEntry's; the layout is messages.yaml's.
using System;
using PoleController.Journal;
using PoleController.Messages.Entries;

namespace PoleController.Messages
{
    /// <summary>Entries of one class with sequence numbers that follow one another, on <see cref="MessagePort.Journal"/>.</summary>
    public sealed class JournalMessage
    {
        /// <summary>Bytes before the first entry.</summary>
        public const int HeaderLength = 10;

        /// <summary>Bytes of an entry besides its values.</summary>
        public const int EntryOverheadLength = 3;

        /// <summary>Most entries: as many alarms as the longest payload of LoRaWAN, 242 bytes, holds.</summary>
        public const int MaximumEntryCount = 25;

        /// <summary>Longest time from the first entry to another one.</summary>
        public const int MaximumAfterSeconds = 65535;

        /// <summary>Version of the layout, first byte.</summary>
        public const int Version = 1;

        /// <summary>The class of the entries.</summary>
        public JournalClass EntryClass;

        /// <summary>How far off the times may be; unknown: they count from a start of the controller.</summary>
        public ClockAccuracy ClockAccuracy;

        /// <summary>Entries of this class lost since commissioning, before they could be sent, 0 to 65,535.</summary>
        public int LostCount;

        /// <summary>Low 16 bits of the sequence of the first entry; each further entry has the next one.</summary>
        public int FirstSequence;

        /// <summary>When the first entry happened: UTC seconds since 1970, or seconds since a start of the controller, 0 to 4,294,967,295.</summary>
        public long FirstSeconds;

        // Only who reads a message needs them: a pole does not.
        private JournalAlarm? _alarm;
        private JournalEmergency? _emergency;
        private JournalInterval? _interval;
        private MeasurementEntries? _measurements;
        private int _entryOffset;

        /// <summary>Entries in the message that was decoded.</summary>
        public int EntryCount { get; private set; }

        /// <summary>Kind of the entry that <see cref="MoveNext"/> went to.</summary>
        public JournalEntryKind EntryKind { get; private set; }

        /// <summary>Seconds from the first entry to the one that <see cref="MoveNext"/> went to.</summary>
        public int AfterSeconds { get; private set; }

        /// <summary>The entry that <see cref="MoveNext"/> went to, if it is an alarm.</summary>
        public JournalAlarm Alarm
        {
            get { return _alarm!; }
        }

        /// <summary>The entry that <see cref="MoveNext"/> went to, if it is about an emergency or crisis profile.</summary>
        public JournalEmergency Emergency
        {
            get { return _emergency!; }
        }

        /// <summary>The entry that <see cref="MoveNext"/> went to, if it is an interval.</summary>
        public JournalInterval Interval
        {
            get { return _interval!; }
        }

        /// <summary>The entry that <see cref="MoveNext"/> went to, if it is a measurement; else null.</summary>
        public MeasurementEntry? Measurement
        {
            get { return _measurements!.Of((int)EntryKind); }
        }

        /// <summary>Bytes of the values of a kind; -1 when there is no such kind.</summary>
        public static int ValuesLength(int kind)
        {
            switch ((JournalEntryKind)kind)
            {
                case JournalEntryKind.Alarm:
                    return JournalAlarm.EarlierLength;
                case JournalEntryKind.ValuedAlarm:
                    return JournalAlarm.Length;
                case JournalEntryKind.Emergency:
                    return JournalEmergency.Length;
                case JournalEntryKind.Interval:
                    return JournalInterval.Length;
                default:
                    return MeasurementEntries.LengthOf(kind);
            }
        }

        /// <summary>Writes the header.</summary>
        /// <returns>Bytes written.</returns>
        public int EncodeHeader(byte[] buffer)
        {
            buffer[0] = Version;
            buffer[1] = (byte)(((int)EntryClass << 4) | (int)ClockAccuracy);
            MessageBytes.WriteUInt16(buffer, 2, (int)MessageBytes.Scale(LostCount, 1, 65535));
            MessageBytes.WriteUInt16(buffer, 4, FirstSequence);
            MessageBytes.WriteUInt32(buffer, 6, MessageBytes.Scale(FirstSeconds, 1, 0xFFFFFFFFL));
            return HeaderLength;
        }

        /// <summary>Writes an entry after what is there.</summary>
        /// <param name="buffer">The message.</param>
        /// <param name="length">Its length so far.</param>
        /// <param name="kind">The entry's kind.</param>
        /// <param name="afterSeconds">Seconds since the first entry, 0 to <see cref="MaximumAfterSeconds"/>.</param>
        /// <param name="values">Its values.</param>
        /// <param name="valuesLength">Their length.</param>
        /// <returns>The new length.</returns>
        public static int AppendEntry(byte[] buffer, int length, int kind, int afterSeconds, byte[] values, int valuesLength)
        {
            buffer[length] = (byte)kind;
            MessageBytes.WriteUInt16(buffer, length + 1, afterSeconds);
            Array.Copy(values, 0, buffer, length + EntryOverheadLength, valuesLength);
            return length + EntryOverheadLength + valuesLength;
        }

        /// <summary>Reads a message; its entries are gone through with <see cref="MoveNext"/>.</summary>
        /// <param name="payload">The payload of an uplink on the journal port.</param>
        /// <param name="length">Its length.</param>
        /// <returns>
        /// <see cref="CommandError.Ok"/>, or why it is none: too short, too long, or out of range (another version, or a value or a kind of entry
        /// that does not exist); the fields then mean nothing.
        /// </returns>
        public CommandError Decode(byte[] payload, int length)
        {
            if (length < HeaderLength)
            {
                return CommandError.TooShort;
            }

            _alarm ??= new JournalAlarm();
            _emergency ??= new JournalEmergency();
            _interval ??= new JournalInterval();
            _measurements ??= new MeasurementEntries();
            EntryClass = (JournalClass)(payload[1] >> 4);
            ClockAccuracy = (ClockAccuracy)(payload[1] & 0x0F);
            LostCount = MessageBytes.ReadUInt16(payload, 2);
            FirstSequence = MessageBytes.ReadUInt16(payload, 4);
            FirstSeconds = MessageBytes.ReadUInt32(payload, 6);
            if (payload[0] != Version || EntryClass > JournalClass.Measurement || ClockAccuracy > ClockAccuracy.Worse)
            {
                return CommandError.OutOfRange;
            }

            CommandError error = Judge(payload, length);
            Rewind();
            return error;
        }

        /// <summary>Goes to the next entry of the message that was decoded.</summary>
        /// <param name="payload">The same payload.</param>
        /// <param name="length">The same length.</param>
        /// <returns>False after the last.</returns>
        public bool MoveNext(byte[] payload, int length)
        {
            return _entryOffset < length && Read(payload, length) == CommandError.Ok;
        }

        private CommandError Judge(byte[] payload, int length)
        {
            Rewind();
            EntryCount = 0;
            while (_entryOffset < length)
            {
                if (EntryCount == MaximumEntryCount)
                {
                    return CommandError.TooLong;
                }

                CommandError error = Read(payload, length);
                if (error != CommandError.Ok)
                {
                    return error;
                }

                EntryCount++;
            }

            return CommandError.Ok;
        }

        private CommandError Read(byte[] payload, int length)
        {
            int valuesOffset = _entryOffset + EntryOverheadLength;
            if (valuesOffset > length)
            {
                return CommandError.TooShort;
            }

            int valuesLength = ValuesLength(payload[_entryOffset]);
            if (valuesLength < 0)
            {
                return CommandError.OutOfRange;
            }

            if (valuesOffset + valuesLength > length)
            {
                return CommandError.TooShort;
            }

            EntryKind = (JournalEntryKind)payload[_entryOffset];
            AfterSeconds = MessageBytes.ReadUInt16(payload, _entryOffset + 1);
            _entryOffset = valuesOffset + valuesLength;
            return TryDecodeValues(payload, valuesOffset) ? CommandError.Ok : CommandError.OutOfRange;
        }

        private bool TryDecodeValues(byte[] payload, int offset)
        {
            switch (EntryKind)
            {
                case JournalEntryKind.Alarm:
                    return _alarm!.TryDecodeEarlier(payload, offset);
                case JournalEntryKind.ValuedAlarm:
                    return _alarm!.TryDecode(payload, offset);
                case JournalEntryKind.Emergency:
                    return _emergency!.TryDecode(payload, offset);
                case JournalEntryKind.Interval:
                    return _interval!.TryDecode(payload, offset);
                default:
                    return Measurement!.TryDecode(payload, offset);
            }
        }

        private void Rewind()
        {
            _entryOffset = HeaderLength;
        }
    }
}
