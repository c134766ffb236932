// One entry of the journal, as it is written and read back. Data only; made once, filled again and again.
namespace PoleController.Journal
{
    /// <summary>An entry of the journal.</summary>
    public sealed class JournalEntry
    {
        /// <summary>Longest values of an entry, in bytes. What is longer has to be several entries.</summary>
        public const int MaximumValuesLength = 32;

        /// <summary><see cref="UncertaintySeconds"/> that also stands for anything more.</summary>
        public const int MaximumUncertaintySeconds = 65535;

        /// <summary>Number within its class: each entry has the next one, also over restarts.</summary>
        public uint Sequence;

        /// <summary>What kind of values it has, 1 to 255: the entry ids of messages.yaml.</summary>
        public int Kind;

        /// <summary>Whether <see cref="Seconds"/> is UTC; else the clock was not known and it counts from a start of the controller.</summary>
        public bool IsUtc;

        /// <summary>When it happened: seconds since 1970-01-01T00:00:00Z, or since the start with <see cref="StartNumber"/>.</summary>
        public uint Seconds;

        /// <summary>How far off the UTC may be, 0 to 65,535 s.</summary>
        public int UncertaintySeconds;

        /// <summary>Which start of the controller it was written in, 0 to 255: entries whose seconds count from different starts differ in it.</summary>
        public int StartNumber;

        /// <summary>Its values, as the journal message carries them.</summary>
        public readonly byte[] Values = new byte[MaximumValuesLength];

        /// <summary>Bytes of <see cref="Values"/>.</summary>
        public int ValuesLength;
    }
}
