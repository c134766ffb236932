// How far off the pole's UTC may be, in the classes a status message has room for. The same numbers stand in messages.yaml.
namespace PoleController.Messages
{
    /// <summary>How far off the pole's UTC may be.</summary>
    public enum ClockAccuracy
    {
        /// <summary>UTC is not known.</summary>
        Unknown = 0,

        /// <summary>At most 1 s.</summary>
        Within1Second = 1,

        /// <summary>More than 1 s, at most 10 s.</summary>
        Within10Seconds = 2,

        /// <summary>More than 10 s, at most 60 s.</summary>
        Within60Seconds = 3,

        /// <summary>More than 60 s, at most 600 s.</summary>
        Within600Seconds = 4,

        /// <summary>More than 600 s.</summary>
        Worse = 5,
    }
}
