// polesim bench lorawan: the workload by which LoRaWAN simulators are compared. How much of it arrives, why the rest does not, how fast it runs,
// and how much memory it takes.
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Simulation.Reference;

namespace Polesim.Commands;

/// <summary>Measures the reference workload.</summary>
internal static class LoRaWanBenchCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private static readonly string[] Examples =
    [
        "polesim bench lorawan                                10,000 devices for 24 hours on one core",
        "polesim bench lorawan --devices 1000 --json lorawan.json",
    ];

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Option<int> devices = WholeNumberOption.Create("--devices", "End devices.", 1, 1_000_000, 10_000);
        Option<int> hours = WholeNumberOption.Create("--hours", "Simulated hours.", 1, 24 * 31, 24);
        Option<int> seed = WholeNumberOption.Create("--seed", "Seed of places, phases, keys and channels.", 0, int.MaxValue, 1);
        Option<string?> json = new("--json") { Description = "Also write the numbers to this file.", HelpName = "FILE" };
        ExampleCommand command = new(
            "lorawan",
            "Measures LoRaWAN alone, on the workload that ns-3 was measured with: delivery, losses by cause, speed, memory.",
            Examples)
        {
            devices, hours, seed, json,
        };
        command.SetAction(parsed => Run(
            new ReferenceWorkload { DeviceCount = parsed.GetValue(devices), Hours = parsed.GetValue(hours), Seed = parsed.GetValue(seed) },
            parsed.GetValue(json)));
        return command;
    }

    private static int Run(ReferenceWorkload workload, string? jsonPath)
    {
        try
        {
            // Opened first, so that a file that cannot be written is found before the measurement and not after it.
            using FileStream? json = jsonPath is null ? null : File.Create(jsonPath);
            LoRaWanBenchResult result = Measure(workload);
            if (json is not null)
            {
                JsonSerializer.Serialize(json, result, Indented);
                json.WriteByte((byte)'\n');
            }

            return Judge(result);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException { ParamName: "path" })
        {
            Console.Error.WriteLine($"polesim: --json '{jsonPath}' cannot be written: {failure.Message} Choose another file.");
            return ExitCode.WrongUse;
        }
    }

    private static LoRaWanBenchResult Measure(ReferenceWorkload workload)
    {
        string description = LoRaWanBench.Describe(workload);
        Console.WriteLine("workload      " + description);
        double? ns3Percent = workload.Hours == 24 ? Ns3Result.For(workload.DeviceCount)?.DeliveryPercent : null;
        LoRaWanBenchRun[] runs = [Measure(workload, ns3Percent), Measure(workload with { IsAdaptiveDataRate = true }, null)];
        double slower = runs.Min(run => run.DeviceSecondsPerSecond);
        double peakMegabytes = LoRaWanBench.PeakMemoryMegabytes();
        (double encode, double parse) = LoRaWanBench.MeasureFrames();
        PrintLine($"frames        {encode:#,0} built, encrypted and signed a second; {parse:#,0} parsed, checked and decrypted a second");
        PrintLine($"memory        {peakMegabytes:0} MB at most");
        PrintLine($"speed         {slower:#,0} device-seconds per second, the slower run");
        return new LoRaWanBenchResult
        {
            Devices = workload.DeviceCount,
            SimulatedHours = workload.Hours,
            Seed = workload.Seed,
            Workload = description,
            DeliveryPercent = runs[0].DeliveryPercent,
            Ns3DeliveryPercent = ns3Percent is double percent ? Math.Round(percent, 3) : null,
            Losses = runs[0].Losses,
            LossPercent = runs[0].LossPercent,
            DeviceSecondsPerSecond = slower,
            PeakMemoryMegabytes = peakMegabytes,
            EncodeFramesPerSecond = encode,
            ParseFramesPerSecond = parse,
            Runs = runs,
        };
    }

    private static LoRaWanBenchRun Measure(ReferenceWorkload workload, double? ns3Percent)
    {
        LoRaWanBenchRun run = LoRaWanBench.Run(workload);
        Console.WriteLine(workload.IsAdaptiveDataRate
            ? "ADR           data rate and power by the network server, which answers through the gateway"
            : "fixed rates   data rates as given, the gateway transmits nothing: what ns-3 was measured with");
        PrintLine($"  delivery    {run.DeliveryPercent:0.00} %: {run.DeliveredFrames:#,0} of {run.SentFrames:#,0} uplinks{Compared(ns3Percent)}");
        Console.WriteLine("  lost to     " + string.Join(", ", run.LossPercent.Where(loss => run.Losses[loss.Key] > 0).Select(loss =>
            string.Create(CultureInfo.InvariantCulture, $"{loss.Key} {loss.Value:0.00} % ({run.Losses[loss.Key]:#,0})"))));
        PrintLine($"  downlinks   {run.Downlinks:#,0}, LinkADRReq in {run.LinkAdrRequests:#,0}");
        Console.WriteLine("  devices at  " + string.Join(", ", run.DevicesBySpreadingFactor.Select(at =>
            string.Create(CultureInfo.InvariantCulture, $"{at.Key} {at.Value:#,0}"))));
        PrintLine($"  time        {run.WallSeconds:0.00} s ({run.ProcessorSeconds:0.00} s of processor time, {run.MicrosecondsPerFrame:0.0} us an uplink)");
        PrintLine($"  speed       {run.DeviceSecondsPerSecond:#,0} device-seconds per second");
        return run;
    }

    // A bench of a channel that is off says nothing.
    private static int Judge(LoRaWanBenchResult result)
    {
        if (result.Ns3DeliveryPercent is not double ns3Percent || Math.Abs(result.DeliveryPercent - ns3Percent) <= Ns3Result.TolerancePercent)
        {
            return ExitCode.Done;
        }

        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"polesim: {result.DeliveryPercent:0.00} % delivered is more than {Ns3Result.TolerancePercent} percentage points from ns-3's {ns3Percent:0.00} %."));
        return ExitCode.Failed;
    }

    private static string Compared(double? ns3Percent) =>
        ns3Percent is double percent ? string.Create(CultureInfo.InvariantCulture, $" (ns-3: {percent:0.00} %)") : "";

    private static void PrintLine(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
