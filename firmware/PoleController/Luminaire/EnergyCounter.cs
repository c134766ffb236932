// Adds up energy from the meter's own counter, which may start again at 0 and may say what cannot be. Reading the meter, and keeping the
// sum over restarts, is LuminaireMonitor's.
namespace PoleController.Luminaire
{
    /// <summary>Energy drawn, in milliwatt-hours. What was drawn while the controller was not running is not known to it and not added.</summary>
    internal sealed class EnergyCounter
    {
        private bool _hasReading;
        private long _readingMilliwattHours;
        private long _readingMs;

        /// <summary>The sum.</summary>
        internal long TotalMilliwattHours { get; private set; }

        /// <summary>Adds what was drawn before this start.</summary>
        internal void Restore(long milliwattHours)
        {
            TotalMilliwattHours += milliwattHours;
        }

        /// <summary>Adds what the meter's counter has gone on by.</summary>
        /// <param name="nowMs">When it was read.</param>
        /// <param name="readingMilliwattHours">What it said, 0 or more.</param>
        /// <returns>False when no lamp can have drawn so much since the reading before: it is not added, and counting goes on from here.</returns>
        internal bool TryFollow(long nowMs, long readingMilliwattHours)
        {
            bool isPlausible = !_hasReading || TryAdd(nowMs - _readingMs, readingMilliwattHours);
            _hasReading = true;
            _readingMilliwattHours = readingMilliwattHours;
            _readingMs = nowMs;
            return isPlausible;
        }

        private bool TryAdd(long elapsedMs, long readingMilliwattHours)
        {
            long stepMilliwattHours = readingMilliwattHours - _readingMilliwattHours;
            if (stepMilliwattHours < 0)
            {
                // The meter has started again at 0; what it lost before that is unknown.
                stepMilliwattHours = readingMilliwattHours;
            }

            long mostMilliwattHours = (elapsedMs * (LuminaireMonitor.MaximumPowerMilliwatts / 1000) / 3600) + LuminaireMonitor.EnergyStepMilliwattHours;
            if (stepMilliwattHours > mostMilliwattHours)
            {
                return false;
            }

            TotalMilliwattHours += stepMilliwattHours;
            return true;
        }
    }
}
