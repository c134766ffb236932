// A bench around hardware/dimmer-stage/dimmer-stage.cir: what drives it, what hangs at its line, tolerances; run by ngspice. The PWM's frequency and steps
// are the board file's.
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using BoardFiles;
using RepositoryFiles;
using Xunit;

namespace DimmerStage.Tests;

/// <summary>Tolerances of the parts, each -1 (lowest), 0 or 1 (highest).</summary>
internal sealed record Tolerances(int Reference = 0, int Divider = 0, int Offset = 0, int Resistors = 0, int Capacitors = 0, int Threshold = 0)
{
    /// <summary>Every combination of the two ends.</summary>
    public static IEnumerable<Tolerances> Corners() =>
        Enumerable.Range(0, 64).Select(bits => new Tolerances(End(bits, 0), End(bits, 1), End(bits, 2), End(bits, 3), End(bits, 4), End(bits, 5)));

    private static int End(int bits, int index) => (bits >> index & 1) == 0 ? -1 : 1;
}

internal static partial class StageBench
{
    /// <summary>The least and the most that a gear sources (IEC 60929 Annex E.2), in amperes.</summary>
    public const double LeastGearAmperes = 10e-6;

    /// <summary>The most that a gear sources, in amperes.</summary>
    public const double MostGearAmperes = 2e-3;

    /// <summary>The line at full duty, by the parts' typical values: 2.5 V and (3.16 + 1) / 1.</summary>
    public const double FullVolts = 10.4;

    private const string Ngspice = "ngspice";

    private static readonly HardwareFolder s_folder = HardwareFolder.Read(RepositoryRoot.Folder);

    private static (Board Board, Chip Chip, PwmUse Pwm) Dimmer()
    {
        Board board = s_folder.Boards.Single(candidate => candidate.Name == "pole-controller-r2");
        PwmUse pwm = board.Signals.Single(signal => signal.Serves(ControllerPorts.Dimmer)).Pwm!;
        return (board, s_folder.Chips.Single(chip => chip.Name == board.Chip), pwm);
    }

    /// <summary>The PWM's period in seconds.</summary>
    public static double PeriodSeconds => 1.0 / Dimmer().Pwm.FrequencyHz;

    /// <summary>
    /// The duty cycle that the pin really has: the runtime keeps it in ten-thousandths, the chip in a power of two (nf-interpreter, System.Device.Pwm,
    /// CalculateDuty).
    /// </summary>
    public static double DutyFor(double volts)
    {
        (_, Chip chip, PwmUse pwm) = Dimmer();
        double steps = 1 << chip.PwmBitsAt(pwm.FrequencyHz);
        double wanted = Math.Round(Math.Min(volts / FullVolts, 1) * 10_000);
        return Math.Floor(steps * wanted / 10_000) / steps;
    }

    /// <summary>A PWM signal of a constant level.</summary>
    public static string Pwm(double volts) => FormattableString.Invariant($"PULSE(0 1 0 20n 20n {(DutyFor(volts) * PeriodSeconds) - 20e-9:E6} {PeriodSeconds:E6})");

    /// <summary>A gear: a current source whose line, left alone, goes to its open voltage.</summary>
    public static string Gear(double amperes, double openVolts = 11, string line = "line") =>
        FormattableString.Invariant($"Bgear 0 {line} I = min({amperes:E3},max(0,({openVolts}-V({line}))/200))");

    /// <summary>Runs ngspice on a bench and returns what it measured.</summary>
    /// <param name="tolerances">The parts.</param>
    /// <param name="bench">Sources, gear, control section.</param>
    /// <param name="supplyVolts">The stage's supply.</param>
    public static IReadOnlyDictionary<string, double> Run(Tolerances tolerances, string bench, double supplyVolts = 12)
    {
        string netlist = RepositoryRoot.PathOf("hardware", "dimmer-stage", "dimmer-stage.cir");
        string deck = FormattableString.Invariant($"""
            * Bench
            .param tolReference={tolerances.Reference} tolDivider={tolerances.Divider} tolOffset={tolerances.Offset}
            .param tolResistors={tolerances.Resistors} tolCapacitors={tolerances.Capacitors} tolThreshold={tolerances.Threshold}
            .include {netlist}
            Vcc vcc 0 {supplyVolts}
            {bench}
            .end

            """);
        string output = RunNgspice(deck);
        Dictionary<string, double> values = [];
        foreach (Match match in Measured().Matches(output))
        {
            values[match.Groups[1].Value] = double.Parse(match.Groups[2].Value, NumberStyles.Float, CultureInfo.InvariantCulture);
        }

        Assert.True(values.Count > 0, output);
        return values;
    }

    private static string RunNgspice(string deck)
    {
        string path = Path.Combine(Path.GetTempPath(), "stage-" + Guid.NewGuid().ToString("N") + ".cir");
        File.WriteAllText(path, deck);
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(Ngspice, ["-b", path]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return output + errors.Result;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("ngspice is not installed.");
            throw;
        }
        finally
        {
            File.Delete(path);
        }
    }

    [GeneratedRegex(@"^(\w[\w()]*)\s*=\s*([-+\d.eE]+)", RegexOptions.Multiline)]
    private static partial Regex Measured();
}
