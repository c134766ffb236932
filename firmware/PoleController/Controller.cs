// The controller of one pole: puts the components together and runs them, the lamp first. It decides nothing itself. A component
// that throws is marked failed and left alone for a while; the others go on, and if it was the lamp's the light goes to its safe level. After five
// restarts within ten minutes the sensors stay off for an hour, so that a broken one cannot keep the pole in a loop.
using System;
using PoleController.Alarms;
using PoleController.Hal;
using PoleController.Journal;
using PoleController.Lighting;
using PoleController.LoRaWan;
using PoleController.Luminaire;
using PoleController.Messages;
using PoleController.Messages.Sources;
using PoleController.Neighbours;
using PoleController.Sensing;
using PoleController.Service;
using PoleController.Settings;
using PoleController.Time;

namespace PoleController
{
    /// <summary>One pole. Call <see cref="Start"/> once, then <see cref="Step"/> when the time it returned has come or an input changed.</summary>
    public sealed class Controller
    {
        /// <summary>How long a component that threw is left alone, in milliseconds.</summary>
        public const int RetryAfterExceptionMs = 60000;

        private readonly IWatchdog? _watchdog;
        private int _ownExceptionCount;
        private int _seenRevision = -1;
        private int _seenClockSetCount = -1;

        /// <summary>Makes a controller over the ports; nothing is read or written yet.</summary>
        public Controller(PoleHardware hardware)
        {
            _watchdog = hardware.Watchdog;
            Settings = new ControllerSettings();
            SettingsStore = new SettingsStore(hardware.Store);
            Clock = new PoleClock();
            Identity = new LoRaWanIdentity();
            Schedule = new LightingSchedule(Settings);
            Occupancy = new OccupancySensor(hardware.Occupancy, hardware.Presence, Settings);
            Lighting = new LightingControl(
                Clock, Settings, Schedule, Occupancy, hardware.Dimmer, hardware.WarmDimmer, hardware.Relay, hardware.Photocell, hardware.Random,
                Alarms);
            Neighbours = new NeighbourLink(hardware.Neighbours, hardware.Aes, Occupancy, Clock, Settings.Neighbours, Alarms);
            Lighting.Reasons.Neighbours = hardware.Neighbours == null ? null : Neighbours;
            Luminaire = new LuminaireMonitor(hardware.Meter, Lighting, Settings, hardware.Store, hardware.ControllerMilliwatts);
            Gear = new GearWatch(hardware.Gear, hardware.WarmGear, Lighting, Alarms);
            Air = new AirStation(hardware, Settings, Clock, Alarms);
            FillLevel = new FillLevelMonitor(hardware.FillLevel, Settings, Air, Alarms);
            WaterLevel = new WaterLevelMonitor(hardware.WaterLevel, Settings, Air, Alarms);
            Traffic = new TrafficCounter(hardware.Presence, Occupancy, Settings);
            Guard = new PoleGuard(hardware.Accelerometer, hardware.Door, Settings, hardware.Store, Alarms);
            Device = new EndDevice(hardware.Radio, hardware.Aes, hardware.Store, hardware.Random, Identity, Clock, hardware.Timing);
            Commands = new CommandProcessor(Lighting, Schedule, Clock, Settings, SettingsStore);
            SettingsBlocks = new SettingsBlockConsumer(Settings, SettingsStore, Schedule);
            Device.Packages.DataBlockConsumer = SettingsBlocks;
            Journal = new PoleJournal(hardware.Store, Clock);
            Boots = new BootJournal(hardware.Store, Clock, Alarms, hardware.SupplyVoltage != null);
            Commands.Boots = Boots;
            Commands.Journal = Journal;
            Board = new BoardMonitor(hardware.SupplyVoltage, hardware.BoardTemperature, Settings, Alarms, Boots, Clock);
            Lighting.Correction = Luminaire.Output;
            Luminaire.Join(hardware.Gear, hardware.Dimmer as ICalibratedDimmer, Board, Alarms);
            Reporter = new Reporter(
                Device, Commands, SettingsBlocks, Clock, Lighting, Occupancy, Luminaire, Settings, SettingsStore, Journal, Alarms,
                hardware.Random);
            AddMeasurements(hardware);

            Service = new ServicePort(new ServiceParts
            {
                Hardware = hardware,
                Components = Components,
                Alarms = Alarms,
                Boots = Boots,
                Journal = Journal,
                Clock = Clock,
                Identity = Identity,
                Device = Device,
                Lighting = Lighting,
                Occupancy = Occupancy,
                Luminaire = Luminaire,
                Board = Board,
                FillLevel = FillLevel,
                WaterLevel = WaterLevel,
                Air = Air,
                Traffic = Traffic,
                Guard = Guard,
                Settings = Settings,
                SettingsStore = SettingsStore,
                Commands = Commands,
            });

            // The order is the order of a step: what is sensed, what the lamp does with it, then everything that may wait. The boot journal comes behind
            // the lamp and before the first that could hang.
            Components.Add(ComponentId.Occupancy, Occupancy);
            Components.AddSensor(ComponentId.Neighbours, Neighbours);
            Components.Add(ComponentId.Lighting, Lighting);
            Components.Add(ComponentId.Gear, Gear);
            Components.Add(ComponentId.BootJournal, Boots);
            Components.Add(ComponentId.Supply, Board);
            Components.AddSensor(ComponentId.Luminaire, Luminaire);
            Components.AddSensor(ComponentId.Air, Air);
            Components.AddSensor(ComponentId.FillLevel, FillLevel);
            Components.AddSensor(ComponentId.WaterLevel, WaterLevel);
            Components.AddSensor(ComponentId.Traffic, Traffic);
            Components.AddSensor(ComponentId.PoleGuard, Guard);
            Components.Add(ComponentId.Radio, Device);
            Components.Add(ComponentId.Messages, Reporter);
            Components.Add(ComponentId.Service, Service);
        }

        /// <summary>The components, in the order of a step.</summary>
        public ComponentTable Components { get; } = new ComponentTable();

        /// <summary>How every kind of alarm stands.</summary>
        public AlarmBoard Alarms { get; } = new AlarmBoard();

        /// <summary>The link to control gear on a bus.</summary>
        public GearWatch Gear { get; }

        /// <summary>The controller's supply and temperature.</summary>
        public BoardMonitor Board { get; }

        /// <summary>Why the controller restarted.</summary>
        public BootJournal Boots { get; }

        /// <summary>The settings in force.</summary>
        public ControllerSettings Settings { get; }

        /// <summary>Where the settings are kept.</summary>
        public SettingsStore SettingsStore { get; }

        /// <summary>UTC.</summary>
        public PoleClock Clock { get; }

        /// <summary>The LoRaWAN identity.</summary>
        public LoRaWanIdentity Identity { get; }

        /// <summary>The program's times.</summary>
        public LightingSchedule Schedule { get; }

        /// <summary>The occupancy sensor.</summary>
        public OccupancySensor Occupancy { get; }

        /// <summary>The neighbouring poles.</summary>
        public NeighbourLink Neighbours { get; }

        /// <summary>The lamp.</summary>
        public LightingControl Lighting { get; }

        /// <summary>The luminaire's metering.</summary>
        public LuminaireMonitor Luminaire { get; }

        /// <summary>The air station.</summary>
        public AirStation Air { get; }

        /// <summary>The fill level of a container.</summary>
        public FillLevelMonitor FillLevel { get; }

        /// <summary>The level of a water.</summary>
        public WaterLevelMonitor WaterLevel { get; }

        /// <summary>Counts of people and vehicles.</summary>
        public TrafficCounter Traffic { get; }

        /// <summary>Tilt, impact and door.</summary>
        public PoleGuard Guard { get; }

        /// <summary>The LoRaWAN end device.</summary>
        public EndDevice Device { get; }

        /// <summary>Carries out commands.</summary>
        public CommandProcessor Commands { get; }

        /// <summary>Takes blocks of settings that come by fragmentation.</summary>
        public SettingsBlockConsumer SettingsBlocks { get; }

        /// <summary>What waits to be sent.</summary>
        public PoleJournal Journal { get; }

        /// <summary>Sends messages.</summary>
        public Reporter Reporter { get; }

        /// <summary>The service port.</summary>
        public ServicePort Service { get; }

        /// <summary>How many exceptions have been caught since start, whoever threw them.</summary>
        public int ExceptionCount
        {
            get { return _ownExceptionCount + Components.ExceptionCount; }
        }

        /// <summary>
        /// Whether a restart was asked for and is due: whoever runs the loop restarts the board now. The watchdog is not petted any more, so that it does
        /// it otherwise.
        /// </summary>
        public bool IsRestartDue
        {
            get { return Boots.IsRestartDue; }
        }

        /// <summary>Reads the settings, puts the lamp at its first level, then starts the rest. The light waits for nothing.</summary>
        /// <param name="nowMs">Milliseconds since start.</param>
        /// <param name="isPowerReturn">
        /// Whether this start follows a return of power as far as the board can tell, so that a whole district does not start at once. A restart that was
        /// asked for or that an exception made is none, and a supply that was seen falling is one, whatever the board says.
        /// </param>
        public void Start(long nowMs, bool isPowerReturn)
        {
            LoadSettings();
            Boots.Load(nowMs, isPowerReturn);
            isPowerReturn = Boots.Cause == RestartCause.SupplyLoss
                || (isPowerReturn && Boots.Cause != RestartCause.Requested && Boots.Cause != RestartCause.Exception);
            Schedule.Invalidate();
            for (int i = 0; i < Components.Count; i++)
            {
                try
                {
                    Components.StartAt(i, nowMs, isPowerReturn);
                }
                catch (Exception exception)
                {
                    Components.PassOver(Isolate(i, exception, nowMs));
                }
            }

            if (Boots.IsReduced)
            {
                Components.SwitchSensorsOff();
            }
        }

        /// <summary>Runs the components once; never blocks.</summary>
        /// <param name="nowMs">Milliseconds since start, never less than at the call before.</param>
        /// <returns>When it wants to run again; at or before <paramref name="nowMs"/> means at once. Earlier calls do no harm.</returns>
        public long Step(long nowMs)
        {
            if (_watchdog != null && !Boots.IsRestartDue)
            {
                _watchdog.Pet();
            }

            if (Components.AreSensorsOff && !Boots.IsReduced)
            {
                Components.SwitchSensorsOn(nowMs);
            }

            Components.BeginStep(IsEverybodyConcerned());
            while (true)
            {
                try
                {
                    return Components.StepRest(nowMs);
                }
                catch (Exception exception)
                {
                    Components.PassOver(Isolate(Components.RunningIndex, exception, nowMs));
                }
            }
        }

        /// <summary>
        /// Writes down that an exception came out of <see cref="Start"/> or <see cref="Step"/>, which only a port outside the components can do; called by
        /// whoever runs the loop, before the restart. Never throws.
        /// </summary>
        /// <param name="nowMs">Milliseconds since start.</param>
        /// <param name="exception">The exception.</param>
        public void OnUnhandledException(long nowMs, Exception exception)
        {
            Boots.OnUnhandledException(nowMs, Components.RunningId == ComponentId.None ? ComponentId.Loop : Components.RunningId, exception);
        }

        // Settings that changed and a clock that was set concern everybody, those that rest too.
        private bool IsEverybodyConcerned()
        {
            if (Settings.Revision == _seenRevision && Clock.SetCount == _seenClockSetCount)
            {
                return false;
            }

            _seenRevision = Settings.Revision;
            _seenClockSetCount = Clock.SetCount;
            return true;
        }

        private void LoadSettings()
        {
            try
            {
                SettingsStore.Load(Settings);
            }
            catch (Exception)
            {
                _ownExceptionCount++;
                Settings.SetDefaults();
                SettingsStore.Health.SetFailed(HealthReason.Exception);
            }
        }

        // A kind whose part is not fitted is not spoken of.
        private void AddMeasurements(PoleHardware hardware)
        {
            if (hardware.Meter != null)
            {
                Reporter.AddMeasurement(new LuminaireSource(Luminaire));
            }

            if (hardware.Gear != null)
            {
                Reporter.AddMeasurement(new GearSource(hardware.Gear));
            }

            if (hardware.FillLevel != null)
            {
                Reporter.AddMeasurement(new FillLevelSource(FillLevel));
            }

            if (hardware.WaterLevel != null)
            {
                Reporter.AddMeasurement(new WaterLevelSource(WaterLevel));
            }

            if (hardware.Particulates != null)
            {
                Reporter.AddMeasurement(new ParticulatesSource(Air));
            }

            if (hardware.Climate != null)
            {
                Reporter.AddMeasurement(new ClimateSource(Air));
            }

            if (hardware.CarbonDioxide != null || hardware.Gas != null)
            {
                Reporter.AddMeasurement(new GasSource(Air));
            }

            if (hardware.Presence != null)
            {
                Reporter.AddMeasurement(new TrafficSource(Traffic, Settings));
            }

            if (hardware.Accelerometer != null || hardware.Door != null || hardware.SupplyVoltage != null || Board.HasThermometer)
            {
                Reporter.AddMeasurement(new PoleSource(Guard, Board, hardware.Accelerometer));
            }
        }

        private long Isolate(int index, Exception exception, long nowMs)
        {
            long untilMs = nowMs + RetryAfterExceptionMs;
            Components.Isolate(index, exception, untilMs);
            if (Components.IdAt(index) == ComponentId.Lighting)
            {
                try
                {
                    Lighting.GoToSafeLevel(nowMs);
                }
                catch (Exception second)
                {
                    // Nothing more can be done here: the dimmer itself threw. The next try is in a minute, and the relay rests closed.
                    Components.NoteException(index, second);
                }
            }

            return untilMs;
        }
    }
}
