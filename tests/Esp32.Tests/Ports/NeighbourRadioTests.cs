// The neighbours' radio over Bluetooth LE advertisements: telling and listening take turns, foreign and hostile advertisements end here.
using Esp32.Tests.Bench;
using nanoFramework.Device.Bluetooth.Advertisement;
using NanoFrameworkPackages;
using PoleController.Esp32.Ports;
using Buffer = nanoFramework.Device.Bluetooth.Buffer;

namespace Esp32.Tests.Ports;

public sealed class NeighbourRadioTests
{
    private readonly SimulatedChip _chip = SimulatedChip.Replace();
    private readonly byte[] _buffer = new byte[Esp32NeighbourRadio.DataLength];
    private readonly Esp32NeighbourRadio _radio;

    public NeighbourRadioTests() => _radio = new Esp32NeighbourRadio(new BoardClock(_chip));

    [Fact]
    public void Given_a_broadcast_When_it_has_lasted_long_enough_Then_the_pole_listens_again()
    {
        Assert.Equal(0, _radio.Receive(_buffer, out _));
        Assert.True(_radio.TryBroadcast([1, 2, 3, 4], 3, 500));
        BluetoothLEManufacturerData told = (BluetoothLEManufacturerData)Assert.Single(_chip.Advertisement!.ManufacturerData.Cast<object>());
        Assert.Equal((Esp32NeighbourRadio.CompanyId, 3u), (told.CompanyId, told.Data.Length));

        _chip.TimeUs += 499_000;
        Assert.False(_radio.HasNews(499));
        Assert.NotNull(_chip.Advertisement);
        _chip.TimeUs += 1000;
        Assert.Equal(0, _radio.Receive(_buffer, out _));
        Assert.Equal(["scan", "stop scan", "advertise", "stop advertise", "scan"], _chip.Bluetooth);
    }

    [Fact]
    public void Given_a_broadcast_that_goes_on_When_another_comes_Then_it_takes_its_place()
    {
        Assert.True(_radio.TryBroadcast([1], 1, 500));
        Assert.True(_radio.TryBroadcast([2], 1, 500));
        Assert.Equal(["advertise", "stop advertise", "advertise"], _chip.Bluetooth);
    }

    [Fact]
    public void Given_neighbours_When_heard_Then_the_oldest_comes_first_and_a_fifth_is_lost()
    {
        _radio.Receive(_buffer, out _);
        for (byte i = 1; i <= 5; i++)
        {
            Hear(Esp32NeighbourRadio.CompanyId, [i, 0xAA], (short)(-50 - i));
        }

        Assert.True(_radio.HasNews(0));
        Assert.False(_radio.HasNews(0));
        for (byte i = 1; i <= 4; i++)
        {
            Assert.Equal(2, _radio.Receive(_buffer, out int rssiDbm));
            Assert.Equal((i, -50 - i), (_buffer[0], rssiDbm));
        }

        Assert.Equal(0, _radio.Receive(_buffer, out _));
        Assert.False(_radio.HasNews(0));
    }

    [Fact]
    public void Given_advertisements_of_others_When_heard_Then_none_is_taken()
    {
        _radio.Receive(_buffer, out _);
        Hear(0x004C, [1, 2], -40);
        Hear(Esp32NeighbourRadio.CompanyId, [], -40);
        Hear(Esp32NeighbourRadio.CompanyId, new byte[Esp32NeighbourRadio.DataLength + 1], -40);
        BluetoothLEAdvertisement odd = new();
        odd.ManufacturerData.Add("no manufacturer data");
        _chip.Watcher!.Hear(odd, -40);

        Assert.Equal(0, _radio.Receive(_buffer, out _));
    }

    [Fact]
    public void Given_a_scan_When_a_second_has_passed_Then_it_begins_anew_so_that_an_address_is_heard_again()
    {
        for (int i = 0; i < 5; i++)
        {
            _radio.HasNews((long)(_chip.TimeUs / 1000));
            _chip.TimeUs += 500_000;
        }

        Assert.Equal(3, _chip.Bluetooth.Count(what => what == "scan"));
    }

    [Fact]
    public void Given_a_stack_that_fails_When_used_Then_it_says_so_and_works_again_when_it_does()
    {
        _chip.IsBluetoothBroken = true;
        Assert.Equal(-1, _radio.Receive(_buffer, out _));
        Assert.False(_radio.TryBroadcast([1], 1, 500));
        _chip.IsBluetoothBroken = false;
        _chip.TimeUs += 1_000_000;
        Assert.Equal(0, _radio.Receive(_buffer, out _));
        Assert.True(_radio.TryBroadcast([1], 1, 500));
    }

    private void Hear(ushort company, byte[] data, short rssiDbm)
    {
        BluetoothLEAdvertisement advertisement = new();
        advertisement.ManufacturerData.Add(new BluetoothLEManufacturerData(company, new Buffer(data)));
        _chip.Watcher!.Hear(advertisement, rssiDbm);
    }
}
