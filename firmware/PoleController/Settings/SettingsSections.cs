// Sections as bytes: the same in the record of the store, in a block over the air and in a command. What a section holds is its SettingsPart's.
namespace PoleController.Settings
{
    /// <summary>Writes and reads sections: number (1 byte, a <see cref="SettingsSection"/>), length of the content (2), content.</summary>
    public static class SettingsSections
    {
        /// <summary>Bytes before a section's content.</summary>
        public const int HeaderLength = 3;

        /// <summary>Appends a section.</summary>
        public static void Put(SettingsPart part, SettingsWriter writer)
        {
            int start = writer.Position;
            writer.Put8((int)part.Section);
            writer.Put16(0);
            part.Put(writer);
            writer.Replace16(start + 1, writer.Position - start - HeaderLength);
        }

        /// <summary>Reads sections one after the other.</summary>
        /// <param name="settings">Receives them; changed in part when something is wrong. Values are not judged (<see cref="SettingsRules"/>).</param>
        /// <param name="buffer">Holds them.</param>
        /// <param name="position">Where the first begins.</param>
        /// <param name="end">Where the last ends.</param>
        /// <param name="section">Which section is wrong, counted from 0; when none is, how many there are.</param>
        public static SectionError Get(ControllerSettings settings, byte[] buffer, int position, int end, out int section)
        {
            section = 0;
            while (position < end)
            {
                int content = position + HeaderLength;
                int contentEnd = content <= end ? content + ((buffer[position + 1] << 8) | buffer[position + 2]) : content;
                SectionError error = contentEnd <= end
                    ? GetContent(settings, buffer[position], buffer, content, contentEnd) : SectionError.TooShort;
                if (error != SectionError.None)
                {
                    return error;
                }

                position = contentEnd;
                section++;
            }

            return SectionError.None;
        }

        /// <summary>Reads the content of one section.</summary>
        /// <param name="settings">Receives it; changed in part when something is wrong. Values are not judged.</param>
        /// <param name="number">The section's number, 0 to 255.</param>
        /// <param name="buffer">Holds the content.</param>
        /// <param name="position">Where it begins.</param>
        /// <param name="end">Where it ends.</param>
        public static SectionError GetContent(ControllerSettings settings, int number, byte[] buffer, int position, int end)
        {
            int item = position < end ? buffer[position] : 0;
            SettingsPart? part = settings.Find(number, item);
            if (part == null)
            {
                return SectionError.Unknown;
            }

            SettingsReader reader = settings.Workspace.Reader;
            reader.Begin(buffer, position, end);
            if (!part.Get(reader))
            {
                return SectionError.OutOfRange;
            }

            int remaining = reader.Remaining;
            return remaining == 0 ? SectionError.None : remaining < 0 ? SectionError.TooShort : SectionError.TooLong;
        }
    }
}
