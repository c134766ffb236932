// Settings as bytes: a record with version, length, sequence number and CRC, and a hash. Where records are kept is SettingsStore's
// business, which values are allowed SettingsRules'.
using PoleController.Lighting;

namespace PoleController.Settings
{
    /// <summary>
    /// The layout of version 2, numbers most significant byte first: version (1 byte), length of the whole record (2), sequence number (4),
    /// content, CRC-32 of everything before it (4). Version, length, sequence number and CRC stay where they are in every later version.
    /// The content is, in this order and with these bytes: revision 4; latitude 4; longitude 4; flags 1 (bit 0 position set, bit 1 status
    /// confirmed, others 0); UTC offset 2; daylight saving 1; hold time 4; occupancy fades up 2 and down 2; debounce 2; status interval 4;
    /// power-return delay 2; photocell on 2, off 2, delay 2; full power 4; standby power 4; four programs; calendar.
    /// A program: number of points 1; fade 2; each point: reference 1, offset 2, level 2, occupancy level 2.
    /// The calendar: number of rules 1; each rule: weekdays 1, from 2, to 2, program 1; number of exception days 1; each: year 2, month and
    /// day 2, program 1. Only what is in use is written. After the calendar: the four multicast groups' windows of answers, 2 each; version 1
    /// ends before them, and is read with their defaults.
    /// </summary>
    public static class SettingsCodec
    {
        /// <summary>The version that is written.</summary>
        public const int Version = 2;

        /// <summary>Bytes of the longest record; a buffer for any record has at least this size.</summary>
        public const int MaximumLength = HeaderLength + FixedLength
            + (ControllerSettings.ProgramCount * (3 + (LightingProgram.MaximumPoints * 7)))
            + 1 + (Calendar.MaximumRules * 6) + 1 + (Calendar.MaximumExceptionDays * 5)
            + (ControllerSettings.MulticastGroupCount * 2) + CrcLength;

        /// <summary>Bytes of the CRC at a record's end.</summary>
        public const int CrcLength = 4;

        private const int FirstVersion = 1;
        private const int HeaderLength = 7;
        private const int FixedLength = 46;
        private const int RevisionLength = 4;
        private const int PositionFlag = 1;
        private const int ConfirmedFlag = 2;

        /// <summary>Writes a record.</summary>
        /// <param name="settings">Valid settings (<see cref="SettingsRules"/>).</param>
        /// <param name="sequenceNumber">The record's sequence number, any.</param>
        /// <param name="buffer">Receives the record; at least <see cref="MaximumLength"/> bytes.</param>
        /// <returns>The record's length.</returns>
        public static int Encode(ControllerSettings settings, int sequenceNumber, byte[] buffer)
        {
            // The length is known at the end only, so the content comes first and the CRC over all last.
            int position = HeaderLength;
            uint crc = Crc32.Initial;
            SettingsRecord.Put(buffer, ref position, ref crc, settings.Revision, RevisionLength);
            PutContent(settings, buffer, ref position, ref crc);
            int length = position + CrcLength;
            position = 0;
            SettingsRecord.Put(buffer, ref position, ref crc, Version, 1);
            SettingsRecord.Put(buffer, ref position, ref crc, length, 2);
            SettingsRecord.Put(buffer, ref position, ref crc, sequenceNumber, 4);
            position = length - CrcLength;
            uint recordCrc = Crc32.Compute(buffer, 0, position);
            SettingsRecord.Put(buffer, ref position, ref crc, (int)(long)(recordCrc >> 16), 2);
            SettingsRecord.Put(buffer, ref position, ref crc, (int)(long)(recordCrc & 0xFFFF), 2);
            return length;
        }

        /// <summary>Whether the bytes are a whole record of a version that can be read.</summary>
        /// <param name="buffer">The bytes.</param>
        /// <param name="length">How many, 0 to the buffer's length.</param>
        public static bool IsWhole(byte[] buffer, int length)
        {
            if (length < HeaderLength + CrcLength || (buffer[0] != Version && buffer[0] != FirstVersion))
            {
                return false;
            }

            int position = 1;
            if (SettingsRecord.Get(buffer, length, ref position, 2) != length)
            {
                return false;
            }

            position = length - CrcLength;
            uint crc = Crc32.Compute(buffer, 0, position);
            return SettingsRecord.Get(buffer, length, ref position, 2) == (int)(long)(crc >> 16)
                && SettingsRecord.Get(buffer, length, ref position, 2) == (int)(long)(crc & 0xFFFF);
        }

        /// <summary>The sequence number of a whole record.</summary>
        public static int SequenceNumber(byte[] buffer)
        {
            int position = 3;
            return SettingsRecord.Get(buffer, HeaderLength, ref position, 4);
        }

        /// <summary>Reads a record.</summary>
        /// <param name="buffer">The bytes.</param>
        /// <param name="length">How many, 0 to the buffer's length.</param>
        /// <param name="settings">Receives the settings; the defaults when the record is refused.</param>
        /// <returns>False when the record is refused: not whole, of an unknown version, too long or short for its content, or with a value out of range.</returns>
        public static bool TryDecode(byte[] buffer, int length, ControllerSettings settings)
        {
            settings.SetDefaults();
            if (!IsWhole(buffer, length))
            {
                return false;
            }

            int position = HeaderLength;
            int end = length - CrcLength;
            bool isRead = GetFixed(settings, buffer, end, ref position);
            for (int i = 0; i < ControllerSettings.ProgramCount && isRead; i++)
            {
                isRead = GetProgram(settings.Programs[i], buffer, end, ref position);
            }

            isRead = isRead && GetCalendar(settings.Calendar, buffer, end, ref position);
            if (isRead && buffer[0] != FirstVersion)
            {
                GetWindows(settings, buffer, end, ref position);
            }

            if (isRead && position == end && SettingsRules.Validate(settings) == SettingsFault.None)
            {
                return true;
            }

            settings.SetDefaults();
            return false;
        }

        /// <summary>
        /// A hash of everything but the revision: the CRC-32 of the content after it. Two poles with the same settings have the same hash,
        /// whatever their history.
        /// </summary>
        public static uint Hash(ControllerSettings settings)
        {
            int position = 0;
            uint crc = Crc32.Initial;
            PutContent(settings, null, ref position, ref crc);
            return Crc32.Finish(crc);
        }

        private static void PutContent(ControllerSettings settings, byte[]? buffer, ref int position, ref uint crc)
        {
            int flags = (settings.HasPosition ? PositionFlag : 0) | (settings.IsStatusConfirmed ? ConfirmedFlag : 0);
            SettingsRecord.Put(buffer, ref position, ref crc, settings.LatitudeMicrodegrees, 4);
            SettingsRecord.Put(buffer, ref position, ref crc, settings.LongitudeMicrodegrees, 4);
            SettingsRecord.Put(buffer, ref position, ref crc, flags, 1);
            SettingsRecord.Put(buffer, ref position, ref crc, settings.UtcOffsetMinutes, 2);
            SettingsRecord.Put(buffer, ref position, ref crc, settings.DaylightSaving, 1);
            SettingsRecord.Put(buffer, ref position, ref crc, settings.HoldTimeMs, 4);
            SettingsRecord.Put(buffer, ref position, ref crc, settings.OccupancyFadeUpMs, 2);
            SettingsRecord.Put(buffer, ref position, ref crc, settings.OccupancyFadeDownMs, 2);
            SettingsRecord.Put(buffer, ref position, ref crc, settings.OccupancyDebounceMs, 2);
            SettingsRecord.Put(buffer, ref position, ref crc, settings.StatusIntervalSeconds, 4);
            SettingsRecord.Put(buffer, ref position, ref crc, settings.PowerReturnDelayMaximumMs, 2);
            SettingsRecord.Put(buffer, ref position, ref crc, settings.PhotocellOnLux, 2);
            SettingsRecord.Put(buffer, ref position, ref crc, settings.PhotocellOffLux, 2);
            SettingsRecord.Put(buffer, ref position, ref crc, settings.PhotocellDelaySeconds, 2);
            SettingsRecord.Put(buffer, ref position, ref crc, settings.LuminaireFullPowerMilliwatts, 4);
            SettingsRecord.Put(buffer, ref position, ref crc, settings.LuminaireStandbyPowerMilliwatts, 4);
            for (int i = 0; i < ControllerSettings.ProgramCount; i++)
            {
                PutProgram(settings.Programs[i], buffer, ref position, ref crc);
            }

            PutCalendar(settings.Calendar, buffer, ref position, ref crc);
            PutWindows(settings, buffer, ref position, ref crc);
        }

        internal static void PutWindows(ControllerSettings settings, byte[]? buffer, ref int position, ref uint crc)
        {
            for (int i = 0; i < ControllerSettings.MulticastGroupCount; i++)
            {
                SettingsRecord.Put(buffer, ref position, ref crc, settings.MulticastAnswerWindowSeconds[i], 2);
            }
        }

        private static bool GetFixed(ControllerSettings settings, byte[] buffer, int end, ref int position)
        {
            settings.Revision = SettingsRecord.Get(buffer, end, ref position, RevisionLength);
            settings.LatitudeMicrodegrees = SettingsRecord.Get(buffer, end, ref position, 4);
            settings.LongitudeMicrodegrees = SettingsRecord.Get(buffer, end, ref position, 4);
            int flags = SettingsRecord.Get(buffer, end, ref position, 1);
            settings.HasPosition = (flags & PositionFlag) != 0;
            settings.IsStatusConfirmed = (flags & ConfirmedFlag) != 0;
            settings.UtcOffsetMinutes = SettingsRecord.GetSigned16(buffer, end, ref position);
            settings.DaylightSaving = SettingsRecord.Get(buffer, end, ref position, 1);
            settings.HoldTimeMs = SettingsRecord.Get(buffer, end, ref position, 4);
            settings.OccupancyFadeUpMs = SettingsRecord.Get(buffer, end, ref position, 2);
            settings.OccupancyFadeDownMs = SettingsRecord.Get(buffer, end, ref position, 2);
            settings.OccupancyDebounceMs = SettingsRecord.Get(buffer, end, ref position, 2);
            settings.StatusIntervalSeconds = SettingsRecord.Get(buffer, end, ref position, 4);
            settings.PowerReturnDelayMaximumMs = SettingsRecord.Get(buffer, end, ref position, 2);
            settings.PhotocellOnLux = SettingsRecord.Get(buffer, end, ref position, 2);
            settings.PhotocellOffLux = SettingsRecord.Get(buffer, end, ref position, 2);
            settings.PhotocellDelaySeconds = SettingsRecord.Get(buffer, end, ref position, 2);
            settings.LuminaireFullPowerMilliwatts = SettingsRecord.Get(buffer, end, ref position, 4);
            settings.LuminaireStandbyPowerMilliwatts = SettingsRecord.Get(buffer, end, ref position, 4);
            return flags <= (PositionFlag | ConfirmedFlag) && position <= end;
        }

        internal static void GetWindows(ControllerSettings settings, byte[] buffer, int end, ref int position)
        {
            for (int i = 0; i < ControllerSettings.MulticastGroupCount; i++)
            {
                settings.MulticastAnswerWindowSeconds[i] = SettingsRecord.Get(buffer, end, ref position, 2);
            }
        }

        internal static void PutProgram(LightingProgram program, byte[]? buffer, ref int position, ref uint crc)
        {
            SettingsRecord.Put(buffer, ref position, ref crc, program.PointCount, 1);
            SettingsRecord.Put(buffer, ref position, ref crc, program.FadeSeconds, 2);
            for (int i = 0; i < program.PointCount; i++)
            {
                SettingsRecord.Put(buffer, ref position, ref crc, program.Reference[i], 1);
                SettingsRecord.Put(buffer, ref position, ref crc, program.OffsetMinutes[i], 2);
                SettingsRecord.Put(buffer, ref position, ref crc, program.LevelPermille[i], 2);
                SettingsRecord.Put(buffer, ref position, ref crc, program.OccupancyLevelPermille[i], 2);
            }
        }

        internal static bool GetProgram(LightingProgram program, byte[] buffer, int end, ref int position)
        {
            int count = SettingsRecord.Get(buffer, end, ref position, 1);
            if (count > LightingProgram.MaximumPoints)
            {
                return false;
            }

            program.PointCount = count;
            program.FadeSeconds = SettingsRecord.Get(buffer, end, ref position, 2);
            for (int i = 0; i < count; i++)
            {
                program.Reference[i] = (byte)SettingsRecord.Get(buffer, end, ref position, 1);
                program.OffsetMinutes[i] = (short)SettingsRecord.Get(buffer, end, ref position, 2);
                program.LevelPermille[i] = (short)SettingsRecord.Get(buffer, end, ref position, 2);
                program.OccupancyLevelPermille[i] = (short)SettingsRecord.Get(buffer, end, ref position, 2);
            }

            return position <= end;
        }

        internal static void PutCalendar(Calendar calendar, byte[]? buffer, ref int position, ref uint crc)
        {
            SettingsRecord.Put(buffer, ref position, ref crc, calendar.RuleCount, 1);
            for (int i = 0; i < calendar.RuleCount; i++)
            {
                SettingsRecord.Put(buffer, ref position, ref crc, calendar.RuleWeekdayMask[i], 1);
                SettingsRecord.Put(buffer, ref position, ref crc, calendar.RuleFromMonthDay[i], 2);
                SettingsRecord.Put(buffer, ref position, ref crc, calendar.RuleToMonthDay[i], 2);
                SettingsRecord.Put(buffer, ref position, ref crc, calendar.RuleProgram[i], 1);
            }

            SettingsRecord.Put(buffer, ref position, ref crc, calendar.ExceptionDayCount, 1);
            for (int i = 0; i < calendar.ExceptionDayCount; i++)
            {
                SettingsRecord.Put(buffer, ref position, ref crc, calendar.ExceptionYear[i], 2);
                SettingsRecord.Put(buffer, ref position, ref crc, calendar.ExceptionMonthDay[i], 2);
                SettingsRecord.Put(buffer, ref position, ref crc, calendar.ExceptionProgram[i], 1);
            }
        }

        internal static bool GetCalendar(Calendar calendar, byte[] buffer, int end, ref int position)
        {
            int rules = SettingsRecord.Get(buffer, end, ref position, 1);
            if (rules > Calendar.MaximumRules)
            {
                return false;
            }

            calendar.RuleCount = rules;
            for (int i = 0; i < rules; i++)
            {
                calendar.RuleWeekdayMask[i] = (byte)SettingsRecord.Get(buffer, end, ref position, 1);
                calendar.RuleFromMonthDay[i] = (short)SettingsRecord.Get(buffer, end, ref position, 2);
                calendar.RuleToMonthDay[i] = (short)SettingsRecord.Get(buffer, end, ref position, 2);
                calendar.RuleProgram[i] = (byte)SettingsRecord.Get(buffer, end, ref position, 1);
            }

            int exceptionDays = SettingsRecord.Get(buffer, end, ref position, 1);
            if (exceptionDays > Calendar.MaximumExceptionDays)
            {
                return false;
            }

            calendar.ExceptionDayCount = exceptionDays;
            for (int i = 0; i < exceptionDays; i++)
            {
                calendar.ExceptionYear[i] = (short)SettingsRecord.Get(buffer, end, ref position, 2);
                calendar.ExceptionMonthDay[i] = (short)SettingsRecord.Get(buffer, end, ref position, 2);
                calendar.ExceptionProgram[i] = (byte)SettingsRecord.Get(buffer, end, ref position, 1);
            }

            return position <= end;
        }
    }
}
