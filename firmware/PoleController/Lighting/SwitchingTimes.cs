// The switching points of one lighting day as UTC times in order. Which of them is in force now is LightingSchedule's business.
using PoleController.Settings;

namespace PoleController.Lighting
{
    /// <summary>
    /// A program's points on one lighting day. Times of the sun that lie outside the lighting day are moved to its begin or end. Points at the
    /// same time stay in the program's order, so the later in the list wins. Made once, computed in place.
    /// </summary>
    public sealed class SwitchingTimes
    {
        private const long MinuteMs = 60000;

        private readonly SunTimes _sun = new SunTimes();
        private readonly long[] _timeUtcMs = new long[LightingProgram.MaximumPoints];
        private readonly int[] _point = new int[LightingProgram.MaximumPoints];
        private bool _hasSun;

        /// <summary>The program of the day, 0 to 3.</summary>
        public int ProgramIndex { get; private set; }

        /// <summary>Whether the program is empty: civil dusk to civil dawn at full level. Its two points are 0, on, and 1, off.</summary>
        public bool IsBuiltIn { get; private set; }

        /// <summary>Whether the times could be computed: a program with a time of the sun needs the position.</summary>
        public bool IsComputed { get; private set; }

        /// <summary>Beginning of the lighting day, UTC ms.</summary>
        public long BeginUtcMs { get; private set; }

        /// <summary>End of the lighting day, UTC ms.</summary>
        public long EndUtcMs { get; private set; }

        /// <summary>How many points there are, 1 to 8; 0 when they could not be computed.</summary>
        public int Count { get; private set; }

        /// <summary>Computes the points of a lighting day from the calendar, the program and the sun.</summary>
        public void Compute(int lightingDay, ControllerSettings settings)
        {
            BeginUtcMs = LightingDay.BeginUtcMs(lightingDay, settings);
            EndUtcMs = LightingDay.BeginUtcMs(lightingDay + 1, settings);
            ProgramIndex = settings.Calendar.ProgramOn(lightingDay, settings.Holidays.Contains(lightingDay));
            LightingProgram program = settings.Programs[ProgramIndex];
            IsBuiltIn = program.PointCount <= 0;
            Count = 0;
            _hasSun = false;
            IsComputed = settings.HasPosition || !NeedsSun(program);
            if (!IsComputed)
            {
                return;
            }

            if (IsBuiltIn)
            {
                Insert(0, SunUtcMs((int)SwitchingReference.CivilDusk, 0, settings));
                Insert(1, SunUtcMs((int)SwitchingReference.CivilDawn, 0, settings));
                return;
            }

            for (int i = 0; i < program.PointCount && i < LightingProgram.MaximumPoints; i++)
            {
                int reference = program.Reference[i];
                Insert(i, reference == (int)SwitchingReference.Clock
                    ? LightingDay.ClockUtcMs(lightingDay, program.OffsetMinutes[i], settings)
                    : SunUtcMs(reference, program.OffsetMinutes[i], settings));
            }
        }

        /// <summary>How many of the points are at or before a time; the last of them is in force.</summary>
        public int CountUntil(long utcMs)
        {
            int count = 0;
            while (count < Count && _timeUtcMs[count] <= utcMs)
            {
                count++;
            }

            return count;
        }

        /// <summary>When a point comes, UTC ms.</summary>
        /// <param name="position">0 to <see cref="Count"/> - 1, in the order of time.</param>
        public long TimeUtcMs(int position)
        {
            return _timeUtcMs[position];
        }

        /// <summary>Which of the program's points it is.</summary>
        /// <param name="position">0 to <see cref="Count"/> - 1, in the order of time.</param>
        public int Point(int position)
        {
            return _point[position];
        }

        private static bool NeedsSun(LightingProgram program)
        {
            if (program.PointCount <= 0)
            {
                return true;
            }

            for (int i = 0; i < program.PointCount && i < LightingProgram.MaximumPoints; i++)
            {
                if (program.Reference[i] != (int)SwitchingReference.Clock)
                {
                    return true;
                }
            }

            return false;
        }

        private long SunUtcMs(int reference, int offsetMinutes, ControllerSettings settings)
        {
            if (!_hasSun)
            {
                _sun.Compute(BeginUtcMs, EndUtcMs, settings.LatitudeMicrodegrees, settings.LongitudeMicrodegrees);
                _hasSun = true;
            }

            long utcMs = EventUtcMs(reference) + (offsetMinutes * MinuteMs);
            if (utcMs < BeginUtcMs)
            {
                return BeginUtcMs;
            }

            return utcMs > EndUtcMs ? EndUtcMs : utcMs;
        }

        private long EventUtcMs(int reference)
        {
            switch (reference)
            {
                case (int)SwitchingReference.Sunset:
                    return _sun.SunsetUtcMs;
                case (int)SwitchingReference.CivilDusk:
                    return _sun.CivilDuskUtcMs;
                case (int)SwitchingReference.CivilDawn:
                    return _sun.CivilDawnUtcMs;
                default:
                    return _sun.SunriseUtcMs;
            }
        }

        // Behind every point at the same time or before: points come in the program's order.
        private void Insert(int point, long utcMs)
        {
            int position = Count;
            while (position > 0 && _timeUtcMs[position - 1] > utcMs)
            {
                _timeUtcMs[position] = _timeUtcMs[position - 1];
                _point[position] = _point[position - 1];
                position--;
            }

            _timeUtcMs[position] = utcMs;
            _point[position] = point;
            Count++;
        }
    }
}
