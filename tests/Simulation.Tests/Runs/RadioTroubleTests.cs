// Poles whose radio breaks while they are in service, with the real driver over a simulated chip: the lamp never notices, and the pole is back on
// the air soon after the radio is whole again.
using PoleController;
using Simulation.Parts.RadioChips;
using Simulation.Scenarios;
using Xunit;

namespace Simulation.Tests.Runs;

public class RadioTroubleTests
{
    private const int BreakMinute = 20;
    private const int MendMinute = 30;

    public enum Trouble
    {
        StuckLow,
        StuckHigh,
        BusRefuses,
        BusyStuck,
        InterruptCut,
        ResetRefusedAndSilent,
        BitFlips,
    }

    public static TheoryData<RadioChipKind, Trouble> Troubles =>
        new(from chip in Enum.GetValues<RadioChipKind>()
            from trouble in Enum.GetValues<Trouble>()
            where chip == RadioChipKind.Sx1262 || trouble != Trouble.BusyStuck // an SX1276 has no BUSY
            select (chip, trouble));

    [Theory]
    [MemberData(nameof(Troubles))]
    public void Given_a_radio_that_breaks_for_ten_minutes_When_it_is_whole_again_Then_status_comes_within_three_minutes_and_the_light_was_steady(
        RadioChipKind chipKind, Trouble trouble)
    {
        using StreetRun run = Night(chipKind);
        LoRaChip chip = Chip(run);
        run.RunTo(BreakMinute);
        Assert.True(run.Controller(0).Device.IsJoined);
        Break(chip.Trouble, trouble, isBroken: true);
        run.Watch(MendMinute, 1, _ => Assert.Equal(500, run.Light(0)));

        // What is cut is no fault: the driver asks the chip when something is due.
        Assert.Equal(trouble != Trouble.InterruptCut, Radio(run).Driver.LastFault.Count > 0);
        Break(chip.Trouble, trouble, isBroken: false);
        long before = run.Fleet.Network.NetworkStatistics.AcceptedUplinkCount;
        run.Watch(MendMinute + 3, 1, _ => Assert.Equal(500, run.Light(0)));
        Assert.True(run.Fleet.Network.NetworkStatistics.AcceptedUplinkCount > before, "no uplink came");
        Assert.Equal(HealthState.Ok, run.Controller(0).Device.Health.State);
        Assert.Equal(0, run.Controller(0).ExceptionCount);
        Assert.Equal(0, run.Pole(0).SpinCount);
    }

    [Theory]
    [InlineData(RadioChipKind.Sx1262)]
    [InlineData(RadioChipKind.Sx1276)]
    public void Given_a_chip_that_restarts_at_any_transfer_When_some_minutes_have_passed_Then_the_pole_is_heard_again(RadioChipKind chipKind)
    {
        // The transfers of half an hour in service, one after the other in turn; a run each.
        for (int transfer = 5; transfer < 160; transfer += 13)
        {
            using StreetRun run = Night(chipKind);
            LoRaChip chip = Chip(run);
            run.RunTo(BreakMinute);
            int breakAt = chip.TransferCount + transfer;
            chip.Trouble.BeforeTransfer = index =>
            {
                if (index == breakAt)
                {
                    chip.BrownOut();
                }
            };
            run.RunTo(MendMinute);
            Assert.True(chip.TransferCount > breakAt, $"only {chip.TransferCount} transfers by then, not {breakAt}");
            long before = run.Fleet.Network.NetworkStatistics.AcceptedUplinkCount;
            run.RunTo(MendMinute + 3);
            Assert.True(run.Fleet.Network.NetworkStatistics.AcceptedUplinkCount > before, $"no uplink came after a restart at transfer {transfer}");
            Assert.Equal(500, run.Light(0));
        }
    }

    private static StreetRun Night(RadioChipKind chip) => Street.AtNight(1)
        .Poles(1)
        .Constant(500)
        .Settings(new PoleSettings { StatusIntervalSeconds = 60 })
        .Controller(new ControllerModel { RadioChip = chip, RadioForm = RadioForm.Chip })
        .Build();

    private static ChipRadio Radio(StreetRun run) => (ChipRadio)run.Pole(0).Parts.Radio;

    private static LoRaChip Chip(StreetRun run) => Radio(run).Chip;

    private static void Break(ChipTrouble chip, Trouble trouble, bool isBroken)
    {
        switch (trouble)
        {
            case Trouble.StuckLow:
                chip.Bus = isBroken ? SpiTrouble.StuckLow : SpiTrouble.None;
                break;
            case Trouble.StuckHigh:
                chip.Bus = isBroken ? SpiTrouble.StuckHigh : SpiTrouble.None;
                break;
            case Trouble.BusRefuses:
                chip.Bus = isBroken ? SpiTrouble.Refuses : SpiTrouble.None;
                break;
            case Trouble.BusyStuck:
                chip.IsBusyStuck = isBroken;
                break;
            case Trouble.InterruptCut:
                chip.IsInterruptCut = isBroken;
                break;
            case Trouble.ResetRefusedAndSilent:
                chip.IsResetRefused = isBroken;
                chip.Bus = isBroken ? SpiTrouble.StuckLow : SpiTrouble.None;
                break;
            default:
                chip.Flips = isBroken ? (transfer, index) => (transfer + index) % 7 == 0 ? (byte)(1 << (transfer % 8)) : (byte)0 : null;
                break;
        }
    }
}
