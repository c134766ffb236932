// The commands of the SGP41 that the driver uses (data sheet SGP41, version 1.0, table 9; the feature set as in Sensirion's public drivers).
namespace PoleController.Drivers
{
    /// <summary>Commands of the SGP41.</summary>
    public static class Sgp41Command
    {
        /// <summary>What the part can do, which says what it is.</summary>
        public const int GetFeatureSet = 0x202F;

        /// <summary>Heats as is needed before nitrogen oxides are measured, for 10 s at most; gives the VOC signal.</summary>
        public const int ExecuteConditioning = 0x2612;

        /// <summary>Both signals.</summary>
        public const int MeasureRawSignals = 0x2619;

        /// <summary>Self-test, 320 ms.</summary>
        public const int ExecuteSelfTest = 0x280E;

        /// <summary>Heater off.</summary>
        public const int TurnHeaterOff = 0x3615;

        /// <summary>Serial number, three words.</summary>
        public const int GetSerialNumber = 0x3682;
    }
}
