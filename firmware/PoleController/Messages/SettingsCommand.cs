// The command that sets one section of the settings: its bytes, for the pole that reads it and the operator's side that writes it. What becomes of it is
// CommandProcessor's.
using PoleController.Settings;

namespace PoleController.Messages
{
    /// <summary>setSettings: the command's header, the section's number (1 byte), the section's content to the end of the payload.</summary>
    public static class SettingsCommand
    {
        /// <summary>Bytes before the section's content.</summary>
        public const int ContentOffset = CommandRanges.HeaderLength + 1;

        /// <summary>Writes the command.</summary>
        /// <param name="settings">Valid settings to take the section from.</param>
        /// <param name="section">Which.</param>
        /// <param name="item">Where there are several, which one; else 0.</param>
        /// <param name="sequence">The command's sequence number, 0 to 255.</param>
        /// <param name="buffer">Receives it; as long as the longest payload that can be sent.</param>
        /// <returns>Bytes written; 0 when there is no such section or it does not fit: then a block has to carry it.</returns>
        public static int Encode(ControllerSettings settings, SettingsSection section, int item, int sequence, byte[] buffer)
        {
            SettingsPart? part = settings.Find((int)section, item);
            if (part == null || buffer.Length < ContentOffset)
            {
                return 0;
            }

            buffer[0] = (byte)CommandId.SetSettings;
            buffer[1] = (byte)sequence;
            buffer[2] = (byte)section;
            SettingsWriter writer = settings.Workspace.Writer;
            writer.Begin(buffer, ContentOffset);
            part.Put(writer);
            return writer.IsOverrun ? 0 : writer.Position;
        }

        /// <summary>Reads the section of a command into settings, and judges it.</summary>
        /// <param name="payload">The command; decoded with <see cref="CommandMessage.Decode"/>.</param>
        /// <param name="length">Its length.</param>
        /// <param name="settings">Receives the section; changed in part, or not valid, when the result is not ok.</param>
        /// <param name="field">With OutOfRange: 0 when there is no such section, else a <see cref="SettingsFault"/>; else -1.</param>
        public static CommandError Read(byte[] payload, int length, ControllerSettings settings, out int field)
        {
            field = -1;
            int number = payload[ContentOffset - 1];
            SectionError error = SettingsSections.GetContent(settings, number, payload, ContentOffset, length);
            if (error == SectionError.TooShort || error == SectionError.TooLong)
            {
                return SettingsBlock.ToCommandError(error);
            }

            if (error == SectionError.Unknown)
            {
                field = 0;
                return CommandError.OutOfRange;
            }

            SettingsFault fault = error == SectionError.None ? SettingsRules.Validate(settings) : SettingsFault.SectionContent;
            if (fault == SettingsFault.None)
            {
                return CommandError.Ok;
            }

            field = (int)fault;
            return CommandError.OutOfRange;
        }
    }
}
