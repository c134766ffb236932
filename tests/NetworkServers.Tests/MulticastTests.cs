// A command to a multicast group through both stand-ins, with every call of it going wrong in every way once: the group is there once with its members, the frame went out
// once at most, and the next run goes on.
using NetworkServers.Faults;
using NetworkServers.Radio;
using Provisioning.Downlinks;
using Provisioning.Downlinks.Multicast;
using Provisioning.Members;
using Provisioning.NetworkServers;
using Provisioning.Poles;
using Provisioning.Storage;

namespace NetworkServers.Tests;

public sealed class MulticastTests
{
    private const int Poles = 3;
    private const int MostCalls = 40;

    [Theory]
    [InlineData(City.ChirpStackKind)]
    [InlineData(City.ThingsStackKind)]
    public async Task Given_a_fault_at_any_call_then_the_group_is_there_once_and_the_frame_goes_out_once_at_most(string kind)
    {
        await using City city = await City.BuildAsync(kind, Poles, City.Once);
        await city.RegisterAsync();
        Heard heard = new();
        Connect(city, heard);
        foreach (FaultKind fault in (FaultKind[])[FaultKind.TooMany, FaultKind.Error, FaultKind.CutBefore, FaultKind.CutAfter, FaultKind.BadGatewayAfter, FaultKind.Html])
        {
            bool wasHit = true;
            for (int at = 1; wasHit && at < MostCalls; at++)
            {
                heard.Multicasts.Clear();
                OrderCommand(city);
                int calls = 0;
                bool isArmed = true;
                city.Host.Faults.Add(new Fault(fault, _ => isArmed && ++calls == at));
                await PumpAsync(city);
                isArmed = false;
                wasHit = calls >= at;
                for (int run = 0; run < 3; run++)
                {
                    await PumpAsync(city);
                }

                bool isUncertain = wasHit && fault is FaultKind.CutBefore or FaultKind.Html or FaultKind.Error;
                Assert.True(heard.Multicasts.Count == 1 || (isUncertain && heard.Multicasts.Count == 0), $"{fault} at call {at}: {heard.Multicasts.Count} frames");
                await ExpectGroupAsync(city, heard);
                await RemoveAsync(city);
            }

            Assert.False(wasHit, $"{fault}: more than {MostCalls} calls");
        }
    }

    private static void Connect(City city, Heard heard)
    {
        if (city.Settings.Kind == City.ChirpStackKind)
        {
            city.ChirpStack.Radio = heard;
        }
        else
        {
            city.ThingsStack.Radio = heard;
        }
    }

    // As if all poles had answered the set-up: their part is the other tests'.
    private static void OrderCommand(City city) => city.Workspace.Write(Permission.Plan, false, writer =>
    {
        MulticastRequest request = new(city.Vault, "gateway-1");
        MulticastGroups.Prepare(writer, new PoleFilter(), new HashSet<string>(), null, request);
        writer.Connection.Execute("UPDATE downlink_order SET state = 'done'");
        writer.Connection.Execute("UPDATE multicast_member SET has_group = 1, starts_utc_ms = 1, ends_utc_ms = 99999999999999");
        CommandRequest command = new("setLevel", [("levelPermille", "700"), ("fadeMs", "0"), ("durationMinutes", "60")]) { Multicast = request };
        Assert.Equal(Poles, CommandDesk.Give(writer, command).Given.Count);
        return 0;
    });

    private static Task<PumpResult> PumpAsync(City city) =>
        new OrderPump(city.Workspace, city.Server, new PumpSettings { GatewayCount = 1000, Unlock = () => city.Vault }).RunAsync(CancellationToken.None);

    private static async Task ExpectGroupAsync(City city, Heard heard)
    {
        MulticastGroup there = Assert.Single((await city.Server.ListMulticastGroupsAsync(CancellationToken.None)).Value);
        MulticastGroupView group = MulticastGroups.List(city.Workspace)[^1];
        Assert.Equal((group.McAddr, "poles-" + group.McAddr, "eu868"), (there.McAddr, there.Name, there.Region));
        Assert.All(heard.Multicasts, frame => Assert.Equal((there.McAddr, there.Keys.McNwkSKey, there.Keys.McAppSKey), (frame.McAddr, frame.McNwkSKey, frame.McAppSKey)));
        if (city.Server.Traits.KeepsMulticastMembers)
        {
            Assert.Equal(city.Controllers.Select(controller => controller.DevEui).Order(StringComparer.Ordinal), there.DevEuis!.Order(StringComparer.Ordinal));
        }
    }

    private static async Task RemoveAsync(City city)
    {
        long newest = MulticastGroups.List(city.Workspace)[^1].Number;
        city.Workspace.Write(Permission.Plan, false, writer =>
        {
            MulticastGroups.Remove(writer, newest);
            writer.Connection.Execute("UPDATE downlink_order SET state = 'superseded' WHERE state = 'open'");
            return 0;
        });
        await PumpAsync(city);
        Assert.Empty((await city.Server.ListMulticastGroupsAsync(CancellationToken.None)).Value);
    }

    private sealed class Heard : IRadioSide
    {
        public List<RadioGroup> Multicasts { get; } = [];

        public void DeviceChanged(RadioDevice device)
        {
        }

        public void DeviceRemoved(string devEui)
        {
        }

        public void DownlinkQueued(string devEui)
        {
        }

        public void MulticastQueued(RadioGroup group, RadioDownlink downlink) => Multicasts.Add(group);
    }
}
