// A night as a picture: SVG, alone or in a page with the list of changes.
using System.Globalization;
using System.Net;
using System.Text;

namespace Provisioning.Programs.Night;

/// <summary>Draws SVG.</summary>
public static class NightSvg
{
    private const int Width = 960;
    private const int Height = 424;
    private const int Left = 56;
    private const int Right = 16;
    private const int Top = 64;
    private const int Bottom = 80;
    private const int PlotWidth = Width - Left - Right;
    private const int PlotHeight = Height - Top - Bottom;
    private const long HourMs = 3_600_000;

    /// <summary>Draws a night.</summary>
    public static string Draw(NightCourse night, NightWords words)
    {
        ArgumentNullException.ThrowIfNull(night);
        ArgumentNullException.ThrowIfNull(words);
        StringBuilder svg = new();
        Add(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" height=\"{Height}\" font-family=\"sans-serif\" font-size=\"12\" role=\"img\">");
        Add(svg, $"<title>{Text(words.Title(night))}</title><rect width=\"{Width}\" height=\"{Height}\" fill=\"#ffffff\"/>");
        Add(svg, $"<text x=\"{Left}\" y=\"22\" font-size=\"15\" font-weight=\"bold\" fill=\"#1c2430\">{Text(words.Title(night))}</text>");
        Add(svg, $"<text x=\"{Left}\" y=\"42\" fill=\"#46505e\">{Text(words.Sun(night))}</text>");
        Sky(svg, night);
        Grid(svg, night);
        Add(svg, $"<path d=\"{Outline(night, change => Math.Max(change.LevelPermille, change.OccupancyLevelPermille))}\" fill=\"#f2a900\" fill-opacity=\"0.25\" stroke=\"none\"/>");
        Add(svg, $"<path d=\"{Outline(night, change => change.LevelPermille)}\" fill=\"#f2a900\" fill-opacity=\"0.85\" stroke=\"#8a5a00\" stroke-width=\"1.5\"/>");
        Marks(svg, night, words);
        Legend(svg, words);
        return svg.Append("</svg>\n").ToString();
    }

    /// <summary>A page with the picture and the list of changes; it needs no network.</summary>
    public static string Page(NightCourse night, NightWords words, string language)
    {
        ArgumentNullException.ThrowIfNull(night);
        ArgumentNullException.ThrowIfNull(words);
        StringBuilder page = new();
        page.Append("<!doctype html>\n<html lang=\"").Append(language).Append("\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>")
            .Append(Text(words.Title(night))).Append("</title>\n<style>body{font:15px/1.5 sans-serif;margin:24px;color:#1c2430}svg{max-width:100%;height:auto}"
                + "table{border-collapse:collapse}th,td{text-align:left;padding:4px 16px 4px 0;border-bottom:1px solid #d5dae1;vertical-align:top}td.n{text-align:right}</style></head><body>\n");
        page.Append(Draw(night, words)).Append("<table><thead><tr><th>").Append(Text(words["time"])).Append("</th><th>").Append(Text(words["level"])).Append("</th><th>")
            .Append(Text(words["why"])).Append("</th></tr></thead><tbody>\n");
        foreach (NightChange change in night.Changes)
        {
            Add(page, $"<tr><td>{night.Local(change.AtUtcMs):HH:mm:ss}</td><td class=\"n\">{NightWords.Percent(change.LevelPermille)}</td><td>{Text(words.Why(night, change))}</td></tr>\n");
        }

        return page.Append("</tbody></table></body></html>\n").ToString();
    }

    private static void Sky(StringBuilder svg, NightCourse night)
    {
        Add(svg, $"<rect x=\"{Left}\" y=\"{Top}\" width=\"{PlotWidth}\" height=\"{PlotHeight}\" fill=\"{(IsDark(night) ? "#c9d2e3" : "#f4f7fb")}\"/>");
        if (night.Sun is { Sunset.Happens: true, Sunrise.Happens: true } sun)
        {
            double from = X(night, sun.Sunset.AtUtcMs);
            Add(svg, $"<rect x=\"{from:0.#}\" y=\"{Top}\" width=\"{X(night, sun.Sunrise.AtUtcMs) - from:0.#}\" height=\"{PlotHeight}\" fill=\"#dfe5f0\"/>");
        }

        if (night.Sun is { CivilDusk.Happens: true, CivilDawn.Happens: true } twilight)
        {
            double from = X(night, twilight.CivilDusk.AtUtcMs);
            Add(svg, $"<rect x=\"{from:0.#}\" y=\"{Top}\" width=\"{X(night, twilight.CivilDawn.AtUtcMs) - from:0.#}\" height=\"{PlotHeight}\" fill=\"#c9d2e3\"/>");
        }
    }

    // Polar night: the sun never comes to civil twilight.
    private static bool IsDark(NightCourse night) => night.Sun is { CivilDusk.Event: PoleController.Lighting.SolarEvent.StaysBelow };

    private static void Grid(StringBuilder svg, NightCourse night)
    {
        for (int percent = 0; percent <= 100; percent += 20)
        {
            double y = Y(percent * 10);
            Add(svg, $"<line x1=\"{Left}\" y1=\"{y:0.#}\" x2=\"{Width - Right}\" y2=\"{y:0.#}\" stroke=\"#b7c0cc\" stroke-width=\"0.5\"/>");
            Add(svg, $"<text x=\"{Left - 8}\" y=\"{y + 4:0.#}\" text-anchor=\"end\" fill=\"#46505e\">{percent} %</text>");
        }

        for (long utcMs = night.BeginUtcMs; utcMs <= night.EndUtcMs; utcMs += HourMs)
        {
            double x = X(night, utcMs);
            Add(svg, $"<line x1=\"{x:0.#}\" y1=\"{Top + PlotHeight}\" x2=\"{x:0.#}\" y2=\"{Top + PlotHeight + 5}\" stroke=\"#46505e\"/>");
            if ((utcMs - night.BeginUtcMs) / HourMs % 2 == 0)
            {
                Add(svg, $"<text x=\"{x:0.#}\" y=\"{Top + PlotHeight + 19}\" text-anchor=\"middle\" fill=\"#46505e\">{night.Local(utcMs):HH}</text>");
            }
        }
    }

    private static void Marks(StringBuilder svg, NightCourse night, NightWords words)
    {
        if (night.Sun is not { } sun)
        {
            return;
        }

        foreach ((SunEvent happening, string key) in ((SunEvent, string)[])[(sun.Sunset, "markSunset"), (sun.CivilDusk, "markDusk"), (sun.CivilDawn, "markDawn"), (sun.Sunrise, "markSunrise")])
        {
            if (happening.Happens)
            {
                double x = X(night, happening.AtUtcMs);
                Add(svg, $"<line x1=\"{x:0.#}\" y1=\"{Top - 4}\" x2=\"{x:0.#}\" y2=\"{Top + PlotHeight}\" stroke=\"#46505e\" stroke-dasharray=\"3 3\"/>");
                Add(svg, $"<text x=\"{x:0.#}\" y=\"{Top - 7}\" text-anchor=\"middle\" fill=\"#46505e\">{Text(words[key])}</text>");
            }
        }
    }

    private static void Legend(StringBuilder svg, NightWords words)
    {
        const int Y = Height - 38;
        Add(svg, $"<rect x=\"{Left}\" y=\"{Y - 10}\" width=\"14\" height=\"10\" fill=\"#f2a900\" fill-opacity=\"0.85\" stroke=\"#8a5a00\"/><text x=\"{Left + 20}\" y=\"{Y}\" fill=\"#1c2430\">{Text(words["nobody"])}</text>");
        Add(svg, $"<rect x=\"{Left + 230}\" y=\"{Y - 10}\" width=\"14\" height=\"10\" fill=\"#f2a900\" fill-opacity=\"0.25\"/><text x=\"{Left + 250}\" y=\"{Y}\" fill=\"#1c2430\">{Text(words["somebody"])}</text>");
        Add(svg, $"<text x=\"{Left}\" y=\"{Y + 24}\" fill=\"#46505e\">{Text(words["marks"])}</text>");
    }

    // Steps with the fade as a slope.
    private static string Outline(NightCourse night, Func<NightChange, int> level)
    {
        StringBuilder path = new();
        Add(path, $"M{Left},{Y(0):0.#}");
        int before = level(night.Changes[0]);
        Add(path, $" L{Left},{Y(before):0.#}");
        for (int i = 1; i < night.Changes.Count; i++)
        {
            NightChange change = night.Changes[i];
            long next = i + 1 < night.Changes.Count ? night.Changes[i + 1].AtUtcMs : night.EndUtcMs;
            Add(path, $" L{X(night, change.AtUtcMs):0.#},{Y(before):0.#}");
            before = level(change);
            Add(path, $" L{X(night, Math.Min(change.AtUtcMs + change.FadeMs, next)):0.#},{Y(before):0.#}");
        }

        Add(path, $" L{Width - Right},{Y(before):0.#} L{Width - Right},{Y(0):0.#} Z");
        return path.ToString();
    }

    private static double X(NightCourse night, long utcMs) => Left + (PlotWidth * (double)(utcMs - night.BeginUtcMs) / (night.EndUtcMs - night.BeginUtcMs));

    private static double Y(int permille) => Top + (PlotHeight * (1 - (permille / 1000.0)));

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static void Add(StringBuilder text, FormattableString part) => text.Append(part.ToString(CultureInfo.InvariantCulture));
}
