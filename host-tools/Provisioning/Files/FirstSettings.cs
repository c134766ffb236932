// The settings that a controller begins with: where it hangs, its local time, what its luminaire draws, and what the assigned program files say. Everything else has
// the controller's defaults.
using PoleController.Settings;
using PoleController.Time;
using Provisioning.Poles;
using Provisioning.Problems;
using Provisioning.Programs;

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
    /// <param name="time">Local time, where no program file says it; null when none is told.</param>
    /// <param name="wanted">What the pole should have by the program files that are assigned to it; null for none.</param>
    /// <exception cref="ProblemException">Nobody says what local time is.</exception>
    public static ControllerSettings Make(Pole? pole, CityTime? time, PoleSettings? wanted)
    {
        ControllerSettings settings = wanted?.Settings ?? new ControllerSettings();
        settings.Revision = FirstRevision;
        if (wanted is null or { HasLocalTime: false })
        {
            CityTime told = time ?? throw new ProblemException(new Problem("problem.provisioning.noTime") { Kind = ProblemKind.WrongUse, Field = "--utc-offset", Value = pole?.Id ?? "" });
            settings.UtcOffsetMinutes = told.UtcOffsetMinutes;
            settings.DaylightSaving = (int)told.DaylightSaving;
        }

        if (pole is not null)
        {
            FillPole(settings, pole);
        }

        return settings;
    }

    /// <summary>Fills what is the pole's own: its position, and its power where that is known.</summary>
    public static void FillPole(ControllerSettings settings, Pole pole)
    {
        settings.HasPosition = true;
        settings.LatitudeMicrodegrees = Microdegrees(pole.Latitude);
        settings.LongitudeMicrodegrees = Microdegrees(pole.Longitude);
        if (pole.FullPowerWatts is not null)
        {
            settings.LuminaireFullPowerMilliwatts = Milliwatts(pole);
        }
    }

    public static int Microdegrees(double degrees) => (int)Math.Round(degrees * Micro);

    public static int Milliwatts(Pole pole) => (int)Math.Round((pole.FullPowerWatts ?? 0) * Milli);
}
