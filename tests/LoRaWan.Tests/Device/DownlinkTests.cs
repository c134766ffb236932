// Class C downlinks, MAC commands, and what must not change anything.
using FsCheck;
using FsCheck.Fluent;
using LoRaWan.Tests.Bench;
using PoleController.LoRaWan;
using Simulation.Engine;
using Xunit;

namespace LoRaWan.Tests.Device;

public class DownlinkTests
{
    [Fact]
    public void A_command_arrives_at_any_time()
    {
        DeviceBench bench = new();
        bench.Join();
        bench.RunFor(1_000_000);
        bench.Radio.RssiDbm = -101;
        bench.Network.SendClassC(new Downlink(10, "0102030405"));
        bench.RunFor(3000);
        Assert.Equal(10, bench.Device.DownlinkPort);
        Assert.Equal(-101, bench.Device.LastRssiDbm);
        Assert.Equal("0102030405", bench.TakeDownlink());
        Assert.Equal(0, bench.Device.DownlinkPort);
        Assert.Equal("", bench.TakeDownlink());
    }

    [Fact]
    public void The_device_listens_on_RX2_whenever_it_does_nothing_else()
    {
        DeviceBench bench = new();
        bench.Join();
        bench.AfterStep = () =>
        {
            if (bench.Radio.Sent[^1].EndMs < bench.NowMs - 3000)
            {
                Assert.Equal((Eu868.Rx2FrequencyHz, 12), (bench.Radio.Listening!.Value.FrequencyHz, bench.Radio.Listening.Value.SpreadingFactor));
            }
        };
        for (int i = 0; i < 20; i++)
        {
            bench.SendAndFinish();
            bench.RunFor(10_000);
        }
    }

    [Fact]
    public void A_confirmed_downlink_is_acknowledged_within_seconds_or_with_the_next_message()
    {
        DeviceBench bench = new();
        bench.Join();
        bench.RunFor(1_000_000);
        bench.Network.SendClassC(new Downlink(10, "01", IsConfirmed: true));
        int before = bench.Network.Uplinks.Count;
        bench.RunFor(5000);
        Assert.Equal(before + 1, bench.Network.Uplinks.Count);
        Assert.True(bench.Network.Uplinks[^1].Header.IsAcknowledge);
        Assert.Equal(DataFrame.NoPort, bench.Network.Uplinks[^1].Header.FPort);
        bench.RunFor(100_000);
        Assert.Equal(before + 1, bench.Network.Uplinks.Count);
        bench.TakeDownlink();

        bench.Network.SendClassC(new Downlink(10, "01", IsConfirmed: true));
        bench.RunUntil(bench.NowMs + 5000, () => bench.Device.DownlinkPort != 0);
        bench.SendAndFinish("55");
        Assert.True(bench.Network.Uplinks[^1].Header.IsAcknowledge);
        Assert.Equal("55", Convert.ToHexStringLower(bench.Network.Uplinks[^1].Payload));
    }

    [Fact]
    public void A_second_message_before_the_first_was_taken_is_dropped_counted_and_not_acknowledged()
    {
        DeviceBench bench = new();
        bench.Join();
        bench.Network.SendClassC(new Downlink(10, "01"));
        bench.RunFor(5000);
        bench.Network.SendClassC(new Downlink(11, "02", IsConfirmed: true));
        int before = bench.Network.Uplinks.Count;
        bench.RunFor(20_000);
        Assert.Equal(1, bench.Device.DroppedDownlinkCount);
        Assert.Equal(before, bench.Network.Uplinks.Count);
        Assert.Equal(10, bench.Device.DownlinkPort);
        Assert.Equal("01", bench.TakeDownlink());
    }

    [Fact]
    public void A_replay_is_refused()
    {
        DeviceBench bench = new();
        bench.Join();
        byte[] frame = bench.Network.SendClassC(new Downlink(10, "01"));
        bench.RunFor(5000);
        bench.TakeDownlink();
        bench.Network.Replay(frame, bench.NowMs + 1, Eu868.Rx2FrequencyHz, 12);
        bench.RunFor(5000);
        Assert.Equal(0, bench.Device.DownlinkPort);
        Assert.Equal(1, bench.Device.RefusedDownlinkCount);
    }

    [Fact]
    public void The_time_is_asked_for_after_the_join_and_once_a_day()
    {
        DeviceBench bench = new();
        bench.Join();
        Assert.True(bench.Clock.IsKnown);
        long utcMs = 315_964_800_000 + bench.Network.GpsMsAtStart + bench.NowMs - 18_000;
        Assert.InRange(bench.Clock.UtcMs(bench.NowMs) - utcMs, -100, 100);
        Assert.InRange(bench.Clock.UncertaintyMs(bench.NowMs), 100, 110);
        bench.RunFor(3 * 86_400_000L);
        Assert.InRange(bench.Clock.SetCount, 3, 4);
        Assert.InRange(bench.Network.Uplinks.Count, 3, 4);

        bench.Device.RequestTime();
        bench.SendAndFinish();
        Assert.InRange(bench.Clock.SetCount, 4, 5);
    }

    [Fact]
    public void Without_an_answer_the_time_is_asked_for_again_and_more_and_more_rarely()
    {
        DeviceBench bench = new();
        bench.Network.AnswersTime = false;
        bench.Join();
        bench.RunFor(86_400_000);
        Assert.False(bench.Clock.IsKnown);
        Assert.InRange(bench.Network.Uplinks.Count, 16, 40);
    }

    [Fact]
    public void Given_another_clock_the_network_is_not_asked_for_the_time_unless_somebody_wants_it()
    {
        DeviceBench bench = new();
        bench.Device.IsTimeRequestAutomatic = false;
        bench.Join();
        bench.SendAndFinish();
        bench.RunFor(2 * 86_400_000L);
        Assert.False(bench.Clock.IsKnown);
        Assert.Equal(0, Assert.Single(bench.Network.Uplinks).Header.FOptsLength);

        bench.Device.RequestTime();
        bench.SendAndFinish();
        Assert.True(bench.Clock.IsKnown);
    }

    // Downlink commands, the answers in the next uplink. Layouts: TS001-1.0.4, section 5. Three default channels.
    [Theory]
    [InlineData("0351ff000106", "03060600", true)]
    [InlineData("0351070001", "0307", false)]
    [InlineData("0351070061" + "0352070001", "0307" + "0307", false)]
    [InlineData("0351000001", "0306", false)]
    [InlineData("03f1070001", "0307", false)]
    [InlineData("03ff070001", "0307", false)]
    [InlineData("0371070001", "0305", false)]
    [InlineData("0358070001", "0303", false)]
    [InlineData("0351070011", "0306", false)]
    [InlineData("0403", "04", false)]
    [InlineData("0500d2ad84", "0507", false)]
    [InlineData("0570d2ad84", "0503", false)]
    [InlineData("0508d2ad84", "0505", false)]
    [InlineData("0500000000", "0506", false)]
    [InlineData("06", "0600", true)]
    [InlineData("0703184f8450", "0703", false)]
    [InlineData("0701184f8450", "0700", false)]
    [InlineData("0703102f9d50", "0702", false)]
    [InlineData("0703184f8405", "0701", false)]
    [InlineData("0703184f8470", "0701", false)]
    [InlineData("0805", "08", false)]
    [InlineData("0a00184f84", "0a03", false)]
    [InlineData("0a05184f84", "0a01", false)]
    [InlineData("0a00000000", "0a02", false)]
    [InlineData("09ff" + "0403", "04", false)]
    [InlineData("ff" + "06", "", false)]
    [InlineData("0351", "", false)]
    [InlineData("0200", "", false)]
    public void Mac_commands_are_answered_in_order(string commands, string answers, bool endsWithMargin)
    {
        foreach (bool isOnPort0 in new[] { false, true })
        {
            DeviceBench bench = new();
            bench.Join();
            bench.Radio.SnrQuarterDecibel = -30;
            bench.Network.Waiting.Enqueue(isOnPort0 ? new Downlink(0, commands) : new Downlink(FOpts: commands));
            bench.SendAndFinish();
            bench.SendAndFinish("99");
            string expected = endsWithMargin ? answers + "38" : answers;
            Assert.Equal(expected, Convert.ToHexStringLower(bench.Network.Uplinks[^1].FOpts));
            Assert.Equal("99", Convert.ToHexStringLower(bench.Network.Uplinks[^1].Payload));
        }
    }

    [Fact]
    public void A_refused_LinkADRReq_changes_nothing_and_a_block_counts_as_one()
    {
        DeviceBench bench = new();
        bench.Join();
        MacParameters parameters = bench.Device.Session.Parameters;
        bench.Network.Waiting.Enqueue(new Downlink(FOpts: "0339070002"));
        bench.SendAndFinish();
        Assert.Equal((5, 0, 7, 1), (parameters.DataRate, parameters.PowerIndex, parameters.ChannelMask.Group(0), parameters.TransmissionCount));

        // The first of the block alone would be accepted; the second has an RFU ChMaskCntl.
        bench.Network.Waiting.Enqueue(new Downlink(FOpts: "0331030001" + "0331030031"));
        bench.SendAndFinish();
        bench.SendAndFinish();
        Assert.Equal("03060306", Convert.ToHexStringLower(bench.Network.Uplinks[^1].FOpts));
        Assert.Equal((5, 7), (parameters.DataRate, parameters.ChannelMask.Group(0)));

        bench.Network.Waiting.Enqueue(new Downlink(FOpts: "0331010001" + "0342020003"));
        bench.SendAndFinish();
        Assert.Equal((4, 2, 2, 3), (parameters.DataRate, parameters.PowerIndex, parameters.ChannelMask.Group(0), parameters.TransmissionCount));
        bench.SendAndFinish();
        Assert.Equal((868300000, 8, 12), (bench.Radio.Sent[^1].FrequencyHz, bench.Radio.Sent[^1].SpreadingFactor, bench.Radio.Sent[^1].PowerDbm));
    }

    [Fact]
    public void Sticky_answers_are_repeated_until_a_downlink_shows_that_they_arrived()
    {
        DeviceBench bench = new();
        bench.Join();
        bench.Network.Waiting.Enqueue(new Downlink(FOpts: "0500d2ad84" + "06" + "0801" + "0a00184f84"));
        bench.SendAndFinish();
        bench.SendAndFinish("01");
        bench.SendAndFinish("02");
        Assert.Equal("0507" + "060007" + "08" + "0a03", Convert.ToHexStringLower(bench.Network.Uplinks[^2].FOpts));
        Assert.Equal("0507" + "08" + "0a03", Convert.ToHexStringLower(bench.Network.Uplinks[^1].FOpts));

        // A class C downlink proves nothing about uplinks.
        bench.Network.SendClassC(new Downlink(3, "00"));
        bench.RunFor(10_000);
        bench.SendAndFinish("03");
        Assert.Equal("0507" + "08" + "0a03", Convert.ToHexStringLower(bench.Network.Uplinks[^1].FOpts));

        // DlChannelReq has moved RX1 of channel 0 to 867.1 MHz; the answer in RX2 is heard in any case.
        bench.Network.AnswersInRx2 = true;
        bench.Network.Waiting.Enqueue(new Downlink());
        bench.SendAndFinish("04");
        bench.SendAndFinish("05");
        Assert.Equal("", Convert.ToHexStringLower(bench.Network.Uplinks[^1].FOpts));
    }

    [Fact]
    public void Answers_that_wait_are_sent_even_if_there_is_no_message()
    {
        DeviceBench bench = new();
        bench.Join();
        bench.Network.Waiting.Enqueue(new Downlink(FOpts: "06"));
        bench.SendAndFinish("01");
        bench.RunFor(120_000);
        Assert.Equal("060007", Convert.ToHexStringLower(bench.Network.Uplinks[^1].FOpts));
        int before = bench.Network.Uplinks.Count;
        bench.RunFor(1_000_000);
        Assert.Equal(before, bench.Network.Uplinks.Count);
    }

    [Fact]
    public void More_answers_than_FOpts_hold_go_alone_on_port_0_and_the_message_follows()
    {
        DeviceBench bench = new();
        bench.Join();
        bench.Network.Waiting.Enqueue(new Downlink(0, "06060606060606"));
        bench.SendAndFinish("01");
        bench.SendAndFinish("02");
        Uplink answers = bench.Network.Uplinks[^2];
        Assert.Equal(0, answers.Header.FPort);
        Assert.Equal(string.Concat(Enumerable.Repeat("060007", 7)), Convert.ToHexStringLower(answers.Payload));
        Assert.Equal("02", Convert.ToHexStringLower(bench.Network.Uplinks[^1].Payload));
    }

    [Fact]
    public void Sticky_answers_that_nobody_ends_never_keep_messages_waiting()
    {
        DeviceBench bench = new();
        bench.Join();

        // Nine DlChannelReq and one DevStatusReq on FPort 0: 21 bytes of answers, 18 of them sticky and more than FOpts hold.
        bench.Network.Waiting.Enqueue(new Downlink(0, string.Concat(Enumerable.Repeat("0a00d2ad84", 9)) + "06"));
        bench.SendAndFinish("01");
        for (int i = 2; i < 6; i++)
        {
            bench.SendAndFinish("0" + i);
            Assert.Equal("0" + i, Convert.ToHexStringLower(bench.Network.Uplinks[^1].Payload));
        }

        Assert.Contains(bench.Network.Uplinks, u => u.Header.FPort == 0 && u.Payload.Length == 21);
    }

    [Fact]
    public void A_class_C_frame_with_mac_commands_is_discarded_whole()
    {
        DeviceBench bench = new();
        bench.Join();
        bench.RunFor(1_000_000);
        uint next = bench.Device.Session.FCntDownNext;
        int refused = bench.Device.RefusedDownlinkCount;
        bench.Network.SendClassC(new Downlink(3, "0102", FOpts: "06"));
        bench.RunFor(5000);
        bench.Network.SendClassC(new Downlink(0, "0805"));
        bench.RunFor(5000);
        bench.Network.SendClassC(new Downlink(FOpts: "0805"));
        bench.RunFor(5000);
        Assert.Equal((0, next, 1), (bench.Device.DownlinkPort, bench.Device.Session.FCntDownNext, bench.Device.Session.Parameters.RxDelayS));
        Assert.Equal(refused + 3, bench.Device.RefusedDownlinkCount);
    }

    [Fact]
    public void A_class_C_acknowledgement_that_the_duty_cycle_holds_up_is_given_up()
    {
        DeviceBench bench = new();
        bench.Join();

        // A duty cycle of 1/2048: after an uplink of 51 ms the next is 106 s away, CLASS_C_RESP_TIMEOUT is 8 s.
        bench.Network.Waiting.Enqueue(new Downlink(FOpts: "040b"));
        bench.SendAndFinish("01");
        bench.RunFor(600_000);
        bench.SendAndFinish("02");
        int before = bench.Network.Uplinks.Count;
        bench.Network.SendClassC(new Downlink(3, "0a", IsConfirmed: true));
        bench.RunFor(600_000);
        Assert.Equal("0a", bench.TakeDownlink());
        Assert.Equal(before, bench.Network.Uplinks.Count);
        bench.SendAndFinish("03");
        Assert.False(bench.Network.Uplinks[^1].Header.IsAcknowledge);
    }

    [Fact]
    public void Answers_that_leave_a_long_message_no_room_go_first()
    {
        DeviceBench bench = new();
        bench.Join();
        bench.Network.Waiting.Enqueue(new Downlink(FOpts: "0300070001"));
        bench.SendAndFinish();
        Assert.Equal(0, bench.Device.DataRate);
        bench.RunFor(1_000_000);
        Assert.Equal(51, bench.Device.MaximumPayloadLength);

        // The answer to the first try is a DevStatusReq without ACK.
        bench.Network.AcknowledgesConfirmed = false;
        bench.Network.Waiting.Enqueue(new Downlink(FOpts: "06"));
        int before = bench.Network.Uplinks.Count;
        bench.Send(new string('a', 102), isConfirmed: true);
        bench.RunUntil(bench.NowMs + 4_000_000, () => bench.Network.Uplinks.Count == before + 3);
        Assert.Equal([51, 0, 51], bench.Network.Uplinks[before..].Select(u => u.Payload.Length));
        Assert.Equal("060007", Convert.ToHexStringLower(bench.Network.Uplinks[before + 1].FOpts));
    }

    [Fact]
    public void RXParamSetupReq_moves_class_C_reception_and_RXTimingSetupReq_moves_the_windows()
    {
        DeviceBench bench = new();
        bench.Join();
        bench.Network.Waiting.Enqueue(new Downlink(FOpts: "0523d2ad84" + "0804"));
        bench.SendAndFinish();
        bench.RunFor(5000);
        Assert.Equal(9, bench.Radio.Listening!.Value.SpreadingFactor);
        bench.Network.SendClassC(new Downlink(9, "0909"), spreadingFactor: 9);
        bench.RunFor(2000);
        Assert.Equal("0909", bench.TakeDownlink());

        bench.Radio.Receptions.Clear();
        bench.SendAndFinish();
        Reception rx1 = bench.Radio.Receptions.First(r => r.WindowMs > 0);
        Assert.Equal(bench.Radio.Sent[^1].EndMs + 4000 - bench.Timing.MaximumErrorMs(4000), rx1.OpenMs);
        Assert.Equal(9, rx1.SpreadingFactor);
    }

    [Fact]
    public void LinkCheck_is_asked_and_answered()
    {
        DeviceBench bench = new();
        bench.Join();
        bench.Device.RequestLinkCheck();
        bench.Network.Waiting.Enqueue(new Downlink(FOpts: "021403"));
        bench.SendAndFinish();
        Assert.Contains("02", Convert.ToHexStringLower(bench.Network.Uplinks[^1].FOpts));
        Assert.Equal((20, 3), (bench.Device.LinkMarginDb, bench.Device.LinkGatewayCount));
    }

    [Fact]
    public void Any_bytes_on_air_change_nothing()
    {
        DeviceBench bench = new();
        bench.Join();
        Config config = Config.QuickThrowOnFailure.WithMaxTest(400);
        int offset = 0;
        Prop.ForAll<byte[]>(bytes => CheckHarmless(bench, bytes, offset++)).Check(config);
    }

    [Fact]
    public void Right_headers_with_any_content_and_no_valid_mic_change_nothing()
    {
        DeviceBench bench = new();
        bench.Join();
        RandomStream random = new(5, "forged", 0);
        for (int i = 0; i < 300; i++)
        {
            byte[] frame = new byte[12 + random.Next(40)];
            for (int j = 0; j < frame.Length; j++)
            {
                frame[j] = (byte)random.Next(256);
            }

            frame[0] = (byte)(random.Next(2) == 0 ? 0x60 : 0xA0);
            BitConverter.GetBytes(bench.Network.DevAddr).CopyTo(frame, 1);
            frame[6] = (byte)bench.Network.FCntDown;
            frame[7] = 0;
            Assert.True(CheckHarmless(bench, frame, i));
        }

        Assert.True(bench.Device.RefusedDownlinkCount > 100);
    }

    // With a valid MIC the network may say anything in MAC commands: the device must survive it and stay reachable.
    [Fact]
    public void Any_mac_commands_with_a_valid_mic_do_no_lasting_harm()
    {
        RandomStream random = new(6, "commands", 0);
        DeviceBench bench = new();
        bench.Join();
        for (int i = 0; i < 300; i++)
        {
            byte[] commands = new byte[1 + random.Next(15)];
            for (int j = 0; j < commands.Length; j++)
            {
                commands[j] = (byte)(j % 5 == 0 ? 2 + random.Next(12) : random.Next(256));
            }

            if (commands.Contains((byte)4))
            {
                // A duty cycle of 1/32768 is the network's right, and would only make the test wait.
                continue;
            }

            MacParameters parameters = bench.Device.Session.Parameters;
            int accepted = bench.Device.DownlinkCount;
            bench.Network.Rx2Parameters = parameters;
            bench.Network.Waiting.Enqueue(new Downlink(0, Convert.ToHexStringLower(commands)));
            bench.SendAndFinish();
            bench.RunFor(200_000);
            Assert.True(bench.Device.DownlinkCount > accepted);
            Assert.True(parameters.IsDataRateUsable(parameters.ChannelMask, bench.Device.DataRate) || !parameters.ChannelMask.IsEmpty);
        }

        // LinkADRReq DR5, all channels on, NbTrans 1: the way back from the slowest channel with 15 repetitions.
        bench.Network.Waiting.Enqueue(new Downlink(0, "0350000061"));
        bench.SendAndFinish();
        bench.RunFor(86_400_000);
        bench.SendAndFinish("42");
        Assert.Equal("42", Convert.ToHexStringLower(bench.Network.Uplinks[^1].Payload));
    }

    private static bool CheckHarmless(DeviceBench bench, byte[] frame, int number)
    {
        if (frame.Length is 0 or > 255)
        {
            return true;
        }

        int accepted = bench.Device.DownlinkCount;
        int writes = bench.Store.WriteCount;
        uint next = bench.Device.Session.FCntDownNext;
        if (number % 10 == 0 && bench.Device.IsIdle)
        {
            bench.Send();
        }

        bench.RunFor(1000);
        bench.Network.Replay(frame, bench.NowMs + 1, Eu868.Rx2FrequencyHz, 12);
        bench.RunFor(15_000);
        int reserved = bench.Store.WriteCount - writes;
        return bench.Device.DownlinkCount == accepted
            && bench.Device.DownlinkPort == 0
            && bench.Device.Session.FCntDownNext == next
            && reserved <= 1
            && bench.Device.DataRate == 5
            && bench.Device.IsJoined;
    }
}
