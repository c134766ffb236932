// What the service port looks at and acts on, in one bundle made by the controller. Data only.
using PoleController.Alarms;
using PoleController.Journal;
using PoleController.Lighting;
using PoleController.LoRaWan;
using PoleController.Luminaire;
using PoleController.Messages;
using PoleController.Sensing;
using PoleController.Settings;
using PoleController.Time;

namespace PoleController.Service
{
    /// <summary>The parts of a controller, for its service port.</summary>
    public sealed class ServiceParts
    {
        /// <summary>The ports of the pole.</summary>
        public PoleHardware Hardware = null!;

        /// <summary>The components.</summary>
        public ComponentTable Components = null!;

        /// <summary>How alarms stand.</summary>
        public AlarmBoard Alarms = null!;

        /// <summary>Why it restarted.</summary>
        public BootJournal Boots = null!;

        /// <summary>What waits to be sent.</summary>
        public PoleJournal Journal = null!;

        /// <summary>UTC.</summary>
        public PoleClock Clock = null!;

        /// <summary>Who the pole is.</summary>
        public LoRaWanIdentity Identity = null!;

        /// <summary>The end device.</summary>
        public EndDevice Device = null!;

        /// <summary>The lamp.</summary>
        public LightingControl Lighting = null!;

        /// <summary>Occupancy.</summary>
        public OccupancySensor Occupancy = null!;

        /// <summary>The luminaire.</summary>
        public LuminaireMonitor Luminaire = null!;

        /// <summary>The supply and temperature of the controller.</summary>
        public BoardMonitor Board = null!;

        /// <summary>Fill level.</summary>
        public FillLevelMonitor FillLevel = null!;

        /// <summary>Water level.</summary>
        public WaterLevelMonitor WaterLevel = null!;

        /// <summary>The air station.</summary>
        public AirStation Air = null!;

        /// <summary>Traffic counts.</summary>
        public TrafficCounter Traffic = null!;

        /// <summary>Tilt, impact and door.</summary>
        public PoleGuard Guard = null!;

        /// <summary>The settings in force.</summary>
        public ControllerSettings Settings = null!;

        /// <summary>Where they are kept.</summary>
        public SettingsStore SettingsStore = null!;

        /// <summary>Carries out commands: a setting that comes here keeps to the same rules as one that comes over the air.</summary>
        public CommandProcessor Commands = null!;
    }
}
