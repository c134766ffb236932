// What the 0-10 V stage promises to a gear, by ngspice: level, ripple, settling, sink current, and what happens when the wire is open, shorted, the supply gone.
using System.Globalization;
using Xunit;

namespace DimmerStage.Tests;

public sealed class StageTests
{
    private static readonly double[] s_levels = [1, 1.5, 2, 3, 5, 7.5, 10];
    private static readonly double[] s_gears = [StageBench.LeastGearAmperes, 0.2e-3, StageBench.MostGearAmperes];

    [Fact]
    public void Given_parts_at_the_ends_of_their_tolerances_When_a_level_is_commanded_Then_the_line_is_within_2_percent()
    {
        double worst = 0;
        foreach (Tolerances corner in Tolerances.Corners())
        {
            IReadOnlyDictionary<string, double> line = StageBench.Run(corner, AtRest());
            Assert.Equal(s_levels.Length * s_gears.Length, line.Count(pair => pair.Key.StartsWith("level", StringComparison.Ordinal)));
            foreach ((string key, double volts) in line.Where(pair => pair.Key.StartsWith("level", StringComparison.Ordinal)))
            {
                double commanded = s_levels[int.Parse(key.Split('_')[1], CultureInfo.InvariantCulture)];
                worst = Math.Max(worst, Math.Abs((volts / commanded) - 1));
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"worst of 64 corners, 7 levels, 3 gears: {worst * 100:F2} %"));
        Assert.InRange(worst, 0.0001, 0.02);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(9.5)]
    public void Given_the_smallest_filter_When_a_level_is_held_Then_the_ripple_is_under_50_mV_and_the_mean_is_that_of_the_duty_cycle(double volts)
    {
        IReadOnlyDictionary<string, double> line = StageBench.Run(new Tolerances(Resistors: -1, Capacitors: -1), $$"""
            Vdrive drive 0 {{StageBench.Pwm(volts)}}
            {{StageBench.Gear(0.5e-3)}}
            .tran 5u 160m 120m 5u
            .control
            run
            meas tran most max v(line)
            meas tran least min v(line)
            meas tran mean avg v(line)
            quit
            .endc
            """);

        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"ripple {(line["most"] - line["least"]) * 1000:F2} mV"));
        Assert.InRange(line["most"] - line["least"], 0.00001, 0.05);
        Assert.InRange(line["mean"], volts * 0.995, volts * 1.005);
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(10, 1)]
    [InlineData(2, 5)]
    [InlineData(5, 1)]
    public void Given_the_largest_filter_and_any_gear_When_the_level_steps_Then_the_line_has_settled_after_100_ms(double fromVolts, double toVolts)
    {
        foreach (double amperes in s_gears)
        {
            IReadOnlyDictionary<string, double> line = StageBench.Run(new Tolerances(Resistors: 1, Capacitors: 1), Step(fromVolts, toVolts, amperes));
            Assert.InRange(line["after100ms"], toVolts * 0.98, toVolts * 1.02);
            Assert.InRange(line["lowest"], toVolts * 0.98, toVolts * 1.02);
            Assert.InRange(line["highest"], toVolts * 0.98, toVolts * 1.02);
        }
    }

    [Fact]
    public void Given_a_gear_that_sources_2_mA_When_the_lowest_level_is_commanded_Then_the_line_is_below_1_V()
    {
        IReadOnlyDictionary<string, double> line = StageBench.Run(
            new Tolerances(Resistors: 1, Threshold: 1), $"Vdrive drive 0 0\n{StageBench.Gear(StageBench.MostGearAmperes)}\n.control\nop\nlet rest = v(line)\nprint rest\nquit\n.endc");

        Assert.InRange(line["rest"], 0, 0.9);
    }

    [Fact]
    public void Given_any_gear_When_full_light_is_commanded_or_no_firmware_runs_Then_the_line_is_left_to_the_gear()
    {
        // No firmware: the buffer's input is pulled up, which is full duty.
        foreach (double amperes in s_gears)
        {
            IReadOnlyDictionary<string, double> line = StageBench.Run(
                new Tolerances(), $"Vdrive drive 0 1\n{StageBench.Gear(amperes)}\n.control\nop\nlet rest = v(line)\nprint rest\nquit\n.endc");
            Assert.InRange(line["rest"], 10, 11.1);
        }
    }

    [Fact]
    public void Given_no_supply_When_a_gear_hangs_at_the_line_Then_it_gives_full_light()
    {
        IReadOnlyDictionary<string, double> line = StageBench.Run(
            new Tolerances(Threshold: -1), $"Vdrive drive 0 0\n{StageBench.Gear(StageBench.LeastGearAmperes)}\n.control\nop\nlet rest = v(line)\nprint rest\nquit\n.endc", supplyVolts: 0);

        Assert.InRange(line["rest"], 10, 11.1);
    }

    [Fact]
    public void Given_an_open_wire_When_it_is_mended_Then_the_line_has_its_level_within_100_ms()
    {
        AssertRecovers($$"""
            Vgate gate 0 PWL(0 0 100m 0 100.1m 1)
            Sgear gear line gate 0 closed
            {{StageBench.Gear(0.5e-3, line: "gear")}}
            Rgear gear 0 1e9
            """);
    }

    [Fact]
    public void Given_a_shorted_wire_When_the_short_is_gone_Then_the_line_has_its_level_within_100_ms_and_the_stage_fed_nothing_into_it()
    {
        IReadOnlyDictionary<string, double> line = AssertRecovers($$"""
            Vgate gate 0 PWL(0 1 100m 1 100.1m 0)
            Sshort line short gate 0 closed
            Vshort short 0 0
            {{StageBench.Gear(0.5e-3)}}
            """);

        // Through the short goes what the gear sources, and nothing of the stage's.
        Assert.InRange(line["through"], 0.4e-3, 0.51e-3);
    }

    private static IReadOnlyDictionary<string, double> AssertRecovers(string trouble)
    {
        bool isShort = trouble.Contains("Vshort", StringComparison.Ordinal);
        IReadOnlyDictionary<string, double> line = StageBench.Run(new Tolerances(Resistors: 1, Capacitors: 1), $$"""
            Vdrive drive 0 {{StageBench.Pwm(4)}}
            {{trouble}}
            .model closed sw vt=0.5 vh=0.1 ron=1 roff=1e9
            .tran 10u 260m 0 10u
            .control
            run
            meas tran lowest min v(line) from=200m to=260m
            meas tran highest max v(line) from=200m to=260m
            {{(isShort ? "meas tran through avg i(Vshort) from=50m to=90m" : "")}}
            quit
            .endc
            """);
        Assert.InRange(line["lowest"], 4 * 0.98, 4 * 1.02);
        Assert.InRange(line["highest"], 4 * 0.98, 4 * 1.02);
        return line;
    }

    // The average of the PWM in place of its edges; the gear's current is a voltage, so that one run does for all gears.
    private static string AtRest() => FormattableString.Invariant($"""
        Vdrive drive 0 0
        Vgear gear 0 1m
        Bgear 0 line I = min(V(gear),max(0,(11-V(line))/200))
        .control
        {string.Concat(s_gears.SelectMany((amperes, gear) => s_levels.Select((volts, level) => FormattableString.Invariant(
            $"alter Vgear dc = {amperes:E3}\nalter Vdrive dc = {StageBench.DutyFor(volts):F6}\nop\nlet level_{level}_{gear} = v(line)\nprint level_{level}_{gear}\n"))))}
        quit
        .endc
        """);

    // The PWM's duty cycle steps by a second source that takes over after 150 ms.
    private static string Step(double fromVolts, double toVolts, double amperes) => $$"""
        Vfrom from 0 {{StageBench.Pwm(fromVolts)}}
        Vto to 0 {{StageBench.Pwm(toVolts)}}
        Bdrive drive 0 V = time < 0.15 ? V(from) : V(to)
        {{StageBench.Gear(amperes)}}
        .tran 10u 300m 0 10u
        .control
        run
        meas tran after100ms find v(line) at=250m
        meas tran lowest min v(line) from=250m to=300m
        meas tran highest max v(line) from=250m to=300m
        quit
        .endc
        """;
}
