// The two classes of journal entries. They are kept apart, so that no number of measurements can push out an event.
namespace PoleController.Journal
{
    /// <summary>What an entry is. The same numbers stand in messages.yaml.</summary>
    public enum JournalClass
    {
        /// <summary>Something that began or ended, such as an alarm.</summary>
        Event = 0,

        /// <summary>What was counted or measured over an interval.</summary>
        Measurement = 1,
    }
}
