// The radio as the end device finds it: times of transmission and reception, and what is missed.
using PoleController.Hal;
using PoleController.LoRaWan;
using Simulation.Engine;
using Simulation.Parts;
using Simulation.Parts.RadioChips;
using Simulation.Radio;
using Xunit;

namespace Simulation.Tests.Parts;

public class RadioPartTests
{
    private const int Rx2Hz = 869_525_000;
    private readonly RadioPart _radio = new(new Antenna(0), new Crystal(0), RadioTraits.Sx1262);
    private readonly UplinkBuffer _uplinks = new();

    public RadioPartTests() => _radio.Antenna.Uplinks = _uplinks;

    [Fact]
    public void Given_a_transmission_When_it_ends_Then_the_event_has_the_time_of_the_last_symbol()
    {
        _radio.SetTime(1_000_000);
        _radio.TryTransmit(868_100_000, 7, 125_000, 14, new byte[33], 33);
        long endUs = 1_000_000 + RadioTraits.Sx1262.TransmitLatencyUs + AirTime.FrameUs(7, 125_000, 33, hasCrc: true);
        Assert.Equal(endUs, _radio.NextEventUs);
        Assert.True(_radio.Advance(endUs));
        Assert.Equal(LoRaRadioEvent.TransmitDone, _radio.Poll(0));
        Assert.Equal(endUs / 1000, _radio.EventTimeMs);
        Assert.Equal(33, Assert.Single(_uplinks.Uplinks).Length);
    }

    [Fact]
    public void Given_a_power_cut_before_the_end_When_transmitting_Then_nobody_hears_it()
    {
        _radio.Antenna.PowerCutUs = 1_010_000;
        _radio.SetTime(1_000_000);
        _radio.TryTransmit(868_100_000, 7, 125_000, 14, new byte[33], 33);
        Assert.Empty(_uplinks.Uplinks);
    }

    [Fact]
    public void Given_a_window_without_a_downlink_When_it_ends_Then_it_times_out()
    {
        _radio.SetTime(0);
        _radio.TryReceive(Rx2Hz, 9, 125_000, 40);
        long endUs = RadioTraits.Sx1262.ReceiveLatencyUs + 40_000;
        Assert.Equal(endUs, _radio.NextEventUs);
        Assert.True(_radio.Advance(endUs));
        Assert.Equal(LoRaRadioEvent.ReceiveTimeout, _radio.Poll(0));
        Assert.Equal(LoRaRadioEvent.None, _radio.Poll(0));
    }

    [Fact]
    public void Given_a_preamble_within_the_window_When_it_goes_on_beyond_it_Then_the_frame_is_received_whole()
    {
        _radio.SetTime(0);
        _radio.TryReceive(Rx2Hz, 9, 125_000, 40);
        _radio.Antenna.Announce(Downlink(30_000, 200_000, Rx2Hz, 9));
        Assert.False(_radio.Advance(30_000));
        Assert.Equal(200_000, _radio.NextEventUs);
        Assert.True(_radio.Advance(200_000));
        Assert.Equal(LoRaRadioEvent.ReceiveDone, _radio.Poll(0));
        Assert.Equal(3, _radio.ReadFrame(new byte[256]));
        Assert.Equal(-90, _radio.RssiDbm);
    }

    [Theory]
    [InlineData(868_100_000, 9)]
    [InlineData(Rx2Hz, 12)]
    public void Given_another_channel_or_spreading_factor_When_a_downlink_comes_Then_it_is_missed(int frequencyHz, int spreadingFactor)
    {
        _radio.SetTime(0);
        _radio.TryReceive(Rx2Hz, 9, 125_000, 0);
        _radio.Antenna.Announce(Downlink(30_000, 200_000, frequencyHz, spreadingFactor));
        while (_radio.NextEventUs != long.MaxValue)
        {
            Assert.False(_radio.Advance(_radio.NextEventUs));
        }

        Assert.Equal(1, _radio.Antenna.MissedCount);
    }

    [Theory]
    [InlineData(29_000, true)]
    [InlineData(31_000, false)]
    public void Given_a_preamble_under_way_When_the_radio_begins_to_listen_Then_five_symbols_must_be_left(long listenAfterStartUs, bool isReceived)
    {
        // SF9: a symbol has 4.096 ms, the preamble 12.25 symbols: 7.25 of them, 29.7 ms, may be missed.
        _radio.Antenna.Announce(Downlink(100_000, 300_000, Rx2Hz, 9));
        _radio.Advance(100_000);
        _radio.SetTime(100_000 + listenAfterStartUs);
        _radio.TryReceive(Rx2Hz, 9, 125_000, 0);
        _radio.Advance(300_000);
        Assert.Equal(isReceived ? LoRaRadioEvent.ReceiveDone : LoRaRadioEvent.None, _radio.Poll(0));
    }

    [Fact]
    public void Given_a_reception_When_the_controller_transmits_Then_the_frame_is_lost()
    {
        _radio.SetTime(0);
        _radio.TryReceive(Rx2Hz, 9, 125_000, 0);
        _radio.Antenna.Announce(Downlink(30_000, 200_000, Rx2Hz, 9));
        _radio.Advance(30_000);
        _radio.SetTime(100_000);
        _radio.TryTransmit(868_100_000, 7, 125_000, 14, new byte[10], 10);
        _radio.Advance(200_000);
        Assert.Equal(LoRaRadioEvent.TransmitDone, _radio.Poll(0));
        Assert.Equal(LoRaRadioEvent.None, _radio.Poll(0));
    }

    private static DownlinkTransmission Downlink(long startUs, long endUs, int frequencyHz, int spreadingFactor) => new()
    {
        StartUs = startUs,
        EndUs = endUs,
        FrequencyHz = frequencyHz,
        SpreadingFactor = spreadingFactor,
        BandwidthHz = 125_000,
        Length = 3,
        RssiDbm = -90,
        IsDetectable = true,
    };
}
