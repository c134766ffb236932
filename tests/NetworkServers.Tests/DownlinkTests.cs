// Downlinks and multicast groups through both servers: what is enqueued arrives once, or it is said that nobody knows.
using System.Text.Json.Nodes;
using NetworkServers.Faults;
using NetworkServers.Radio;
using Provisioning.NetworkServers;

namespace NetworkServers.Tests;

public sealed class DownlinkTests
{
    private static readonly byte[] s_payload = [1, 42, 70, 0, 25, 0, 120];

    [Theory]
    [InlineData(City.ChirpStackKind)]
    [InlineData(City.ThingsStackKind)]
    public async Task Given_downlinks_when_enqueued_then_they_wait_in_order_with_their_names_and_are_taken_so(string kind)
    {
        await using City city = await City.BuildAsync(kind, 1);
        await city.RegisterAsync();
        string devEui = city.Controllers[0].DevEui;

        string first = (await city.Server.EnqueueAsync(new Downlink(devEui, 11, s_payload), CancellationToken.None)).Value;
        string second = (await city.Server.EnqueueAsync(new Downlink(devEui, 201, new byte[] { 9 }, IsConfirmed: true), CancellationToken.None)).Value;

        IReadOnlyList<QueuedDownlink> queue = (await city.Server.ListQueueAsync(devEui, CancellationToken.None)).Value;
        Assert.Equal([(first, 11, false), (second, 201, true)], queue.Select(item => (item.Id, item.FPort, item.IsConfirmed)));
        Assert.Equal(s_payload, queue[0].Payload.ToArray());
        RadioDownlink taken = ((IServerSide)city.StandIn).TakeDownlink(devEui)!;
        Assert.Equal((first, 11), (taken.Id, taken.FPort));
        Assert.Equal(s_payload, taken.Payload);
        Assert.True((await city.Server.FlushQueueAsync(devEui, CancellationToken.None)).IsOk);
        Assert.Empty((await city.Server.ListQueueAsync(devEui, CancellationToken.None)).Value);
    }

    [Theory]
    [InlineData(City.ChirpStackKind, FaultKind.CutAfter, 1)]
    [InlineData(City.ChirpStackKind, FaultKind.BadGatewayAfter, 1)]
    [InlineData(City.ChirpStackKind, FaultKind.Truncated, 1)]
    [InlineData(City.ChirpStackKind, FaultKind.CutBefore, 0)]
    [InlineData(City.ThingsStackKind, FaultKind.Silence, 1)]
    [InlineData(City.ThingsStackKind, FaultKind.CutAfter, 1)]
    [InlineData(City.ThingsStackKind, FaultKind.BadGateway, 0)]
    public async Task Given_a_downlink_of_which_nobody_knows_whether_it_was_taken_then_it_is_not_sent_again_and_that_is_said(string kind, FaultKind fault, int there)
    {
        await using City city = await City.BuildAsync(kind, 1, City.Hasty, 3_000);
        await city.RegisterAsync();
        string devEui = city.Controllers[0].DevEui;
        string operation = kind == City.ChirpStackKind ? "DeviceService_Enqueue" : "AppAs_DownlinkQueuePush";
        city.Host.Faults.Add(fault, operation);

        ServerAnswer<string> answer = await city.Server.EnqueueAsync(new Downlink(devEui, 11, s_payload), CancellationToken.None);

        Assert.True(answer.Failure!.IsOutcomeUnknown);
        Assert.Equal(1, city.Host.Counts[operation]);
        Assert.Equal(there, (await city.Server.ListQueueAsync(devEui, CancellationToken.None)).Value.Count);
    }

    [Theory]
    [InlineData(City.ChirpStackKind, "DeviceService_Enqueue")]
    [InlineData(City.ThingsStackKind, "AppAs_DownlinkQueuePush")]
    public async Task Given_too_many_requests_then_a_downlink_is_sent_again_and_is_there_once(string kind, string operation)
    {
        await using City city = await City.BuildAsync(kind, 1);
        await city.RegisterAsync();
        string devEui = city.Controllers[0].DevEui;
        city.Host.Faults.Add(FaultKind.TooMany, operation, 3);

        Assert.True((await city.Server.EnqueueAsync(new Downlink(devEui, 11, s_payload), CancellationToken.None)).IsOk);

        Assert.Single((await city.Server.ListQueueAsync(devEui, CancellationToken.None)).Value);
        Assert.Equal(4, city.Host.Counts[operation]);
    }

    [Theory]
    [InlineData(City.ChirpStackKind)]
    [InlineData(City.ThingsStackKind)]
    public async Task Given_a_multicast_group_then_it_reads_back_as_it_was_made_and_its_frame_counter_is_never_set_back(string kind)
    {
        await using City city = await City.BuildAsync(kind, 3);
        await city.RegisterAsync();
        Heard heard = new();
        if (kind == City.ChirpStackKind)
        {
            city.ChirpStack.Radio = heard;
        }
        else
        {
            city.ThingsStack.Radio = heard;
        }

        List<string> members = [.. city.Controllers.Take(2).Select(controller => controller.DevEui)];
        MulticastGroup group = new()
        {
            Name = "district-1", Region = "eu868", McAddr = "01ffee01", Keys = new MulticastKeys(new string('3', 32), new string('4', 32)), DataRate = 3,
            FrequencyHz = 869_525_000, DevEuis = members,
        };

        string id = (await city.Server.CreateMulticastGroupAsync(group, CancellationToken.None)).Value;
        MulticastDownlink downlink = new(id, 11, s_payload, "gateway-1");
        Assert.True((await city.Server.EnqueueMulticastAsync(downlink, CancellationToken.None)).IsOk);
        Assert.True((await city.Server.EnqueueMulticastAsync(downlink, CancellationToken.None)).IsOk);
        Assert.True((await city.Server.UpdateMulticastGroupAsync(group with { Id = id, DataRate = 5, DevEuis = [city.Controllers[2].DevEui] }, CancellationToken.None)).IsOk);
        Assert.True((await city.Server.EnqueueMulticastAsync(downlink, CancellationToken.None)).IsOk);

        Assert.Equal([0L, 1L, 2L], heard.Multicasts.Select(pair => pair.Group.FrameCounter));
        Assert.All(heard.Multicasts, pair => Assert.Equal((group.McAddr, group.Keys.McNwkSKey, group.Keys.McAppSKey), (pair.Group.McAddr, pair.Group.McNwkSKey, pair.Group.McAppSKey)));
        Assert.All(heard.Multicasts, pair => Assert.Equal(s_payload, pair.Downlink.Payload));
        MulticastGroup there = Assert.Single((await city.Server.ListMulticastGroupsAsync(CancellationToken.None)).Value);
        Assert.Equal((id, "district-1", "eu868", "01ffee01", group.Keys, 5, 869_525_000, 3L), (there.Id, there.Name, there.Region, there.McAddr, there.Keys, there.DataRate, there.FrequencyHz, there.FrameCounter));
        Assert.Equal(kind == City.ChirpStackKind ? [city.Controllers[2].DevEui] : null, there.DevEuis);
        Assert.Equal(3, (await city.Server.ListDevicesAsync(CancellationToken.None)).Value.Count);
        Assert.True((await city.PlanAsync()).IsEmpty);
        Assert.True((await city.Server.DeleteMulticastGroupAsync(id, CancellationToken.None)).IsOk);
        Assert.Empty((await city.Server.ListMulticastGroupsAsync(CancellationToken.None)).Value);
    }

    [Fact]
    public async Task Given_a_multicast_group_whose_making_is_cut_then_there_is_one_group_in_the_end()
    {
        await using City city = await City.BuildAsync(City.ChirpStackKind, 1);
        await city.RegisterAsync();
        MulticastGroup group = new() { Name = "g", Region = "eu868", McAddr = "01ffee01", Keys = new MulticastKeys(new string('3', 32), new string('4', 32)), DataRate = 3, FrequencyHz = 869_525_000 };
        city.Host.Faults.Add(FaultKind.CutAfter, "MulticastGroupService_Create");
        city.Host.Faults.Add(FaultKind.CutBefore, "MulticastGroupService_Create");

        Assert.True((await city.Server.CreateMulticastGroupAsync(group, CancellationToken.None)).IsOk);

        Assert.Single(city.ChirpStack.GroupState);
    }

    [Theory]
    [InlineData(City.ChirpStackKind)]
    [InlineData(City.ThingsStackKind)]
    public async Task Given_registered_devices_then_the_radio_side_knows_their_keys_and_its_uplinks_come_out_of_the_webhook_in_the_servers_form(string kind)
    {
        await using City city = await City.BuildAsync(kind, 1);
        Heard heard = new();
        await using Receiver receiver = await Receiver.StartAsync();
        if (kind == City.ChirpStackKind)
        {
            city.ChirpStack.Radio = heard;
            city.ChirpStack.Integrate(receiver.Address);
        }
        else
        {
            city.ThingsStack.Radio = heard;
            city.ThingsStack.Integrate(receiver.Address);
        }

        await city.RegisterAsync();
        string devEui = city.Controllers[0].DevEui;
        RadioUplink uplink = new() { DevEui = devEui, At = DateTimeOffset.UnixEpoch.AddYears(56), FrameCounter = 7, FPort = 12, Payload = s_payload };
        await ((IServerSide)city.StandIn).UplinkAsync(uplink);

        Assert.Equal((devEui, city.AppKey(devEui), true), (heard.Last!.DevEui, heard.Last.AppKey, heard.Last.SupportsClassC));
        JsonNode json = Assert.Single(receiver.Events).Json;
        (string, long, int, string) told = kind == City.ChirpStackKind
            ? (json["deviceInfo"]!["devEui"]!.GetValue<string>(), json["fCnt"]!.GetValue<long>(), json["fPort"]!.GetValue<int>(), json["data"]!.GetValue<string>())
            : (json["end_device_ids"]!["dev_eui"]!.GetValue<string>().ToLowerInvariant(), json["uplink_message"]!["f_cnt"]!.GetValue<long>(),
                json["uplink_message"]!["f_port"]!.GetValue<int>(), json["uplink_message"]!["frm_payload"]!.GetValue<string>());
        Assert.Equal((devEui, 7L, 12, Convert.ToBase64String(s_payload)), told);
        Assert.Equal(kind == City.ChirpStackKind ? "?event=up" : "", receiver.Events.First().Query);
    }

    private sealed class Heard : IRadioSide
    {
        public List<(RadioGroup Group, RadioDownlink Downlink)> Multicasts { get; } = [];

        public RadioDevice? Last { get; private set; }

        public void DeviceChanged(RadioDevice device) => Last = device;

        public void DeviceRemoved(string devEui)
        {
        }

        public void DownlinkQueued(string devEui)
        {
        }

        public void MulticastQueued(RadioGroup group, RadioDownlink downlink) => Multicasts.Add((group, downlink));
    }
}
