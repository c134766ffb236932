// A command by multicast: one frame for all poles of a region, with one sequence number that none of them had lately.
using PoleController.Messages;
using Provisioning.Controllers;
using Provisioning.Problems;
using Provisioning.Programs;
using Provisioning.Workspaces;

namespace Provisioning.Downlinks.Multicast;

/// <summary>The deliveries of a command; none when it goes to each pole alone.</summary>
internal sealed class CommandMulticast
{
    // A command is wanted now: who is not ready within this is served alone.
    private const long PatienceMs = 5 * 60_000L;

    private readonly Dictionary<string, OrderPart> _parts = new(StringComparer.Ordinal);
    private readonly List<Problem> _problems = [];

    /// <summary>Makes the groups and the deliveries.</summary>
    /// <param name="writer">The change.</param>
    /// <param name="request">The command's request.</param>
    /// <param name="title">What it is.</param>
    /// <param name="controllers">The controllers that it is for.</param>
    /// <param name="encode">Encodes the command with a sequence number.</param>
    public CommandMulticast(WorkspaceWriter writer, CommandRequest request, string title, IReadOnlyList<Controller> controllers, Func<int, byte[]> encode)
    {
        if (request.Multicast is not { } multicast)
        {
            return;
        }

        foreach (Controller[] region in controllers.GroupBy(controller => controller.Region).Select(group => group.ToArray()).Where(group => group.Length >= DeliveryMaker.FewestPoles))
        {
            Deliver(writer, request, multicast, title, region, encode);
        }
    }

    /// <summary>Why poles are served alone that a group should serve.</summary>
    public IReadOnlyList<Problem> Problems => _problems;

    /// <summary>The downlink of a controller that waits for its group's frame; null when the command goes to it alone.</summary>
    public OrderPart? PartOf(string devEui) => _parts.GetValueOrDefault(devEui);

    private void Deliver(WorkspaceWriter writer, CommandRequest request, MulticastRequest multicast, string title, Controller[] controllers, Func<int, byte[]> encode)
    {
        string region = controllers[0].Region;
        Channel channel = new(region, request.DataRate);
        if (channel.LongestPayload < SetupRequest.Longest)
        {
            _problems.Add(new Problem("problem.multicast.tooShort", region));
            return;
        }

        string[] devEuis = [.. controllers.Select(controller => controller.DevEui)];
        GroupUse use = GroupDesk.Enter(
            writer, multicast.Vault, GroupDesk.SelectionOf(request.Filter, request.Poles), region, channel, devEuis.ToHashSet(StringComparer.Ordinal), devEuis);
        _problems.AddRange(controllers.Where(controller => !use.Members.ContainsKey(controller.DevEui))
            .Select(controller => new Problem("problem.multicast.full") { Field = "pole", Value = controller.PoleId ?? "" }));
        if (use.Members.Count < DeliveryMaker.FewestPoles)
        {
            return;
        }

        byte[] payload = encode(OrderTable.TakeSharedSequence(writer.Connection, [.. use.Members.Keys], writer.NowUtcMs - CommandProcessor.RepetitionMs, []));
        int windowSeconds = WantedSettings.Load(writer.Connection).ForPlace().MulticastAnswerWindowSeconds.Max();
        long number = DeliveryTable.NextNumber(writer.Connection);
        DeliveryContent content = DeliveryMaker.OfCommands(number, [payload], channel, windowSeconds);
        Dictionary<string, string> poleOf = controllers.ToDictionary(controller => controller.DevEui, controller => controller.PoleId!, StringComparer.Ordinal);
        GroupDesk.OrderSetups(writer, use, devEui => poleOf[devEui], PatienceMs + CommandProcessor.RepetitionMs);
        DeliveryMaker.Insert(writer, number, use, multicast, content, (OrderKind.Command, title, PatienceMs));
        foreach (MulticastMemberRow member in use.Members.Values)
        {
            _parts.Add(member.DevEui, content.PartsOf(member.McGroupId)[0]);
        }
    }
}
