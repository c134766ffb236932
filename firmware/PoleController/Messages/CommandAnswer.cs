// The answer to a command: its fields, its bytes and back. The layout is messages.yaml's.
namespace PoleController.Messages
{
    /// <summary>What became of a command, uplink on <see cref="MessagePort.Command"/>. Made once; filled again and again.</summary>
    public sealed class CommandAnswer
    {
        /// <summary>Bytes of the message.</summary>
        public const int Length = 8;

        /// <summary>Id of the command as received, 0 to 255: it need not be one of <see cref="Messages.CommandId"/>.</summary>
        public int CommandId;

        /// <summary>Sequence number of the command as received, 0 to 255.</summary>
        public int Sequence;

        /// <summary>What became of it.</summary>
        public CommandError Error;

        /// <summary>With <see cref="CommandError.OutOfRange"/>, which field: 0 is the first after the sequence number; else -1.</summary>
        public int Field;

        /// <summary>Revision of the settings after the command; its low 16 bits are sent.</summary>
        public int SettingsRevision;

        /// <summary>Hash of the settings after the command, 0 to 65,535.</summary>
        public int SettingsHash;

        /// <summary>Writes the message.</summary>
        /// <param name="buffer"><see cref="Length"/> bytes or more.</param>
        /// <returns>Bytes written.</returns>
        public int Encode(byte[] buffer)
        {
            buffer[0] = (byte)CommandId;
            buffer[1] = (byte)Sequence;
            buffer[2] = (byte)Error;
            buffer[3] = (byte)(Field < 0 || Field > 254 ? 255 : Field);
            MessageBytes.WriteUInt16(buffer, 4, SettingsRevision);
            MessageBytes.WriteUInt16(buffer, 6, SettingsHash);
            return Length;
        }

        /// <summary>Reads a message.</summary>
        /// <param name="payload">The payload of an uplink on the command port.</param>
        /// <param name="length">Its length.</param>
        /// <returns><see cref="CommandError.Ok"/>, or why it is none: too short, too long, or out of range; the fields then mean nothing.</returns>
        public CommandError Decode(byte[] payload, int length)
        {
            if (length != Length)
            {
                return length < Length ? CommandError.TooShort : CommandError.TooLong;
            }

            CommandId = payload[0];
            Sequence = payload[1];
            Error = (CommandError)payload[2];
            Field = payload[3] == 255 ? -1 : payload[3];
            SettingsRevision = MessageBytes.ReadUInt16(payload, 4);
            SettingsHash = MessageBytes.ReadUInt16(payload, 6);
            return Error <= CommandError.NotInGroup ? CommandError.Ok : CommandError.OutOfRange;
        }
    }
}
