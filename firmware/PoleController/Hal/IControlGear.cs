// Port: what intelligent control gear says about itself and its lamp over DALI (D4i: IEC 62386-251, 252, 253).
namespace PoleController.Hal
{
    /// <summary>
    /// Control gear that can be asked. A sample is one round through what it can tell. -1 stands for what the gear does not support, -2 for what it cannot say
    /// at the moment.
    /// </summary>
    public interface IControlGear : ISensor
    {
        /// <summary>Whether the gear reports that its lamp does not work (QUERY LAMP FAILURE, memory bank 205 or 206).</summary>
        bool IsLampFailed { get; }

        /// <summary>Whether the gear reports that it does not work itself (QUERY CONTROL GEAR FAILURE).</summary>
        bool IsGearFailed { get; }

        /// <summary>Whether gear or lamp are so hot that the gear itself reduces the light (banks 205 and 206).</summary>
        bool IsDerating { get; }

        /// <summary>How often another gear was found than the one before (GTIN and serial number in bank 0): its totals are another's.</summary>
        int ReplacementCount { get; }

        /// <summary>
        /// Says whether the gear has mains. Without it no answer is a fault, and nothing is asked; when it returns the gear is started anew and gets its level
        /// until it obeys.
        /// </summary>
        void SetFed(bool isFed);

        /// <summary>Actual level, 0 to 254 (QUERY ACTUAL LEVEL); -1 before it was asked, -2 while the gear does not know it.</summary>
        int ActualLevel { get; }

        /// <summary>Active energy in watt-hours (bank 202), or -1, -2.</summary>
        long EnergyWattHours { get; }

        /// <summary>Active power in milliwatts (bank 202), or -1, -2.</summary>
        int PowerMilliwatts { get; }

        /// <summary>Operating time of the gear in seconds (bank 205), or -1, -2.</summary>
        long GearOperatingSeconds { get; }

        /// <summary>Starts of the gear (bank 205), or -1, -2.</summary>
        int GearStarts { get; }

        /// <summary>Supply voltage in millivolts (bank 205), or -1, -2.</summary>
        int SupplyMillivolts { get; }

        /// <summary>Power factor in thousandths (bank 205), or -1, -2.</summary>
        int PowerFactorPermille { get; }

        /// <summary>Temperature of the gear in degrees Celsius, -60 to 193 (bank 205), or <see cref="int.MinValue"/>.</summary>
        int GearTemperatureDegrees { get; }

        /// <summary>Operating time of the lamp in seconds (bank 206), or -1, -2.</summary>
        long LampOperatingSeconds { get; }

        /// <summary>Starts of the lamp (bank 206), or -1, -2.</summary>
        int LampStarts { get; }

        /// <summary>Voltage of the lamp in millivolts (bank 206), or -1, -2.</summary>
        int LampMillivolts { get; }

        /// <summary>Current of the lamp in milliamperes (bank 206), or -1, -2.</summary>
        int LampMilliamperes { get; }

        /// <summary>Temperature of the lamp in degrees Celsius, -60 to 193 (bank 206), or <see cref="int.MinValue"/>.</summary>
        int LampTemperatureDegrees { get; }
    }
}
