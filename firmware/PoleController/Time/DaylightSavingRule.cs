// The daylight-saving rules a pole can follow by itself.
namespace PoleController.Time
{
    /// <summary>When local time is an hour ahead of standard time.</summary>
    public enum DaylightSavingRule
    {
        /// <summary>Never.</summary>
        None = 0,

        /// <summary>European Union: last Sunday of March to last Sunday of October, both at 01:00 UTC (Directive 2000/84/EC).</summary>
        EuropeanUnion = 1,

        /// <summary>United States: second Sunday of March to first Sunday of November, both at 02:00 local wall time (15 U.S.C. 260a).</summary>
        UnitedStates = 2,
    }
}
