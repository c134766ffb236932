// Everything an operator can set on a pole, as data. Defaults, ranges and bytes of a section are its SettingsPart's; SettingsCodec makes records of them,
// SettingsStore keeps those.
using PoleController.Lighting;
using PoleController.Settings.Parts;
using PoleController.Time;

namespace PoleController.Settings
{
    /// <summary>The settings of a pole. Made once; changed in place.</summary>
    public sealed class ControllerSettings
    {
        /// <summary>Programs a pole holds.</summary>
        public const int ProgramCount = 4;

        /// <summary>Multicast groups a pole can be in.</summary>
        public const int MulticastGroupCount = 4;

        /// <summary>Longest window of answers, in seconds.</summary>
        public const int MaximumMulticastAnswerWindowSeconds = 7200;

        /// <summary>Counts changes: 1 after the first provisioning, then one up with every accepted change; 0 means defaults.</summary>
        public int Revision;

        /// <summary>Latitude in millionths of a degree, north positive, -90,000,000 to 90,000,000.</summary>
        public int LatitudeMicrodegrees;

        /// <summary>Longitude in millionths of a degree, east positive, -180,000,000 to 180,000,000.</summary>
        public int LongitudeMicrodegrees;

        /// <summary>Whether the position was ever set; without it, sun references cannot be computed and the pole acts as if the clock were unknown.</summary>
        public bool HasPosition;

        /// <summary>Standard time's offset from UTC in minutes, -720 to 840.</summary>
        public int UtcOffsetMinutes;

        /// <summary>The daylight-saving rule: a <see cref="DaylightSavingRule"/>.</summary>
        public int DaylightSaving;

        /// <summary>The programs.</summary>
        public readonly LightingProgram[] Programs = new LightingProgram[ProgramCount];

        /// <summary>The calendar that chooses among them.</summary>
        public readonly Calendar Calendar = new Calendar();

        /// <summary>How long the raised level stays after the last movement, 1,000 to 3,600,000 ms.</summary>
        public int HoldTimeMs;

        /// <summary>Fade to the occupancy level, 0 to 10,000 ms.</summary>
        public int OccupancyFadeUpMs;

        /// <summary>Fade back to the program's level, 0 to 60,000 ms.</summary>
        public int OccupancyFadeDownMs;

        /// <summary>How long the occupancy input must be steady to be believed, 0 to 1,000 ms.</summary>
        public int OccupancyDebounceMs;

        /// <summary>Time between status messages, 60 to 86,400 s.</summary>
        public int StatusIntervalSeconds;

        /// <summary>Longest random delay of the light after power returns, 0 to 60,000 ms.</summary>
        public int PowerReturnDelayMaximumMs;

        /// <summary>Photocell: light on below this, in lux, 1 to 1,000.</summary>
        public int PhotocellOnLux;

        /// <summary>Photocell: light off above this, in lux, more than <see cref="PhotocellOnLux"/>, up to 2,000.</summary>
        public int PhotocellOffLux;

        /// <summary>Photocell: how long a threshold must be passed, 0 to 600 s.</summary>
        public int PhotocellDelaySeconds;

        /// <summary>What the luminaire draws at full light, 0 to 5,000,000 milliwatts; 0 when not known (then nothing is judged).</summary>
        public int LuminaireFullPowerMilliwatts;

        /// <summary>What the control gear draws with the lamp dark but fed, 0 to 5,000,000 milliwatts.</summary>
        public int LuminaireStandbyPowerMilliwatts;

        /// <summary>Whether status messages are confirmed uplinks.</summary>
        public bool IsStatusConfirmed;

        /// <summary>
        /// By multicast group: over how long the poles of the group spread their answers to a command that came to it, 0 to 7,200 s; 0 means that they do
        /// not answer.
        /// </summary>
        public readonly int[] MulticastAnswerWindowSeconds = new int[MulticastGroupCount];

        /// <summary>Which quantities are measured at all, and how often each is sent.</summary>
        public readonly MeasurementSettings Measurements = new MeasurementSettings();

        /// <summary>What is expected of the luminaire, and from where on it is a fault.</summary>
        public readonly SupervisionSettings Supervision = new SupervisionSettings();

        /// <summary>Constant light output, virtual power output, derating.</summary>
        public readonly LightOutputSettings LightOutput = new LightOutputSettings();

        /// <summary>Calibration points of the 0-10 V output.</summary>
        public readonly DimmerCalibrationSettings DimmerCalibration = new DimmerCalibrationSettings();

        /// <summary>Container, thresholds and intervals of the fill level.</summary>
        public readonly FillLevelSettings FillLevel = new FillLevelSettings();

        /// <summary>Gauge zero, thresholds and intervals of the water level.</summary>
        public readonly WaterLevelSettings WaterLevel = new WaterLevelSettings();

        /// <summary>The air station.</summary>
        public readonly AirSettings Air = new AirSettings();

        /// <summary>Counting of people and vehicles.</summary>
        public readonly TrafficSettings Traffic = new TrafficSettings();

        /// <summary>Tilt, impact and door.</summary>
        public readonly PoleGuardSettings PoleGuard = new PoleGuardSettings();

        /// <summary>Public holidays, for the rules of the calendar that name them.</summary>
        public readonly HolidaySettings Holidays = new HolidaySettings();

        /// <summary>What the photocell may add to the program.</summary>
        public readonly DaylightSettings Daylight = new DaylightSettings();

        /// <summary>Scenes that a command recalls.</summary>
        public readonly SceneSettings Scenes = new SceneSettings();

        /// <summary>The lighting groups that the pole is in, and its boost.</summary>
        public readonly GroupSettings Groups = new GroupSettings();

        /// <summary>The dark-sky and insect profile.</summary>
        public readonly DarkSkySettings DarkSky = new DarkSkySettings();

        /// <summary>The emergency and the crisis profile.</summary>
        public readonly EmergencySettings Emergency = new EmergencySettings();

        /// <summary>The steps of load shedding.</summary>
        public readonly LoadSheddingSettings LoadShedding = new LoadSheddingSettings();

        /// <summary>The neighbouring poles.</summary>
        public readonly NeighbourSettings Neighbours = new NeighbourSettings();

        /// <summary>
        /// All sections, in the order in which they stand in the record and go into the hash. A new one comes last: a class of its own (<see cref="SettingsPart"/>),
        /// a field above, its name here, its fields in messages.yaml.
        /// </summary>
        public readonly SettingsPart[] Parts;

        /// <summary>Where these settings are turned into bytes and back.</summary>
        public readonly SettingsWorkspace Workspace = new SettingsWorkspace();

        /// <summary>Makes settings with the defaults in force.</summary>
        public ControllerSettings()
        {
            for (int i = 0; i < ProgramCount; i++)
            {
                Programs[i] = new LightingProgram();
            }

            Parts = new SettingsPart[]
            {
                new PositionPart(this),
                new LocalTimePart(this),
                new OccupancyPart(this),
                new ReportingPart(this),
                new PhotocellPart(this),
                new LuminairePart(this),
                new ProgramPart(Programs[0], 0),
                new ProgramPart(Programs[1], 1),
                new ProgramPart(Programs[2], 2),
                new ProgramPart(Programs[3], 3),
                new CalendarPart(Calendar),
                new AnswerWindowPart(this),
                FillLevel,
                WaterLevel,
                Air,
                Traffic,
                PoleGuard,
                Measurements,
                Supervision,
                LightOutput,
                DimmerCalibration,
                Holidays,
                Daylight,
                Scenes,
                Groups,
                DarkSky,
                Emergency,
                LoadShedding,
                Neighbours,
            };
            SetDefaults();
        }

        /// <summary>Puts every setting back to what a pole starts with that was never provisioned: empty programs (full light from dusk to dawn).</summary>
        public void SetDefaults()
        {
            Revision = 0;
            for (int i = 0; i < Parts.Length; i++)
            {
                Parts[i].SetDefaults();
            }
        }

        /// <summary>The part that holds a section.</summary>
        /// <param name="section">The section's number.</param>
        /// <param name="item">The first byte of its content: which one, where there are several.</param>
        /// <returns>Null when there is none.</returns>
        public SettingsPart? Find(int section, int item)
        {
            for (int i = 0; i < Parts.Length; i++)
            {
                SettingsPart part = Parts[i];
                if ((int)part.Section == section && (part.Item == SettingsPart.NoItem || part.Item == item))
                {
                    return part;
                }
            }

            return null;
        }
    }
}
