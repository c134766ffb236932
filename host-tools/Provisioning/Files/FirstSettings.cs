// The settings that a controller begins with: where it hangs, its local time, what its luminaire draws. Everything else has the controller's defaults.
using PoleController.Settings;
using PoleController.Time;
using Provisioning.Poles;

namespace Provisioning.Files;

/// <summary>Local time of a city.</summary>
/// <param name="UtcOffsetMinutes">Standard time's offset from UTC in minutes, -720 to 840.</param>
/// <param name="DaylightSaving">The rule of summer time.</param>
public sealed record CityTime(int UtcOffsetMinutes, DaylightSavingRule DaylightSaving);

/// <summary>First settings.</summary>
internal static class FirstSettings
{
    private const int FirstRevision = 1;
    private const double Micro = 1_000_000;
    private const double Milli = 1_000;

    /// <summary>Makes them.</summary>
    /// <param name="pole">The pole; null for a spare, which gets its position when it is mounted.</param>
    /// <param name="time">Local time.</param>
    public static ControllerSettings Make(Pole? pole, CityTime time)
    {
        ControllerSettings settings = new() { Revision = FirstRevision, UtcOffsetMinutes = time.UtcOffsetMinutes, DaylightSaving = (int)time.DaylightSaving };
        if (pole is not null)
        {
            settings.HasPosition = true;
            settings.LatitudeMicrodegrees = Microdegrees(pole.Latitude);
            settings.LongitudeMicrodegrees = Microdegrees(pole.Longitude);
            settings.LuminaireFullPowerMilliwatts = Milliwatts(pole);
        }

        return settings;
    }

    public static int Microdegrees(double degrees) => (int)Math.Round(degrees * Micro);

    public static int Milliwatts(Pole pole) => (int)Math.Round((pole.FullPowerWatts ?? 0) * Milli);
}
