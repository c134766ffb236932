// The whole jig with the shipped board and plan, at a simulated controller: a good one passes, and each fault fails the steps that are about it and no other.
using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Bench.Boards;
using Bench.Jig;
using Bench.Plans;
using RepositoryFiles;

namespace Bench.Tests.Jig;

public sealed class AcceptanceTests
{
    private static readonly byte[] Key = Convert.FromHexString("2b7e151628aed2a6abf7158809cf4f3c");

    private static readonly Dictionary<string, ControllerFaults> Faults = new()
    {
        ["gain"] = new() { StageGainErrorPermille = -60 },
        ["pwm"] = new() { PwmHertz = 1900 },
        ["restsDark"] = new() { RestsDark = true },
        ["welded"] = new() { RelayIsWelded = true },
        ["neverCloses"] = new() { RelayNeverCloses = true },
        ["occupancy"] = new() { OccupancyIsOpen = true },
        ["door"] = new() { DoorIsOpen = true },
        ["watchdog"] = new() { WatchdogIsOpen = true },
        ["divider"] = new() { SupplyDivider = 0.8 },
        ["ntc"] = new() { NtcPullUpIsMissing = true },
        ["accelerometer"] = new() { AccelerometerIsMissing = true },
        ["radio"] = new() { RadioIsDead = true },
        ["meter"] = new() { MeterIsCut = true },
        ["sensor"] = new() { SensorIsCut = true },
        ["service"] = new() { ServiceIsCut = true },
        ["dali"] = new() { DaliIsCut = true },
        ["board"] = new() { BoardName = "pole-controller-r1" },
        ["capacitor"] = new() { HasNoCapacitor = true },
        ["hangs"] = new() { HangsAfterStart = true },
    };

    [Theory]
    [InlineData("")]
    [InlineData("metered occupancy door")]
    [InlineData("counting occupancy")]
    [InlineData("container door")]
    [InlineData("dali occupancy")]
    public void Given_a_good_controller_When_it_is_accepted_Then_every_step_passes(string words)
    {
        PlanResult result = Run(new ControllerFaults(), words, Key, out _);
        Assert.Equal([], Failures(result));
        Assert.Equal(0, result.ExitCode);
        Assert.Equal("70b3d57ed0001234", result.DevEui);
        Assert.InRange(result.Count(StepOutcome.Passed), 24, result.Steps.Count);
    }

    [Theory]
    [InlineData("gain", "", "The light is on after the start|0-10 V at full light|0-10 V at half light|0-10 V at a fifth")]
    [InlineData("pwm", "", "The PWM has its frequency")]
    [InlineData("restsDark", "", "Without supply the light is on|Held in reset the light is on")]
    [InlineData("welded", "", "Dark by the relay")]
    [InlineData("neverCloses", "", "Without supply the light is on|The light is on after the start|Light again at once|Held in reset the light is on")]
    [InlineData("occupancy", "occupancy", "Somebody is there")]
    [InlineData("door", "door", "The door is shut|The door shuts")]
    [InlineData("watchdog", "", "It starts and pets the watchdog")]
    [InlineData("divider", "", "The supply is measured|The mains are back")]
    [InlineData("ntc", "", "The temperature is measured|A hot board is seen|A cool board again")]
    [InlineData("accelerometer", "", "The accelerometer answers|No component has failed")]
    [InlineData("radio", "", "No component has failed")]
    [InlineData("meter", "metered", "The energy meter is read|The luminaire's component believes its meter|No component has failed")]
    [InlineData("sensor", "container", "The container's sensor is heard|No component has failed")]
    [InlineData("service", "", "It is the right board")]
    [InlineData("dali", "dali", "DALI says the level|No component has failed")]
    [InlineData("board", "", "It is the right board")]
    [InlineData("capacitor", "", "The mains' loss is seen|The mains are back")]
    [InlineData("hangs", "", "*")]
    public void Given_a_fault_When_it_is_accepted_Then_the_steps_about_it_fail_and_no_other(string fault, string words, string steps)
    {
        PlanResult result = Run(Faults[fault], words, Key, out _);
        string[] failures = Failures(result);
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(steps == "*" ? failures : steps.Split('|'), failures);
        Assert.NotEmpty(failures);
    }

    [Fact]
    public void Given_another_controllers_key_When_it_is_accepted_Then_the_rest_is_skipped_and_the_exit_code_says_not_authorised()
    {
        byte[] other = [.. Key];
        other[0] ^= 1;
        PlanResult result = Run(new ControllerFaults(), "", other, out _);
        Assert.Equal(["The service port opens with its key"], Failures(result));
        Assert.Equal(4, result.ExitCode);
        Assert.All(result.Steps.SkipWhile(step => !step.Step.Unlocks).Skip(1), step => Assert.Equal(StepOutcome.Skipped, step.Outcome));
    }

    [Fact]
    public void Given_a_plan_that_is_broken_off_When_it_ends_Then_every_contact_is_at_rest_and_the_result_says_so()
    {
        PlanResult result = Run(new ControllerFaults(), "occupancy door", Key, out ControllerOnJig controller, 40_000_000);
        Assert.Equal(3, result.ExitCode);
        Assert.Equal(1, result.Count(StepOutcome.Broken));
        Assert.False(controller.Pi.Lines.At(26).Level);
        Assert.False(controller.Pi.Lines.At(6).Level);
    }

    [Fact]
    public void Given_a_converter_of_the_jig_that_dies_When_the_plan_runs_Then_it_is_no_failure_of_the_controller()
    {
        ControllerOnJig controller = Make(new ControllerFaults(), "", Key);
        using JigInstruments jig = new(Board(), controller.Pi, new VirtualClock(controller));
        ((Simulation.Parts.Sensors.I2cSocket)controller.Pi.I2cParts[(1, 0x48)]).Trouble.Bus = Simulation.Parts.Sensors.I2cBusTrouble.Silent;
        PlanResult result = new PlanRunner(jig, Key, _ => { }).Run(Shipped(), [], DateTimeOffset.UnixEpoch);
        Assert.Equal(3, result.ExitCode);
        Assert.Equal(0, result.Count(StepOutcome.Failed));
        Assert.Contains("the jig itself failed", result.Steps[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_result_When_it_is_written_Then_JSON_and_JUnit_say_the_same_and_no_key_is_in_them()
    {
        PlanResult result = Run(Faults["welded"], "", Key, out _);
        string json = ResultFiles.Json(result);
        using JsonDocument document = JsonDocument.Parse(json);
        XElement suite = XDocument.Load(new MemoryStream(ResultFiles.JUnit(result))).Root!.Element("testsuite")!;
        Assert.Equal(1, document.RootElement.GetProperty("exitCode").GetInt32());
        Assert.False(document.RootElement.GetProperty("isPassed").GetBoolean());
        Assert.Equal(document.RootElement.GetProperty("failed").GetInt32().ToString(CultureInfo.InvariantCulture), suite.Attribute("failures")!.Value);
        Assert.Equal(result.Steps.Count, suite.Elements("testcase").Count());
        XElement failure = Assert.Single(suite.Descendants("failure"));
        Assert.Contains("wanted open, was closed", failure.Attribute("message")!.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("2b7e1516", json, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Given_the_vector_of_the_service_ports_page_When_a_challenge_is_answered_Then_the_response_is_the_pages()
    {
        // docs/service-port.md, made with another implementation of RFC 4493.
        byte[] response = ServiceTerminal.Respond(Key, Convert.FromHexString("000102030405060708090a0b0c0d0e0f"), Convert.FromHexString("70b3d57ed005a1b2"));
        Assert.Contains($"| {Convert.ToHexStringLower(response)} |", File.ReadAllText(RepositoryRoot.PathOf("docs/service-port.md")), StringComparison.Ordinal);
    }

    private static string[] Failures(PlanResult result)
    {
        StepResult[] failed = [.. result.Steps.Where(step => step.Outcome is StepOutcome.Failed or StepOutcome.Broken)];
        foreach (StepResult step in failed)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(step.Step.Name + ": " + ResultFiles.Why(step));
        }

        return [.. failed.Select(step => step.Step.Name)];
    }

    private static PlanResult Run(ControllerFaults faults, string words, byte[] key, out ControllerOnJig controller, long endUs = long.MaxValue)
    {
        controller = Make(faults, words, Key);
        using JigInstruments jig = new(Board(), controller.Pi, new VirtualClock(controller) { EndUs = endUs });
        string[] fitted = words.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Empty(PlanRules.CheckJig(Shipped(), Board(), fitted));
        return new PlanRunner(jig, key, _ => { }).Run(Shipped(), fitted, DateTimeOffset.UnixEpoch);
    }

    private static ControllerOnJig Make(ControllerFaults faults, string words, byte[] key) => new(Board(), faults, words, key);

    private static LinuxBoard Board() => LinuxBoardReader.Read(RepositoryRoot.PathOf("host-tools/Bench/boards/raspberry-pi-jig-r2.yaml"));

    private static Plan Shipped() => PlanReader.Read(RepositoryRoot.PathOf("host-tools/Bench/plans/acceptance-pole-controller-r2.yaml"));
}
