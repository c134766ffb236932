// What polesim bench lorawan measures: the reference workload twice, and frames built and opened. Printing is the command's.
using System.Diagnostics;
using Simulation.Radio;
using Simulation.Reference;

namespace Polesim.Commands;

/// <summary>One run of the reference workload, measured.</summary>
internal sealed record LoRaWanBenchRun
{
    /// <summary>What the run is: "fixedDataRates" or "adaptiveDataRate".</summary>
    public required string Name { get; init; }

    /// <summary>Uplinks received of all that were sent.</summary>
    public required double DeliveryPercent { get; init; }

    /// <summary>Uplinks sent.</summary>
    public required long SentFrames { get; init; }

    /// <summary>Uplinks that the gateway received.</summary>
    public required long DeliveredFrames { get; init; }

    /// <summary>Lost uplinks by cause.</summary>
    public required Dictionary<string, long> Losses { get; init; }

    /// <summary>Lost uplinks by cause, of all that were sent.</summary>
    public required Dictionary<string, double> LossPercent { get; init; }

    /// <summary>Messages that reached the application with the bytes they were sent with.</summary>
    public required long DeliveredMessages { get; init; }

    /// <summary>Downlinks that the gateway sent.</summary>
    public required long Downlinks { get; init; }

    /// <summary>LinkADRReq among them.</summary>
    public required long LinkAdrRequests { get; init; }

    /// <summary>Devices by spreading factor at the end.</summary>
    public required Dictionary<string, int> DevicesBySpreadingFactor { get; init; }

    /// <summary>Time to make devices and network and to run them.</summary>
    public required double WallSeconds { get; init; }

    /// <summary>Processor time of the same, all threads of the process.</summary>
    public required double ProcessorSeconds { get; init; }

    /// <summary>Devices times simulated seconds, per second of wall time.</summary>
    public required double DeviceSecondsPerSecond { get; init; }

    /// <summary>Processor time per uplink.</summary>
    public required double MicrosecondsPerFrame { get; init; }
}

/// <summary>What the bench found.</summary>
internal sealed record LoRaWanBenchResult
{
    /// <summary>Devices.</summary>
    public required int Devices { get; init; }

    /// <summary>Simulated time.</summary>
    public required int SimulatedHours { get; init; }

    /// <summary>The run's seed.</summary>
    public required long Seed { get; init; }

    /// <summary>The workload in words.</summary>
    public required string Workload { get; init; }

    /// <summary>Delivery at fixed data rates: what is compared with ns-3.</summary>
    public required double DeliveryPercent { get; init; }

    /// <summary>What ns-3 delivers with so many devices in 24 hours; null where there is no such run.</summary>
    public required double? Ns3DeliveryPercent { get; init; }

    /// <summary>Lost uplinks by cause at fixed data rates.</summary>
    public required Dictionary<string, long> Losses { get; init; }

    /// <summary>The same, of all that were sent.</summary>
    public required Dictionary<string, double> LossPercent { get; init; }

    /// <summary>Devices times simulated seconds per second, of the slower of the two runs.</summary>
    public required double DeviceSecondsPerSecond { get; init; }

    /// <summary>Greatest memory of the process (resident set), in millions of bytes.</summary>
    public required double PeakMemoryMegabytes { get; init; }

    /// <summary>Frames built, encrypted and signed per second.</summary>
    public required double EncodeFramesPerSecond { get; init; }

    /// <summary>Frames parsed, checked and decrypted per second.</summary>
    public required double ParseFramesPerSecond { get; init; }

    /// <summary>The two runs.</summary>
    public required IReadOnlyList<LoRaWanBenchRun> Runs { get; init; }
}

/// <summary>Measures on one thread.</summary>
internal static class LoRaWanBench
{
    private const int FrameCount = 500_000;

    private static readonly UplinkLossCause[] _causes =
    [
        UplinkLossCause.Interference, UplinkLossCause.NoDemodulator, UplinkLossCause.BelowSensitivity,
        UplinkLossCause.GatewayTransmitting, UplinkLossCause.GatewayDown,
    ];

    /// <summary>The workload in words.</summary>
    public static string Describe(ReferenceWorkload workload) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{workload.DeviceCount:#,0} devices evenly over a disc of 6 km around one gateway with 8 demodulators; {workload.Hours} h; an unconfirmed uplink of 33 bytes every 600 s "
        + $"at a random phase from each, 14 dBm, 3 channels, spreading factor by the device's sensitivity; loss 7.7 dB + 37.6 lg(d / 1 m), no fading; "
        + $"the controller's own LoRaWAN stack in every device, AES on both sides, the network server behind the gateway; one thread");

    /// <summary>Runs the workload once.</summary>
    public static LoRaWanBenchRun Run(ReferenceWorkload workload)
    {
        GC.Collect();
        using Process process = Process.GetCurrentProcess();
        TimeSpan processorBefore = process.TotalProcessorTime;
        long startTicks = Stopwatch.GetTimestamp();
        ReferenceResult result = new ReferenceSimulation(workload).Run();
        double wallSeconds = Stopwatch.GetElapsedTime(startTicks).TotalSeconds;
        process.Refresh();
        double processorSeconds = (process.TotalProcessorTime - processorBefore).TotalSeconds;
        return new LoRaWanBenchRun
        {
            Name = workload.IsAdaptiveDataRate ? "adaptiveDataRate" : "fixedDataRates",
            DeliveryPercent = Math.Round(result.DeliveryPercent, 3),
            SentFrames = result.Radio.SentCount,
            DeliveredFrames = result.Radio.DeliveredCount,
            Losses = _causes.ToDictionary(NameOf, result.Radio.LostCount),
            LossPercent = _causes.ToDictionary(NameOf, cause => Math.Round(result.LossPercent(cause), 3)),
            DeliveredMessages = result.MessageCount,
            Downlinks = result.Radio.DownlinkSentCount,
            LinkAdrRequests = result.Network.LinkAdrRequestCount,
            DevicesBySpreadingFactor = Enumerable.Range(0, 6).ToDictionary(at => "SF" + (at + 7), at => result.DeviceCounts[at]),
            WallSeconds = wallSeconds,
            ProcessorSeconds = processorSeconds,
            DeviceSecondsPerSecond = workload.DeviceCount * (workload.Hours * 3600.0) / wallSeconds,
            MicrosecondsPerFrame = processorSeconds * 1e6 / Math.Max(1, result.Radio.SentCount),
        };
    }

    /// <summary>Frames built, and frames opened, per second.</summary>
    public static (double Encode, double Parse) MeasureFrames()
    {
        FrameWork work = new();
        double encode = 0;
        double parse = 0;

        // The first rounds are the compiler's; the best one is what the machine can do when nobody disturbs it.
        for (int round = 0; round < 5; round++)
        {
            long startTicks = Stopwatch.GetTimestamp();
            work.Build(FrameCount);
            encode = Math.Max(encode, FrameCount / Stopwatch.GetElapsedTime(startTicks).TotalSeconds);
            startTicks = Stopwatch.GetTimestamp();
            int rightCount = work.Open(FrameCount);
            parse = Math.Max(parse, FrameCount / Stopwatch.GetElapsedTime(startTicks).TotalSeconds);
            if (rightCount != FrameCount)
            {
                throw new InvalidOperationException($"{FrameCount - rightCount} of {FrameCount} frames were not what had been built.");
            }
        }

        return (encode, parse);
    }

    /// <summary>Greatest resident memory of this process so far, in millions of bytes.</summary>
    public static double PeakMemoryMegabytes()
    {
        using Process process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1e6;
    }

    /// <summary>A cause as the JSON names it.</summary>
    public static string NameOf(UplinkLossCause cause)
    {
        string name = cause.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
