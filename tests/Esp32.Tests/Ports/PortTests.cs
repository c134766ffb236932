// The thin ports over the packages: what they hand to the chip, and what they say when it refuses.
using System.Device.Gpio;
using System.Device.I2c;
using nanoFramework.Hardware.Esp32;
using NanoFrameworkPackages;
using PoleController.Esp32.Ports;
using PoleController.Hal;

namespace Esp32.Tests.Ports;

public sealed class PortTests
{
    private readonly SimulatedChip _chip = SimulatedChip.Replace();
    private readonly GpioController _gpio = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Given_an_input_When_the_pin_changes_Then_it_is_read_with_its_polarity(bool isActiveHigh)
    {
        Esp32Input input = new(_gpio, 4, PinMode.InputPullDown, isActiveHigh);
        Assert.Equal(PinMode.InputPullDown, _chip.PinAt(4).Mode);
        Assert.Equal(!isActiveHigh, input.IsActive);
        _chip.PinAt(4).IsHigh = true;
        Assert.Equal(isActiveHigh, input.IsActive);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Given_an_output_When_opened_and_set_Then_it_begins_inactive_and_follows(bool isActiveHigh)
    {
        Esp32Output output = new(_gpio, 6, PinMode.Output, isActiveHigh);
        Assert.Equal([!isActiveHigh], _chip.PinAt(6).Driven);
        Assert.True(output.TrySet(true));
        Assert.Equal(isActiveHigh, _chip.PinAt(6).IsHigh);
        _chip.PinAt(6).IsBroken = true;
        Assert.False(output.TrySet(false));
    }

    [Fact]
    public void Given_a_relay_When_made_Then_it_is_closed_until_it_is_told_to_open()
    {
        Esp32Relay relay = new(new Esp32Output(_gpio, 21, PinMode.Output, true));
        Assert.Equal([false], _chip.PinAt(21).Driven);
        Assert.True(relay.TrySwitch(false));
        Assert.True(_chip.PinAt(21).IsHigh);
        Assert.True(relay.TrySwitch(true));
        Assert.False(_chip.PinAt(21).IsHigh);
    }

    [Fact]
    public void Given_a_watchdog_When_petted_Then_each_pet_is_one_rising_edge_and_opening_is_none()
    {
        Esp32Watchdog watchdog = new(_gpio, 15);
        Assert.Equal([false], _chip.PinAt(15).Driven);
        watchdog.Pet();
        watchdog.Pet();
        Assert.Equal([false, true, false, true, false], _chip.PinAt(15).Driven);
    }

    [Fact]
    public void Given_every_duty_of_the_dimmer_When_set_Then_the_chip_gets_it_to_the_ten_thousandth()
    {
        Esp32Pwm pwm = new(6, 1, 2000);
        SimulatedPwm channel = _chip.Pwm[6];
        Assert.Equal(2000, channel.FrequencyHz);
        Assert.Equal(6, _chip.Functions[DeviceFunction.PWM1]);
        Assert.Equal([10000u], channel.Duties);
        for (int duty = 0; duty <= 10000; duty++)
        {
            Assert.True(pwm.TrySetDuty(duty * 100));
            Assert.Equal((uint)duty, channel.Duty);
        }

        channel.IsBroken = true;
        Assert.False(pwm.TrySetDuty(0));
    }

    [Fact]
    public void Given_a_channel_beyond_the_eighth_When_made_Then_it_is_refused()
    {
        Assert.Throws<InvalidOperationException>(() => new Esp32Pwm(6, Esp32Pwm.LastChannel + 1, 2000));
        for (int channel = 1; channel <= Esp32Pwm.LastChannel; channel++)
        {
            _ = new Esp32Pwm(10 + channel, channel, 1000);
        }

        Assert.Equal(8, _chip.Functions.Values.Distinct().Count());
    }

    [Fact]
    public void Given_a_spi_device_When_bytes_are_exchanged_Then_they_are_replaced_by_what_came_back()
    {
        Esp32Spi spi = new(1, 9, 10, 11, 8, 4_000_000);
        _chip.Spi = sent => [.. sent.Select(value => (byte)(value + 1))];
        byte[] data = [1, 2, 3, 4];
        Assert.True(spi.TryTransfer(data, 3));

        Assert.Equal([2, 3, 4, 4], data);
        System.Device.Spi.SpiConnectionSettings settings = Assert.Single(_chip.SpiOpened);
        Assert.Equal((1, 8, 4_000_000), (settings.BusId, settings.ChipSelectLine, settings.ClockFrequency));
        Assert.Equal((9, 10, 11), (_chip.Functions[DeviceFunction.SPI1_CLOCK], _chip.Functions[DeviceFunction.SPI1_MOSI], _chip.Functions[DeviceFunction.SPI1_MISO]));
    }

    [Fact]
    public void Given_a_spi_bus_that_failed_When_used_again_Then_it_is_opened_anew()
    {
        Esp32Spi spi = new(1, 9, 10, 11, 8, 4_000_000);
        _chip.Spi = _ => throw new InvalidOperationException();
        Assert.False(spi.TryTransfer(new byte[2], 2));
        _chip.Spi = sent => sent;
        Assert.True(spi.TryTransfer(new byte[2], 2));
        Assert.Equal((2, 1), (_chip.SpiOpened.Count, _chip.SpiClosed));
    }

    [Theory]
    [InlineData(I2cTransferStatus.FullTransfer, I2cResult.Ok)]
    [InlineData(I2cTransferStatus.SlaveAddressNotAcknowledged, I2cResult.AddressNotAcknowledged)]
    [InlineData(I2cTransferStatus.PartialTransfer, I2cResult.Partial)]
    [InlineData(I2cTransferStatus.ClockStretchTimeout, I2cResult.ClockStretchTimeout)]
    [InlineData((I2cTransferStatus)0, I2cResult.BusFailed)]
    public void Given_a_transfer_When_it_ends_somehow_Then_that_is_what_the_driver_hears(I2cTransferStatus status, I2cResult expected)
    {
        II2cDevice device = new Esp32I2cBus(_gpio, 1, 4, 5, 100_000).Device(0x10);
        _chip.PinAt(4).IsHigh = true;
        _chip.I2c = (address, written, count) => (status, [.. Enumerable.Repeat((byte)(address + written.Length), count)]);
        byte[] read = new byte[2];

        Assert.Equal(expected, device.WriteRead([1], 1, read, 2));
        Assert.Equal(expected, device.Write([1, 2], 2));
        Assert.Equal(expected, device.Read(read, 2));
        if (expected == I2cResult.Ok)
        {
            Assert.Equal([0x10, 0x10], read);
        }
    }

    [Fact]
    public void Given_a_transfer_that_says_it_is_whole_and_is_short_When_judged_Then_it_is_partial()
    {
        II2cDevice device = new Esp32I2cBus(_gpio, 1, 4, 5, 100_000).Device(0x10);
        _chip.I2c = (_, _, _) => (I2cTransferStatus.FullTransfer, [7]);
        Assert.Equal(I2cResult.Partial, device.Read(new byte[2], 2));
    }

    [Fact]
    public void Given_a_part_that_holds_the_data_line_When_a_transfer_fails_Then_the_bus_is_clocked_free_and_works_again()
    {
        Esp32I2cBus bus = new(_gpio, 1, 4, 5, 100_000);
        II2cDevice first = bus.Device(0x10);
        II2cDevice second = bus.Device(0x18);
        Assert.Equal(I2cResult.Ok, second.Write([1], 1));

        // The part lets go after five more clocks, as one that was cut off in a byte does.
        SimulatedPin data = _chip.PinAt(4);
        SimulatedPin clock = _chip.PinAt(5);
        clock.OnDriven = () => data.IsHigh |= clock.Driven.Count(isHigh => isHigh) > 5;
        _chip.I2c = (_, _, count) => data.IsHigh ? (I2cTransferStatus.FullTransfer, new byte[count]) : (I2cTransferStatus.ClockStretchTimeout, []);

        Assert.Equal(I2cResult.ClockStretchTimeout, first.Write([1], 1));
        Assert.Equal(1, bus.FreedCount);
        Assert.Equal(0, _chip.I2cOpen);
        Assert.True(data.IsHigh && clock.IsHigh);
        Assert.Equal(I2cResult.Ok, first.Write([1], 1));
        Assert.Equal(I2cResult.Ok, second.Write([1], 1));
    }

    [Fact]
    public void Given_a_bus_that_is_shorted_When_it_is_freed_Then_that_ends_after_nine_clocks()
    {
        Esp32I2cBus bus = new(_gpio, 2, 41, 42, 400_000);
        II2cDevice device = bus.Device(0x10);
        _chip.PinAt(41).Source = () => false;
        _chip.I2c = (_, _, _) => (0, []);

        Assert.Equal(I2cResult.BusFailed, device.Write([1], 1));
        Assert.InRange(_chip.PinAt(42).Driven.Count(isHigh => !isHigh), 1, Esp32I2cBus.FreeingClocks + 1);
        Assert.False(_chip.PinAt(41).IsOpen || _chip.PinAt(42).IsOpen);
    }

    [Fact]
    public void Given_the_vector_of_FIPS_197_When_encrypted_Then_it_is_the_standards()
    {
        Esp32Aes aes = new();
        byte[] key = Convert.FromHexString("000102030405060708090A0B0C0D0E0F");
        byte[] data = Convert.FromHexString("FF00112233445566778899AABBCCDDEEFFFF");
        aes.SelectKey(key);
        aes.EncryptBlock(data, 1);
        Assert.Equal("FF69C4E0D86A7B0430D8CDB78070B4C55AFF", Convert.ToHexString(data));
    }

    [Fact]
    public void Given_an_analogue_input_When_read_Then_counts_become_millivolts_before_the_divider()
    {
        // 12 V over 330 and 68 kOhm are 2.05 V at the pin: 2,708 of 4,095 counts at 3.1 V.
        Esp32AnalogInput input = new(0, 3100 * (330 + 68) / 68);
        _chip.Adc = channel => channel == 0 ? 2708 : 0;
        Assert.True(input.TryRead(out int millivolts));
        Assert.InRange(millivolts, 11_950, 12_050);
        _chip.Adc = _ => throw new InvalidOperationException();
        Assert.False(input.TryRead(out _));
    }
}
