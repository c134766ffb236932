// The measurement uplink: a header and entries of several kinds, to bytes and back. The values of an entry are MeasurementEntry's, when one is due
// MeasurementDelivery's; the layout is messages.yaml's.
using System;
using PoleController.Messages.Entries;

namespace PoleController.Messages
{
    /// <summary>What was measured, on <see cref="MessagePort.Measurement"/>. Made once; filled again and again.</summary>
    public sealed class MeasurementMessage
    {
        /// <summary>Bytes before the first entry.</summary>
        public const int HeaderLength = 6;

        /// <summary>Bytes of an entry besides its values: the kind.</summary>
        public const int EntryOverheadLength = 1;

        /// <summary>Most entries: each kind once, and room for kinds to come.</summary>
        public const int MaximumEntryCount = 16;

        /// <summary>Version of the layout, first byte.</summary>
        public const int Version = 1;

        /// <summary>How far off the time may be; unknown: it counts from the controller's start.</summary>
        public ClockAccuracy ClockAccuracy;

        /// <summary>Whether the message is confirmed: sent until it is acknowledged, so it may come twice.</summary>
        public bool IsConfirmed;

        /// <summary>When the values were taken: UTC seconds since 1970, or seconds since the controller's start, 0 to 4,294,967,295.</summary>
        public long Seconds;

        private MeasurementEntries? _entries;
        private int _entryOffset;

        /// <summary>Entries in the message that was decoded.</summary>
        public int EntryCount { get; private set; }

        /// <summary>The entry that <see cref="MoveNext"/> went to; null before the first.</summary>
        public MeasurementEntry? Entry { get; private set; }

        /// <summary>Writes the header.</summary>
        /// <returns>Bytes written.</returns>
        public int EncodeHeader(byte[] buffer)
        {
            buffer[0] = Version;
            buffer[1] = (byte)((IsConfirmed ? 0x80 : 0) | (int)ClockAccuracy);
            MessageBytes.WriteUInt32(buffer, 2, MessageBytes.Scale(Seconds, 1, 0xFFFFFFFFL));
            return HeaderLength;
        }

        /// <summary>Writes an entry after what is there.</summary>
        /// <param name="buffer">The message.</param>
        /// <param name="length">Its length so far.</param>
        /// <param name="kind">The entry's kind.</param>
        /// <param name="values">Holds its values.</param>
        /// <param name="valuesOffset">Where they begin.</param>
        /// <param name="valuesLength">Their length.</param>
        /// <returns>The new length.</returns>
        public static int AppendEntry(byte[] buffer, int length, int kind, byte[] values, int valuesOffset, int valuesLength)
        {
            buffer[length] = (byte)kind;
            Array.Copy(values, valuesOffset, buffer, length + EntryOverheadLength, valuesLength);
            return length + EntryOverheadLength + valuesLength;
        }

        /// <summary>Reads a message; its entries are gone through with <see cref="MoveNext"/>.</summary>
        /// <param name="payload">The payload of an uplink on the measurement port.</param>
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

            _entries ??= new MeasurementEntries();
            IsConfirmed = (payload[1] & 0x80) != 0;
            ClockAccuracy = (ClockAccuracy)(payload[1] & 0x7F);
            Seconds = MessageBytes.ReadUInt32(payload, 2);
            if (payload[0] != Version || ClockAccuracy > ClockAccuracy.Worse)
            {
                return CommandError.OutOfRange;
            }

            CommandError error = Judge(payload, length);
            _entryOffset = HeaderLength;
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
            _entryOffset = HeaderLength;
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
            MeasurementEntry? entry = _entries!.Of(payload[_entryOffset]);
            if (entry == null)
            {
                return CommandError.OutOfRange;
            }

            int valuesOffset = _entryOffset + EntryOverheadLength;
            if (valuesOffset + entry.Length > length)
            {
                return CommandError.TooShort;
            }

            Entry = entry;
            _entryOffset = valuesOffset + entry.Length;
            return entry.TryDecode(payload, valuesOffset) ? CommandError.Ok : CommandError.OutOfRange;
        }
    }
}
