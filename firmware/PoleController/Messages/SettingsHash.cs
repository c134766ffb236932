// The hash by which an operator sees whether a pole has the settings it should have. It says nothing about how settings are stored.
using PoleController.Lighting;
using PoleController.Settings;

namespace PoleController.Messages
{
    /// <summary>
    /// CRC-16 (polynomial 0x1021, start 0xFFFF, no reflection: CRC-16/IBM-3740) over all settings but the revision, each as four bytes, most
    /// significant first, in the order of <see cref="ControllerSettings"/>; of programs and calendar only what is in use, after its count.
    /// </summary>
    public sealed class SettingsHash
    {
        private const int Polynomial = 0x1021;

        private int _crc;

        /// <summary>Computes the hash.</summary>
        /// <param name="settings">The settings; not changed.</param>
        /// <returns>0 to 65,535.</returns>
        public int Compute(ControllerSettings settings)
        {
            _crc = 0xFFFF;
            Add(settings.LatitudeMicrodegrees);
            Add(settings.LongitudeMicrodegrees);
            Add(settings.HasPosition ? 1 : 0);
            Add(settings.UtcOffsetMinutes);
            Add(settings.DaylightSaving);
            for (int i = 0; i < ControllerSettings.ProgramCount; i++)
            {
                AddProgram(settings.Programs[i]);
            }

            AddCalendar(settings.Calendar);
            Add(settings.HoldTimeMs);
            Add(settings.OccupancyFadeUpMs);
            Add(settings.OccupancyFadeDownMs);
            Add(settings.OccupancyDebounceMs);
            Add(settings.StatusIntervalSeconds);
            Add(settings.PowerReturnDelayMaximumMs);
            Add(settings.PhotocellOnLux);
            Add(settings.PhotocellOffLux);
            Add(settings.PhotocellDelaySeconds);
            Add(settings.LuminaireFullPowerMilliwatts);
            Add(settings.LuminaireStandbyPowerMilliwatts);
            Add(settings.IsStatusConfirmed ? 1 : 0);
            return _crc;
        }

        private void AddProgram(LightingProgram program)
        {
            Add(program.PointCount);
            for (int i = 0; i < program.PointCount; i++)
            {
                Add(program.Reference[i]);
                Add(program.OffsetMinutes[i]);
                Add(program.LevelPermille[i]);
                Add(program.OccupancyLevelPermille[i]);
            }

            Add(program.FadeSeconds);
        }

        private void AddCalendar(Calendar calendar)
        {
            Add(calendar.RuleCount);
            for (int i = 0; i < calendar.RuleCount; i++)
            {
                Add(calendar.RuleWeekdayMask[i]);
                Add(calendar.RuleFromMonthDay[i]);
                Add(calendar.RuleToMonthDay[i]);
                Add(calendar.RuleProgram[i]);
            }

            Add(calendar.ExceptionDayCount);
            for (int i = 0; i < calendar.ExceptionDayCount; i++)
            {
                Add(calendar.ExceptionYear[i]);
                Add(calendar.ExceptionMonthDay[i]);
                Add(calendar.ExceptionProgram[i]);
            }
        }

        private void Add(int value)
        {
            int crc = _crc;
            for (int shift = 24; shift >= 0; shift -= 8)
            {
                crc ^= ((value >> shift) & 0xFF) << 8;
                for (int bit = 0; bit < 8; bit++)
                {
                    crc = (crc & 0x8000) != 0 ? ((crc << 1) ^ Polynomial) & 0xFFFF : crc << 1;
                }
            }

            _crc = crc;
        }
    }
}
