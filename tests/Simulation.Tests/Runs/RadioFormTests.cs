// A fleet with its radios as chips behind the firmware's drivers, and with the short cut at the port: the same frames at the same times. The two
// share nothing above the antenna, so each is the judge of the other.
using System.Text;
using System.Text.RegularExpressions;
using Simulation.Engine;
using Simulation.Radio;
using Simulation.Reports;
using Simulation.Scenarios;
using Xunit;

namespace Simulation.Tests.Runs;

public partial class RadioFormTests
{
    // A driver that waits for its chip is asked more often: the one number of a report that differs.
    [GeneratedRegex("in [0-9]+ steps")]
    private static partial Regex StepCount { get; }

    [Theory]
    [InlineData(RadioChipKind.Sx1262)]
    [InlineData(RadioChipKind.Sx1276)]
    public void Given_the_same_scenario_When_radios_are_chips_or_ports_Then_every_frame_is_the_same_at_the_same_microsecond(RadioChipKind chip)
    {
        (string[] portFrames, string portReport) = Run(chip, RadioForm.Port);
        (string[] chipFrames, string chipReport) = Run(chip, RadioForm.Chip);
        Assert.True(portFrames.Length > 300, $"only {portFrames.Length} frames were sent: the scenario shows little");
        for (int i = 0; i < Math.Min(portFrames.Length, chipFrames.Length); i++)
        {
            Assert.True(portFrames[i] == chipFrames[i], $"frame {i}\nport: {portFrames[i]}\nchip: {chipFrames[i]}");
        }

        Assert.Equal(portFrames.Length, chipFrames.Length);
        Assert.Equal(portReport, chipReport);
    }

    private static (string[] Frames, string Report) Run(RadioChipKind chip, RadioForm form)
    {
        using StreetRun run = Night(chip, form).Build(seed: 7, threads: 2);
        List<string>[] frames = [.. run.Fleet.Poles.Select(_ => new List<string>())];
        foreach (SimulatedPole pole in run.Fleet.Poles)
        {
            List<string> own = frames[pole.Index];
            pole.Parts.Radio.Antenna.Sent = uplink => own.Add(Describe(uplink));
        }

        string report = Encoding.UTF8.GetString(ReportJson.Serialize(run.Finish()));
        return ([.. frames.SelectMany(list => list)], StepCount.Replace(report, "in N steps"));
    }

    // Joins, status messages, confirmed alarms, commands in class C, ADR over an hour and more, a gateway that is away, mains that fail.
    private static Street Night(RadioChipKind chip, RadioForm form) => Street.AtNight(2)
        .Poles(8)
        .PoleAt(Street.Latitude + 0.02, Street.Longitude + 0.02)
        .Constant(500)
        .Settings(new PoleSettings { StatusIntervalSeconds = 120 })
        .Controller(new ControllerModel { RadioChip = chip, RadioForm = form })
        .With(scenario => scenario with { Radio = new RadioModel { FadingDecibel = 3, ShadowingDecibel = 6 } })
        .GatewayModelOutage(70, 15)
        .Fault(FaultKind.LampFailure, 40, 20, 2, 3)
        .Outage(50, 5, 4, 5)
        .Command(30, new SetLevelAction { LevelPermille = 800, DurationMinutes = 10 })
        .Command(75, new SetLevelAction { LevelPermille = 300, DurationMinutes = 10 }, 0, 1)
        .Command(100, new SetLevelAction { LevelPermille = 700, DurationMinutes = 10 });

    private static string Describe(UplinkTransmission uplink) =>
        $"pole {uplink.PoleIndex} from {uplink.StartUs} to {uplink.EndUs} us, {uplink.FrequencyHz} Hz, SF{uplink.SpreadingFactor}, {uplink.BandwidthHz} Hz, "
        + $"{uplink.PowerDbm} dBm: {Convert.ToHexString(uplink.Frame, 0, uplink.Length)}";
}
