// One start of the controller, as the boot journal keeps it. Data only.
namespace PoleController.Journal
{
    /// <summary>A start of the controller. Made once; filled again and again.</summary>
    public sealed class BootEntry
    {
        /// <summary>The number of the start; the first is 1.</summary>
        public uint Number;

        /// <summary>When, in seconds since 1970-01-01T00:00:00Z; 0 while it is not known.</summary>
        public uint UtcSeconds;

        /// <summary>Why.</summary>
        public RestartCause Cause;

        /// <summary><see cref="RestartCause.Exception"/>: in which component.</summary>
        public ComponentId Place;

        /// <summary>
        /// <see cref="RestartCause.Exception"/>: its <see cref="ExceptionKind"/>. <see cref="RestartCause.Requested"/>: the <see cref="RestartReason"/>.
        /// <see cref="RestartCause.SupplyLoss"/>: the supply when it was seen falling, in tenths of a volt; 0 when it was not.
        /// </summary>
        public int Detail;

        /// <summary>For how long the start before had run at least, in seconds: as far as its last mark.</summary>
        public uint UptimeBeforeSeconds;
    }
}
