// The lamp comes first: whatever throws, and whenever, at night there is light.
using FsCheck;
using FsCheck.Fluent;
using PoleController.Lighting;
using PoleController.Tests.Parts;
using Xunit;

namespace PoleController.Tests.ControllerLoop;

public sealed class FaultTests
{
    private const int PortCount = 7;
    private const int Dimmer = 6;

    [Fact]
    public void Given_a_start_Then_there_is_light_within_one_step()
    {
        using PoleHarness pole = new();
        pole.Photocell.IlluminanceLux = 1;
        pole.Start();
        Assert.True(pole.IsLit);
        Assert.Equal(1000, pole.Controller.Lighting.LevelPermille);
        Assert.True(pole.Watchdog.PetCount > 0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(Dimmer)]
    public void Given_a_port_that_throws_from_the_start_Then_there_is_light_within_one_step_and_for_good(int port)
    {
        using PoleHarness pole = new();
        pole.Photocell.IlluminanceLux = 1;
        SetThrowing(pole, port, true);
        pole.Start();
        pole.Check = () => Assert.True(pole.IsLit);
        pole.Run(3600000);
        Assert.True(pole.Radio.TransmitCount > 0 || port is 4 or 5, "A broken part that the radio does not need has silenced the radio.");
    }

    [Fact]
    public void Given_all_ports_but_the_dimmer_throw_Then_the_lamp_still_follows_commands()
    {
        using PoleHarness pole = new();
        pole.Start();
        pole.Provision(600, 1000);
        for (int port = 0; port < Dimmer; port++)
        {
            SetThrowing(pole, port, true);
        }

        pole.Controller.Lighting.SetOverride(pole.NowMs, 250, 0, 60000);
        pole.Step();
        Assert.Equal(250, pole.Dimmer.LevelPermille);
        pole.Run(60000);
        Assert.Equal(600, pole.Dimmer.LevelPermille);
    }

    [Fact]
    public void Given_any_ports_throwing_at_any_times_Then_the_night_is_lit_and_in_the_end_all_is_as_it_was()
    {
        Gen<int[]> nights = Gen.Choose(0, 9999).ArrayOf(60);
        Prop.ForAll(nights.ToArbitrary(), (int[] night) => Live(night)).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    [Fact]
    public void Given_settings_that_were_damaged_in_memory_Then_the_lamp_goes_to_full_light_and_recovers_with_them()
    {
        using PoleHarness pole = new();
        pole.Start();
        pole.Provision(300, 0);
        pole.Run(10000);
        Assert.Equal(300, pole.Dimmer.LevelPermille);
        LightingProgram program = pole.Controller.Settings.Programs[0];
        pole.Controller.Settings.Programs[0] = null!;
        pole.Controller.Schedule.Invalidate();
        int exceptions = pole.Controller.ExceptionCount;
        pole.Step();
        Assert.Equal(1000, pole.Dimmer.LevelPermille);
        Assert.Equal(LevelCause.Failure, pole.Controller.Lighting.Cause);
        Assert.Equal(HealthReason.Exception, pole.Controller.Lighting.Health.Reason);
        Assert.True(pole.Controller.ExceptionCount > exceptions);

        pole.Controller.Settings.Programs[0] = program;
        pole.Controller.Schedule.Invalidate();
        pole.Run(Controller.RetryAfterExceptionMs + 10000);
        Assert.Equal(300, pole.Dimmer.LevelPermille);
        Assert.Equal(HealthState.Ok, pole.Controller.Lighting.Health.State);
    }

    /// <summary>Each pair of numbers is a port that breaks or heals, or an arrival, and how long until the next.</summary>
    private static void Live(int[] night)
    {
        using PoleHarness pole = new(night[0]);
        pole.Photocell.IlluminanceLux = 1;
        for (int port = 0; port < PortCount; port++)
        {
            SetThrowing(pole, port, night[port] % 4 == 0);
        }

        pole.Start();
        pole.Check = () => Assert.True(pole.IsLit, $"Dark at {pole.NowMs} ms, cause {pole.Controller.Lighting.Cause}.");
        for (int i = 0; i + 1 < night.Length; i += 2)
        {
            if (i == 20)
            {
                pole.Provision(100 + (night[i] % 900), 1000);
            }

            if (night[i] % 3 == 0)
            {
                pole.Input.Toggle();
            }
            else
            {
                SetThrowing(pole, night[i] % PortCount, night[i] % 2 == 0);
            }

            pole.Step();
            pole.Run(night[i + 1] * 30L);
        }

        for (int port = 0; port < PortCount; port++)
        {
            SetThrowing(pole, port, false);
        }

        pole.Sense(false);
        pole.Run(3 * Controller.RetryAfterExceptionMs);
        Assert.Equal(pole.Controller.Schedule.LevelPermille, pole.Dimmer.LevelPermille);
        Assert.Equal(LevelCause.Program, pole.Controller.Lighting.Cause);
        Assert.Equal(HealthState.Ok, pole.Controller.Lighting.Health.State);
        Assert.Equal(HealthState.Ok, pole.Controller.Occupancy.Health.State);
    }

    private static void SetThrowing(PoleHarness pole, int port, bool throws)
    {
        switch (port)
        {
            case 0:
                pole.Relay.Throws = throws;
                break;
            case 1:
                pole.Input.Throws = throws;
                break;
            case 2:
                pole.Photocell.Throws = throws;
                break;
            case 3:
                pole.Meter.Throws = throws;
                break;
            case 4:
                pole.Store.Throws = throws;
                break;
            case 5:
                pole.Radio.Throws = throws;
                break;
            default:
                pole.Dimmer.Throws = throws;
                break;
        }
    }
}
