// When it is night at a place: from civil dusk to civil dawn, with the controller's own computation of the sun.
using PoleController.Lighting;

namespace Provisioning.Reports;

/// <summary>Nights at places; places within a tenth of a degree have the same, which is 24 s of longitude.</summary>
internal sealed class NightHours
{
    private const long DayMs = 86_400_000;
    private const double MsPerDegree = DayMs / 360.0;

    private readonly SunTimes _sun = new();
    private readonly Dictionary<(int Latitude, int Longitude, long Day), (long DuskUtcMs, long DawnUtcMs)> _nights = [];

    /// <summary>How much of a time is night.</summary>
    public long NightMs(double latitude, double longitude, long fromUtcMs, long toUtcMs)
    {
        long night = 0;

        // A night belongs to the lighting day in which it begins: from noon to noon of the place's mean sun.
        for (long day = (fromUtcMs / DayMs) - 1; day <= toUtcMs / DayMs; day++)
        {
            (long dusk, long dawn) = Night((int)Math.Round(latitude * 10), (int)Math.Round(longitude * 10), day);
            night += Math.Max(0, Math.Min(dawn, toUtcMs) - Math.Max(dusk, fromUtcMs));
        }

        return night;
    }

    private (long DuskUtcMs, long DawnUtcMs) Night(int latitude, int longitude, long day)
    {
        if (!_nights.TryGetValue((latitude, longitude, day), out (long, long) night))
        {
            long noon = (day * DayMs) + (DayMs / 2) - (long)(longitude / 10.0 * MsPerDegree);
            _sun.Compute(noon, noon + DayMs, latitude * 100_000, longitude * 100_000);
            _nights[(latitude, longitude, day)] = night = (_sun.CivilDuskUtcMs, _sun.CivilDawnUtcMs);
        }

        return night;
    }
}
