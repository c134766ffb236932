// polesim fuzz: hostile frames against end device and network server, as many as wanted.
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Simulation.Conformance;
using Simulation.Conformance.Fuzzing;

namespace Polesim.Commands;

/// <summary>Tries frames that are almost right, or nothing at all.</summary>
internal static class FuzzCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Option<int> frames = WholeNumberOption.Create("--frames", "Frames to feed, about.", 1, int.MaxValue, 1_000_000);
        Option<int> seed = WholeNumberOption.Create("--seed", "Another seed feeds other frames.", 0, int.MaxValue, 1);
        ExampleCommand command = new(
            "fuzz",
            "Feeds hostile frames to the LoRaWAN end device and to the network server: nothing may crash, nothing may change without a valid MIC. " + ExitCode.Meaning,
            ["polesim fuzz                                 a million frames, seconds", "polesim fuzz --frames 100000000 --seed 7     a long run"])
        {
            frames, seed,
        };
        command.SetAction(parsed => Run(parsed.GetValue(frames), parsed.GetValue(seed)));
        return command;
    }

    private static int Run(int frames, int seed)
    {
        long startTicks = Stopwatch.GetTimestamp();
        long toldAt = 0;
        try
        {
            FuzzResult result = FrameFuzz.Run(frames, seed, so =>
            {
                if (so - toldAt >= 5_000_000)
                {
                    toldAt = so;
                    Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"polesim: {so:N0} frames"));
                }
            });
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"""
                {result.Frames:N0} frames, seed {seed}, {Stopwatch.GetElapsedTime(startTicks).TotalSeconds:F0} s: nothing crashed, nothing changed without a valid MIC.
                  {result.ForgedDownlinks:N0} forged downlinks, {result.ForgedAccepts:N0} forged join-accepts, {result.GenuineDownlinks:N0} downlinks of any content with a valid MIC
                  {result.ForgedUplinks:N0} forged uplinks and join-requests, {result.GenuineUplinks:N0} uplinks of any content with a valid MIC
                  {result.StateComparisons:N0} comparisons of the whole state, {result.LuckyFrames:N0} frames right by chance
                """));
            return ExitCode.Done;
        }
        catch (FuzzFailureException failure)
        {
            Console.WriteLine(failure.Message);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"replay: polesim fuzz --frames {frames} --seed {seed}"));
            return ExitCode.Failed;
        }
    }
}
