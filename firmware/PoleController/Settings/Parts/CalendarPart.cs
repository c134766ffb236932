// The calendar, as a section of the settings.
using PoleController.Lighting;

namespace PoleController.Settings.Parts
{
    /// <summary>The calendar that chooses among the programs.</summary>
    public sealed class CalendarPart : SettingsPart
    {
        private readonly Calendar _calendar;

        /// <summary>Makes it.</summary>
        public CalendarPart(Calendar calendar)
            : base(SettingsSection.Calendar)
        {
            _calendar = calendar;
        }

        /// <inheritdoc/>
        public override void SetDefaults()
        {
            _calendar.RuleCount = 0;
            _calendar.ExceptionDayCount = 0;
        }

        /// <inheritdoc/>
        public override SettingsFault Validate()
        {
            return SettingsRules.ValidateCalendar(_calendar);
        }

        /// <inheritdoc/>
        public override void Put(SettingsWriter writer)
        {
            writer.Put8(_calendar.RuleCount);
            for (int i = 0; i < _calendar.RuleCount; i++)
            {
                writer.Put8(_calendar.RuleWeekdayMask[i]);
                writer.Put8(_calendar.RuleOccurrenceMask[i]);
                writer.Put16(_calendar.RuleFromMonthDay[i]);
                writer.Put16(_calendar.RuleToMonthDay[i]);
                writer.Put8(_calendar.RuleProgram[i]);
            }

            writer.Put8(_calendar.ExceptionDayCount);
            for (int i = 0; i < _calendar.ExceptionDayCount; i++)
            {
                writer.Put16(_calendar.ExceptionYear[i]);
                writer.Put16(_calendar.ExceptionMonthDay[i]);
                writer.Put8(_calendar.ExceptionProgram[i]);
            }
        }

        /// <inheritdoc/>
        public override bool Get(SettingsReader reader)
        {
            return GetRules(reader) && GetExceptionDays(reader);
        }

        private bool GetRules(SettingsReader reader)
        {
            int count = reader.Get8();
            if (count > Calendar.MaximumRules)
            {
                return false;
            }

            _calendar.RuleCount = count;
            for (int i = 0; i < count; i++)
            {
                _calendar.RuleWeekdayMask[i] = (byte)reader.Get8();
                _calendar.RuleOccurrenceMask[i] = (byte)reader.Get8();
                _calendar.RuleFromMonthDay[i] = (short)reader.Get16();
                _calendar.RuleToMonthDay[i] = (short)reader.Get16();
                _calendar.RuleProgram[i] = (byte)reader.Get8();
            }

            return true;
        }

        private bool GetExceptionDays(SettingsReader reader)
        {
            int count = reader.Get8();
            if (count > Calendar.MaximumExceptionDays)
            {
                return false;
            }

            _calendar.ExceptionDayCount = count;
            for (int i = 0; i < count; i++)
            {
                _calendar.ExceptionYear[i] = (short)reader.Get16();
                _calendar.ExceptionMonthDay[i] = (short)reader.Get16();
                _calendar.ExceptionProgram[i] = (byte)reader.Get8();
            }

            return true;
        }
    }
}
