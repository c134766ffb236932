// The controller of one pole: puts the components together and runs them, the lamp first. It decides nothing itself. A component
// that throws is marked failed and left alone for a while; the others go on, and if it was the lamp's the light goes to its safe level.
using System;
using PoleController.Hal;
using PoleController.Journal;
using PoleController.Lighting;
using PoleController.LoRaWan;
using PoleController.Luminaire;
using PoleController.Messages;
using PoleController.Sensing;
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
        private readonly Component[] _components;
        private readonly long[] _aloneUntilMs;

        /// <summary>Makes a controller over the ports; nothing is read or written yet.</summary>
        public Controller(PoleHardware hardware)
        {
            _watchdog = hardware.Watchdog;
            Settings = new ControllerSettings();
            SettingsStore = new SettingsStore(hardware.Store);
            Clock = new PoleClock();
            Identity = new LoRaWanIdentity();
            Schedule = new LightingSchedule(Settings);
            Occupancy = new OccupancySensor(hardware.Occupancy, Settings);
            Lighting = new LightingControl(
                Clock, Settings, Schedule, Occupancy, hardware.Dimmer, hardware.Relay, hardware.Photocell, hardware.Random);
            Luminaire = new LuminaireMonitor(hardware.Meter, Lighting, Settings, hardware.Store);
            Device = new EndDevice(hardware.Radio, hardware.Aes, hardware.Store, hardware.Random, Identity, Clock, hardware.Timing);
            Commands = new CommandProcessor(Lighting, Schedule, Clock, Settings, SettingsStore);
            SettingsBlocks = new SettingsBlockConsumer(Settings, SettingsStore, Schedule);
            Device.Packages.DataBlockConsumer = SettingsBlocks;
            Journal = new PoleJournal(hardware.Store, Clock);
            Reporter = new Reporter(
                Device, Commands, SettingsBlocks, Clock, Lighting, Occupancy, Luminaire, Settings, SettingsStore, Journal, hardware.Random);

            // The order is the order of a step: what is sensed, what the lamp does with it, then everything that may wait.
            _components = new Component[] { Occupancy, Lighting, Luminaire, Device, Reporter };
            _aloneUntilMs = new long[_components.Length];
        }

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

        /// <summary>The lamp.</summary>
        public LightingControl Lighting { get; }

        /// <summary>The luminaire's metering.</summary>
        public LuminaireMonitor Luminaire { get; }

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

        /// <summary>How many exceptions components have thrown since start.</summary>
        public int ExceptionCount { get; private set; }

        /// <summary>Reads the settings, puts the lamp at its first level, then starts the rest. The light waits for nothing.</summary>
        /// <param name="nowMs">Milliseconds since start.</param>
        /// <param name="isPowerReturn">Whether this start follows a return of power, so that a whole district does not start at once.</param>
        public void Start(long nowMs, bool isPowerReturn)
        {
            try
            {
                SettingsStore.Load(Settings);
            }
            catch (Exception)
            {
                ExceptionCount++;
                Settings.SetDefaults();
                SettingsStore.Health.SetFailed(HealthReason.Exception);
            }

            Schedule.Invalidate();
            for (int i = 0; i < _components.Length; i++)
            {
                try
                {
                    _components[i].Start(nowMs, isPowerReturn);
                }
                catch (Exception)
                {
                    Isolate(i, nowMs);
                }
            }
        }

        /// <summary>Runs the components once; never blocks.</summary>
        /// <param name="nowMs">Milliseconds since start, never less than at the call before.</param>
        /// <returns>When it wants to run again; at or before <paramref name="nowMs"/> means at once. Earlier calls do no harm.</returns>
        public long Step(long nowMs)
        {
            if (_watchdog != null)
            {
                _watchdog.Pet();
            }

            long wakeMs = Wake.Never;
            for (int i = 0; i < _components.Length; i++)
            {
                long componentWakeMs = _aloneUntilMs[i];
                if (componentWakeMs <= nowMs)
                {
                    try
                    {
                        componentWakeMs = _components[i].Step(nowMs);
                    }
                    catch (Exception)
                    {
                        componentWakeMs = Isolate(i, nowMs);
                    }
                }

                if (componentWakeMs < wakeMs)
                {
                    wakeMs = componentWakeMs;
                }
            }

            return wakeMs;
        }

        private long Isolate(int component, long nowMs)
        {
            ExceptionCount++;
            long untilMs = nowMs + RetryAfterExceptionMs;
            _aloneUntilMs[component] = untilMs;
            _components[component].Health.SetFailed(HealthReason.Exception);
            if (_components[component] == Lighting)
            {
                try
                {
                    Lighting.GoToSafeLevel(nowMs);
                }
                catch (Exception)
                {
                    // Nothing more can be done here: the dimmer itself threw. The next try is in a minute, and the relay rests closed.
                    ExceptionCount++;
                }
            }

            return untilMs;
        }
    }
}
