// Port: the energy meter in the luminaire's feed.
namespace PoleController.Hal
{
    /// <summary>Measures what the luminaire draws. A sample is one reading of everything that the part gives.</summary>
    public interface ILuminaireMeter : ISensor
    {
        /// <summary>The last sample; the same object each time, changed in place.</summary>
        LuminaireReading Reading { get; }
    }

    /// <summary>One reading of the luminaire's meter. Made once and filled again and again.</summary>
    public sealed class LuminaireReading
    {
        /// <summary>Active power in milliwatts, 0 to 1,000,000.</summary>
        public int PowerMilliwatts;

        /// <summary>Mains voltage in millivolts; -1 when the meter does not give it.</summary>
        public int VoltageMillivolts = -1;

        /// <summary>Current in milliamperes; -1 when the meter does not give it.</summary>
        public int CurrentMilliamperes = -1;

        /// <summary>
        /// Active power by apparent power in thousandths, 0 to 1000; -1 when the meter does not give voltage and current, or when the current is too small for a
        /// quotient to mean anything.
        /// </summary>
        public int PowerFactorPermille = -1;

        /// <summary>Frequency of the mains in hundredths of a hertz; -1 when the meter does not give it.</summary>
        public int FrequencyCentihertz = -1;

        /// <summary>Active energy since the meter's own start in milliwatt-hours; it may start again at 0 when the meter restarts.</summary>
        public long EnergyMilliwattHours;
    }
}
