// All kinds of measurement entries, for whoever reads them: the operator's side. A pole only writes those that it has something to say of.
using PoleController.Settings;

namespace PoleController.Messages.Entries
{
    /// <summary>An entry of each kind.</summary>
    public sealed class MeasurementEntries
    {
        private readonly MeasurementEntry[] _entries = new MeasurementEntry[]
        {
            new LuminaireEntry(),
            new GearEntry(),
            new FillLevelEntry(),
            new WaterLevelEntry(),
            new ParticulatesEntry(),
            new ClimateEntry(),
            new GasEntry(),
            new TrafficEntry(),
            new PoleEntry(),
        };

        /// <summary>How many kinds there are.</summary>
        public int Count
        {
            get { return _entries.Length; }
        }

        /// <summary>Bytes of the values of a kind; -1 when there is no such kind.</summary>
        public static int LengthOf(int kind)
        {
            switch ((MeasurementKind)kind)
            {
                case MeasurementKind.Luminaire:
                    return LuminaireEntry.ValuesLength;
                case MeasurementKind.Gear:
                    return GearEntry.ValuesLength;
                case MeasurementKind.FillLevel:
                    return FillLevelEntry.ValuesLength;
                case MeasurementKind.WaterLevel:
                    return WaterLevelEntry.ValuesLength;
                case MeasurementKind.Particulates:
                    return ParticulatesEntry.ValuesLength;
                case MeasurementKind.Climate:
                    return ClimateEntry.ValuesLength;
                case MeasurementKind.Gas:
                    return GasEntry.ValuesLength;
                case MeasurementKind.Traffic:
                    return TrafficEntry.ValuesLength;
                case MeasurementKind.Pole:
                    return PoleEntry.ValuesLength;
                default:
                    return -1;
            }
        }

        /// <summary>The entry of a kind; null when there is no such kind.</summary>
        public MeasurementEntry? Of(int kind)
        {
            int index = kind - (int)MeasurementKind.Luminaire;
            return index >= 0 && index < _entries.Length ? _entries[index] : null;
        }
    }
}
