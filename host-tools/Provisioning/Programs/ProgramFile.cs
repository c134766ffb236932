// A program file: dimming programs, calendar, settings by section; whatever of these it has. Data only.
using System.Text.Json.Nodes;
using SettingsFiles;

namespace Provisioning.Programs;

/// <summary>What a program file says. What it does not speak of stays as another file or the controller has it.</summary>
public sealed record ProgramFile
{
    /// <summary>What the file is for; empty when it does not say.</summary>
    public string Description { get; init; } = "";

    /// <summary>The programs, four at most; null when the file speaks of none.</summary>
    public IReadOnlyList<DimmingProgram>? Programs { get; init; }

    /// <summary>Rules, exception days and public holidays.</summary>
    public CalendarPlan Calendar { get; init; } = new();

    /// <summary>Whether the file speaks of public holidays.</summary>
    public bool HasPublicHolidays { get; init; }

    /// <summary>The sections of the settings that it speaks of, by the names of the message schema: fields and values.</summary>
    public IReadOnlyList<SectionValues> Sections { get; init; } = [];

    /// <summary>Everything that the file decides, as paths: programs, calendar.publicHolidays, settings.SECTION.FIELD. Two files of one scope must not share any.</summary>
    public IReadOnlyList<string> Decides() =>
    [
        .. Programs is null ? Array.Empty<string>() : ["programs"],
        .. HasPublicHolidays ? ["calendar.publicHolidays"] : Array.Empty<string>(),
        .. Sections.SelectMany(section => section.Values.Select(pair => $"settings.{section.Section}.{pair.Key}")),
    ];
}

/// <summary>Values of a section.</summary>
/// <param name="Section">Name of the section.</param>
/// <param name="Values">Fields and values, as SectionEncoder takes them; not necessarily all fields.</param>
/// <param name="Line">Line of the file, from 1.</param>
public sealed record SectionValues(string Section, JsonObject Values, int Line);
