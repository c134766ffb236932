// What every kind of measurement entry has. An entry's values are the same bytes in a measurement message and in the journal.
using PoleController.Settings;

namespace PoleController.Messages.Entries
{
    /// <summary>The values of one kind of measurement. Made once; filled again and again.</summary>
    public abstract class MeasurementEntry
    {
        /// <summary>Stands for a value without a sign that is not known.</summary>
        public const int Unknown = -1;

        /// <summary>Stands for a value with a sign that is not known.</summary>
        public const int UnknownSigned = -2147483648;

        /// <summary>Which kind it is.</summary>
        public abstract MeasurementKind Kind { get; }

        /// <summary>Bytes of the values, 1 to 32.</summary>
        public abstract int Length { get; }

        /// <summary>Writes the values; those beyond their range are sent as its end, those between two steps as the nearer.</summary>
        /// <param name="buffer">Receives <see cref="Length"/> bytes.</param>
        /// <param name="offset">Where.</param>
        public abstract void Encode(byte[] buffer, int offset);

        /// <summary>Reads <see cref="Length"/> bytes.</summary>
        /// <returns>Whether they are valid.</returns>
        public abstract bool TryDecode(byte[] buffer, int offset);

        /// <summary>Whether a value is not known, or in its range.</summary>
        protected static bool IsKnown(int value, int minimum, int maximum)
        {
            return value == Unknown || value == UnknownSigned || (value >= minimum && value <= maximum);
        }
    }
}
