// What is expected of the luminaire and of the controller's supply, and from where on it is a fault. Full and standby power stand with the luminaire's
// own section; what is judged how is Luminaire's.
namespace PoleController.Settings
{
    /// <summary>
    /// The settings of the supervision. On the wire: tolerance 1, cycling 1, gear limit 1, lamp limit 1, board limit 1, temperature hysteresis 1, supply
    /// minimum 2, number of points 1, then level 2 and power 2 of each.
    /// </summary>
    public sealed class SupervisionSettings : SettingsPart
    {
        /// <summary>Most points of the power curve.</summary>
        public const int MaximumPoints = 6;

        /// <summary>How far the power may be from what the level explains, 10 to 60 percent of that.</summary>
        public int TolerancePercent;

        /// <summary>From how many unexplained dark spells within an hour on the lamp is said to cycle, 2 to 60.</summary>
        public int CyclingPerHour;

        /// <summary>Highest temperature of the control gear, 50 to 150 degrees Celsius.</summary>
        public int GearLimitDegrees;

        /// <summary>Highest temperature of the lamp, 50 to 150 degrees Celsius.</summary>
        public int LampLimitDegrees;

        /// <summary>Highest temperature of the controller's board, 50 to 120 degrees Celsius.</summary>
        public int BoardLimitDegrees;

        /// <summary>How far a temperature must be below its limit before the light rises again, 2 to 30 degrees.</summary>
        public int TemperatureHysteresisDegrees;

        /// <summary>Lowest voltage of the controller's supply before its converter, 1,000 to 60,000 mV; 0: not judged.</summary>
        public int SupplyMinimumMillivolts;

        /// <summary>Points of the power curve in use, 0 to 6; without one the power is linear between standby and full.</summary>
        public int PointCount;

        /// <summary>Levels of the curve, rising, 1 to 999 permille.</summary>
        public readonly ushort[] PointLevelPermille = new ushort[MaximumPoints];

        /// <summary>What the lamp draws above standby at each level, not falling, in permille of full less standby, up to 1,200.</summary>
        public readonly ushort[] PointPowerPermille = new ushort[MaximumPoints];

        /// <summary>Makes it with the defaults.</summary>
        public SupervisionSettings()
            : base(SettingsSection.Supervision)
        {
            SetDefaults();
        }

        /// <inheritdoc/>
        public override void SetDefaults()
        {
            TolerancePercent = 30;
            CyclingPerHour = 4;
            GearLimitDegrees = 95;
            LampLimitDegrees = 105;
            BoardLimitDegrees = 85;
            TemperatureHysteresisDegrees = 8;
            SupplyMinimumMillivolts = 0;
            PointCount = 0;
        }

        /// <inheritdoc/>
        public override SettingsFault Validate()
        {
            if (!IsWithin(TolerancePercent, 10, 60) || !IsWithin(CyclingPerHour, 2, 60))
            {
                return SettingsFault.SupervisionTolerance;
            }

            if (!IsWithin(GearLimitDegrees, 50, 150) || !IsWithin(LampLimitDegrees, 50, 150) || !IsWithin(BoardLimitDegrees, 50, 120)
                || !IsWithin(TemperatureHysteresisDegrees, 2, 30))
            {
                return SettingsFault.SupervisionTemperature;
            }

            if (SupplyMinimumMillivolts != 0 && !IsWithin(SupplyMinimumMillivolts, 1000, 60000))
            {
                return SettingsFault.SupervisionSupply;
            }

            return IsCurve() ? SettingsFault.None : SettingsFault.SupervisionCurve;
        }

        /// <inheritdoc/>
        public override void Put(SettingsWriter writer)
        {
            writer.Put8(TolerancePercent);
            writer.Put8(CyclingPerHour);
            writer.Put8(GearLimitDegrees);
            writer.Put8(LampLimitDegrees);
            writer.Put8(BoardLimitDegrees);
            writer.Put8(TemperatureHysteresisDegrees);
            writer.Put16(SupplyMinimumMillivolts);
            writer.Put8(PointCount);
            for (int i = 0; i < PointCount; i++)
            {
                writer.Put16(PointLevelPermille[i]);
                writer.Put16(PointPowerPermille[i]);
            }
        }

        /// <inheritdoc/>
        public override bool Get(SettingsReader reader)
        {
            TolerancePercent = reader.Get8();
            CyclingPerHour = reader.Get8();
            GearLimitDegrees = reader.Get8();
            LampLimitDegrees = reader.Get8();
            BoardLimitDegrees = reader.Get8();
            TemperatureHysteresisDegrees = reader.Get8();
            SupplyMinimumMillivolts = reader.Get16();
            PointCount = reader.Get8();
            if (PointCount > MaximumPoints)
            {
                PointCount = 0;
                return false;
            }

            for (int i = 0; i < PointCount; i++)
            {
                PointLevelPermille[i] = (ushort)reader.Get16();
                PointPowerPermille[i] = (ushort)reader.Get16();
            }

            return true;
        }

        private bool IsCurve()
        {
            if (!IsWithin(PointCount, 0, MaximumPoints))
            {
                return false;
            }

            for (int i = 0; i < PointCount; i++)
            {
                if (!IsWithin(PointLevelPermille[i], 1, 999) || PointPowerPermille[i] > 1200
                    || (i > 0 && (PointLevelPermille[i] <= PointLevelPermille[i - 1] || PointPowerPermille[i] < PointPowerPermille[i - 1])))
                {
                    return false;
                }
            }

            return true;
        }
    }
}
