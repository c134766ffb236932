// polesim fit-path-loss: from somebody's own measurements to the radio keys of a scenario.
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;
using Simulation.Calibration;
using Simulation.Scenarios;

namespace Polesim.Commands;

/// <summary>Fits the path-loss model to measurements.</summary>
internal static class FitPathLossCommand
{
    private const double DefaultPowerDbm = 14;
    private const int MaximumListedLinks = 40;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private static readonly string[] Examples =
    [
        "polesim fit-path-loss measurements.csv               columns distance (m) and rssi (dBm); node, snr (dB), power (dBm EIRP) if there are",
        "polesim fit-path-loss survey.csv --distance-column gw_distance --rssi-column RSSI --node-column dev_eui --power-dbm 16",
    ];

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Argument<string> file = new("FILE.csv") { Description = "Measurements: a header row, and a row for each received frame or mean of frames." };
        Option<string> distance = NameOption("--distance-column", "Column with the distance in metres.", "distance");
        Option<string> rssi = NameOption("--rssi-column", "Column with the RSSI in dBm; rows where it is empty are counted and left out.", "rssi");
        Option<string?> node = new("--node-column") { Description = "Column that names the link; usually 'node'. A link counts once. Without it every row is a link.", HelpName = "NAME" };
        Option<string?> snr = new("--snr-column") { Description = "Column with the SNR in decibels, by which noise is taken off the RSSI; usually 'snr'.", HelpName = "NAME" };
        Option<string?> power = new("--power-column") { Description = "Column with the radiated power (EIRP) in dBm; usually 'power'.", HelpName = "NAME" };
        Option<double?> powerDbm = NumberOption("--power-dbm", "Radiated power (EIRP) where the file does not say it; 14 dBm when left out.", -50, 60);
        Option<double?> exponent = NumberOption("--exponent", "Keep this path-loss exponent and fit the loss at one metre alone.", 1, 8);
        Option<string?> json = new("--json") { Description = "Also write the fit to this file.", HelpName = "FILE" };
        ExampleCommand command = new(
            "fit-path-loss",
            "Fits the path-loss model to measured signal strengths: exponent, loss at one metre, shadowing, fading, and the scenario's keys for them.",
            Examples)
        {
            file, distance, rssi, node, snr, power, powerDbm, exponent, json,
        };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(file),
            new MeasurementColumns
            {
                Distance = parsed.GetRequiredValue(distance),
                Rssi = parsed.GetRequiredValue(rssi),
                Node = parsed.GetValue(node),
                Snr = parsed.GetValue(snr),
                Power = parsed.GetValue(power),
            },
            parsed.GetValue(powerDbm) ?? DefaultPowerDbm,
            parsed.GetValue(exponent),
            parsed.GetValue(json)));
        return command;
    }

    private static int Run(string path, MeasurementColumns columns, double powerDbm, double? exponent, string? jsonPath)
    {
        try
        {
            MeasurementSet set = MeasurementFile.Read(path, columns, powerDbm);
            PathLossFit fit = PathLossFit.Of(set.Measurements, exponent);
            if (jsonPath is not null)
            {
                File.WriteAllText(jsonPath, JsonSerializer.Serialize(fit, Indented) + "\n");
            }

            Print(set, fit, exponent is not null);
            return ExitCode.Done;
        }
        catch (ScenarioException wrong)
        {
            foreach (ScenarioProblem problem in wrong.Problems)
            {
                Console.Error.WriteLine("polesim: " + problem);
            }
        }
        catch (ArgumentException wrong) when (wrong.ParamName == "measurements")
        {
            string reason = wrong.Message.Split(" (Parameter", 2)[0];
            Console.Error.WriteLine($"polesim: {path}: {reason}. Measure at more places of different distance, or keep an exponent with --exponent.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException { ParamName: "path" })
        {
            Console.Error.WriteLine($"polesim: --json '{jsonPath}' cannot be written: {failure.Message} Choose another file.");
        }

        return ExitCode.WrongUse;
    }

    private static void Print(MeasurementSet set, PathLossFit fit, bool isExponentGiven)
    {
        RadioModel usual = new();
        PrintLine($"measurements  {fit.MeasurementCount:#,0} on {fit.Links.Count:#,0} links, {fit.Links[0].DistanceMetres:0.#} to {fit.Links[^1].DistanceMetres:0.#} m; {set.RowsWithoutRssi:#,0} rows without RSSI left out");
        string exponentError = isExponentGiven ? "as given" : string.Create(CultureInfo.InvariantCulture, $"+- {fit.PathLossExponentError:0.00}");
        PrintLine($"exponent      {fit.PathLossExponent:0.00} {exponentError} (standard error)");
        PrintLine($"loss at 1 m   {fit.LossAtOneMetreDecibel:0.0} dB +- {fit.LossAtOneMetreErrorDecibel:0.0}");
        PrintLine($"shadowing     {fit.ShadowingDecibel:0.0} dB from link to link");
        PrintLine($"fading        {(fit.FadingDecibel is double fading ? fading.ToString("0.0", CultureInfo.InvariantCulture) + " dB on a link" : "not known: no link was measured twice")}");
        PrintLine($"off by        {fit.ErrorOf(fit.PathLossExponent, fit.LossAtOneMetreDecibel):0.0} dB (root mean square); a scenario's defaults ({usual.PathLossExponent}, {usual.LossAtOneMetreDecibel} dB): {fit.ErrorOf(usual.PathLossExponent, usual.LossAtOneMetreDecibel):0.0} dB");
        PrintLinks(fit);
        PrintKeys(fit);
    }

    // With names of nodes the table says which of them to look at; rows that are each a link of their own would only be the file again.
    private static void PrintLinks(PathLossFit fit)
    {
        Console.WriteLine();
        Console.WriteLine("link                  distance m  measurements  measured dBm  modelled dBm  residual dB  deviation dB");
        foreach (FittedLink link in fit.Links.Take(MaximumListedLinks))
        {
            PrintLine($"{Printable(link.Link),-20}  {link.DistanceMetres,10:0.0}  {link.MeasurementCount,12:#,0}  {link.MeasuredDbm,12:0.0}  {link.ModelledDbm,12:0.0}  {link.ResidualDecibel,11:+0.0;-0.0;0.0}  {link.DeviationDecibel,12:0.0}");
        }

        if (fit.Links.Count > MaximumListedLinks)
        {
            PrintLine($"{fit.Links.Count - MaximumListedLinks:#,0} more links; --json FILE has them all");
        }
    }

    private static void PrintKeys(PathLossFit fit)
    {
        Console.WriteLine();
        Console.WriteLine("# For a scenario file:");
        Console.WriteLine("radio:");
        PrintKey("pathLossExponent", Math.Round(fit.PathLossExponent, 2), 1.5, 6);
        PrintKey("lossAtOneMetreDecibel", Math.Round(fit.LossAtOneMetreDecibel, 1), 20, 130);
        PrintKey("shadowingDecibel", Math.Round(fit.ShadowingDecibel, 1), 0, 15);
        if (fit.FadingDecibel is double fading)
        {
            PrintKey("fadingDecibel", Math.Round(fading, 1), 0, 10);
        }
    }

    // What a scenario would refuse is printed as a remark, so that what is pasted works.
    private static void PrintKey(string key, double value, double minimum, double maximum)
    {
        bool isPossible = value >= minimum && value <= maximum;
        PrintLine($"  {(isPossible ? "" : "# ")}{key}: {value}{(isPossible ? "" : "   # a scenario takes ")}{(isPossible ? "" : string.Create(CultureInfo.InvariantCulture, $"{minimum} to {maximum}: too few or too odd measurements?"))}");
    }

    private static string Printable(string text)
    {
        string printable = new([.. text.Select(character => char.IsControl(character) ? '?' : character)]);
        return printable.Length <= 20 ? printable : printable[..17] + "...";
    }

    private static Option<string> NameOption(string name, string description, string fallback) =>
        new(name) { Description = description, HelpName = "NAME", DefaultValueFactory = _ => fallback };

    private static Option<double?> NumberOption(string name, string description, double minimum, double maximum) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => ParseNumber(result, name, minimum, maximum),
    };

    private static double? ParseNumber(ArgumentResult result, string name, double minimum, double maximum)
    {
        string text = result.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= minimum && value <= maximum)
        {
            return value;
        }

        result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} '{text}' is not possible. Write a number from {minimum} to {maximum}."));
        return null;
    }

    private static void PrintLine(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
