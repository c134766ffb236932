// The memory banks' content against the bytes and values that the tests of sde1000/python-dali (commit 9ba8e26, dali/tests/test_memory.py) give for
// them, and the marks of parts 252 and 253.
using PoleController.Drivers;
using Xunit;

namespace Drivers.Tests.Luminaire;

public class DaliBankTests
{
    private static readonly byte[] Gear =
    [
        0x1C, 0xFF, 0xFF, 1, 0x00, 0x00, 0x0E, 0x10, 0x00, 0x00, 0x0A, 0x08, 0xFC, 50, 90, 1, 1, 1, 10, 0, 11, 0, 2, 0, 6, 0, 2, 90, 85,
    ];

    private static readonly byte[] Lamp =
    [
        0x20, 0xFF, 0xFF, 1, 0x00, 0x01, 0x2C, 0x00, 0x01, 0xF4, 0x00, 0x00, 0x03, 0xE8, 0x00, 0x00, 0x0B, 0xB8, 0x02, 0x58, 0x02, 0xBC, 0, 12, 0, 15,
        0, 23, 1, 45, 0, 67, 160,
    ];

    [Theory]
    [InlineData("0FFFFF01 03 00000000000A 00 000003E8", 10000L, 1000000)] // 10 kWh, 1,000 W
    [InlineData("0FFFFF01 FF 0000000003E8 FE 000003E8", 100L, 10000)] // 100 Wh, 10 W
    [InlineData("0FFFFF01 FA 0000000186A0 01 000003E8", 0L, 10000000)] // 0.1 Wh, 10 kW
    [InlineData("0FFFFF01 00 FFFFFFFFFFFF 00 FFFFFFFF", -1L, -1)]
    [InlineData("0FFFFF01 00 FFFFFFFFFFFE 00 FFFFFFFE", -2L, -2)]
    [InlineData("0FFFFF01 07 000000000001 F9 00000001", -1L, -1)]
    public void Given_energy_and_power_with_their_scales_When_read_Then_they_are_watt_hours_and_milliwatts(string hex, long wattHours, int milliwatts)
    {
        DaliBanks banks = Read(202, Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));
        Assert.Equal((wattHours, milliwatts), (banks.EnergyWattHours, banks.PowerMilliwatts));
    }

    [Fact]
    public void Given_the_published_diagnostics_When_read_Then_they_are_the_published_values()
    {
        DaliBanks gear = Read(205, Gear);
        Assert.Equal(
            (3600L, 10, 230000, 900, 30, false),
            (gear.GearOperatingSeconds, gear.GearStarts, gear.SupplyMillivolts, gear.PowerFactorPermille, gear.GearTemperatureDegrees, gear.IsDerating));
        DaliBanks lamp = Read(206, Lamp);
        Assert.Equal((500, 3000L, 60000, 700), (lamp.LampStarts, lamp.LampOperatingSeconds, lamp.LampMillivolts, lamp.LampMilliamperes));
        Assert.Equal((100, true, false), (lamp.LampTemperatureDegrees, lamp.IsDerating, lamp.IsLampFailed));
    }

    [Fact]
    public void Given_all_ones_or_a_bank_that_ends_early_When_read_Then_nothing_is_supported()
    {
        foreach (int length in new[] { 4, 5, 29 })
        {
            byte[] bytes = [.. Enumerable.Repeat((byte)0xFF, length)];
            DaliBanks banks = Read(205, bytes);
            Assert.Equal((-1L, -1, -1, -1, int.MinValue), (
                banks.GearOperatingSeconds, banks.GearStarts, banks.SupplyMillivolts, banks.PowerFactorPermille, banks.GearTemperatureDegrees));
        }
    }

    [Fact]
    public void Given_any_bytes_When_read_Then_values_stay_in_their_ranges()
    {
        Random random = new(7);
        byte[] bytes = new byte[33];
        for (int i = 0; i < 20000; i++)
        {
            random.NextBytes(bytes);
            for (int bank = 202; bank <= 206; bank += bank == 202 ? 3 : 1)
            {
                DaliBanks banks = Read(bank, bytes);
                Assert.True(banks.EnergyWattHours >= -2 && banks.PowerMilliwatts >= -2 && banks.GearStarts >= -2 && banks.LampStarts >= -2);
                Assert.True(banks.SupplyMillivolts is >= -2 and <= 6553300 && banks.PowerFactorPermille is >= -2 and <= 2530);
                Assert.True(banks.GearTemperatureDegrees is int.MinValue or (>= -60 and <= 193));
                Assert.True(banks.LampTemperatureDegrees is int.MinValue or (>= -60 and <= 193));
            }
        }
    }

    private static DaliBanks Read(int bank, byte[] bytes)
    {
        DaliBanks banks = new();
        banks.Clear();
        for (int i = DaliBanks.FirstValueLocation; i <= DaliBanks.Needed(bank, bytes.Length - 1); i++)
        {
            banks.Put(i, bytes[i]);
        }

        banks.Take(bank);
        return banks;
    }
}
