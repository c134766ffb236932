// What a technician can do at an open service port: light, blink, zero, restart, clock. That a pole joins anew is shown with a network, in MessageGenerator.Tests.
using Xunit;

namespace PoleController.Tests.Service;

public sealed class ServiceActTests
{
    [Fact]
    public void Given_a_light_test_Then_the_lamp_obeys_at_once_and_goes_back_by_itself()
    {
        using ServiceBench bench = new ServiceBench().Opened();
        bench.Run(5000);
        int before = bench.Dimmer.LevelPermille;
        Assert.Equal("ok light levelPermille=250 seconds=30", bench.AskOne("light 250 30"));
        Assert.Equal(250, bench.Dimmer.LevelPermille);
        bench.Run(30_000);
        bench.Run(30_000);
        Assert.Equal(before, bench.Dimmer.LevelPermille);
    }

    [Fact]
    public void Given_blink_Then_the_lamp_changes_between_two_levels_and_goes_back_by_itself()
    {
        using ServiceBench bench = new ServiceBench().Opened();
        bench.Run(5000);
        int before = bench.Dimmer.LevelPermille;
        Assert.Equal("ok blink seconds=20", bench.AskOne("blink 20"));
        HashSet<int> levels = [];
        for (int i = 0; i < 100; i++)
        {
            levels.Add(bench.Dimmer.LevelPermille);
            bench.Run(150);
        }

        Assert.Contains(1000, levels);
        Assert.Contains(300, levels);
        Assert.True(levels.Min() >= 300, "the lamp is never dark while it shows itself");
        bench.Run(30_000);
        Assert.Equal(before, bench.Dimmer.LevelPermille);
    }

    [Fact]
    public void Given_zero_at_a_pole_without_an_accelerometer_Then_the_answer_says_so()
    {
        using ServiceBench bench = new ServiceBench().Opened();
        Assert.Equal("error code=notFitted at=zero do=\"this pole has no accelerometer\"", bench.AskOne("zero"));
    }

    [Theory]
    [InlineData("blink")]
    [InlineData("blink 601")]
    [InlineData("light 1001 10")]
    [InlineData("light -1 10")]
    [InlineData("light 500")]
    [InlineData("light 500 3601")]
    [InlineData("light 500 10 10")]
    [InlineData("light 99999999999999999999 10")]
    [InlineData("time 5")]
    [InlineData("journal 301")]
    [InlineData("sensor nose")]
    public void Given_a_value_out_of_range_Then_it_is_refused_and_says_what_is_right(string line)
    {
        using ServiceBench bench = new ServiceBench().Opened();
        bench.Run(5000);
        int before = bench.Dimmer.LevelPermille;
        Assert.Matches("^error code=badValue at=[a-z]+ do=\"[^\"]+\"$", bench.AskOne(line));
        Assert.Equal(before, bench.Dimmer.LevelPermille);
    }

    [Fact]
    public void Given_a_restart_Then_it_comes_after_its_answer_the_watchdog_is_left_alone_and_the_next_start_knows_why()
    {
        using ServiceBench bench = new ServiceBench().Opened();
        Assert.Equal("ok restart afterMs=2000", bench.AskOne("restart"));
        bench.Run(2000);
        Assert.True(bench.Controller.IsRestartDue);
        int pets = bench.Watchdog.PetCount;
        bench.Run(10_000);
        Assert.Equal(pets, bench.Watchdog.PetCount);

        bench.Boot();
        bench.Opened();
        Assert.StartsWith("boots number=2 cause=requested utcSeconds=0 uptimeBeforeSeconds=2 by=technician", bench.Ask("boots")[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Given_the_time_Then_it_is_set_unless_it_is_known_better()
    {
        using ServiceBench bench = new ServiceBench().Opened();
        Assert.EndsWith("isKnown=0", bench.AskOne("time"), StringComparison.Ordinal);
        Assert.Equal("1800000000", ServiceBench.Field(bench.AskOne("time 1800000000"), "utcSeconds"));
        bench.Controller.Clock.Set(bench.NowMs, 1_800_000_000_000, 100);
        Assert.StartsWith("error code=notPossibleNow", bench.AskOne("time 1900000000"), StringComparison.Ordinal);
    }
}
