// What kinds of entries a journal message carries. The same numbers stand in messages.yaml.
namespace PoleController.Messages
{
    /// <summary>First byte of an entry: what its values are. Events are below 64, measurements from 64 on.</summary>
    public enum JournalEntryKind
    {
        /// <summary>Nothing.</summary>
        None = 0,

        /// <summary><see cref="JournalAlarm"/> as earlier controllers wrote it, without a value.</summary>
        Alarm = 1,

        /// <summary><see cref="JournalAlarm"/>.</summary>
        ValuedAlarm = 2,

        /// <summary><see cref="JournalEmergency"/>.</summary>
        Emergency = 3,

        /// <summary><see cref="JournalInterval"/>.</summary>
        Interval = 64,
    }
}
