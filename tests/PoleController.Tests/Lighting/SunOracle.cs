// The sun for the schedule's oracle, made another way than the controller's: the altitude of every minute of a year from the
// Astronomical Almanac's low-precision coordinates (section C, "Low precision formulas for the Sun", 0.01 degree) and Greenwich
// mean sidereal time; events are looked for in these minutes.
using PoleController.Lighting;

namespace PoleController.Tests.Lighting;

/// <summary>The altitude of the sun at one place, every minute of a year and two days before and after.</summary>
internal sealed class SunOracle
{
    private const long MinuteMs = 60000;
    private const int MarginMinutes = 2 * 1440;

    private readonly long _firstUtcMs;
    private readonly double[] _altitude;

    public SunOracle(double latitude, double longitude, int year)
    {
        _firstUtcMs = new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() - (MarginMinutes * MinuteMs);
        _altitude = new double[(366 * 1440) + (2 * MarginMinutes)];
        for (int i = 0; i < _altitude.Length; i++)
        {
            _altitude[i] = Altitude(_firstUtcMs + (i * MinuteMs), latitude, longitude);
        }
    }

    public static double ReferenceAltitude(SwitchingReference reference)
    {
        return reference is SwitchingReference.CivilDusk or SwitchingReference.CivilDawn ? -6 : -50 / 60.0;
    }

    public double AltitudeAt(long utcMs)
    {
        double minutes = (utcMs - _firstUtcMs) / (double)MinuteMs;
        int minute = Math.Clamp((int)minutes, 0, _altitude.Length - 2);
        return _altitude[minute] + ((minutes - minute) * (_altitude[minute + 1] - _altitude[minute]));
    }

    /// <summary>
    /// The event of a lighting day, with the answers for polar days and nights that the controller documents; whether it is the solar midnight
    /// of a polar day, which is found to the minute or so only.
    /// </summary>
    public (long UtcMs, bool IsPolarDay) Event(SwitchingReference reference, long beginUtcMs, long endUtcMs)
    {
        double altitude = ReferenceAltitude(reference);
        bool isEvening = reference is SwitchingReference.Sunset or SwitchingReference.CivilDusk;
        int middle = Minute((beginUtcMs + endUtcMs) / 2);
        int midnight = Enumerable.Range(middle - 600, 1200).MinBy(minute => _altitude[minute]);
        int step = isEvening ? -1 : 1;
        int noon = Enumerable.Range(0, 800).Select(i => midnight + (step * i)).MaxBy(minute => _altitude[minute]);
        if (_altitude[noon] <= altitude)
        {
            return (isEvening ? beginUtcMs : endUtcMs, false);
        }

        if (_altitude[midnight] >= altitude)
        {
            return (_firstUtcMs + (midnight * MinuteMs), true);
        }

        int before = midnight;
        while (_altitude[before + step] < altitude)
        {
            before += step;
        }

        double part = (altitude - _altitude[before]) / (_altitude[before + step] - _altitude[before]);
        return (_firstUtcMs + (before * MinuteMs) + (long)(step * part * MinuteMs), false);
    }

    private static double Altitude(long utcMs, double latitude, double longitude)
    {
        double days = (utcMs - 946728000000) / 86400000.0;
        double anomaly = Radians(357.528 + (0.9856003 * days));
        double ecliptic = Radians(280.460 + (0.9856474 * days) + (1.915 * Math.Sin(anomaly)) + (0.020 * Math.Sin(2 * anomaly)));
        double obliquity = Radians(23.439 - (0.0000004 * days));
        double rightAscension = Math.Atan2(Math.Cos(obliquity) * Math.Sin(ecliptic), Math.Cos(ecliptic));
        double declination = Math.Asin(Math.Sin(obliquity) * Math.Sin(ecliptic));
        double hourAngle = Radians(280.46061837 + (360.98564736629 * days) + longitude) - rightAscension;
        double sine = (Math.Sin(Radians(latitude)) * Math.Sin(declination))
            + (Math.Cos(Radians(latitude)) * Math.Cos(declination) * Math.Cos(hourAngle));
        return Math.Asin(Math.Clamp(sine, -1, 1)) * 180 / Math.PI;
    }

    private static double Radians(double degrees)
    {
        return degrees * Math.PI / 180;
    }

    private int Minute(long utcMs)
    {
        return (int)((utcMs - _firstUtcMs) / MinuteMs);
    }
}
