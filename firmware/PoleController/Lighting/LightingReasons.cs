// The reasons for a level in their order of precedence, and which of them decides now. How the lamp gets there is LightingControl's.
using System;
using PoleController.Alarms;
using PoleController.Hal;
using PoleController.Sensing;
using PoleController.Settings;
using PoleController.Time;

namespace PoleController.Lighting
{
    /// <summary>
    /// Asks the deciders in their order: emergency, blinking, a commanded level or scene, the program with all that belongs to it, the photocell or full light
    /// while there is no time or no position. Load shedding cuts what the last three say. What stands before the program has nothing to say when it throws.
    /// </summary>
    public sealed class LightingReasons
    {
        /// <summary>From here on in the list of deciders load shedding cuts what they decide.</summary>
        private const int FirstLimited = 2;

        private readonly PoleClock _clock;
        private readonly ControllerSettings _settings;
        private readonly LightingSchedule _schedule;
        private readonly OccupancySensor _occupancy;
        private readonly LightingOrders _orders = new LightingOrders();
        private readonly PhotocellSwitch _photocell;
        private readonly DarkSkyProfile _darkSky;
        private readonly ScheduledLevel _scheduled;
        private readonly LightingDecider[] _deciders;
        private readonly int _unscheduled;
        private int _invalidationCount;
        private int _exceptionCount;
        private int _seenOrderCount;
        private int _seenRevision;
        private int _seenClockSetCount;
        private bool _wasOccupied;
        private long _seenComingUntilMs;

        /// <summary>Makes it.</summary>
        public LightingReasons(PoleClock clock, ControllerSettings settings, LightingSchedule schedule, OccupancySensor occupancy, ILightSensor? photocell,
            AlarmBoard alarms)
        {
            _clock = clock;
            _settings = settings;
            _schedule = schedule;
            _occupancy = occupancy;
            _photocell = new PhotocellSwitch(photocell, settings);
            _darkSky = new DarkSkyProfile(clock, settings);
            Boost = new HotspotBoost(clock, settings, _orders);
            Emergency = new EmergencyProfile(settings.Emergency, alarms, _orders);
            Identify = new IdentifyBlink(_orders);
            Commanded = new CommandedLevel(settings.Scenes, _orders);
            Shedding = new LoadShedding(settings.LoadShedding, alarms, _orders);
            DaylightAssist daylight = new DaylightAssist(clock, settings.Daylight, schedule, _photocell);
            _scheduled = new ScheduledLevel(clock, settings, schedule, occupancy, _darkSky, Boost, daylight);

            // The order is the order of precedence.
            _deciders = new LightingDecider[] { Emergency, Identify, Commanded, _scheduled, new UnscheduledLevel(_photocell) };
            _unscheduled = _deciders.Length - 1;
        }

        /// <summary>The emergency and the crisis profile.</summary>
        public EmergencyProfile Emergency { get; }

        /// <summary>The commissioning blink.</summary>
        public IdentifyBlink Identify { get; }

        /// <summary>The level or scene of a command.</summary>
        public CommandedLevel Commanded { get; }

        /// <summary>The boost of a hotspot.</summary>
        public HotspotBoost Boost { get; }

        /// <summary>The step of load shedding.</summary>
        public LoadShedding Shedding { get; }

        /// <summary>Who says that somebody is on the way; null when nobody can.</summary>
        public INeighbourPresence? Neighbours
        {
            get { return _scheduled.Neighbours; }
            set { _scheduled.Neighbours = value; }
        }

        /// <summary>Whether the last decision was made without the program.</summary>
        public bool IsWithoutProgram { get; private set; }

        /// <summary>Whether the photocell decides or should, and cannot be trusted.</summary>
        public bool IsPhotocellFailed
        {
            get { return IsWithoutProgram && _photocell.IsFailed; }
        }

        /// <summary>How often something here threw since start, and the next was asked.</summary>
        public int ExceptionCount
        {
            get { return _exceptionCount + _scheduled.ExceptionCount; }
        }

        /// <summary>Whether something threw in the last decision.</summary>
        public bool IsAnyThrowing { get; private set; }

        /// <summary>Forgets every command: the controller has started.</summary>
        public void Reset(long nowMs)
        {
            _photocell.Reset(nowMs);
            IsWithoutProgram = false;
            for (int i = 0; i < _deciders.Length; i++)
            {
                _deciders[i].Reset();
            }

            Boost.Reset();
            Shedding.Reset();
        }

        /// <summary>Looks at the schedule anew with the next decision.</summary>
        public void ForgetSchedule()
        {
            _scheduled.Reset();
        }

        /// <summary>
        /// Whether anything that was decided from is another than at the last decision; what time alone changes is in the decision's
        /// <see cref="LightingDecision.WakeMs"/>.
        /// </summary>
        public bool IsAnythingNew
        {
            get
            {
                return _occupancy.IsOccupied != _wasOccupied || _orders.Count != _seenOrderCount || _settings.Revision != _seenRevision
                    || _clock.SetCount != _seenClockSetCount || _schedule.InvalidationCount != _invalidationCount
                    || (_scheduled.Neighbours != null && ComingUntilMs(_scheduled.Neighbours) != _seenComingUntilMs);
            }
        }

        /// <summary>Finds level, cause, fade and colour, and when they may change by themselves. Throws when the program does.</summary>
        public void Decide(long nowMs, LightingDecision decision)
        {
            int exceptionCount = ExceptionCount;
            NoteWhatIsNew();
            _photocell.BeginStep();
            UpdateProfile(nowMs, decision);
            int decider = FirstToDecide(nowMs, decision);
            IsWithoutProgram = decider == _unscheduled;
            if (decider >= FirstLimited)
            {
                Limit(nowMs, decision);
            }

            if (decision.WarmSharePermille < 0)
            {
                decision.WarmSharePermille = _darkSky.WarmSharePermille;
            }

            IsAnyThrowing = exceptionCount != ExceptionCount;
        }

        private void NoteWhatIsNew()
        {
            _wasOccupied = _occupancy.IsOccupied;
            _seenOrderCount = _orders.Count;
            _seenRevision = _settings.Revision;
            _seenClockSetCount = _clock.SetCount;
            _seenComingUntilMs = _scheduled.Neighbours == null ? 0 : ComingUntilMs(_scheduled.Neighbours);
        }

        private static long ComingUntilMs(INeighbourPresence neighbours)
        {
            try
            {
                return neighbours.SomebodyComingUntilMs;
            }
            catch (Exception)
            {
                // Whoever decides finds out, and counts it.
                return 0;
            }
        }

        private void UpdateProfile(long nowMs, LightingDecision decision)
        {
            try
            {
                if (_invalidationCount != _schedule.InvalidationCount)
                {
                    _invalidationCount = _schedule.InvalidationCount;
                    _darkSky.Invalidate();
                    Boost.Invalidate();
                }

                decision.WakeBy(_darkSky.Update(nowMs));
            }
            catch (Exception)
            {
                // Without the profile the light is brighter.
                _exceptionCount++;
            }
        }

        /// <summary>The first that decides. What stands before the program may throw and is passed over; the program itself is the controller's to isolate.</summary>
        private int FirstToDecide(long nowMs, LightingDecision decision)
        {
            int decider = 0;
            while (decider < _unscheduled && !TryDecide(decider, nowMs, decision))
            {
                decider++;
            }

            if (decider == _unscheduled)
            {
                _deciders[decider].TryDecide(nowMs, decision);
            }

            return decider;
        }

        private bool TryDecide(int decider, long nowMs, LightingDecision decision)
        {
            if (_deciders[decider] == _scheduled)
            {
                return _scheduled.TryDecide(nowMs, decision);
            }

            try
            {
                return _deciders[decider].TryDecide(nowMs, decision);
            }
            catch (Exception)
            {
                _exceptionCount++;
                return false;
            }
        }

        private void Limit(long nowMs, LightingDecision decision)
        {
            try
            {
                Shedding.Limit(nowMs, decision);
            }
            catch (Exception)
            {
                // More light than the grid asked for is the safe side.
                _exceptionCount++;
            }
        }
    }
}
