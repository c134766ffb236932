// The records of versions 1 and 2, which knew no sections: read once after an update of the controller, never written.
using PoleController.Settings.Parts;

namespace PoleController.Settings
{
    /// <summary>
    /// The content of versions 1 and 2 after the revision, in this order and with these bytes: latitude 4; longitude 4; flags 1 (bit 0 position set, bit 1 status
    /// confirmed, others 0); UTC offset 2; daylight saving 1; hold time 4; occupancy fades up 2 and down 2; debounce 2; status interval 4; power-return delay 2;
    /// photocell on 2, off 2, delay 2; full power 4; standby power 4; four programs; calendar; in version 2 also the multicast groups' windows of answers.
    /// </summary>
    internal static class EarlierRecords
    {
        private const int PositionFlag = 1;
        private const int ConfirmedFlag = 2;
        private const int LastVersion = 2;

        /// <summary>Reads a record's content.</summary>
        /// <param name="settings">Receives it; holds the defaults.</param>
        /// <param name="reader">Stands after the revision.</param>
        /// <param name="version">1 or 2.</param>
        /// <returns>Whether it is as long as it has to be. Values are not judged.</returns>
        internal static bool TryRead(ControllerSettings settings, SettingsReader reader, int version)
        {
            settings.LatitudeMicrodegrees = reader.Get32();
            settings.LongitudeMicrodegrees = reader.Get32();
            int flags = reader.Get8();
            settings.HasPosition = (flags & PositionFlag) != 0;
            settings.IsStatusConfirmed = (flags & ConfirmedFlag) != 0;
            settings.UtcOffsetMinutes = reader.GetSigned16();
            settings.DaylightSaving = reader.Get8();
            settings.HoldTimeMs = reader.Get32();
            settings.OccupancyFadeUpMs = reader.Get16();
            settings.OccupancyFadeDownMs = reader.Get16();
            settings.OccupancyDebounceMs = reader.Get16();
            settings.StatusIntervalSeconds = reader.Get32();
            settings.PowerReturnDelayMaximumMs = reader.Get16();
            settings.PhotocellOnLux = reader.Get16();
            settings.PhotocellOffLux = reader.Get16();
            settings.PhotocellDelaySeconds = reader.Get16();
            settings.LuminaireFullPowerMilliwatts = reader.Get32();
            settings.LuminaireStandbyPowerMilliwatts = reader.Get32();
            bool isRead = flags <= (PositionFlag | ConfirmedFlag);
            for (int i = 0; i < ControllerSettings.ProgramCount && isRead; i++)
            {
                isRead = ProgramPart.GetProgram(settings.Programs[i], reader);
            }

            isRead = isRead && GetCalendar(settings, reader);
            for (int i = 0; i < ControllerSettings.MulticastGroupCount && isRead && version == LastVersion; i++)
            {
                settings.MulticastAnswerWindowSeconds[i] = reader.Get16();
            }

            return isRead && reader.Remaining == 0;
        }

        private static bool GetCalendar(ControllerSettings settings, SettingsReader reader)
        {
            Lighting.Calendar calendar = settings.Calendar;
            calendar.RuleCount = reader.Get8();
            for (int i = 0; i < calendar.RuleCount && i < Lighting.Calendar.MaximumRules; i++)
            {
                calendar.RuleWeekdayMask[i] = (byte)reader.Get8();
                calendar.RuleFromMonthDay[i] = (short)reader.Get16();
                calendar.RuleToMonthDay[i] = (short)reader.Get16();
                calendar.RuleProgram[i] = (byte)reader.Get8();
                calendar.RuleOccurrenceMask[i] = 0;
            }

            calendar.ExceptionDayCount = reader.Get8();
            for (int i = 0; i < calendar.ExceptionDayCount && i < Lighting.Calendar.MaximumExceptionDays; i++)
            {
                calendar.ExceptionYear[i] = (short)reader.Get16();
                calendar.ExceptionMonthDay[i] = (short)reader.Get16();
                calendar.ExceptionProgram[i] = (byte)reader.Get8();
            }

            return calendar.RuleCount <= Lighting.Calendar.MaximumRules && calendar.ExceptionDayCount <= Lighting.Calendar.MaximumExceptionDays;
        }
    }
}
