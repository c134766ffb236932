// Makes a delivery: the frames that go to a group once, and for each order the downlinks that wait for them.
using PoleController.LoRaWan.Packages;
using PoleController.Messages;
using Provisioning.Workspaces;

namespace Provisioning.Downlinks.Multicast;

/// <summary>What a delivery is made of: the frames, and the downlinks of a member by its McGroupID.</summary>
/// <param name="Frames">The frames, by stages.</param>
/// <param name="PartsOf">The downlinks of an order whose controller knows the group by a number; those that the frames bring are <see cref="PartState.Grouped"/>.</param>
/// <param name="SpreadMs">Over how long the answers are spread, in milliseconds.</param>
/// <param name="IsBlock">Whether it is blocks by fragments.</param>
internal sealed record DeliveryContent(IReadOnlyList<DeliveryFrame> Frames, Func<int, IReadOnlyList<OrderPart>> PartsOf, long SpreadMs, bool IsBlock)
{
    /// <summary>Stages that the frames have.</summary>
    public int StageCount => Frames[^1].Stage + 1;
}

/// <summary>Makes deliveries.</summary>
internal static class DeliveryMaker
{
    /// <summary>Fewest poles for which a group is worth its set-up.</summary>
    public const int FewestPoles = 2;

    // What an answer takes on the air with its retries, of an eighth of the channels: as the simulator's network server reckons (0.75 s).
    private const double SecondsPerAnswer = 0.75;
    private const int LongestBlockAckDelay = 7;
    private const long AnswerMarginMs = 20_000;

    /// <summary>Commands, each a stage with one frame.</summary>
    /// <param name="number">The delivery's number.</param>
    /// <param name="payloads">The commands.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="windowSeconds">Over how long members spread their answers to commands of a group.</param>
    public static DeliveryContent OfCommands(long number, IReadOnlyList<byte[]> payloads, Channel channel, int windowSeconds)
    {
        DeliveryFrame[] frames = [.. payloads.Select((payload, stage) => new DeliveryFrame(stage, 0, MessagePort.Command, payload, channel.AirtimeUs(payload.Length)))];
        OrderPart[] parts = [.. frames.Select(frame => Grouped(number, frame))];
        return new DeliveryContent(frames, _ => parts, (windowSeconds * 1000L) + AnswerMarginMs, false);
    }

    /// <summary>Blocks, each a stage: its fragments, and the question who lacks some.</summary>
    /// <param name="number">The delivery's number.</param>
    /// <param name="blocks">The blocks.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="poleCount">Poles that answer.</param>
    /// <param name="takenLengths">Lengths of frames with fragments of the group's other deliveries; those of this one are added.</param>
    public static DeliveryContent OfBlocks(long number, IReadOnlyList<byte[]> blocks, Channel channel, int poleCount, HashSet<int> takenLengths)
    {
        int delay = BlockAckDelay(poleCount);
        List<OrderPart[]> stages = [];
        List<DeliveryFrame> frames = [];
        for (int stage = 0; stage < blocks.Count; stage++)
        {
            OrderPart[] parts = [.. SettingsParts.Fragments(blocks[stage], stage, channel, new FragmentGroup(0, delay, takenLengths))];
            takenLengths.Add(parts[1].Payload.Length);
            stages.Add(parts);
            frames.AddRange(parts.Skip(1).Select(part => new DeliveryFrame(stage, part.Part, part.FPort, part.Payload, part.AirtimeUs)));
            frames.Add(StatusRequest(stage, parts.Length, channel));
        }

        return new DeliveryContent(
            frames, mcGroupId => [.. stages.SelectMany(parts => parts.Select(part => part.Part == 0 ? SetUpFor(part, mcGroupId) : part with { State = PartState.Grouped, Delivery = number }))],
            (1000L << (delay + 4)) + AnswerMarginMs, true);
    }

    /// <summary>Puts a delivery into the workspace.</summary>
    public static void Insert(WorkspaceWriter writer, long number, GroupUse use, MulticastRequest request, DeliveryContent content, (string Kind, string Title, long PatienceMs) what) =>
        DeliveryTable.Insert(writer.Connection, new Delivery
        {
            Number = number,
            GroupNumber = use.Group.Number,
            Kind = what.Kind,
            Title = what.Title,
            Gateways = string.Join(' ', request.Gateways),
            SpreadMs = content.SpreadMs,
            PatienceMs = what.PatienceMs,
            DeadlineUtcMs = writer.NowUtcMs + what.PatienceMs,
            CreatedUtcMs = writer.NowUtcMs,
            ChangedUtcMs = writer.NowUtcMs,
        }, content.Frames);

    private static OrderPart Grouped(long number, DeliveryFrame frame) =>
        new(frame.Stage, frame.Part, frame.FPort, frame.Payload, frame.AirtimeUs) { State = PartState.Grouped, Delivery = number };

    private static OrderPart SetUpFor(OrderPart setup, int mcGroupId)
    {
        FragmentationCommand command = new();
        command.DecodeDownlink(setup.Payload, 0, setup.Payload.Length);
        command.GroupMask = 1 << mcGroupId;
        byte[] payload = new byte[setup.Payload.Length];
        command.EncodeDownlink(payload, 0);
        return setup with { Payload = payload };
    }

    // Only those that lack some answer.
    private static DeliveryFrame StatusRequest(int stage, int part, Channel channel)
    {
        FragmentationCommand command = new() { Cid = FragmentationCommand.FragSessionStatus };
        byte[] buffer = new byte[FragmentationCommand.MaximumLength];
        int length = command.EncodeDownlink(buffer, 0);
        return new DeliveryFrame(stage, part, PackageId.FragmentationPort, buffer[..length], channel.AirtimeUs(length));
    }

    private static int BlockAckDelay(int poleCount)
    {
        int delay = 0;
        while (delay < LongestBlockAckDelay && (1 << (delay + 4)) < poleCount * SecondsPerAnswer)
        {
            delay++;
        }

        return delay;
    }
}
