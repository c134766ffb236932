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

        /// <summary>
        /// South-eastern Australia (New South Wales, Victoria, Tasmania, South Australia, Capital Territory): first Sunday of October to first Sunday of
        /// April, both at 02:00 standard time (Standard Time Act 1987 (NSW) and its kin, since 2008).
        /// </summary>
        AustraliaSouthEast = 3,

        /// <summary>New Zealand: last Sunday of September to first Sunday of April, both at 02:00 standard time (Daylight Time Order 2007).</summary>
        NewZealand = 4,

        /// <summary>
        /// Chile without Magallanes: the Sunday after the first Saturday of September, 04:00 UTC, to the Sunday after the first Saturday of April, 03:00
        /// UTC (decree 1286 of 2022, as in the IANA time-zone data).
        /// </summary>
        Chile = 5,
    }
}
