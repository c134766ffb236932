// The numbers of the controller's components: for the boot journal, health and the service port. A number never changes its meaning.
namespace PoleController
{
    /// <summary>Which component of the controller; also the place of an exception in the boot journal.</summary>
    public enum ComponentId
    {
        /// <summary>None, or not known.</summary>
        None = 0,

        /// <summary>The loop itself, outside every component.</summary>
        Loop = 1,

        /// <summary>The settings and their store.</summary>
        Settings = 2,

        /// <summary>The occupancy sensor.</summary>
        Occupancy = 3,

        /// <summary>The lamp.</summary>
        Lighting = 4,

        /// <summary>Metering and supervision of the luminaire.</summary>
        Luminaire = 5,

        /// <summary>The LoRaWAN end device with its radio.</summary>
        Radio = 6,

        /// <summary>Messages and the journal.</summary>
        Messages = 7,

        /// <summary>The boot journal.</summary>
        BootJournal = 8,

        /// <summary>The service port.</summary>
        Service = 9,

        /// <summary>The controller's supply and temperature.</summary>
        Supply = 10,

        /// <summary>The control gear on its bus.</summary>
        Gear = 11,

        /// <summary>The fill level.</summary>
        FillLevel = 12,

        /// <summary>The water level.</summary>
        WaterLevel = 13,

        /// <summary>The air station.</summary>
        Air = 14,

        /// <summary>The counting of people and vehicles.</summary>
        Traffic = 15,

        /// <summary>Tilt, impact, door.</summary>
        PoleGuard = 16,

        /// <summary>The short-range radio to the neighbouring poles.</summary>
        Neighbours = 17,

        /// <summary>What is measured when, and sent.</summary>
        Measurements = 18,
    }
}
