// What may go wrong on the bus and with the gear: each is noticed and named, the lamp goes on being told its level, and it is over when the cause is.
using FsCheck;
using FsCheck.Fluent;
using PoleController.Drivers;
using PoleController.Hal;
using Simulation.Engine;
using Simulation.Parts.Dali;
using Xunit;

namespace Drivers.Tests.Luminaire;

public class DaliTroubleTests
{
    [Fact]
    public void Given_gear_that_falls_silent_When_looked_at_Then_it_failed_levels_are_refused_and_still_sent_and_it_recovers()
    {
        DaliBench bench = new DaliBench().Started();
        bench.Gear.TrySetLevel(300);
        bench.Run(10000);
        bench.Part.IsMute = true;
        bench.Run(DaliGear.CheckIntervalMs + 2000);
        Assert.Equal((SensorState.Failed, SensorFaultKind.NoAnswer, 0x90), (bench.Gear.State, bench.Gear.LastFault.Kind, bench.Gear.LastFault.Code));

        // The way there works: the lamp obeys though nobody hears of it.
        Assert.False(bench.Gear.TrySetLevel(500));
        bench.Run(1000);
        Assert.Equal(229, bench.Part.ActualLevel);

        bench.Part.IsMute = false;
        bench.Run(70000);
        Assert.Equal(SensorState.Measuring, bench.Gear.State);
        Assert.True(bench.Gear.TrySetLevel(100));
    }

    [Fact]
    public void Given_a_bus_without_supply_When_a_level_is_due_Then_it_is_refused_the_gear_is_at_full_light_and_the_level_comes_with_the_bus()
    {
        DaliBench bench = new DaliBench().Started();
        bench.Gear.TrySetLevel(100);
        bench.Run(5000);
        bench.Bus.SetLow(true);
        bench.Run(1000);
        Assert.Equal(254, bench.Part.ActualLevel);
        bench.Gear.TrySetLevel(200);
        bench.Run(1000);
        Assert.True(bench.Master.IsDown);
        Assert.False(bench.Gear.TrySetLevel(200));
        bench.Run(5000);
        Assert.Equal(SensorFaultKind.BusFailed, bench.Gear.LastFault.Kind);
        bench.Bus.SetLow(false);
        bench.Run(1000);
        Assert.Equal(DaliLevel.FromPermille(200, false), bench.Part.ActualLevel);
        bench.Run(70000);
        Assert.True(bench.Gear.TrySetLevel(200));
        Assert.Equal(SensorState.Measuring, bench.Gear.State);
    }

    [Fact]
    public void Given_the_bus_was_low_unnoticed_When_looked_at_Then_the_level_is_sent_again()
    {
        DaliBench bench = new DaliBench().Started();
        bench.Gear.TrySetLevel(100);
        bench.Run(5000);
        bench.Bus.SetLow(true);
        bench.Clock.NowUs += 1_000_000;
        Assert.Equal(254, bench.Part.ActualLevel);
        bench.Bus.SetLow(false);
        bench.Run(DaliGear.CheckIntervalMs + 1000);
        Assert.Equal(170, bench.Part.ActualLevel);
    }

    [Fact]
    public void Given_gear_that_loses_its_mains_alone_When_it_comes_back_Then_it_gets_its_level_again()
    {
        DaliBench bench = new DaliBench().Started();
        bench.Gear.TrySetLevel(100);
        bench.Run(5000);
        bench.Part.SetFed(false);
        bench.Run(1000);
        bench.Part.SetFed(true);
        bench.Run(DaliGear.CheckIntervalMs + 2000);
        Assert.Equal(170, bench.Part.ActualLevel);
        Assert.Equal(SensorFaultKind.StateLost, bench.Gear.LastFault.Kind);
    }

    [Fact]
    public void Given_the_relay_feeds_the_gear_When_it_opens_and_closes_Then_there_is_no_fault_and_no_flash_of_full_light()
    {
        DaliBench bench = new DaliBench().Started();
        bench.Gear.TrySetLevel(0);
        bench.Run(2000);
        bench.Part.SetFed(false);
        bench.Gear.SetFed(false);
        bench.Bus.Frames.Clear();
        bench.Run(3600_000);
        Assert.Empty(bench.Sent);
        Assert.True(bench.Gear.TrySetLevel(100));

        bench.Part.SetFed(true);
        bench.Gear.SetFed(true);
        double brightest = 0;
        for (int i = 0; i < 300; i++)
        {
            bench.Run(10);
            brightest = Math.Max(brightest, bench.Part.LightPermille);
        }

        Assert.InRange(brightest, 95, 105);
        bench.Run(10000);
        Assert.Equal((SensorState.Measuring, 0), (bench.Gear.State, bench.Gear.LastFault.Count));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public void Given_another_gear_in_its_place_When_it_is_found_Then_it_is_told_apart_set_up_and_lit(int sameType)
    {
        DaliBench bench = new DaliBench().Started();
        bench.Gear.TrySetLevel(100);
        bench.Sample();
        bench.Replace(new DaliGearPart(bench.Clock, 3) { IsDead = true });
        bench.Run(DaliGear.CheckIntervalMs + 2000);
        Assert.Equal(SensorState.Failed, bench.Gear.State);

        bench.Replace(new DaliGearPart(bench.Clock, 3) { SerialNumber = 9, TradeItemNumber = 4012345678901 + sameType, SystemFailureLevel = 0 });
        bench.Run(75000);
        Assert.Equal((SensorState.Measuring, 1, 9L), (bench.Gear.State, bench.Gear.ReplacementCount, bench.Gear.SerialNumber));
        Assert.Equal((254, 170), (bench.Part.SystemFailureLevel, bench.Part.ActualLevel));
        Assert.Equal(-1, bench.Gear.EnergyWattHours);
        bench.Sample();
        Assert.NotEqual(-1, bench.Gear.EnergyWattHours);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public void Given_gear_of_another_kind_When_started_Then_it_is_refused_with_its_type_and_dimmed_all_the_same(int type)
    {
        DaliBench bench = new();
        bench.Part.DeviceTypes = [type];
        bench.Run(2000);
        Assert.Equal(
            (SensorState.Failed, SensorFaultKind.WrongPart, 0x99, type),
            (bench.Gear.State, bench.Gear.LastFault.Kind, bench.Gear.LastFault.Code, bench.Gear.LastFault.Value));
        Assert.False(bench.Gear.TrySetLevel(100));
        bench.Run(100);
        Assert.Equal(170, bench.Part.ActualLevel);
    }

    [Fact]
    public void Given_answers_that_are_broken_now_and_then_When_read_Then_they_are_asked_for_again_and_the_values_are_right()
    {
        DaliBench bench = new DaliBench().Started();
        bench.Gear.Request();
        for (int i = 0; i < 40; i++)
        {
            bench.Bus.Trouble.BrokenAnswers = i % 3 == 0 ? 1 : 0;
            bench.Bus.Trouble.NoisyAnswers = i % 7 == 1 ? 1 : 0;
            bench.Bus.Trouble.BrokenFrames = i % 5 == 2 ? 1 : 0;
            bench.Run(250);
        }

        bench.Run(10000);
        Assert.Equal(1, bench.Gear.SampleCount);
        Assert.Equal((40000, 230000, 60000), (bench.Gear.PowerMilliwatts, bench.Gear.SupplyMillivolts, bench.Gear.LampMillivolts));
    }

    [Fact]
    public void Given_answers_that_are_always_broken_When_looked_at_Then_it_is_no_frame()
    {
        DaliBench bench = new DaliBench().Started();
        bench.Bus.Trouble.BrokenAnswers = 1000;
        bench.Run(DaliGear.CheckIntervalMs + 2000);
        Assert.Equal((SensorState.Failed, SensorFaultKind.NoFrame, 0x90), (bench.Gear.State, bench.Gear.LastFault.Kind, bench.Gear.LastFault.Code));
        bench.Bus.Trouble.BrokenAnswers = 0;
        bench.Run(75000);
        Assert.Equal(SensorState.Measuring, bench.Gear.State);
    }

    [Theory]
    [InlineData(2500, true)]
    [InlineData(5500, true)]
    [InlineData(10500, true)]
    [InlineData(12300, true)]
    [InlineData(2300, false)]
    [InlineData(12600, false)]
    public void Given_an_answer_at_the_edge_of_its_window_When_heard_Then_only_the_right_time_counts(int delayUs, bool isTaken)
    {
        DaliBench bench = new();
        bench.Bus.Trouble.AnswerDelayUs = delayUs;
        bench.Run(6000);
        Assert.Equal(isTaken ? SensorState.Measuring : SensorState.Failed, bench.Gear.State);
    }

    [Fact]
    public void Given_several_gears_that_hear_a_broadcast_When_asked_Then_they_are_a_crowd_that_is_dimmed_and_not_read()
    {
        DaliBench bench = new(address: DaliGear.Broadcast);
        bench.Bus.Connect(new DaliGearPart(bench.Clock, DaliGearPart.NoAddress) { IsLampFailed = true });
        bench.Started();
        Assert.Equal(SensorState.Measuring, bench.Gear.State);
        Assert.True(bench.Gear.TrySetLevel(100));
        bench.Run(5000);
        Assert.All(bench.Bus.Gears, gear => Assert.Equal(170, gear.ActualLevel));
        bench.Sample();
        Assert.Equal(-1, bench.Gear.EnergyWattHours);
    }

    [Fact]
    public void Given_another_controller_that_uses_DTR0_When_banks_are_read_Then_no_byte_of_another_place_is_taken_for_a_value()
    {
        DaliBench bench = new DaliBench().Started();
        bench.Gear.Request();
        for (int i = 0; i < 400 && bench.Gear.SampleCount == 0; i++)
        {
            bench.Run(230);
            if (i < 30)
            {
                bench.Bus.SendForeign(0xA307);
            }
        }

        Assert.Equal(1, bench.Gear.SampleCount);
        Assert.True(bench.Gear.PowerMilliwatts is 40000 or -2);
        Assert.True(bench.Gear.SupplyMillivolts is 230000 or -2);
        Assert.True(bench.Gear.LampMillivolts is 60000 or -2);
    }

    [Fact]
    public void Given_gear_that_keeps_nothing_When_started_Then_it_works_and_the_refusal_is_named()
    {
        DaliBench bench = new();
        bench.Part.IsUnteachable = true;
        bench.Part.SystemFailureLevel = 0;
        bench.Started();
        Assert.Equal(SensorState.Measuring, bench.Gear.State);
        Assert.Equal((SensorFaultKind.CommandRefused, 0x2C, 0), (bench.Gear.LastFault.Kind, bench.Gear.LastFault.Code, bench.Gear.LastFault.Value));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Given_a_board_that_does_not_send_When_a_level_is_due_Then_it_is_refused_until_it_does(bool hangs)
    {
        DaliBench bench = new DaliBench().Started();
        bench.Bus.Trouble.BoardHangs = hangs;
        bench.Bus.Trouble.BoardRefuses = !hangs;
        bench.Gear.TrySetLevel(100);
        bench.Run(1000);
        Assert.False(bench.Gear.TrySetLevel(100));
        bench.Bus.Trouble.BoardHangs = false;
        bench.Bus.Trouble.BoardRefuses = false;
        bench.Run(70000);
        Assert.True(bench.Gear.TrySetLevel(100));
        Assert.Equal(170, bench.Part.ActualLevel);
    }

    [Fact]
    public void Given_lamp_or_gear_that_report_a_defect_When_looked_at_Then_it_is_known()
    {
        DaliBench bench = new DaliBench().Started();
        bench.Part.IsLampFailed = true;
        bench.Run(DaliGear.CheckIntervalMs + 1000);
        Assert.True(bench.Gear.IsLampFailed);
        bench.Part.IsLampFailed = false;
        bench.Part.IsGearFailed = true;
        bench.Run(DaliGear.CheckIntervalMs + 1000);
        Assert.Equal((false, true), (bench.Gear.IsLampFailed, bench.Gear.IsGearFailed));
    }

    [Fact]
    public void Given_any_trouble_in_any_order_When_it_is_over_Then_the_gear_works_and_has_its_level()
    {
        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue - 1)), seed =>
        {
            RandomStream random = new(seed, "dali trouble", 0);
            DaliBench bench = new(seed, beatMs: random.Next(2) * 10);
            for (int i = 0; i < 25; i++)
            {
                DaliTrouble trouble = bench.Bus.Trouble;
                trouble.BoardRefuses = random.Next(8) == 0;
                trouble.BoardHangs = random.Next(12) == 0;
                trouble.BoardDeaf = random.Next(8) == 0;
                trouble.JitterUs = random.Next(60);
                trouble.BrokenAnswers = random.Next(4);
                trouble.BrokenFrames = random.Next(3);
                trouble.NoisyAnswers = random.Next(4) == 0 ? 1 : 0;
                bench.Part.IsMute = random.Next(8) == 0;
                bench.Part.WrongAnswer = random.Next(6) == 0 ? random.Next(256) : -1;
                if (random.Next(4) == 0)
                {
                    bench.Bus.SetLow(!bench.Bus.IsLow);
                }

                bench.Gear.TrySetLevel(random.Next(1001));
                bench.Gear.Request();
                bench.Run(random.Next(40000));
            }

            DaliTrouble over = bench.Bus.Trouble;
            over.BoardRefuses = over.BoardHangs = over.BoardDeaf = false;
            over.BrokenAnswers = over.BrokenFrames = over.NoisyAnswers = over.JitterUs = 0;
            bench.Part.IsMute = false;
            bench.Part.WrongAnswer = -1;
            bench.Bus.SetLow(false);
            bench.Run(DaliGear.CheckIntervalMs + 120000);
            bench.Gear.TrySetLevel(500);
            bench.Run(5000);
            Assert.Equal(SensorState.Measuring, bench.Gear.State);
            Assert.Equal(229, bench.Part.ActualLevel);
            bench.Sample();
            Assert.InRange(bench.Gear.PowerMilliwatts, 20000, 20500);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }
}
