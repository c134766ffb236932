// What the luminaire and its controller have run up: lamp hours, starts, energy, the controller's own energy; and when they are written. The record's
// form is LuminaireRecord's.
// Wear: the totals are written once an hour when they have changed and once more when the lamp goes dark, that at most four times an hour. A pole
// with a meter and one lit stretch a night writes 8,760 + 365 = 9,125 times a year, over two records; flash that bears 100,000 erasures of a block
// would bear that for 21 years if every write erased the same two blocks, which a wear-levelling file system does not do. A power cut
// loses an hour of totals at most, nothing where the board sees its supply fall.
using PoleController.Hal;

namespace PoleController.Luminaire
{
    /// <summary>The totals. They begin at what was kept; while that cannot be read they count from the start, and nothing is written over what was kept.</summary>
    internal sealed class LuminaireTotals
    {
        private const long MilliwattMsPerMilliwattHour = 3600000;

        private readonly LuminaireRecord _record;
        private readonly EnergyCounter _energy = new EnergyCounter();
        private readonly int _controllerMilliwatts;
        private long _lastMs;
        private long _lampOnMs;
        private long _controllerMilliwattMs;
        private int _starts;
        private bool _isRestored;
        private long _lastSaveMs;

        /// <summary>Makes it; nothing is read yet.</summary>
        /// <param name="store">Where they are kept.</param>
        /// <param name="controllerMilliwatts">What the controller itself draws from the mains, on average.</param>
        internal LuminaireTotals(IStore store, int controllerMilliwatts)
        {
            _record = new LuminaireRecord(store);
            _controllerMilliwatts = controllerMilliwatts;
        }

        /// <summary>The luminaire's energy.</summary>
        internal EnergyCounter Energy
        {
            get { return _energy; }
        }

        /// <summary>Seconds that the lamp has been lit.</summary>
        internal long LampOnSeconds
        {
            get { return _lampOnMs / 1000; }
        }

        /// <summary>How often the lamp went from dark to lit.</summary>
        internal int LampStarts
        {
            get { return _starts; }
        }

        /// <summary>The controller's own energy in milliwatt-hours.</summary>
        internal long ControllerMilliwattHours
        {
            get { return _controllerMilliwattMs / MilliwattMsPerMilliwattHour; }
        }

        /// <summary>Whether the totals could not be read, or written.</summary>
        internal bool IsStoreFailed { get; private set; }

        /// <summary>When they are written next; <see cref="Wake.Never"/>: not before something changes.</summary>
        internal long NextSaveMs { get; private set; }

        /// <summary>Starts.</summary>
        internal void Start(long nowMs, bool isLit)
        {
            _lastMs = nowMs;
            _lastSaveMs = nowMs;
            NextSaveMs = nowMs + LuminaireMonitor.SaveIntervalMs;
            _starts += isLit ? 1 : 0;
            Restore();
        }

        /// <summary>Counts the time since the call before.</summary>
        /// <param name="nowMs">Milliseconds since start.</param>
        /// <param name="isLit">Whether the lamp was lit in it.</param>
        internal void Advance(long nowMs, bool isLit)
        {
            long elapsedMs = nowMs - _lastMs;
            _lastMs = nowMs;
            _lampOnMs += isLit ? elapsedMs : 0;
            _controllerMilliwattMs += elapsedMs * _controllerMilliwatts;
        }

        /// <summary>The lamp was switched on.</summary>
        internal void NoteLit(long nowMs)
        {
            _starts++;
            if (NextSaveMs == Wake.Never)
            {
                NextSaveMs = nowMs + LuminaireMonitor.SaveIntervalMs;
            }
        }

        /// <summary>The lamp was switched off: a write soon, but no more than four an hour.</summary>
        internal void NoteDark(long nowMs)
        {
            long saveMs = nowMs + LuminaireMonitor.SaveAfterDarkMs;
            if (saveMs < _lastSaveMs + LuminaireMonitor.SaveMinimumIntervalMs)
            {
                saveMs = _lastSaveMs + LuminaireMonitor.SaveMinimumIntervalMs;
            }

            NextSaveMs = saveMs < NextSaveMs ? saveMs : NextSaveMs;
        }

        /// <summary>Writes them, when they have changed.</summary>
        /// <param name="nowMs">Milliseconds since start.</param>
        /// <param name="mayChange">Whether more is going to be counted: a meter is fitted, or the lamp is lit.</param>
        internal void Save(long nowMs, bool mayChange)
        {
            _lastSaveMs = nowMs;
            if (!_isRestored)
            {
                // The totals so far count from this start only; they must not go over the ones that could not be read.
                Restore();
            }

            if (_isRestored && (IsStoreFailed || LampOnSeconds != _record.LampOnSeconds || _energy.TotalMilliwattHours != _record.EnergyMilliwattHours))
            {
                IsStoreFailed = !_record.TrySave(LampOnSeconds, _energy.TotalMilliwattHours, ControllerMilliwattHours, _starts);
            }

            NextSaveMs = mayChange || IsStoreFailed ? nowMs + LuminaireMonitor.SaveIntervalMs : Wake.Never;
        }

        private void Restore()
        {
            if (_record.TryLoad())
            {
                _isRestored = true;
                _lampOnMs += _record.LampOnSeconds * 1000;
                _energy.Restore(_record.EnergyMilliwattHours);
                _controllerMilliwattMs += _record.ControllerMilliwattHours * MilliwattMsPerMilliwattHour;
                _starts += _record.LampStarts;
            }

            IsStoreFailed = !_isRestored;
        }
    }
}
