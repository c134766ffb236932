// Whatever comes back on the bus and on the lines: no exception, no loop without an end, no poll asked for in the past, and recovery.
using Drivers.Tests.Bench;
using FsCheck;
using FsCheck.Fluent;
using PoleController.Drivers;
using PoleController.Hal;
using Simulation.Engine;
using Simulation.Parts;
using Simulation.Parts.RadioChips;
using Xunit;

namespace Drivers.Tests.Behaviour;

public class AnyAnswerTests
{
    [Theory]
    [InlineData(ChipModel.Sx1262)]
    [InlineData(ChipModel.Sx1276)]
    public void Given_any_bytes_on_the_bus_When_the_driver_works_Then_it_stays_within_its_bounds_and_recovers_with_the_chip(ChipModel model) =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => AssertSurvives(model, seed)).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(1000000));

    private static void AssertSurvives(ChipModel model, int seed)
    {
        RandomStream random = new(seed, "bus", 0);
        Antenna antenna = new(0);
        LoRaChip chip = Chips.Create(model, antenna);
        NoisyBus bus = new(chip, random);
        LoRaTransceiver driver = CreateDriver(model, bus, chip, random);
        byte[] buffer = new byte[256];
        long nowMs = 0;
        for (int i = 0; i < 300; i++)
        {
            nowMs += random.Next(4) == 0 ? random.Next(70_000) : random.Next(20);
            chip.SetTime(nowMs * 1000);
            chip.Advance(nowMs * 1000);
            Bounded(bus, () => driver.Poll(nowMs));
            AssertWake(driver, nowMs);
            switch (random.Next(8))
            {
                case 0:
                    Bounded(bus, () => driver.TryTransmit(868_100_000, 7 + random.Next(6), 125_000, random.Next(40) - 10, buffer, 1 + random.Next(255)));
                    break;
                case 1:
                    Bounded(bus, () => driver.TryReceive(869_525_000, 7 + random.Next(6), 125_000, random.Next(2) * random.Next(5000)));
                    break;
                case 2:
                    Bounded(bus, driver.Sleep);
                    break;
                case 3:
                    Assert.InRange(driver.ReadFrame(buffer), 0, 255);
                    break;
            }

            AssertWake(driver, nowMs);
        }

        bus.IsQuiet = true;
        AssertSends(driver, chip, antenna, nowMs);
    }

    // The chip is right again: a frame leaves, at the second try at the latest (the first may find what the noise has left).
    private static void AssertSends(LoRaTransceiver driver, LoRaChip chip, Antenna antenna, long nowMs)
    {
        UplinkBuffer uplinks = new();
        antenna.Uplinks = uplinks;
        bool isSent = false;
        for (int attempt = 0; attempt < 3 && !isSent; attempt++)
        {
            nowMs += 1000;
            chip.SetTime(nowMs * 1000);
            chip.Advance(nowMs * 1000);
            driver.Poll(nowMs);
            driver.TryTransmit(868_100_000, 7, 125_000, 14, DriverBench.Frame(20), 20);
            for (int i = 0; i < 500 && !isSent; i++)
            {
                nowMs++;
                chip.SetTime(nowMs * 1000);
                chip.Advance(nowMs * 1000);
                isSent = driver.Poll(nowMs) == LoRaRadioEvent.TransmitDone && uplinks.Uplinks.Count > 0;
            }
        }

        Assert.True(isSent, $"no frame left; {driver.LastFault.Kind} at 0x{driver.LastFault.Code:x2}");
        Assert.Equal(DriverBench.Frame(20), uplinks.Uplinks[^1].Frame[..uplinks.Uplinks[^1].Length]);
    }

    private static LoRaTransceiver CreateDriver(ChipModel model, NoisyBus bus, LoRaChip chip, RandomStream random)
    {
        SignalLine Noisy(Func<bool> real) => new(() => bus.IsQuiet || random.Next(4) > 0 ? real() : random.Next(2) == 0);
        return chip switch
        {
            Sx1262Chip sx1262 => new Sx1262(
                bus, chip.ResetLine, Noisy(() => sx1262.Busy.IsActive), Noisy(() => sx1262.Dio1.IsActive), new Sx1262Board()),
            Sx1276Chip sx1276 => new Sx1276(
                bus, chip.ResetLine, Noisy(() => sx1276.Dio0.IsActive), Noisy(() => sx1276.Dio1.IsActive), new Sx1276Board()),
            _ => throw new ArgumentOutOfRangeException(nameof(model)),
        };
    }

    private static void Bounded(NoisyBus bus, Func<object> call) => Bounded(bus, () => { call(); });

    private static void Bounded(NoisyBus bus, Action call)
    {
        int before = bus.TransferCount;
        call();
        Assert.InRange(bus.TransferCount - before, 0, LoRaTransceiver.MaximumTransfersPerCall);
    }

    private static void AssertWake(LoRaTransceiver driver, long nowMs) =>
        Assert.True(driver.NextWakeMs > nowMs, $"asks to be polled at {driver.NextWakeMs} ms, and it is {nowMs} ms");

    // A third of the transfers goes through, a third comes back damaged, the rest is noise or refused.
    private sealed class NoisyBus(ISpiDevice chip, RandomStream random) : ISpiDevice
    {
        public bool IsQuiet { get; set; }

        public int TransferCount { get; private set; }

        public bool TryTransfer(byte[] data, int length)
        {
            TransferCount++;
            int luck = IsQuiet ? 0 : random.Next(100);
            if (luck < 97 && !chip.TryTransfer(data, length))
            {
                return false;
            }

            switch (luck)
            {
                case < 80:
                    return true;
                case < 90:
                    data[random.Next(length)] ^= (byte)(1 << random.Next(8));
                    return true;
                case < 99:
                    for (int i = 0; i < length; i++)
                    {
                        data[i] = (byte)random.Next(256);
                    }

                    return true;
                default:
                    return false;
            }
        }
    }
}
