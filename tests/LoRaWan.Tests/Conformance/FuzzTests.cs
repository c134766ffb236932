// A short run of hostile frames; `polesim fuzz` and the Fuzz target make long ones.
using Simulation.Conformance;
using Simulation.Conformance.Fuzzing;
using Xunit;

namespace LoRaWan.Tests.Conformance;

public class FuzzTests
{
    [Theory]
    [InlineData(101)]
    [InlineData(102)]
    public void Nothing_changes_without_a_valid_mic_and_nothing_crashes(long seed)
    {
        FuzzResult result = FrameFuzz.Run(30_000, seed);
        Assert.True(result.Frames >= 30_000);
        Assert.True(result is { ForgedDownlinks: > 15_000, ForgedUplinks: > 5_000, ForgedAccepts: > 10, GenuineDownlinks: > 50, GenuineUplinks: > 100, StateComparisons: > 5 });
    }

    [Fact]
    public void A_run_is_a_function_of_its_seed()
    {
        Assert.Equal(FrameFuzz.Run(5_000, 7), FrameFuzz.Run(5_000, 7));
    }

    [Fact]
    public void A_change_of_any_field_shows_in_the_comparison_of_the_whole_state()
    {
        Simulation.Conformance.Bench.ConformanceBench bench = new();
        bench.Join();
        Dictionary<string, string> before = GraphDigest.Of(bench.Device);
        Assert.True(before.Count > 150, "only " + before.Count + " fields");
        Assert.Null(GraphDigest.Difference(before, GraphDigest.Of(bench.Device)));
        bench.Device.Session.Parameters.DownlinkFrequenciesHz[2]++;
        Assert.Contains("DownlinkFrequenciesHz[2]", GraphDigest.Difference(before, GraphDigest.Of(bench.Device)), StringComparison.Ordinal);
    }
}
