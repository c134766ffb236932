// The words of a night: why the light is as it is, in the reader's language. For text and picture alike.
using System.Globalization;
using PoleController.Lighting;
using Provisioning.Language;

namespace Provisioning.Programs.Night;

/// <summary>Says a night in words.</summary>
/// <param name="texts">The texts.</param>
/// <param name="programNames">Names of the programs, where they are known.</param>
public sealed class NightWords(TextCatalog texts, IReadOnlyList<string> programNames)
{
    private static readonly string[] s_weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    /// <summary>A text.</summary>
    public string this[string key] => texts["night." + key];

    /// <summary>A line that names the day, its program, and why the calendar chose it.</summary>
    public string Title(NightCourse night)
    {
        ArgumentNullException.ThrowIfNull(night);
        string weekday = texts["night.weekday." + s_weekdays[((int)night.Date.DayOfWeek + 6) % 7]];
        string holiday = night.IsPublicHoliday ? ", " + texts["night.publicHoliday"] : "";
        return texts.Format("night.title", weekday + " " + night.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + holiday, Program(night.ProgramIndex), Reason(night.Reason));
    }

    /// <summary>A line with the events of the sun.</summary>
    public string Sun(NightCourse night)
    {
        ArgumentNullException.ThrowIfNull(night);
        if (night.Sun is not { } sun)
        {
            return texts["night.noPosition"];
        }

        return string.Join(", ", SunOf(night, "sunset", sun.Sunset), SunOf(night, "civilDusk", sun.CivilDusk), SunOf(night, "civilDawn", sun.CivilDawn), SunOf(night, "sunrise", sun.Sunrise));
    }

    /// <summary>A program by name and number.</summary>
    public string Program(int index) => index < programNames.Count && programNames[index].Length > 0
        ? programNames[index]
        : texts.Format("night.program", (index + 1).ToString(CultureInfo.InvariantCulture));

    /// <summary>Why the light changes here.</summary>
    public string Why(NightCourse night, NightChange change)
    {
        ArgumentNullException.ThrowIfNull(night);
        ArgumentNullException.ThrowIfNull(change);
        string point = change.PointIndex < 0
            ? texts["night.builtIn"]
            : texts.Format("night.point", Program(change.ProgramIndex), (change.PointIndex + 1).ToString(CultureInfo.InvariantCulture), Reference(night, change));
        string cause = change.Cause is LevelCause.Program ? point : texts.Format("night.cause." + SchemaWord.Of(change.Cause), point);
        return change.OccupancyLevelPermille > change.LevelPermille ? texts.Format("night.ready", cause, Percent(change.OccupancyLevelPermille)) : cause;
    }

    /// <summary>A level in percent.</summary>
    public static string Percent(int permille) => (permille / 10.0).ToString("0.#", CultureInfo.InvariantCulture) + " %";

    private string Reference(NightCourse night, NightChange change)
    {
        LightingProgram program = night.Settings.Programs[change.ProgramIndex];
        SwitchingReference reference = (SwitchingReference)program.Reference[change.PointIndex];
        int minutes = program.OffsetMinutes[change.PointIndex];
        if (reference == SwitchingReference.Clock)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{minutes / 60:00}:{minutes % 60:00}");
        }

        string word = texts["night.sun." + SchemaWord.Of(reference)];
        return minutes == 0 ? word : string.Create(CultureInfo.InvariantCulture, $"{word} {(minutes < 0 ? '-' : '+')}{Math.Abs(minutes)} min");
    }

    private string Reason(CalendarReason reason) => reason.Kind switch
    {
        CalendarReasonKind.ExceptionDay => texts.Format("night.reason.exceptionDay", Number(reason.Index)),
        CalendarReasonKind.Rule => texts.Format("night.reason.rule", Number(reason.Index)),
        _ => texts["night.reason.first"],
    };

    private string SunOf(NightCourse night, string name, SunEvent sun) => texts["night.sun." + name] + " " + sun.Event switch
    {
        SolarEvent.Passes => night.Local(sun.AtUtcMs).ToString("HH:mm", CultureInfo.InvariantCulture),
        SolarEvent.StaysAbove => texts["night.staysAbove"],
        _ => texts["night.staysBelow"],
    };

    private static string Number(int index) => (index + 1).ToString(CultureInfo.InvariantCulture);
}
