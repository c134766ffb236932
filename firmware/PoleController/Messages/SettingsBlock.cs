// A block of settings as it comes by fragmentation: sections of the settings, one after the other. The pole reads, the operator's side writes.
// Whether the result is valid is SettingsRules', what becomes of it SettingsBlockConsumer's.
using PoleController.Settings;

namespace PoleController.Messages
{
    /// <summary>
    /// The layout, numbers most significant byte first: version (1 byte, 1); sections as <see cref="SettingsSections"/> has them; CRC-32 of everything before
    /// it (4). What no section speaks of stays as it is, so that one block does for a whole group of poles. A section may come several times; the last one
    /// counts, but for those of which there are several (programs): each of them has its own. A pole has room for 1,024 bytes; more is several blocks.
    /// </summary>
    public static class SettingsBlock
    {
        /// <summary>Descriptor of its fragmentation session: "SET" and the version, first byte first.</summary>
        public const uint Descriptor = 0x01544553;

        /// <summary>Bytes of the shortest block: one section without content.</summary>
        public const int MinimumLength = StartLength + SettingsSections.HeaderLength + SettingsCodec.CrcLength;

        private const int Version = 1;
        private const int StartLength = 1;

        /// <summary>Begins a block.</summary>
        /// <param name="buffer">Receives it.</param>
        /// <returns>Where the first section goes.</returns>
        public static int Start(byte[] buffer)
        {
            buffer[0] = Version;
            return StartLength;
        }

        /// <summary>Adds a section.</summary>
        /// <param name="settings">Valid settings to take it from.</param>
        /// <param name="section">Which.</param>
        /// <param name="item">Where there are several, which one (programs: 0 to 3); else 0.</param>
        /// <param name="buffer">Receives it; what does not fit is not written, and the end that is returned lies beyond it.</param>
        /// <param name="position">Where it goes.</param>
        /// <returns>Where the next one goes; <paramref name="position"/> when there is no such section.</returns>
        public static int Add(ControllerSettings settings, SettingsSection section, int item, byte[] buffer, int position)
        {
            SettingsPart? part = settings.Find((int)section, item);
            if (part == null)
            {
                return position;
            }

            SettingsWriter writer = settings.Workspace.Writer;
            writer.Begin(buffer, position);
            SettingsSections.Put(part, writer);
            return writer.Position;
        }

        /// <summary>Ends a block.</summary>
        /// <param name="buffer">Holds it.</param>
        /// <param name="position">Where it ends.</param>
        /// <returns>Its length.</returns>
        public static int Finish(byte[] buffer, int position)
        {
            SettingsCodec.PutCrc(buffer, position);
            return position + SettingsCodec.CrcLength;
        }

        /// <summary>Reads a block into settings.</summary>
        /// <param name="block">Holds the block.</param>
        /// <param name="length">Its length.</param>
        /// <param name="settings">Receives the sections; changed in part, or not valid, when the result is not ok.</param>
        /// <param name="section">Which section is wrong, counted from 0; -1 when none is.</param>
        /// <returns>
        /// Ok; TooShort or TooLong when a section is not as long as its content; OutOfRange when a section, a version or a program does not exist,
        /// or the CRC is wrong. Ranges of values are not judged.
        /// </returns>
        public static CommandError Read(byte[] block, int length, ControllerSettings settings, out int section)
        {
            section = -1;
            if (length < MinimumLength)
            {
                return CommandError.TooShort;
            }

            int end = length - SettingsCodec.CrcLength;
            if (block[0] != Version || !SettingsCodec.IsCrcRight(block, end))
            {
                return CommandError.OutOfRange;
            }

            SectionError error = SettingsSections.Get(settings, block, StartLength, end, out int wrong);
            section = error == SectionError.None ? -1 : wrong;
            return ToCommandError(error);
        }

        /// <summary>What an answer says of a fault in a section's bytes.</summary>
        internal static CommandError ToCommandError(SectionError error)
        {
            switch (error)
            {
                case SectionError.None:
                    return CommandError.Ok;
                case SectionError.TooShort:
                    return CommandError.TooShort;
                case SectionError.TooLong:
                    return CommandError.TooLong;
                default:
                    return CommandError.OutOfRange;
            }
        }
    }
}
