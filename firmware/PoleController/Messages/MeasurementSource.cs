// Port: what a component of the pole has to say of one kind of measurement. When it is asked is MeasurementDelivery's business.
using PoleController.Messages.Entries;
using PoleController.Settings;

namespace PoleController.Messages
{
    /// <summary>Reads a component and fills an entry. There is one for each kind whose part is fitted.</summary>
    public abstract class MeasurementSource
    {
        /// <summary>Makes it.</summary>
        /// <param name="entry">The entry that it fills.</param>
        protected MeasurementSource(MeasurementEntry entry)
        {
            Entry = entry;
        }

        /// <summary>What was filled last.</summary>
        public MeasurementEntry Entry { get; }

        /// <summary>Which kind it is.</summary>
        public MeasurementKind Kind
        {
            get { return Entry.Kind; }
        }

        /// <summary>Fills the entry with what is known now; what is counted by interval begins anew. Called once an interval of its kind, and never while it is switched off.</summary>
        /// <param name="nowMs">Now.</param>
        /// <param name="intervalMs">Time since the call before; since the start at the first.</param>
        /// <returns>False when there is nothing to say.</returns>
        public abstract bool TryFill(long nowMs, long intervalMs);

        /// <summary>A value without a sign; below 0 it is not known.</summary>
        protected static int OrUnknown(int value)
        {
            return value < 0 ? MeasurementEntry.Unknown : value;
        }

        /// <summary>A number as an int; one that is too large as the largest.</summary>
        protected static int Limit(long value)
        {
            return value > 2147483647 ? 2147483647 : (int)value;
        }
    }
}
