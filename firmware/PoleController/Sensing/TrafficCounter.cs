// Counts who came by, by direction and speed class. It keeps counts and the passage that is going on, no times and no distances of anybody; what is too small a count to be
// published stays here until it is large enough. Whether somebody is there is OccupancySensor's, one passage TravelTrack's.
using System;
using PoleController.Hal;
using PoleController.Settings;

namespace PoleController.Sensing
{
    /// <summary>
    /// Traffic counts. A count below the smallest that the operator publishes is withheld and added to the next interval: every passage is published once at most, in
    /// a count that is large enough, so that no difference of published counts says more than they do. No sum of the counts is published beside them.
    /// </summary>
    public sealed class TrafficCounter : Component
    {
        /// <summary>How many counts there are: three directions by four speed classes.</summary>
        public const int CellCount = DirectionCount * SpeedClassCount;

        /// <summary>Where a count stays when it is not taken.</summary>
        public const int MaximumCount = 65535;

        /// <summary>How long reports may come late after somebody left, in milliseconds.</summary>
        public const int LateReportsMs = 2000;

        private const int DirectionCount = 3;
        private const int SpeedClassCount = 4;

        private readonly IPresenceSensor? _presence;
        private readonly OccupancySensor _occupancy;
        private readonly ControllerSettings _settings;
        private readonly TravelTrack _track = new TravelTrack();
        private readonly ushort[] _waiting = new ushort[CellCount];
        private readonly ushort[] _published = new ushort[CellCount];
        private long _arrivalCount;
        private int _sampleCount;
        private bool _isOpen;
        private long _openedMs;
        private long _closeMs = Wake.Never;
        private long _intervalMs;
        private bool _isOff;
        private int _revision = -1;

        /// <summary>Makes it. Without a radar directions and classes are unknown.</summary>
        public TrafficCounter(IPresenceSensor? presence, OccupancySensor occupancy, ControllerSettings settings)
        {
            _presence = presence;
            _occupancy = occupancy;
            _settings = settings;
        }

        /// <summary>Length of the last interval that was closed, in seconds.</summary>
        public int IntervalSeconds { get; private set; }

        /// <summary>Whether counts of the last interval were withheld because they were too small; none is not told from few.</summary>
        public bool IsWithheld { get; private set; }

        /// <summary>How good the counts are: not measured when switched off, substituted when direction and speed cannot be told for want of the radar.</summary>
        public Quality Quality { get; private set; } = Quality.NotMeasured;

        /// <summary>A count of the last interval that was closed, 0 when it was withheld.</summary>
        public int Count(TravelDirection direction, SpeedClass speedClass)
        {
            return _published[Cell(direction, speedClass)];
        }

        /// <summary>Ends the interval: its counts can be read, the next begins with what was withheld.</summary>
        public void CloseInterval(long nowMs)
        {
            IntervalSeconds = (int)((nowMs - _intervalMs) / 1000);
            _intervalMs = nowMs;
            IsWithheld = false;
            int smallest = _settings.Traffic.SmallestCount;
            for (int i = 0; i < CellCount; i++)
            {
                bool isPublished = _waiting[i] >= smallest;
                IsWithheld |= !isPublished && smallest > 1;
                _published[i] = isPublished ? _waiting[i] : (ushort)0;
                _waiting[i] = isPublished ? (ushort)0 : _waiting[i];
            }

            bool isRadarMissing = _presence == null || _occupancy.Health.Reason == HealthReason.NoAnswer;
            Quality = _isOff ? Quality.NotMeasured : (isRadarMissing ? Quality.Substituted : Quality.Ok);
        }

        /// <inheritdoc/>
        public override void Start(long nowMs, bool isPowerReturn)
        {
            _intervalMs = nowMs;
            _arrivalCount = _occupancy.ArrivalCount;
            Health.SetOk();
        }

        /// <inheritdoc/>
        public override long Step(long nowMs)
        {
            if (_settings.Revision != _revision)
            {
                FollowSettings();
            }

            if (_isOff)
            {
                return Wake.Never;
            }

            if (_presence != null && _presence.SampleCount != _sampleCount)
            {
                TakeReports();
            }

            if (_occupancy.ArrivalCount != _arrivalCount)
            {
                Arrive(nowMs);
            }
            else if (_isOpen && _closeMs == Wake.Never && !_occupancy.IsActive)
            {
                _closeMs = nowMs + (_presence != null ? LateReportsMs : 0);
            }
            else if (_closeMs != Wake.Never && _occupancy.IsActive)
            {
                _closeMs = Wake.Never;
            }

            if (nowMs >= _closeMs)
            {
                CloseTrack();
            }

            return _closeMs;
        }

        private static int Cell(TravelDirection direction, SpeedClass speedClass)
        {
            return ((int)direction * SpeedClassCount) + (int)speedClass;
        }

        /// <summary>Switched off, it forgets everything.</summary>
        private void FollowSettings()
        {
            _revision = _settings.Revision;
            _isOff = !_settings.Measurements.IsMeasured(MeasurementKind.Traffic);
            if (_isOff)
            {
                _isOpen = false;
                _closeMs = Wake.Never;
                _arrivalCount = _occupancy.ArrivalCount;
                Array.Clear(_waiting, 0, CellCount);
                Array.Clear(_published, 0, CellCount);
                Quality = Quality.NotMeasured;
            }
        }

        /// <summary>One arrival opens a passage; several since the last step, which only a late step sees, are counted without direction.</summary>
        private void Arrive(long nowMs)
        {
            if (_isOpen)
            {
                CloseTrack();
            }

            long missed = _occupancy.ArrivalCount - _arrivalCount - 1;
            Count(Cell(TravelDirection.Unknown, SpeedClass.Unknown), missed);
            _arrivalCount = _occupancy.ArrivalCount;
            _isOpen = true;
            _openedMs = nowMs;
            _track.Clear();
            _closeMs = _occupancy.IsActive ? Wake.Never : nowMs + (_presence != null ? LateReportsMs : 0);
            if (_presence != null)
            {
                TakeReports();
            }
        }

        private void TakeReports()
        {
            _sampleCount = _presence!.SampleCount;
            if (!_isOpen)
            {
                return;
            }

            int count = _presence.ReportCount;
            int height = _settings.Traffic.SensorHeightCentimetres;
            long earliestMs = _openedMs - LateReportsMs;
            for (int i = 0; i < count; i++)
            {
                int centimetres = _presence.ReportMovingDistanceCentimetres(i);
                if (centimetres < 0)
                {
                    continue;
                }

                long atMs = _presence.ReportMs(i);
                if (atMs >= earliestMs)
                {
                    _track.Add(atMs, height == 0 ? centimetres : OnTheGround(centimetres, height));
                }
            }
        }

        /// <summary>The radar sits on the pole: what it says is the slant distance.</summary>
        private static int OnTheGround(int centimetres, int height)
        {
            long square = ((long)centimetres * centimetres) - ((long)height * height);
            return square > 0 ? (int)Math.Sqrt(square) : 0;
        }

        private void CloseTrack()
        {
            _closeMs = Wake.Never;
            _isOpen = false;
            _track.End();
            int speed = _track.SpeedCentimetresPerSecond;
            SpeedClass speedClass = SpeedClass.Unknown;
            if (speed > 0)
            {
                speedClass = speed < _settings.Traffic.CyclingFromCentimetresPerSecond
                    ? SpeedClass.Walking
                    : (speed < _settings.Traffic.DrivingFromCentimetresPerSecond ? SpeedClass.Cycling : SpeedClass.Driving);
            }

            Count(Cell(_track.Direction, speedClass), 1);
            _track.Clear();
            _openedMs = 0;
        }

        private void Count(int cell, long passages)
        {
            long count = _waiting[cell] + passages;
            _waiting[cell] = (ushort)(count < MaximumCount ? count : MaximumCount);
        }
    }
}
