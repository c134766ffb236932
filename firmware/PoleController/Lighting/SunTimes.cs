// The sun's events of one lighting day at one place: sunset, civil dusk, civil dawn, sunrise. It does not know programs, nor local time.
using System;
using PoleController.Time;

namespace PoleController.Lighting
{
    /// <summary>
    /// The sun's events around the solar midnight of a lighting day, as UTC. The standard altitudes are those of Meeus, Astronomical
    /// Algorithms, 2nd edition, chapter 15, and of the US Naval Observatory: the centre of the sun 50 arc minutes below the horizon for sunrise and
    /// sunset (refraction 34', semidiameter 16'), 6 degrees for civil twilight. Declination and equation of time are interpolated between three
    /// positions twelve hours apart (Meeus chapter 3); the passage is found by halving.
    /// Each altitude and each half of the night is judged by itself. Polar night: the sun is at or below the altitude at solar noon; the
    /// evening's event is then at the beginning of the lighting day and the morning's at its end (or at solar noon where that lies
    /// outside), so that the night leaves no gap. Polar day: the sun is at or above the altitude at solar midnight; the event is then at
    /// solar midnight, so that the night has no length. Made once, computed in place.
    /// </summary>
    public sealed class SunTimes
    {
        /// <summary>A count of halvings that leaves 0.2 s of twelve hours, a tenth of what the position of the sun is good for.</summary>
        private const int Halvings = 18;

        private const double RadiansPerDegree = Math.PI / 180.0;
        private const double RadiansPerMicrodegree = RadiansPerDegree / 1000000.0;
        private const double HalfDayMs = 43200000.0;

        private readonly SolarPosition _position = new SolarPosition();
        private readonly double _sinSunriseAltitude = Math.Sin(-50.0 / 60.0 * RadiansPerDegree);
        private readonly double _sinCivilAltitude = Math.Sin(-6.0 * RadiansPerDegree);

        // Declination and equation of time as constant, slope and curvature over half days from the mean solar midnight.
        private double _declination;
        private double _declinationSlope;
        private double _declinationCurvature;
        private double _equation;
        private double _equationSlope;
        private double _equationCurvature;
        private double _sinLatitude;
        private double _cosLatitude;

        private long _meanMidnightUtcMs;
        private double _noonBefore;
        private double _midnight;
        private double _noonAfter;
        private SolarEvent _event;

        /// <summary>Sunset, UTC ms.</summary>
        public long SunsetUtcMs { get; private set; }

        /// <summary>Civil dusk, UTC ms; not before sunset.</summary>
        public long CivilDuskUtcMs { get; private set; }

        /// <summary>The sun's lower transit, UTC ms.</summary>
        public long SolarMidnightUtcMs { get; private set; }

        /// <summary>Civil dawn, UTC ms; not after sunrise.</summary>
        public long CivilDawnUtcMs { get; private set; }

        /// <summary>Sunrise, UTC ms.</summary>
        public long SunriseUtcMs { get; private set; }

        /// <summary>Whether the sun sets.</summary>
        public SolarEvent Sunset { get; private set; }

        /// <summary>Whether there is a civil dusk.</summary>
        public SolarEvent CivilDusk { get; private set; }

        /// <summary>Whether there is a civil dawn.</summary>
        public SolarEvent CivilDawn { get; private set; }

        /// <summary>Whether the sun rises.</summary>
        public SolarEvent Sunrise { get; private set; }

        /// <summary>Computes the events of the night whose mean solar midnight is nearest to the middle of the lighting day.</summary>
        /// <param name="beginUtcMs">Beginning of the lighting day, UTC ms, in the years 1900 to 2120.</param>
        /// <param name="endUtcMs">Its end, UTC ms.</param>
        /// <param name="latitudeMicrodegrees">North positive, -90,000,000 to 90,000,000.</param>
        /// <param name="longitudeMicrodegrees">East positive, -180,000,000 to 180,000,000.</param>
        public void Compute(long beginUtcMs, long endUtcMs, int latitudeMicrodegrees, int longitudeMicrodegrees)
        {
            // The mean sun moves a microdegree in 0.24 ms. The mean midnight is used to choose the night because it keeps to exactly 24 h:
            // with the true one, a pole whose offset is hours away from its longitude could skip a night.
            long longitudeMs = longitudeMicrodegrees * 24L / 100L;
            long middleMs = beginUtcMs + ((endUtcMs - beginUtcMs) / 2);
            long night = CivilDate.FloorDivide(middleMs + longitudeMs + (CivilDate.DayMs / 2), CivilDate.DayMs);
            _meanMidnightUtcMs = (night * CivilDate.DayMs) - longitudeMs;
            _sinLatitude = Math.Sin(latitudeMicrodegrees * RadiansPerMicrodegree);
            _cosLatitude = Math.Cos(latitudeMicrodegrees * RadiansPerMicrodegree);
            ComputeInterpolation();
            _noonBefore = Transit(-1.0);
            _midnight = Transit(0.0);
            _noonAfter = Transit(1.0);
            SolarMidnightUtcMs = ToUtcMs(_midnight);
            long noonBeforeUtcMs = ToUtcMs(_noonBefore);
            long firstUtcMs = noonBeforeUtcMs < beginUtcMs ? noonBeforeUtcMs : beginUtcMs;
            long noonAfterUtcMs = ToUtcMs(_noonAfter);
            long lastUtcMs = noonAfterUtcMs > endUtcMs ? noonAfterUtcMs : endUtcMs;

            SunsetUtcMs = Event(_noonBefore, _sinSunriseAltitude, firstUtcMs);
            Sunset = _event;
            CivilDuskUtcMs = Event(_noonBefore, _sinCivilAltitude, firstUtcMs);
            CivilDusk = _event;
            CivilDawnUtcMs = Event(_noonAfter, _sinCivilAltitude, lastUtcMs);
            CivilDawn = _event;
            SunriseUtcMs = Event(_noonAfter, _sinSunriseAltitude, lastUtcMs);
            Sunrise = _event;
        }

        private void ComputeInterpolation()
        {
            _position.Compute(_meanMidnightUtcMs - (long)HalfDayMs);
            double declinationBefore = _position.DeclinationRadians;
            double equationBefore = _position.EquationOfTimeRadians;
            _position.Compute(_meanMidnightUtcMs + (long)HalfDayMs);
            double declinationAfter = _position.DeclinationRadians;
            double equationAfter = _position.EquationOfTimeRadians;
            _position.Compute(_meanMidnightUtcMs);
            _declination = _position.DeclinationRadians;
            _declinationSlope = (declinationAfter - declinationBefore) / 2.0;
            _declinationCurvature = ((declinationAfter + declinationBefore) / 2.0) - _declination;
            _equation = _position.EquationOfTimeRadians;
            _equationSlope = (equationAfter - equationBefore) / 2.0;
            _equationCurvature = ((equationAfter + equationBefore) / 2.0) - _equation;
        }

        // The time of the transit at -1 (solar noon before), 0 (solar midnight), 1 (solar noon after). The equation of time changes by
        // less than 20 s in half a day, so two rounds leave microseconds.
        private double Transit(double transit)
        {
            double halfDays = transit;
            for (int i = 0; i < 3; i++)
            {
                halfDays = transit - (EquationOfTime(halfDays) / Math.PI);
            }

            return halfDays;
        }

        private double EquationOfTime(double halfDays)
        {
            return _equation + (halfDays * (_equationSlope + (halfDays * _equationCurvature)));
        }

        // Sine of the altitude, Meeus (13.6), with the hour angle counted from the lower transit.
        private double SinAltitude(double halfDays)
        {
            double declination = _declination + (halfDays * (_declinationSlope + (halfDays * _declinationCurvature)));
            double fromMidnight = (halfDays * Math.PI) + EquationOfTime(halfDays);
            return (_sinLatitude * Math.Sin(declination)) - (_cosLatitude * Math.Cos(declination) * Math.Cos(fromMidnight));
        }

        // Leaves in _event what it found.
        private long Event(double noon, double sinAltitude, long polarNightUtcMs)
        {
            if (SinAltitude(noon) <= sinAltitude)
            {
                _event = SolarEvent.StaysBelow;
                return polarNightUtcMs;
            }

            if (SinAltitude(_midnight) >= sinAltitude)
            {
                _event = SolarEvent.StaysAbove;
                return SolarMidnightUtcMs;
            }

            _event = SolarEvent.Passes;
            double above = noon;
            double below = _midnight;
            for (int i = 0; i < Halvings; i++)
            {
                double middle = (above + below) / 2.0;
                if (SinAltitude(middle) > sinAltitude)
                {
                    above = middle;
                }
                else
                {
                    below = middle;
                }
            }

            return ToUtcMs(below);
        }

        // Half days are between -1.1 and 1.1, far inside the range of a long.
        private long ToUtcMs(double halfDays)
        {
            return _meanMidnightUtcMs + (long)Math.Floor((halfDays * HalfDayMs) + 0.5);
        }
    }
}
