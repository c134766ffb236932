// The level that the program asks for at a time. It does not know occupancy, overrides or the lamp (LightingControl does), and takes UTC
// as it is given.
using PoleController.Settings;

namespace PoleController.Lighting
{
    /// <summary>
    /// The point of the program that is in force: the last at or before the time in this lighting day; before the day's first point, the last
    /// of the day before goes on. An empty program is full level from civil dusk to civil dawn. Times are computed once a lighting day; between
    /// two points <see cref="Update"/> compares and returns. Nothing is allocated. The time may jump, forward and back.
    /// </summary>
    public sealed class LightingSchedule
    {
        /// <summary>First time for which a level can be computed: 2000-01-01T00:00Z.</summary>
        public const long FirstUtcMs = 946684800000;

        /// <summary>End of the times for which a level can be computed: 2101-01-01T00:00Z.</summary>
        public const long EndUtcMs = 4133980800000;

        private const int FullLevelPermille = 1000;
        private const int BuiltInPoint = -1;
        private const int Unknown = -1;

        private readonly ControllerSettings _settings;
        private readonly SwitchingTimes _times = new SwitchingTimes();
        private bool _isDayComputed;
        private int _lightingDay;

        // What holds until the first point of the lighting day.
        private bool _isBeforeComputed;
        private bool _isBeforeBuiltIn;
        private int _beforeProgram;
        private int _beforePoint;

        private long _validFromUtcMs;

        /// <summary>Makes it; nothing is computed before the first <see cref="Update"/>.</summary>
        public LightingSchedule(ControllerSettings settings)
        {
            _settings = settings;
            Invalidate();
        }

        /// <summary>
        /// Whether there is a level for the time: not before the first <see cref="Update"/>, not when the programs of this lighting day and the one before
        /// need the sun and the position was never set, and not outside the years 2000 to 2100. Without, the level is full.
        /// </summary>
        public bool CanCompute { get; private set; }

        /// <summary>Level of the point in force, 0 to 1000.</summary>
        public int LevelPermille { get; private set; }

        /// <summary>Occupancy level of the point in force, 0 to 1000.</summary>
        public int OccupancyLevelPermille { get; private set; }

        /// <summary>Fade of the program in force.</summary>
        public int FadeMs { get; private set; }

        /// <summary>Program in force, 0 to 3: the one whose point is in force, so before the day's first point that of the day before.</summary>
        public int ProgramIndex { get; private set; }

        /// <summary>Point in force, 0 to 7; -1 for the built-in dusk-to-dawn program.</summary>
        public int PointIndex { get; private set; }

        /// <summary>Level of the point that comes next, 0 to 1000; -1 when that is the next lighting day's.</summary>
        public int NextLevelPermille { get; private set; }

        /// <summary>Level of the point that was in force before, 0 to 1000; -1 when that was in the lighting day before.</summary>
        public int PreviousLevelPermille { get; private set; }

        /// <summary>When the point in force came into force, UTC ms; the begin of the lighting day when that was before.</summary>
        public long ChangedUtcMs
        {
            get { return _validFromUtcMs; }
        }

        /// <summary>Counts how often the settings were said to have changed.</summary>
        public int InvalidationCount { get; private set; }

        /// <summary>When the next point comes into force (or the lighting day ends), UTC ms; later than the time of the last <see cref="Update"/>.</summary>
        public long NextChangeUtcMs { get; private set; }

        /// <summary>Forgets what was computed: the settings changed.</summary>
        public void Invalidate()
        {
            InvalidationCount++;
            _isDayComputed = false;
            _validFromUtcMs = long.MaxValue;
            NextChangeUtcMs = long.MinValue;
            SetUnknown();
        }

        /// <summary>Brings the properties up to the time.</summary>
        /// <param name="utcMs">UTC in milliseconds since 1970.</param>
        public void Update(long utcMs)
        {
            if (utcMs < NextChangeUtcMs && utcMs >= _validFromUtcMs)
            {
                return;
            }

            if (utcMs < FirstUtcMs || utcMs >= EndUtcMs)
            {
                _validFromUtcMs = utcMs < FirstUtcMs ? long.MinValue : EndUtcMs;
                NextChangeUtcMs = utcMs < FirstUtcMs ? FirstUtcMs : long.MaxValue;
                SetUnknown();
                return;
            }

            if (!_isDayComputed || utcMs < _times.BeginUtcMs || utcMs >= _times.EndUtcMs)
            {
                ComputeDay(LightingDay.At(utcMs, _settings));
            }

            Select(utcMs);
        }

        private void ComputeDay(int lightingDay)
        {
            // As a rule the day before is the one that has just ended and is there already.
            if (!_isDayComputed || lightingDay != _lightingDay + 1)
            {
                _times.Compute(lightingDay - 1, _settings);
            }

            _isBeforeComputed = _times.IsComputed;
            _isBeforeBuiltIn = _times.IsBuiltIn;
            _beforeProgram = _times.ProgramIndex;
            _beforePoint = _times.IsComputed ? _times.Point(_times.Count - 1) : 0;
            _times.Compute(lightingDay, _settings);
            _lightingDay = lightingDay;
            _isDayComputed = true;
        }

        private void Select(long utcMs)
        {
            if (!_isBeforeComputed || !_times.IsComputed)
            {
                _validFromUtcMs = _times.BeginUtcMs;
                NextChangeUtcMs = _times.EndUtcMs;
                SetUnknown();
                return;
            }

            int count = _times.CountUntil(utcMs);
            if (count == 0)
            {
                _validFromUtcMs = _times.BeginUtcMs;
                SetPoint(_beforeProgram, _isBeforeBuiltIn, _beforePoint);
            }
            else
            {
                _validFromUtcMs = _times.TimeUtcMs(count - 1);
                SetPoint(_times.ProgramIndex, _times.IsBuiltIn, _times.Point(count - 1));
            }

            NextChangeUtcMs = count < _times.Count ? _times.TimeUtcMs(count) : _times.EndUtcMs;
            NextLevelPermille = count < _times.Count ? LevelOf(_times.ProgramIndex, _times.IsBuiltIn, _times.Point(count)) : Unknown;
            PreviousLevelPermille = count > 1 ? LevelOf(_times.ProgramIndex, _times.IsBuiltIn, _times.Point(count - 2))
                : count == 1 ? LevelOf(_beforeProgram, _isBeforeBuiltIn, _beforePoint) : Unknown;
            CanCompute = true;
        }

        private void SetPoint(int programIndex, bool isBuiltIn, int point)
        {
            LightingProgram program = _settings.Programs[programIndex];
            ProgramIndex = programIndex;
            PointIndex = isBuiltIn ? BuiltInPoint : point;
            FadeMs = program.FadeSeconds * 1000;
            LevelPermille = LevelOf(programIndex, isBuiltIn, point);
            OccupancyLevelPermille = isBuiltIn ? 0 : program.OccupancyLevelPermille[point];
        }

        private int LevelOf(int programIndex, bool isBuiltIn, int point)
        {
            if (isBuiltIn)
            {
                return point == 0 ? FullLevelPermille : 0;
            }

            return _settings.Programs[programIndex].LevelPermille[point];
        }

        private void SetUnknown()
        {
            CanCompute = false;
            LevelPermille = FullLevelPermille;
            OccupancyLevelPermille = 0;
            NextLevelPermille = Unknown;
            PreviousLevelPermille = Unknown;
            FadeMs = 0;
            ProgramIndex = 0;
            PointIndex = BuiltInPoint;
        }
    }
}
