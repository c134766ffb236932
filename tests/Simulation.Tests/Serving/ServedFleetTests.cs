// A fleet whose network server is run from outside: who is registered joins, what is queued reaches the lamp, what is gone is not heard.
using System.Text.Json;
using PoleController.LoRaWan.Packages;
using PoleController.Messages;
using Simulation.Network;
using Simulation.Parts;
using Simulation.Serving;
using Simulation.Tests.ProvisioningFiles;
using Xunit;

namespace Simulation.Tests.Serving;

public class ServedFleetTests
{
    [Fact]
    public void Given_nobody_registered_When_poles_ask_to_join_Then_none_is_answered_until_it_is_registered()
    {
        using ServedStreet street = new();
        street.RunTo(20);
        Assert.Empty(street.Events);

        street.Register(2).RunTo(60);
        Assert.Single(street.Of<ServedJoin>(2));
        Assert.NotEmpty(street.Of<ServedUplink>(2));
        Assert.All(street.Events, served => Assert.Equal(ProvisionedStreet.DevEui(2), served.DevEui));
        Assert.NotNull(street.Fleet.DevAddr(ProvisionedStreet.DevEui(2)));
        Assert.Null(street.Fleet.DevAddr(ProvisionedStreet.DevEui(1)));
    }

    [Fact]
    public void Given_a_wrong_key_When_it_is_corrected_Then_the_pole_joins()
    {
        using ServedStreet street = new();
        street.Fleet.Register(ProvisionedStreet.DevEui(1), ServedStreet.JoinEui, new byte[16]);
        street.RunTo(20);
        Assert.Empty(street.Events);
        Assert.NotEqual(0, street.Fleet.Fleet.Network.NetworkStatistics.RefusedCounts[(int)RefusalCause.BadMic]);

        street.Register(1).RunTo(60);
        Assert.Single(street.Of<ServedJoin>(1));
    }

    [Fact]
    public void Given_downlinks_queued_before_the_join_When_the_pole_has_joined_Then_they_come_in_order_and_the_lamp_obeys_the_last()
    {
        using ServedStreet street = new();
        street.Register(1);
        Guid[] ids = [.. new[] { 700, 300 }.Select(level => street.Fleet.Enqueue(ProvisionedStreet.DevEui(1), MessagePort.Command, ServedStreet.SetLevel(level), false))];
        street.RunTo(30);

        Assert.Equal(ids, street.Of<ServedTransmission>(1).Select(sent => sent.DownlinkId));
        Assert.Equal(300, street.Light(1));
        Assert.Empty(street.Fleet.QueueOf(ProvisionedStreet.DevEui(1)));
        Assert.Contains(street.Of<ServedUplink>(1), uplink => uplink.FPort == MessagePort.Command);
        Assert.Equal(street.Of<ServedTransmission>(1).Select(sent => sent.FrameCounter).Distinct().Count(), ids.Length);
    }

    [Fact]
    public void Given_a_confirmed_downlink_When_the_pole_has_it_Then_the_acknowledgement_is_told_and_a_flushed_one_is_never_sent()
    {
        using ServedStreet street = new();
        street.Register(1, 2).RunTo(30);
        Guid confirmed = street.Fleet.Enqueue(ProvisionedStreet.DevEui(1), MessagePort.Command, ServedStreet.SetLevel(500), true);
        street.Fleet.Enqueue(ProvisionedStreet.DevEui(2), MessagePort.Command, ServedStreet.SetLevel(500), false);
        street.Fleet.Flush(ProvisionedStreet.DevEui(2));
        street.RunTo(60);

        Assert.Equal((confirmed, true), Assert.Single(street.Of<ServedAcknowledgement>(1).Select(told => (told.DownlinkId, told.IsAcknowledged))));
        Assert.Equal((500, 1000), (street.Light(1), street.Light(2)));
        Assert.Empty(street.Of<ServedTransmission>(2));
    }

    [Fact]
    public void Given_a_payload_that_fits_into_no_frame_When_queued_Then_it_is_refused_and_the_next_goes_on()
    {
        using ServedStreet street = new();
        street.Register(1).RunTo(30);
        Guid tooLong = street.Fleet.Enqueue(ProvisionedStreet.DevEui(1), MessagePort.Command, new byte[240], false);
        Guid next = street.Fleet.Enqueue(ProvisionedStreet.DevEui(1), MessagePort.Command, ServedStreet.SetLevel(500), false);
        street.RunTo(40);
        Assert.Equal(tooLong, Assert.Single(street.Of<ServedRefusal>(1)).DownlinkId);
        Assert.Equal(next, Assert.Single(street.Of<ServedTransmission>(1)).DownlinkId);
    }

    [Fact]
    public void Given_a_pole_that_is_unregistered_When_it_goes_on_Then_it_is_not_heard_and_after_registration_it_joins_anew()
    {
        using ServedStreet street = new();
        street.Register(1, 2).RunTo(30);
        street.Fleet.Unregister(ProvisionedStreet.DevEui(1));
        int heard = street.Of<ServedUplink>(1).Count();
        street.RunTo(60);
        Assert.Equal(heard, street.Of<ServedUplink>(1).Count());
        Assert.True(street.Of<ServedUplink>(2).Last().TimeUs > 50 * 60_000_000L);
    }

    [Fact]
    public void Given_a_group_that_the_application_set_up_When_told_a_level_Then_every_member_obeys_one_frame()
    {
        using ServedStreet street = new();
        street.Register(1, 2, 3).RunTo(30);
        byte[] mcKey = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];
        const uint McAddr = 0x03FFFF10;
        PackageKeys keys = new(new AesBlock());
        byte[] network = new byte[16];
        byte[] application = new byte[16];
        keys.DeriveMcSessionKeys(mcKey, McAddr, network, application);
        foreach (int number in new[] { 1, 2, 3 })
        {
            street.Fleet.Enqueue(ProvisionedStreet.DevEui(number), PackageId.MulticastSetupPort, SetUp(number, mcKey, McAddr, street.Fleet), false);
        }

        street.RunTo(45);
        Assert.All([1, 2, 3], number => Assert.Contains(street.Of<ServedUplink>(number), uplink => uplink.FPort == PackageId.MulticastSetupPort));
        int group = street.Fleet.AddGroup(new MulticastSession("street", McAddr, network, application, 0));
        street.Fleet.SetMembers(group, [ProvisionedStreet.DevEui(1), ProvisionedStreet.DevEui(2), ProvisionedStreet.DevEui(3)]);
        Assert.True(street.Fleet.TryEnqueueMulticast(group, MessagePort.Command, ServedStreet.SetLevel(200)));
        street.RunTo(46);

        Assert.All([1, 2, 3], number => Assert.Equal(200, street.Light(number)));
        Assert.Equal(1, street.Fleet.Fleet.Network.NetworkStatistics.MulticastFrameSentCount);
    }

    [Fact]
    public void Given_the_same_requests_at_the_same_times_When_run_on_several_threads_Then_the_same_events_come()
    {
        Assert.Equal(Told(1), Told(3));

        static string Told(int threads)
        {
            using ServedStreet street = new(threads);
            street.Register(1, 3).RunTo(25);
            street.Fleet.Enqueue(ProvisionedStreet.DevEui(3), MessagePort.Command, ServedStreet.SetLevel(400), true);
            street.Register(2).RunTo(50);
            ChirpStackEvents events = new(new ServedNames("street"), street.Fleet.Fleet.Scenario.StartUtcMs, static index => (ulong)index);
            return string.Join('\n', street.Events.Select(served => Json(events, served)));
        }
    }

    [Fact]
    public void Given_events_When_written_for_ChirpStack_Then_they_have_only_fields_of_its_messages_and_say_what_came()
    {
        using ServedStreet street = new();
        street.Register(1);
        street.Fleet.Enqueue(ProvisionedStreet.DevEui(1), MessagePort.Command, ServedStreet.SetLevel(400), true);
        street.Fleet.Enqueue(ProvisionedStreet.DevEui(1), MessagePort.Command, new byte[240], true);
        street.RunTo(40);
        ChirpStackEvents events = new(new ServedNames("street"), street.Fleet.Fleet.Scenario.StartUtcMs, static index => 0x020000FFFE000001 + (ulong)index);
        foreach (ServedEvent served in street.Events)
        {
            using JsonDocument document = JsonDocument.Parse(Json(events, served));
            string kind = ChirpStackEvents.KindOf(served)!;
            Assert.Subset(ChirpStackFields.Of(kind), document.RootElement.EnumerateObject().Select(property => property.Name).ToHashSet());
            Assert.Subset(ChirpStackFields.DeviceInfo, document.RootElement.GetProperty("deviceInfo").EnumerateObject().Select(property => property.Name).ToHashSet());
        }

        Assert.Equal(["ack", "join", "log", "txack", "up"], street.Events.Select(ChirpStackEvents.KindOf).Distinct().Order(StringComparer.Ordinal));
        ServedUplink first = street.Of<ServedUplink>(1).First();
        using JsonDocument up = JsonDocument.Parse(Json(events, first));
        Assert.Equal(first.Payload, up.RootElement.GetProperty("data").GetBytesFromBase64());
        Assert.Equal(first.FPort, up.RootElement.GetProperty("fPort").GetInt32());
        Assert.Equal(street.Fleet.Fleet.Scenario.StartUtcMs + (first.TimeUs / 1000), up.RootElement.GetProperty("time").GetDateTimeOffset().ToUnixTimeMilliseconds());
        Assert.Subset(ChirpStackFields.RxInfo, up.RootElement.GetProperty("rxInfo")[0].EnumerateObject().Select(property => property.Name).ToHashSet());
    }

    private static string Json(ChirpStackEvents events, ServedEvent served)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            events.Write(writer, served, "pole");
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    // What an application does that speaks TS005 (TS005-1.0.0, 4.1 to 4.5): the group with its key, and a class C session on the parameters of RX2.
    private static byte[] SetUp(int number, byte[] mcKey, uint mcAddr, ServedFleet fleet)
    {
        AesBlock aes = new();
        PackageKeys keys = new(aes);
        byte[] key = new byte[16];
        keys.DeriveMcRootKey([.. Enumerable.Repeat((byte)(number + 100), 16)], key);
        keys.DeriveMcKeKey(key, key);
        MulticastSetupCommand command = new() { Cid = MulticastSetupCommand.McGroupSetup, GroupId = 0, McAddr = mcAddr, MinMcFCnt = 0, MaxMcFCnt = uint.MaxValue };
        mcKey.CopyTo(command.McKeyEncrypted, 0);
        aes.SelectKey(key);
        aes.DecryptBlock(command.McKeyEncrypted, 0);
        byte[] message = new byte[80];
        int length = command.EncodeDownlink(message, 0);
        command.Cid = MulticastSetupCommand.McClassCSession;
        const long GpsEpochUtcMs = 315_964_800_000;
        command.SessionTimeS = (uint)(((fleet.NowUtcMs - GpsEpochUtcMs) / 1000) + 18 + 120);
        command.TimeOut = 15;
        command.FrequencyHz = 869_525_000;
        command.DataRate = 3;
        length += command.EncodeDownlink(message, length);
        return message[..length];
    }
}
