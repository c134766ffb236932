// Adaptive data rate, by the recommended algorithm's own arithmetic.
using Simulation.Network;
using Xunit;

namespace Simulation.Tests.Network;

public sealed class AdrHistoryTests
{
    // "LoRaWAN - simple rate adaptation recommended algorithm", Semtech 2016: NStep = int((SNRmax - needed - margin) / 3), margin 10 dB.
    [Theory]
    [InlineData(0, 0, 5.0, 5, 0)] // 15 dB: five steps
    [InlineData(0, 0, 4.75, 4, 0)] // 14.75 dB: four
    [InlineData(3, 0, 8.5, 5, 1)] // 11 dB: three steps, two of data rate, one of power
    [InlineData(5, 2, 8.5, 5, 4)] // 6 dB: two steps of power
    [InlineData(5, 6, 20.0, 5, 7)] // power ends at index 7
    [InlineData(5, 3, -1.0, 5, 2)] // -3.5 dB: one step of power back
    [InlineData(5, 3, -4.5, 5, 1)] // -7 dB: two
    [InlineData(5, 0, 2.5, 5, 0)] // exactly the margin
    public void Given_ratios_the_decision_is_the_algorithms(int dataRate, int powerIndex, double bestDecibel, int expectedDataRate, int expectedPowerIndex)
    {
        var history = new AdrHistory();
        for (int uplink = 0; uplink < 20; uplink++)
        {
            history.Add((int)(bestDecibel * 4) - (uplink == 7 ? 0 : 10));
        }

        Assert.Equal(new AdrDecision(expectedDataRate, expectedPowerIndex), history.Decide(dataRate, powerIndex, 10, 5));
    }

    [Fact]
    public void Given_more_than_20_ratios_the_oldest_is_forgotten()
    {
        var history = new AdrHistory();
        history.Add(40);
        for (int uplink = 0; uplink < 20; uplink++)
        {
            history.Add(10);
        }

        Assert.Equal(20, history.Count);
        Assert.Equal(new AdrDecision(5, 0), history.Decide(5, 0, 10, 5));
    }

    [Theory]
    [InlineData(4, -2.75, 5, 5)] // four uplinks are too few
    [InlineData(5, -2.75, 5, 4)] // 4.75 dB over the need
    [InlineData(5, -2.5, 5, 5)] // 5 dB
    [InlineData(5, -21.0, 0, 0)] // DR0 is the lowest
    public void Given_a_low_margin_at_full_power_the_data_rate_goes_down(int uplinks, double bestDecibel, int dataRate, int expectedDataRate)
    {
        var history = new AdrHistory();
        for (int uplink = 0; uplink < uplinks; uplink++)
        {
            history.Add((int)(bestDecibel * 4));
        }

        Assert.Equal(new AdrDecision(expectedDataRate, 0), history.Decide(dataRate, 0, 10, 5));
    }
}
