// The controller's supply and temperature in a whole pole: low, falling, back, gone; what is written in the last moment and what is told after the return.
using PoleController.Alarms;
using PoleController.Hal;
using PoleController.Journal;
using PoleController.Luminaire;
using PoleController.Tests.Parts;
using Xunit;

namespace PoleController.Tests.Luminaire;

public sealed class BoardMonitorTests
{
    private const long Minute = 60000;
    private const long Hour = 3600000;

    private sealed class Board : IAnalogInput, IThermometer
    {
        public int Millivolts { get; set; } = 12000;

        public int Centidegrees { get; set; } = 4000;

        /// <summary>How many of the next readings of the supply are wrong.</summary>
        public int Glitches { get; set; }

        public bool Fails { get; set; }

        public bool Throws { get; set; }

        public bool TryRead(out int value)
        {
            value = Glitches-- > 0 ? 3000 : Millivolts;
            return Throws ? throw new InvalidOperationException("The converter's driver failed.") : !Fails;
        }

        bool IThermometer.TryRead(out int centidegrees)
        {
            centidegrees = Centidegrees;
            return Throws ? throw new InvalidOperationException("The converter's driver failed.") : !Fails;
        }
    }

    private readonly Board _board = new();

    private PoleHarness Pole(FaultableStore? store = null) => new(store: store, fit: hardware =>
    {
        hardware.SupplyVoltage = _board;
        hardware.BoardTemperature = _board;
    });

    [Fact]
    public void Given_a_minimum_When_the_supply_is_below_it_twice_Then_it_is_low_until_five_percent_above()
    {
        using PoleHarness pole = Pole();
        pole.Start();
        pole.Controller.Settings.Supervision.SupplyMinimumMillivolts = 11500;
        _board.Millivolts = 11400;
        pole.Run(BoardMonitor.ReadIntervalMs);
        Assert.False(pole.Controller.Alarms.IsRaised(AlarmKind.SupplyLow));
        pole.Run(BoardMonitor.ReadIntervalMs);
        Assert.True(pole.Controller.Alarms.IsRaised(AlarmKind.SupplyLow));
        Assert.Equal(11400, pole.Controller.Alarms.Value(AlarmKind.SupplyLow));
        _board.Millivolts = 12000;
        pole.Run(Minute);
        Assert.True(pole.Controller.Alarms.IsRaised(AlarmKind.SupplyLow));
        _board.Millivolts = 12100;
        pole.Run(Minute);
        Assert.False(pole.Controller.Alarms.IsRaised(AlarmKind.SupplyLow));
        Assert.Equal(2, pole.Controller.Alarms.Changes(AlarmKind.SupplyLow));
    }

    [Fact]
    public void Given_a_supply_that_falls_When_it_is_seen_Then_totals_are_written_in_that_moment_and_the_loss_is_told_and_ends_when_it_comes_back()
    {
        using PoleHarness pole = Pole();
        pole.Start().Provision(1000, 1000);
        pole.Run((10 * Hour) + (37 * Minute));
        long litSeconds = pole.Controller.Luminaire.LampOnSeconds;
        _board.Millivolts = 9000;
        pole.Run(BoardMonitor.ReadIntervalMs + BoardMonitor.ConfirmMs);
        Assert.True(pole.Controller.Alarms.IsRaised(AlarmKind.SupplyLoss));
        LuminaireRecord record = new(pole.Store);
        Assert.True(record.TryLoad());
        Assert.InRange(record.LampOnSeconds, litSeconds, litSeconds + 11);

        _board.Millivolts = 12000;
        pole.Run(5000);
        Assert.False(pole.Controller.Alarms.IsRaised(AlarmKind.SupplyLoss));
    }

    [Fact]
    public void Given_one_wrong_reading_When_the_next_is_right_Then_nothing_was_lost_and_nothing_is_told()
    {
        using PoleHarness pole = Pole();
        pole.Start();
        pole.Run(Minute);
        for (int i = 0; i < 20; i++)
        {
            _board.Glitches = 1;
            pole.Run(Minute);
        }

        Assert.Equal(0, pole.Controller.Board.FallCount);
        Assert.Equal(0, pole.Controller.Alarms.Changes(AlarmKind.SupplyLoss));
    }

    [Fact]
    public void Given_the_mains_were_gone_When_the_pole_starts_and_learns_the_time_Then_it_tells_for_how_long()
    {
        FaultableStore store = new();
        using (PoleHarness before = Pole(store))
        {
            before.Start().Provision(1000, 1000);
            before.Run(2 * Hour);
            _board.Millivolts = 8000;
            before.Run(BoardMonitor.ReadIntervalMs + 5000);
            Assert.True(before.Controller.Alarms.IsRaised(AlarmKind.SupplyLoss));
        }

        _board.Millivolts = 12000;
        using PoleHarness after = Pole(store);
        after.Start(isPowerReturn: true);
        Assert.Equal(RestartCause.SupplyLoss, after.Controller.Boots.Cause);
        after.Run(Minute);
        Assert.Equal(0, after.Controller.Alarms.Changes(AlarmKind.SupplyLoss));

        // Seven hours after the other start: two hours ran, so five were lost.
        after.Controller.Clock.Set(after.NowMs, LampHarness.MidsummerEveningUtcMs + (7 * Hour) + Minute, 0);
        after.Run(Minute);
        Assert.False(after.Controller.Alarms.IsRaised(AlarmKind.SupplyLoss));
        Assert.Equal(2, after.Controller.Alarms.Changes(AlarmKind.SupplyLoss));
        Assert.InRange(after.Controller.Alarms.Value(AlarmKind.SupplyLoss), (5 * 3600) - 60, (5 * 3600) + 60);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Given_a_converter_that_fails_When_read_Then_nothing_is_known_nothing_is_alarmed_and_it_recovers(bool throws)
    {
        using PoleHarness pole = Pole();
        pole.Start();
        pole.Run(Minute);
        Assert.Equal((12000, 4000), (pole.Controller.Board.SupplyMillivolts, pole.Controller.Board.Centidegrees));
        _board.Fails = !throws;
        _board.Throws = throws;
        pole.Run(5 * Minute);
        Assert.Equal((-1, int.MinValue), (pole.Controller.Board.SupplyMillivolts, pole.Controller.Board.Centidegrees));
        Assert.Equal(HealthState.Degraded, pole.Controller.Board.Health.State);
        Assert.Equal(0, pole.Controller.Alarms.Changes(AlarmKind.SupplyLoss) + pole.Controller.Alarms.Changes(AlarmKind.OverTemperature));
        _board.Fails = _board.Throws = false;
        pole.Run(2 * Minute);
        Assert.Equal((12000, 4000), (pole.Controller.Board.SupplyMillivolts, pole.Controller.Board.Centidegrees));
        Assert.Equal(HealthState.Ok, pole.Controller.Board.Health.State);
    }

    [Fact]
    public void Given_a_board_that_is_too_hot_When_it_stays_so_Then_the_light_is_reduced_to_the_floor_and_the_level_that_is_told_stays()
    {
        using PoleHarness pole = Pole();
        pole.Start().Provision(800, 800);
        pole.Run(10 * Minute);
        Assert.Equal(800, pole.Dimmer.LevelPermille);
        _board.Centidegrees = 9000;
        int darkest = 1000;
        pole.Check = () => darkest = Math.Min(darkest, pole.Dimmer.LevelPermille);
        pole.Run(30 * Minute);
        Assert.True(pole.Controller.Alarms.IsRaised(AlarmKind.OverTemperature) && pole.Controller.Alarms.IsRaised(AlarmKind.BoardOverheated));
        Assert.Equal(90, pole.Controller.Alarms.Value(AlarmKind.OverTemperature));
        Assert.Equal((400, 400, 800), (pole.Dimmer.LevelPermille, darkest, pole.Controller.Lighting.LevelPermille));
        Assert.True(pole.IsLit);
        _board.Centidegrees = 6000;
        pole.Run(30 * Minute);
        Assert.False(pole.Controller.Alarms.IsRaised(AlarmKind.OverTemperature) || pole.Controller.Alarms.IsRaised(AlarmKind.BoardOverheated));
        Assert.Equal(800, pole.Dimmer.LevelPermille);
    }

    [Fact]
    public void Given_a_board_whose_power_is_known_When_it_runs_Then_its_energy_is_counted_apart_and_kept()
    {
        FaultableStore store = new();
        using PoleHarness pole = new(store: store, fit: hardware => hardware.ControllerMilliwatts = 558);
        pole.Start().Provision(1000, 1000);
        pole.Run(100 * Hour);
        Assert.InRange(pole.Controller.Luminaire.ControllerEnergyWattHours, 55, 56);
        Assert.Equal(0, pole.Controller.Luminaire.EnergyWattHours);
        Assert.Equal(1, pole.Controller.Luminaire.LampStarts);
        using PoleHarness next = new(store: store);
        next.Start();
        Assert.InRange(next.Controller.Luminaire.ControllerEnergyWattHours, 54, 56);
        Assert.Equal(2, next.Controller.Luminaire.LampStarts);
    }
}
