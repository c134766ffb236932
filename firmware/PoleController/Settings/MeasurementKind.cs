// The kinds of measurement, by the numbers that they have in messages and in the journal.
namespace PoleController.Settings
{
    /// <summary>A kind of measurement: what is asked of one sensor, kept in one entry, and switched off by one setting.</summary>
    public enum MeasurementKind
    {
        /// <summary>Power, energy, hours and starts of the luminaire.</summary>
        Luminaire = 65,

        /// <summary>What the control gear says of itself and of the lamp.</summary>
        Gear = 66,

        /// <summary>Fill level of a container.</summary>
        FillLevel = 67,

        /// <summary>Water level.</summary>
        WaterLevel = 68,

        /// <summary>Particulate matter.</summary>
        Particulates = 69,

        /// <summary>Temperature, humidity and pressure.</summary>
        Climate = 70,

        /// <summary>Carbon dioxide, VOC and NOx.</summary>
        Gas = 71,

        /// <summary>Counts of people and vehicles.</summary>
        Traffic = 72,

        /// <summary>Tilt, board temperature and supply voltage.</summary>
        Pole = 73,
    }
}
