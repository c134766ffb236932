// Power cuts: at every write of the store, however the write is torn, and at any other moment. No nonce and no counter is used twice, no
// old downlink is taken again, and the session goes on.
using LoRaWan.Tests.Bench;
using PoleController.LoRaWan;
using Xunit;

namespace LoRaWan.Tests.Device;

public class PersistenceTests
{
    private const long HourMs = 3_600_000;

    [Fact]
    public void After_a_restart_the_session_goes_on_without_a_join()
    {
        DeviceBench bench = new();
        bench.Join();
        bench.SendAndFinish();
        uint before = bench.Network.NextFCntUp;
        bench.Boot();
        Assert.True(bench.Device.IsJoined);
        bench.SendAndFinish("aa55");
        Assert.Single(bench.Network.DevNonces);
        Assert.Equal("aa55", Convert.ToHexStringLower(bench.Network.Uplinks[^1].Payload));
        Assert.InRange(bench.Network.NextFCntUp, before + 1, before + 1 + SessionStore.FCntUpBlock);
    }

    [Fact]
    public void Parameters_set_by_the_network_survive_a_restart()
    {
        DeviceBench bench = new();
        bench.Join();

        // LinkADRReq DR3 TXPower 4 NbTrans 2; RXParamSetupReq RX1DROffset 2, RX2 DR3 at 869.525; RXTimingSetupReq 3 s; NewChannelReq 867.1.
        bench.Network.Waiting.Enqueue(new Downlink(FOpts: "0334070002"));
        bench.SendAndFinish();
        bench.Network.Waiting.Enqueue(new Downlink(FOpts: "0523d2ad84" + "0803" + "0703184f8450"));
        bench.SendAndFinish();
        bench.Boot();

        MacParameters parameters = bench.Device.Session.Parameters;
        Assert.Equal((3, 4, 2), (parameters.DataRate, parameters.PowerIndex, parameters.TransmissionCount));
        Assert.Equal((2, 3, 869525000), (parameters.Rx1DataRateOffset, parameters.Rx2DataRate, parameters.Rx2FrequencyHz));
        Assert.Equal((3, 867100000), (parameters.RxDelayS, parameters.FrequenciesHz[3]));
        bench.RunFor(1000);
        Assert.Equal(9, bench.Radio.Listening!.Value.SpreadingFactor);
    }

    [Theory]
    [InlineData("Old")]
    [InlineData("New")]
    [InlineData("Short")]
    [InlineData("Damaged")]
    public void DevNonces_are_never_reused_when_any_write_is_cut(string tear)
    {
        for (int cutAtWrite = 1; cutAtWrite <= 14; cutAtWrite++)
        {
            DeviceBench bench = new(cutAtWrite);
            bench.Network.AcceptsToLose = 4;
            RunWithCut(bench, cutAtWrite, tear, () => bench.RunUntil(bench.NowMs + HourMs, () => bench.Device.IsJoined));
            bench.RunUntil(bench.NowMs + HourMs, () => bench.Device.IsJoined);
            Assert.True(bench.Device.IsJoined);

            // And joins once more, with the session gone.
            bench.Store.Records.Remove("lora-session-a");
            bench.Store.Records.Remove("lora-session-b");
            bench.Boot();
            bench.RunUntil(bench.NowMs + HourMs, () => bench.Device.IsJoined);
            Assert.Equal(bench.Network.DevNonces.Count, bench.Network.DevNonces.Distinct().Count());
            Assert.Equal(bench.Network.DevNonces.Order(), bench.Network.DevNonces);
        }
    }

    [Theory]
    [InlineData("Old")]
    [InlineData("New")]
    [InlineData("Short")]
    [InlineData("Damaged")]
    public void Counters_are_never_reused_downlinks_never_replayed_and_the_session_is_kept_when_any_write_is_cut(string tear)
    {
        DeviceBench uncut = new();
        Scenario(uncut);
        int writes = uncut.Store.WriteCount;
        Assert.True(writes >= 15, "only " + writes + " writes");
        for (int cutAtWrite = 1; cutAtWrite <= writes; cutAtWrite++)
        {
            DeviceBench bench = new();
            RunWithCut(bench, cutAtWrite, tear, () => Scenario(bench));
            CheckAfterCut(bench);
        }
    }

    [Fact]
    public void Counters_are_never_reused_when_the_power_fails_between_any_two_steps()
    {
        for (int cutAtStep = 1; cutAtStep < 1000; cutAtStep++)
        {
            DeviceBench bench = new();
            bench.AfterStep = () =>
            {
                if (bench.StepCount >= cutAtStep)
                {
                    bench.AfterStep = null;
                    throw new PowerCutException();
                }
            };
            try
            {
                Scenario(bench);
                Assert.True(cutAtStep > 50, "the scenario has only " + bench.StepCount + " steps");
                return;
            }
            catch (PowerCutException)
            {
                bench.Boot();
            }

            CheckAfterCut(bench);
        }
    }

    [Fact]
    public void A_join_that_was_cut_and_a_cut_after_it_leave_the_old_session_whole()
    {
        TestStore store = new() { Tear = Tear.Damaged };
        byte[] buffer = new byte[SessionStore.BufferLength];
        Session session = new(new Region(RegionId.Eu868)) { DevNonce = 3, DevAddr = 0x26000001 };
        SessionStore sessionStore = new(store, buffer);
        sessionStore.Load(1, session);
        Assert.True(sessionStore.TryBegin(session, 1));
        Assert.True(sessionStore.TryReserveFCntUp(session));

        // The new session's nonces and counters are written, the session itself is torn.
        session.DevNonce = 4;
        session.DevAddr = 0x26000002;
        store.CutAtWrite = store.WriteCount + 3;
        Assert.Throws<PowerCutException>(() => sessionStore.TryBegin(session, 2));
        sessionStore = new(store, buffer);
        sessionStore.Load(1, session);
        Assert.Equal((true, 0x26000001u), (session.IsActive, session.DevAddr));

        store.CutAtWrite = store.WriteCount + 1;
        Assert.Throws<PowerCutException>(() => sessionStore.TryReserveFCntUp(session));
        sessionStore = new(store, buffer);
        sessionStore.Load(1, session);
        Assert.Equal((true, 0x26000001u), (session.IsActive, session.DevAddr));
        Assert.Equal((uint)SessionStore.FCntUpBlock, session.FCntUp);
        Assert.Equal(2, sessionStore.LastJoinNonce);
    }

    [Fact]
    public void Counters_go_on_over_hundreds_of_restarts_and_their_16_bits()
    {
        DeviceBench bench = new();
        bench.Join();
        for (int i = 0; i < 700; i++)
        {
            bench.Boot();
            bench.SendAndFinish();
            if (i % 100 == 0)
            {
                bench.Network.FCntDown += 20_000;
                bench.Network.SendClassC(new Downlink(3, "0a"));
                bench.RunFor(5000);
                Assert.Equal("0a", bench.TakeDownlink());
            }
        }

        Assert.True(bench.Network.NextFCntUp > 65_536);
        Assert.True(bench.Network.FCntDown > 65_536);
        Assert.Single(bench.Network.DevNonces);
    }

    [Fact]
    public void A_year_of_status_messages_writes_a_bounded_number_of_times()
    {
        DeviceBench bench = new();
        bench.Join();
        int before = bench.Store.WriteCount;
        for (int i = 0; i < 2 * 144; i++)
        {
            bench.Send();
            bench.RunFor(600_000);
        }

        // Two days: 288 uplinks and the time once a day, each answer a write.
        Assert.InRange(bench.Store.WriteCount - before, 2, 8);
    }

    [Fact]
    public void Another_identity_has_no_session_and_damaged_records_are_none()
    {
        DeviceBench bench = new();
        bench.Join();
        bench.Store.Records["identity"][20] ^= 1;
        bench.Boot();
        Assert.False(bench.Device.IsJoined);
        Assert.Equal(PoleController.HealthReason.NotProvisioned, bench.Device.Health.Reason);
        bench.RunFor(HourMs);
        int sent = bench.Radio.Sent.Count;
        bench.RunFor(HourMs);
        Assert.Equal(sent, bench.Radio.Sent.Count);

        LoRaWanIdentity other = new();
        Assert.True(IdentityStore.TryDecode(Provision(bench.Network.Identity), IdentityStore.RecordLength, other));
        other.AppKey[3] ^= 0x40;
        bench.Store.Records["identity"] = Provision(other);
        bench.Boot();
        Assert.False(bench.Device.IsJoined);
        Assert.Equal(PoleController.HealthReason.NotJoined, bench.Device.Health.Reason);
    }

    [Fact]
    public void An_identity_record_is_refused_when_any_bit_is_wrong_or_a_byte_is_missing()
    {
        byte[] record = Provision(new DeviceBench().Network.Identity);
        LoRaWanIdentity read = new();
        Assert.True(IdentityStore.TryDecode(record, record.Length, read));
        Assert.Equal("2b7e151628aed2a6abf7158809cf4f3c", Hex.Text(read.AppKey, 16));
        for (int bit = 0; bit < record.Length * 8; bit++)
        {
            record[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(IdentityStore.TryDecode(record, record.Length, read));
            record[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.False(IdentityStore.TryDecode(record, record.Length - 1, read));
        Assert.False(IdentityStore.TryDecode(record, -1, read));
    }

    private static byte[] Provision(LoRaWanIdentity identity)
    {
        byte[] record = new byte[IdentityStore.RecordLength];
        Assert.Equal(record.Length, IdentityStore.Encode(identity, record));
        return record;
    }

    private static void RunWithCut(DeviceBench bench, int cutAtWrite, string tear, Action run)
    {
        bench.Store.CutAtWrite = cutAtWrite;
        bench.Store.Tear = Enum.Parse<Tear>(tear);
        try
        {
            run();
        }
        catch (PowerCutException)
        {
            bench.Boot();
        }

        bench.Store.CutAtWrite = 0;
    }

    // A join, then messages, MAC commands and class C downlinks, with a restart and a second session.
    private static void Scenario(DeviceBench bench)
    {
        bench.Join();
        for (int i = 0; i < 4; i++)
        {
            bench.SendAndFinish("0" + i, isConfirmed: i == 2);
            bench.Network.SendClassC(new Downlink(5, "c" + i, IsConfirmed: i == 1));
            bench.RunFor(20_000);
            bench.TakeDownlink();
        }

        bench.Network.Waiting.Enqueue(new Downlink(FOpts: "0334070001"));
        bench.SendAndFinish("07");
        bench.Boot();
        bench.SendAndFinish("08");
        bench.RunFor(30_000);
    }

    private static void CheckAfterCut(DeviceBench bench)
    {
        bool hadSession = bench.Device.IsJoined;
        int joins = bench.Network.DevNonces.Count;
        Assert.True(bench.RunUntil(bench.NowMs + (3 * HourMs), () => bench.Device.IsJoined));
        Assert.False(hadSession && joins != bench.Network.DevNonces.Count, "a session that was there was not used");

        // What was delivered before the cut is replayed, all of it.
        foreach (byte[] frame in bench.Network.DownlinkFrames.ToArray())
        {
            bench.Network.Replay(frame, bench.NowMs + 1, Eu868.Rx2FrequencyHz, 12);
            bench.RunFor(4000);
        }

        // What had not been acted upon when the power failed may be taken now; nothing is taken twice.
        Assert.Equal(bench.AcceptedDownlinks.Count, bench.AcceptedDownlinks.Distinct().Count());
        bench.TakeDownlink();
        bench.SendAndFinish("ee");
        bench.SendAndFinish("ef");
        Assert.Equal("ef", Convert.ToHexStringLower(bench.Network.Uplinks[^1].Payload));

        bench.Network.SendClassC(new Downlink(9, "0e"));
        bench.RunFor(10_000);
        Assert.Equal("0e", bench.TakeDownlink());

        // One counter, one content. Repetitions send the same bytes.
        foreach (IGrouping<string, byte[]> group in bench.Radio.Sent
            .Where(t => t.Frame[0] is 0x40 or 0x80)
            .Select(t => t.Frame)
            .GroupBy(frame => Hex.Text(frame, 1, 4) + Hex.Text(frame, 6, 2)))
        {
            Assert.Single(group.Select(frame => Hex.Text(frame, frame.Length)).Distinct());
        }
    }
}
