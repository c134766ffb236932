// The public holidays that the operator sends, a date each. Which program runs on them the calendar's rules say.
using PoleController.Time;

namespace PoleController.Settings
{
    /// <summary>
    /// Public holidays as dates. Bytes: how many 1; each: year 2, month and day 2. Holidays that move (Easter and what hangs on it, lunar feasts) are sent
    /// with their years: the operator knows the law of his place, the pole need not.
    /// </summary>
    public sealed class HolidaySettings : SettingsPart
    {
        /// <summary>Most holidays: fixed ones once for all years, and some years of those that move.</summary>
        public const int MaximumCount = 32;

        /// <summary>How many are in use.</summary>
        public int HolidayCount;

        /// <summary>Of each, the year, 2000 to 2099; 0 is every year.</summary>
        public readonly short[] HolidayYear = new short[MaximumCount];

        /// <summary>Of each, month * 100 + day.</summary>
        public readonly short[] HolidayMonthDay = new short[MaximumCount];

        /// <summary>Makes it with the defaults.</summary>
        public HolidaySettings()
            : base(SettingsSection.Holidays)
        {
            SetDefaults();
        }

        /// <summary>Whether a day is one of them.</summary>
        /// <param name="days">The day, as days since 1970-01-01.</param>
        public bool Contains(int days)
        {
            if (HolidayCount == 0)
            {
                return false;
            }

            CivilDate.FromDays(days, out int year, out int month, out int day);
            int monthDay = (month * 100) + day;
            for (int i = 0; i < HolidayCount && i < MaximumCount; i++)
            {
                if (HolidayMonthDay[i] == monthDay && (HolidayYear[i] == 0 || HolidayYear[i] == year))
                {
                    return true;
                }
            }

            return false;
        }

        /// <inheritdoc/>
        public override void SetDefaults()
        {
            HolidayCount = 0;
        }

        /// <inheritdoc/>
        public override SettingsFault Validate()
        {
            if (HolidayCount < 0 || HolidayCount > MaximumCount)
            {
                return SettingsFault.Holiday;
            }

            for (int i = 0; i < HolidayCount; i++)
            {
                if (!SettingsRules.IsYearlyDate(HolidayYear[i], HolidayMonthDay[i]))
                {
                    return SettingsFault.Holiday;
                }
            }

            return SettingsFault.None;
        }

        /// <inheritdoc/>
        public override void Put(SettingsWriter writer)
        {
            writer.Put8(HolidayCount);
            for (int i = 0; i < HolidayCount; i++)
            {
                writer.Put16(HolidayYear[i]);
                writer.Put16(HolidayMonthDay[i]);
            }
        }

        /// <inheritdoc/>
        public override bool Get(SettingsReader reader)
        {
            HolidayCount = reader.Get8();
            if (HolidayCount > MaximumCount)
            {
                return false;
            }

            for (int i = 0; i < HolidayCount; i++)
            {
                HolidayYear[i] = (short)reader.Get16();
                HolidayMonthDay[i] = (short)reader.Get16();
            }

            return true;
        }
    }
}
