// The loop's promises: no garbage, early calls do no harm, and never twice at once without a reason.
using FsCheck;
using FsCheck.Fluent;
using PoleController.Tests.Parts;
using Xunit;

namespace PoleController.Tests.ControllerLoop;

public sealed class StepTests
{
    private const int StepCount = 10000;

    [Fact]
    public void Given_an_idle_pole_Then_ten_thousand_steps_allocate_nothing()
    {
        using PoleHarness pole = Ready();
        Assert.Equal(0, AllocatedBytes(pole, 1));
    }

    [Fact]
    public void Given_a_fading_pole_Then_ten_thousand_steps_allocate_nothing()
    {
        using PoleHarness pole = Ready();
        pole.Controller.Lighting.SetOverride(pole.NowMs, 1000, 45000, 3600000);
        pole.Step();
        int calls = pole.Dimmer.CallCount;
        Assert.Equal(0, AllocatedBytes(pole, 4));
        Assert.True(pole.Controller.Lighting.IsFading);
        Assert.True(pole.Dimmer.CallCount - calls > 100);
    }

    [Fact]
    public void Given_a_pole_with_arrivals_Then_ten_thousand_steps_allocate_nothing()
    {
        using PoleHarness pole = Ready();
        pole.Controller.Settings.HoldTimeMs = 1000;
        Assert.Equal(0, AllocatedBytes(pole, 4, 600));
        Assert.True(pole.Controller.Occupancy.ArrivalCount > 5);
    }

    [Fact]
    public void Given_early_and_repeated_calls_Then_nothing_changes()
    {
        using PoleHarness pole = Ready();
        pole.Sense(true);
        pole.Run(300);
        Controller controller = pole.Controller;
        long wakeMs = controller.Step(pole.NowMs);
        int level = controller.Lighting.LevelPermille;
        int calls = pole.Dimmer.CallCount + pole.Relay.CallCount;
        Assert.True(controller.Lighting.IsFading);
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal(wakeMs, controller.Step(pole.NowMs));
        }

        for (long nowMs = pole.NowMs; nowMs < wakeMs; nowMs++)
        {
            Assert.Equal(wakeMs, controller.Step(nowMs));
        }

        Assert.Equal(level, controller.Lighting.LevelPermille);
        Assert.Equal(calls, pole.Dimmer.CallCount + pole.Relay.CallCount);
    }

    [Fact]
    public void Any_hour_of_arrivals_and_commands_never_makes_the_loop_go_round_in_circles()
    {
        // The harness itself fails when a step asks for another at once again and again.
        Gen<int[]> hours = Gen.Choose(0, 9999).ArrayOf(40);
        Prop.ForAll(hours.ToArbitrary(), (int[] hour) =>
        {
            using PoleHarness pole = new(hour[0]);
            pole.Photocell.IlluminanceLux = hour[1] % 80;
            pole.Start(isPowerReturn: hour[2] % 2 == 0);
            for (int i = 0; i + 1 < hour.Length; i += 2)
            {
                switch (hour[i] % 5)
                {
                    case 0:
                        pole.Provision(hour[i] % 1001, hour[i + 1] % 1001);
                        break;
                    case 1:
                        pole.Controller.Lighting.SetOverride(pole.NowMs, hour[i] % 1001, hour[i + 1], hour[i + 1] * 20L);
                        break;
                    case 2:
                        pole.Dimmer.Refuses = !pole.Dimmer.Refuses;
                        break;
                    default:
                        pole.Input.Toggle();
                        break;
                }

                pole.Step();
                pole.Run(hour[i + 1] * 20L);
            }
        }).QuickCheckThrowOnFailure();
    }

    /// <summary>
    /// A pole at a level of its program, with everything once done that is done for the first time. It has no identity, so it does not send: the
    /// simulated store and AES are the ones that would allocate.
    /// </summary>
    private static PoleHarness Ready()
    {
        PoleHarness pole = new(hasIdentity: false);
        pole.Start();
        pole.Provision(300, 1000);
        pole.Sense(true).Run(1000);
        pole.Sense(false).Run(40000);
        Assert.Equal(300, pole.Dimmer.LevelPermille);

        // A component that was left alone after an exception is tried again at the whole minute; what that allocates is not the step's.
        pole.Run(61500 - pole.NowMs + 1000);
        return pole;
    }

    private static long AllocatedBytes(PoleHarness pole, int stepMs, int stepsBetweenEdges = int.MaxValue)
    {
        long nowMs = pole.NowMs;
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 1; i <= StepCount; i++)
        {
            nowMs += stepMs;
            if (i % stepsBetweenEdges == 0)
            {
                pole.Input.Toggle();
            }

            pole.Controller.Step(nowMs);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
