// Port: the energy meter in the luminaire's feed.
namespace PoleController.Hal
{
    /// <summary>Measures what the luminaire draws.</summary>
    public interface ILuminaireMeter
    {
        /// <summary>Fills <paramref name="reading"/> with the present values.</summary>
        /// <returns>False when the meter does not answer or its frame was damaged; the reading is then unchanged.</returns>
        bool TryRead(LuminaireReading reading);
    }

    /// <summary>One reading of the luminaire's meter. Made once and filled again and again.</summary>
    public sealed class LuminaireReading
    {
        /// <summary>Active power in milliwatts, 0 to 1,000,000.</summary>
        public int PowerMilliwatts;

        /// <summary>Mains voltage in millivolts; 0 when the meter does not give it.</summary>
        public int VoltageMillivolts;

        /// <summary>Active energy since the meter's own start in milliwatt-hours; it may start again at 0 when the meter restarts.</summary>
        public long EnergyMilliwattHours;
    }
}
