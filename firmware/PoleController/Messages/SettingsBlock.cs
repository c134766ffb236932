// A block of settings as it comes by fragmentation: sections of the settings, one after the other. The pole reads, the operator's side writes.
// Whether the result is valid is SettingsRules', what becomes of it SettingsBlockConsumer's.
using PoleController.Settings;

namespace PoleController.Messages
{
    /// <summary>
    /// The layout, numbers most significant byte first: version (1 byte, 1); sections: number (1, a <see cref="SettingsSection"/>), length of the
    /// content (2), content; CRC-32 of everything before it (4). What no section speaks of stays as it is, so that one block does for a whole
    /// group of poles. A section may come several times; the last one counts, but for programs, of which each has its own.
    /// </summary>
    public static class SettingsBlock
    {
        /// <summary>Descriptor of its fragmentation session: "SET" and the version, first byte first.</summary>
        public const uint Descriptor = 0x01544553;

        /// <summary>Bytes of the shortest block: one section without content.</summary>
        public const int MinimumLength = StartLength + SectionHeaderLength + CrcLength;

        private const int Version = 1;
        private const int StartLength = 1;
        private const int SectionHeaderLength = 3;
        private const int CrcLength = 4;

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
        /// <param name="program">Of programs, which one, 0 to 3; else 0.</param>
        /// <param name="buffer">Receives it; a block of every section has less than 600 bytes.</param>
        /// <param name="position">Where it goes.</param>
        /// <returns>Where the next one goes.</returns>
        public static int Add(ControllerSettings settings, SettingsSection section, int program, byte[] buffer, int position)
        {
            uint crc = Crc32.Initial;
            int end = position + SectionHeaderLength;
            PutSection(settings, section, program, buffer, ref end, ref crc);
            int length = end - position - SectionHeaderLength;
            SettingsRecord.Put(buffer, ref position, ref crc, (int)section, 1);
            SettingsRecord.Put(buffer, ref position, ref crc, length, 2);
            return end;
        }

        /// <summary>Ends a block.</summary>
        /// <param name="buffer">Holds it.</param>
        /// <param name="position">Where it ends.</param>
        /// <returns>Its length.</returns>
        public static int Finish(byte[] buffer, int position)
        {
            uint crc = Crc32.Compute(buffer, 0, position);
            uint unused = Crc32.Initial;
            SettingsRecord.Put(buffer, ref position, ref unused, (int)(long)(crc >> 16), 2);
            SettingsRecord.Put(buffer, ref position, ref unused, (int)(long)(crc & 0xFFFF), 2);
            return position;
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

            int end = length - CrcLength;
            if (block[0] != Version || !IsCrcRight(block, end))
            {
                return CommandError.OutOfRange;
            }

            int position = StartLength;
            for (section = 0; position < end; section++)
            {
                if (position + SectionHeaderLength > end)
                {
                    return CommandError.TooShort;
                }

                int number = SettingsRecord.Get(block, end, ref position, 1);
                int contentEnd = SettingsRecord.Get(block, end, ref position, 2) + position;
                if (contentEnd > end)
                {
                    return CommandError.TooShort;
                }

                if (!GetSection(settings, number, block, contentEnd, ref position))
                {
                    return CommandError.OutOfRange;
                }

                if (position != contentEnd)
                {
                    return position > contentEnd ? CommandError.TooShort : CommandError.TooLong;
                }
            }

            section = -1;
            return CommandError.Ok;
        }

        private static bool IsCrcRight(byte[] block, int end)
        {
            int position = end;
            uint crc = Crc32.Compute(block, 0, end);
            return SettingsRecord.Get(block, end + CrcLength, ref position, 2) == (int)(long)(crc >> 16)
                && SettingsRecord.Get(block, end + CrcLength, ref position, 2) == (int)(long)(crc & 0xFFFF);
        }

        private static void PutSection(
            ControllerSettings settings, SettingsSection section, int program, byte[] buffer, ref int position, ref uint crc)
        {
            switch (section)
            {
                case SettingsSection.Position:
                    SettingsRecord.Put(buffer, ref position, ref crc, settings.LatitudeMicrodegrees, 4);
                    SettingsRecord.Put(buffer, ref position, ref crc, settings.LongitudeMicrodegrees, 4);
                    break;
                case SettingsSection.LocalTime:
                    SettingsRecord.Put(buffer, ref position, ref crc, settings.UtcOffsetMinutes, 2);
                    SettingsRecord.Put(buffer, ref position, ref crc, settings.DaylightSaving, 1);
                    break;
                case SettingsSection.Occupancy:
                    SettingsRecord.Put(buffer, ref position, ref crc, settings.HoldTimeMs, 4);
                    SettingsRecord.Put(buffer, ref position, ref crc, settings.OccupancyFadeUpMs, 2);
                    SettingsRecord.Put(buffer, ref position, ref crc, settings.OccupancyFadeDownMs, 2);
                    SettingsRecord.Put(buffer, ref position, ref crc, settings.OccupancyDebounceMs, 2);
                    break;
                case SettingsSection.Reporting:
                    SettingsRecord.Put(buffer, ref position, ref crc, settings.StatusIntervalSeconds, 4);
                    SettingsRecord.Put(buffer, ref position, ref crc, settings.IsStatusConfirmed ? 1 : 0, 1);
                    break;
                case SettingsSection.Photocell:
                    SettingsRecord.Put(buffer, ref position, ref crc, settings.PowerReturnDelayMaximumMs, 2);
                    SettingsRecord.Put(buffer, ref position, ref crc, settings.PhotocellOnLux, 2);
                    SettingsRecord.Put(buffer, ref position, ref crc, settings.PhotocellOffLux, 2);
                    SettingsRecord.Put(buffer, ref position, ref crc, settings.PhotocellDelaySeconds, 2);
                    break;
                case SettingsSection.Luminaire:
                    SettingsRecord.Put(buffer, ref position, ref crc, settings.LuminaireFullPowerMilliwatts, 4);
                    SettingsRecord.Put(buffer, ref position, ref crc, settings.LuminaireStandbyPowerMilliwatts, 4);
                    break;
                case SettingsSection.Program:
                    SettingsRecord.Put(buffer, ref position, ref crc, program, 1);
                    SettingsCodec.PutProgram(settings.Programs[program], buffer, ref position, ref crc);
                    break;
                case SettingsSection.Calendar:
                    SettingsCodec.PutCalendar(settings.Calendar, buffer, ref position, ref crc);
                    break;
                default:
                    SettingsCodec.PutWindows(settings, buffer, ref position, ref crc);
                    break;
            }
        }

        // False when the section does not exist, or has more of something than there can be.
        private static bool GetSection(ControllerSettings settings, int number, byte[] block, int end, ref int position)
        {
            switch ((SettingsSection)number)
            {
                case SettingsSection.Position:
                    settings.LatitudeMicrodegrees = SettingsRecord.Get(block, end, ref position, 4);
                    settings.LongitudeMicrodegrees = SettingsRecord.Get(block, end, ref position, 4);
                    settings.HasPosition = true;
                    return true;
                case SettingsSection.LocalTime:
                    settings.UtcOffsetMinutes = SettingsRecord.GetSigned16(block, end, ref position);
                    settings.DaylightSaving = SettingsRecord.Get(block, end, ref position, 1);
                    return true;
                case SettingsSection.Occupancy:
                    settings.HoldTimeMs = SettingsRecord.Get(block, end, ref position, 4);
                    settings.OccupancyFadeUpMs = SettingsRecord.Get(block, end, ref position, 2);
                    settings.OccupancyFadeDownMs = SettingsRecord.Get(block, end, ref position, 2);
                    settings.OccupancyDebounceMs = SettingsRecord.Get(block, end, ref position, 2);
                    return true;
                case SettingsSection.Reporting:
                    settings.StatusIntervalSeconds = SettingsRecord.Get(block, end, ref position, 4);
                    int confirmed = SettingsRecord.Get(block, end, ref position, 1);
                    settings.IsStatusConfirmed = confirmed == 1;
                    return confirmed <= 1;
                case SettingsSection.Photocell:
                    settings.PowerReturnDelayMaximumMs = SettingsRecord.Get(block, end, ref position, 2);
                    settings.PhotocellOnLux = SettingsRecord.Get(block, end, ref position, 2);
                    settings.PhotocellOffLux = SettingsRecord.Get(block, end, ref position, 2);
                    settings.PhotocellDelaySeconds = SettingsRecord.Get(block, end, ref position, 2);
                    return true;
                case SettingsSection.Luminaire:
                    settings.LuminaireFullPowerMilliwatts = SettingsRecord.Get(block, end, ref position, 4);
                    settings.LuminaireStandbyPowerMilliwatts = SettingsRecord.Get(block, end, ref position, 4);
                    return true;
                case SettingsSection.Program:
                    int program = SettingsRecord.Get(block, end, ref position, 1);
                    return program < ControllerSettings.ProgramCount && SettingsCodec.GetProgram(settings.Programs[program], block, end, ref position);
                case SettingsSection.Calendar:
                    return SettingsCodec.GetCalendar(settings.Calendar, block, end, ref position);
                case SettingsSection.MulticastAnswerWindows:
                    SettingsCodec.GetWindows(settings, block, end, ref position);
                    return true;
                default:
                    return false;
            }
        }
    }
}
