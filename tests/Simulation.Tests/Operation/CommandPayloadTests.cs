// Whatever command the loader of scenarios lets through can be sent: its bytes are a command that a pole accepts.
using PoleController.Messages;
using Simulation.Operation;
using Simulation.Scenarios;
using Simulation.Tests.Scenarios;
using Xunit;

namespace Simulation.Tests.Operation;

public class CommandPayloadTests
{
    private const string Programs = "programs:\n  - name: longest\n    fade: 1h\n    points: [{ at: sunset, offset: -12h, level: 0, occupancyLevel: 100 }, { at: sunrise, offset: 12h, level: 100 }, "
        + "{ at: \"00:00\", level: 1 }, { at: \"23:59\", level: 99 }, { at: civilDusk, level: 50 }, { at: civilDawn, level: 50 }, { at: \"01:00\", level: 7 }, { at: \"02:00\", level: 8 }]\n";

    private static readonly string Scenes = "settings: { scenes: [" + string.Join(", ", Enumerable.Repeat("{ level: 0, fade: 1h }", 16)) + "] }\n";

    [Theory]
    [InlineData("setLevel: { level: 0, fade: 0s, duration: 1min }")]
    [InlineData("setLevel: { level: 100, fade: 60s, duration: 48h }")]
    [InlineData("setLevel: { level: 1, fade: 100ms, duration: 1min }")]
    [InlineData("setLevel: { level: 33, fade: 1min, duration: 1h }")]
    [InlineData("resumeProgram: {}")]
    [InlineData("setProgram: { programIndex: 0, program: longest }")]
    [InlineData("setProgram: { programIndex: 3, program: longest }")]
    [InlineData("setClockOffset: { utcOffsetMinutes: -720, daylightSaving: none }")]
    [InlineData("setClockOffset: { utcOffsetMinutes: 840, daylightSaving: unitedStates }")]
    [InlineData("setGroupLevel: { lightingGroup: 255, level: 100, fade: 60s, duration: 48h }")]
    [InlineData("setGroupLevel: { level: 0, duration: 0min }")]
    [InlineData("recallScene: { lightingGroup: 1, scene: 15, duration: 48h }")]
    [InlineData("recallScene: { scene: 0, duration: 1min }")]
    [InlineData("boost: { lightingGroup: 7, amount: 100, duration: 24h }")]
    [InlineData("boost: { amount: 0, duration: 0min }")]
    [InlineData("callEmergency: { profile: crisis, duration: 24h }")]
    [InlineData("callEmergency: { lightingGroup: 9, duration: 0min }")]
    [InlineData("shedLoad: { step: 3, duration: 24h }")]
    [InlineData("shedLoad: { step: 0, duration: 0min }")]
    [InlineData("identify: { duration: 10min }")]
    [InlineData("identify: { duration: 0s }")]
    public void Given_a_command_at_the_ends_of_its_ranges_When_made_into_bytes_Then_a_pole_accepts_it(string command)
    {
        Scenario scenario = ScenarioFiles.Parse(ScenarioFiles.Minimal(Programs + Scenes + "commands: [{ at: +1h, poles: all, " + command + " }]\n"));

        byte[] payload = CommandPayload.Create(scenario.Commands.Single().Action, scenario.Programs);

        Assert.Equal(CommandError.Ok, new CommandMessage().Decode(payload, payload.Length));
    }
}
