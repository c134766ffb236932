// polectl program show: a file as it is, or the night that it makes at a place, as a chart in the terminal, as SVG or as a page.
using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using PoleController.Settings;
using PoleController.Time;
using Polectl.Cli;
using Provisioning.Files;
using Provisioning.Language;
using Provisioning.Problems;
using Provisioning.Programs;
using Provisioning.Programs.Night;
using Provisioning.Workspaces;
using SettingsFiles;

namespace Polectl.Commands;

/// <summary>The verb program show.</summary>
internal static class ProgramNight
{
    private const double Micro = 1_000_000;
    private const string MiddleOfGermany = "51.16,10.45";
    private static readonly DateOnly s_first = new(2000, 1, 2);
    private static readonly DateOnly s_last = new(2100, 12, 30);

    public static Command Create(CommandMaker make)
    {
        Argument<string?> name = new(make.Words["name.program"]) { Description = make.Words["argument.programOrFile"], Arity = ArgumentArity.ZeroOrOne };
        Option<int?> version = make.Number("version-number", 1, int.MaxValue);
        Option<string?> date = make.Text("date", "date");
        Option<string?> pole = new("--pole") { Description = make.Words["option.chosen-pole"], HelpName = make.Words["name.pole"] };
        Option<string?> place = make.Text("place", "latitudeLongitude");
        Option<string?> svg = make.Text("svg", "newFile");
        Option<string?> html = make.Text("html", "newFile");
        Option<bool> ascii = make.Flag("ascii");
        return make.Reading("program", "show", [name, version, date, pole, place, svg, html, ascii], run => run.Get(date) is { } day
            ? Night(run, ReadDate(day), run.Get(name), run.Get(pole), run.Get(place), (run.Get(svg), run.Get(html)), run.Get(ascii))
            : Show(run, run.Get(name), run.Get(version)));
    }

    /// <summary>The days of this year on which a file alone would leave light at noon, at a place or in the middle of Germany.</summary>
    public static IReadOnlyList<DayBurning> BurningOf(Run run, ProgramFile file, string? place)
    {
        if (file.Programs is null)
        {
            return [];
        }

        // Central European Time, where the file does not say another.
        ControllerSettings settings = new() { HasPosition = true, UtcOffsetMinutes = 60, DaylightSaving = (int)DaylightSavingRule.EuropeanUnion };
        (settings.LatitudeMicrodegrees, settings.LongitudeMicrodegrees) = ReadPlace(place ?? MiddleOfGermany);
        ProgramFileMapping.Apply(file, settings);
        return DayBurning.Find(settings, run.Surroundings.Time.GetUtcNow().Year);
    }

    private static Outcome Show(Run run, string? name, int? version)
    {
        if (name is null)
        {
            throw new ProblemException(new Problem("problem.program.noName") { Kind = ProblemKind.WrongUse });
        }

        using Workspace workspace = run.Open();
        return new Outcome { Raw = ProgramStore.Get(workspace, name, version).Content };
    }

    private static Outcome Night(Run run, DateOnly date, string? name, string? poleId, string? place, (string? Svg, string? Html) files, bool isAscii)
    {
        (ControllerSettings settings, IReadOnlyList<string> programNames) = SettingsOf(run, name, poleId, place);
        NightCourse night = NightCourse.Compute(settings, date);
        NightWords words = new(run.Words.Problems, programNames);
        Write(files.Svg, () => NightSvg.Draw(night, words));
        Write(files.Html, () => NightSvg.Page(night, words, run.Words.Language == TextLanguage.German ? "de" : "en"));
        return new Outcome
        {
            Lines = [.. NightText.Draw(night, words, isAscii || !TakesBlocks(run))],
            Result = ToJson(night, words),
        };
    }

    // UTF-8, UTF-16 and UTF-32; a console wraps its encoding, so the number tells.
    private static bool TakesBlocks(Run run) => run.Surroundings.Output.Encoding.CodePage is 65001 or 1200 or 1201 or 12000 or 12001;

    private static (ControllerSettings, IReadOnlyList<string>) SettingsOf(Run run, string? name, string? poleId, string? place)
    {
        ProgramFile? file = name is not null && File.Exists(name) ? ProgramFileReader.ReadFile(name) : null;
        (ControllerSettings settings, IReadOnlyList<string> names) = file is not null && poleId is null && !HasWorkspace(run) ? Alone(file) : Together(run, name, file, poleId);
        if (place is not null)
        {
            (settings.LatitudeMicrodegrees, settings.LongitudeMicrodegrees) = ReadPlace(place);
            settings.HasPosition = true;
        }

        return (settings, names);
    }

    // A file can be looked at before there is a workspace.
    private static bool HasWorkspace(Run run)
    {
        try
        {
            run.Open().Dispose();
            return true;
        }
        catch (ProblemException exception) when (exception.Problems[0].Key == "problem.workspace.none")
        {
            return false;
        }
    }

    private static (ControllerSettings, IReadOnlyList<string>) Alone(ProgramFile file)
    {
        ControllerSettings settings = new();
        ProgramFileMapping.Apply(file, settings);
        return (settings, [.. (file.Programs ?? []).Select(program => program.Name)]);
    }

    private static (ControllerSettings, IReadOnlyList<string>) Together(Run run, string? name, ProgramFile? file, string? poleId)
    {
        using Workspace workspace = run.Open();
        file ??= name is null ? null : ProgramFileReader.Read(Encoding.UTF8.GetBytes(ProgramStore.Get(workspace, name).Content), name);
        ControllerSettings settings = WantedView.Of(workspace, poleId, file, out IReadOnlyList<string> names);
        return (settings, names);
    }

    private static void Write(string? path, Func<string> text)
    {
        if (path is not null)
        {
            NewFile.Write(path, Encoding.UTF8.GetBytes(text()), isSecret: false);
        }
    }

    private static JsonObject ToJson(NightCourse night, NightWords words) => new()
    {
        ["date"] = night.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["begin"] = UtcText.Seconds(night.BeginUtcMs),
        ["end"] = UtcText.Seconds(night.EndUtcMs),
        ["program"] = words.Program(night.ProgramIndex),
        ["reason"] = SchemaWord.Of(night.Reason.Kind),
        ["reasonIndex"] = night.Reason.Index,
        ["isPublicHoliday"] = night.IsPublicHoliday,
        ["sun"] = night.Sun is { } sun
            ? new JsonObject { ["sunset"] = Sun(sun.Sunset), ["civilDusk"] = Sun(sun.CivilDusk), ["civilDawn"] = Sun(sun.CivilDawn), ["sunrise"] = Sun(sun.Sunrise) }
            : null,
        ["changes"] = new JsonArray([.. night.Changes.Select(change => (JsonNode)new JsonObject
        {
            ["at"] = UtcText.Seconds(change.AtUtcMs),
            ["local"] = night.Local(change.AtUtcMs).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture),
            ["levelPermille"] = change.LevelPermille,
            ["occupancyLevelPermille"] = change.OccupancyLevelPermille,
            ["fadeMs"] = change.FadeMs,
            ["cause"] = SchemaWord.Of(change.Cause),
            ["program"] = words.Program(change.ProgramIndex),
            ["point"] = change.PointIndex,
        })]),
    };

    private static JsonNode? Sun(SunEvent happening) => happening.Happens ? UtcText.Seconds(happening.AtUtcMs) : null;

    private static DateOnly ReadDate(string text) => Units.TryDate(text, out DateOnly date) && date >= s_first && date <= s_last
        ? date
        : throw new ProblemException(new Problem("problem.program.date") { Kind = ProblemKind.WrongUse, Field = "--date", Value = text });

    private static (int Latitude, int Longitude) ReadPlace(string text)
    {
        string[] parts = text.Split(',');
        bool isPlace = parts.Length == 2
            & double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out double latitude)
            & double.TryParse(parts.ElementAtOrDefault(1), NumberStyles.Float, CultureInfo.InvariantCulture, out double longitude);
        return isPlace && Math.Abs(latitude) <= 90 && Math.Abs(longitude) <= 180
            ? ((int)Math.Round(latitude * Micro), (int)Math.Round(longitude * Micro))
            : throw new ProblemException(new Problem("problem.program.place") { Kind = ProblemKind.WrongUse, Field = "--place", Value = text });
    }
}
