// The ports over the kernel's devices: what each says when the device fails, and that it comes back.
using System.Device.Gpio;
using Bench.Boards;
using Bench.Devices;
using Bench.Pole;
using Bench.Tests.Simulated;
using PoleController.Hal;
using Simulation.Parts;
using Simulation.Parts.Sensors;

namespace Bench.Tests.Pole;

public sealed class PortTests
{
    private readonly SimulatedLinux _pi = new();
    private readonly PartClock _clock = new();

    [Theory]
    [InlineData(I2cBusTrouble.Silent, I2cResult.AddressNotAcknowledged)]
    [InlineData(I2cBusTrouble.ClockHeld, I2cResult.ClockStretchTimeout)]
    [InlineData(I2cBusTrouble.Stuck, I2cResult.BusFailed)]
    public void Given_an_I2C_bus_in_trouble_When_used_Then_the_kernels_number_says_which_and_it_works_again_afterwards(I2cBusTrouble trouble, I2cResult result)
    {
        I2cSocket socket = new(new Veml7700Part(_clock, _ => 1000));
        _pi.I2cParts[(1, 0x10)] = socket;
        LinuxI2cDevice device = new(() => _pi.I2c(1, 0x10));
        byte[] data = [4, 0];
        Assert.Equal(I2cResult.Ok, device.WriteRead(data, 1, new byte[2], 2));
        socket.Trouble.Bus = trouble;
        Assert.Equal((result, result, result), (device.Write(data, 1), device.Read(data, 2), device.WriteRead(data, 1, new byte[2], 2)));
        socket.Trouble.Bus = I2cBusTrouble.None;
        Assert.Equal(I2cResult.Ok, device.WriteRead(data, 1, new byte[2], 2));
    }

    [Fact]
    public void Given_an_SPI_bus_that_is_not_there_When_used_Then_it_says_so_and_is_opened_again()
    {
        LinuxSpi spi = new(() => _pi.Spi(0, 0, 8_000_000));
        byte[] data = [1, 2, 3];
        Assert.False(spi.TryTransfer(data, 3));
        _pi.SpiBuses[0] = bytes => Array.Reverse(bytes);
        Assert.True(spi.TryTransfer(data, 3));
        Assert.Equal(new byte[] { 3, 2, 1 }, data);
    }

    [Fact]
    public void Given_a_serial_adapter_that_is_pulled_When_it_is_back_Then_the_UART_is_opened_after_a_second_and_not_before()
    {
        VirtualRuntime runtime = new(_clock);
        UartPort port = new(_clock, new A02yyuwPart(_clock, _ => 800), 1024);
        PartLine line = new(port);
        int opened = 0;
        _pi.SerialLines["/dev/ttyUSB0"] = _ =>
        {
            opened++;
            return line;
        };
        LinuxUart uart = new(() => _pi.Serial("/dev/ttyUSB0", 9600), runtime, 256);
        byte[] buffer = new byte[64];
        _clock.NowUs = 2_000_000;
        Assert.InRange(uart.Read(buffer, 0, 64), 0, 64);
        line.IsGone = true;
        Assert.Equal(-1, uart.Read(buffer, 0, 64));
        Assert.False(uart.TryWrite(buffer, 1));
        Assert.False(uart.HasNews(runtime.NowMs));
        line.IsGone = false;
        Assert.Equal(-1, uart.Read(buffer, 0, 64));
        _clock.NowUs += 1_100_000;
        Assert.InRange(uart.Read(buffer, 0, 64), 1, 64);
        Assert.Equal(2, opened);
    }

    [Fact]
    public void Given_a_converter_that_falls_silent_When_read_Then_it_says_so_and_reads_again_when_it_is_back()
    {
        I2cSocket socket = new(new Ads1115Chip(_clock, _ => 1.5));
        _pi.I2cParts[(1, 0x48)] = socket;
        BoardSignal signal = Signal(SignalKind.Adc) with { Address = 0x48, Bus = 1, OhmsAbove = 10_000, OhmsBelow = 10_000 };
        LinuxAnalogInput input = new(() => new Ads1115Channel(_pi.I2c(1, 0x48), signal));
        Assert.True(input.TryRead(out int millivolts));
        Assert.Equal(3000, millivolts);
        socket.Trouble.Bus = I2cBusTrouble.Silent;
        Assert.False(input.TryRead(out _));
        Assert.False(input.TryRead(out _));
        socket.Trouble.Bus = I2cBusTrouble.None;
        Assert.True(input.TryRead(out _));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Given_a_push_pull_output_When_opened_and_set_Then_it_never_shows_the_wrong_level(bool activeLevel)
    {
        LinuxOutput output = new(new GpioController(_pi.Lines), Signal(SignalKind.Output) with { Active = activeLevel ? LineLevel.High : LineLevel.Low });
        Assert.Equal([!activeLevel], _pi.Lines.At(7).History);
        Assert.True(output.TrySet(true));
        Assert.Equal(activeLevel, _pi.Lines.At(7).Level);
    }

    [Fact]
    public void Given_an_open_drain_output_When_inactive_Then_the_line_is_let_go_and_high_is_never_driven()
    {
        LinuxOutput output = new(new GpioController(_pi.Lines), Signal(SignalKind.Output) with { Active = LineLevel.Low, Drive = LineDrive.OpenDrain });
        SimulatedLine line = _pi.Lines.At(7);
        Assert.False(line.IsDriven);
        output.TrySet(true);
        Assert.True(line is { IsDriven: true, Driven: false });
        output.TrySet(false);
        Assert.False(line.IsDriven);
        Assert.DoesNotContain(true, line.History);
    }

    [Fact]
    public void Given_the_vector_of_FIPS_197_When_a_block_is_encrypted_Then_it_is_the_standards_and_a_changed_array_is_another_key()
    {
        // FIPS 197, appendix C.1.
        using LinuxAes aes = new();
        byte[] key = Convert.FromHexString("000102030405060708090a0b0c0d0e0f");
        byte[] block = Convert.FromHexString("ff00112233445566778899aabbccddeeff");
        aes.SelectKey(key);
        aes.EncryptBlock(block, 1);
        Assert.Equal("FF69C4E0D86A7B0430D8CDB78070B4C55A", Convert.ToHexString(block));
        key[0] = 0xFF;
        aes.SelectKey(key);
        byte[] other = Convert.FromHexString("00112233445566778899aabbccddeeff");
        aes.EncryptBlock(other, 0);
        Assert.NotEqual("69C4E0D86A7B0430D8CDB78070B4C55A", Convert.ToHexString(other));
    }

    private static BoardSignal Signal(SignalKind kind) => new() { Name = "x", Kind = kind, FileLine = 1, Connect = "x", Pins = new Dictionary<string, int> { ["line"] = 7 } };
}
