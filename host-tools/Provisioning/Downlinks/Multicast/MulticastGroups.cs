// The multicast groups of a workspace for people: listed with who listens, made ready ahead of a command that is wanted at once, taken away. No key is told.
using System.Data.Common;
using Provisioning.Controllers;
using Provisioning.Members;
using Provisioning.Poles;
using Provisioning.Problems;
using Provisioning.Workspaces;

namespace Provisioning.Downlinks.Multicast;

/// <summary>How a controller stands to a group.</summary>
public enum MemberState
{
    /// <summary>It was not told of the group yet.</summary>
    Untold,

    /// <summary>It is being told.</summary>
    BeingTold,

    /// <summary>It has the group and a session.</summary>
    Listening,

    /// <summary>It has the group; its session is over, and the next delivery begins with another.</summary>
    SessionOver,

    /// <summary>It refused the group, and said why.</summary>
    Refused,

    /// <summary>It does not answer: it is served alone.</summary>
    Silent,
}

/// <summary>A member of a group.</summary>
/// <param name="DevEui">The controller.</param>
/// <param name="PoleId">The pole that it hangs in; null for none.</param>
/// <param name="McGroupId">What it knows the group by, 0 to 3.</param>
/// <param name="State">How it stands to the group.</param>
/// <param name="Reason">Why it refused: a word; else empty.</param>
/// <param name="SessionEndsUtcMs">When its session ends, UTC in milliseconds since 1970; null for none.</param>
public sealed record MulticastMemberView(string DevEui, string? PoleId, int McGroupId, MemberState State, string Reason, long? SessionEndsUtcMs);

/// <summary>A delivery to a group.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Title">What it brings.</param>
/// <param name="State">How far it is.</param>
/// <param name="SentFrames">Frames that were sent.</param>
/// <param name="Frames">Frames that it has.</param>
/// <param name="CreatedUtcMs">When it was ordered, UTC in milliseconds since 1970.</param>
public sealed record DeliveryView(long Number, string Title, DeliveryState State, int SentFrames, int Frames, long CreatedUtcMs);

/// <summary>A multicast group.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Selection">Which poles it is for.</param>
/// <param name="Region">Region.</param>
/// <param name="McAddr">McAddr, 8 hexadecimal digits.</param>
/// <param name="State">Whether it is in use.</param>
/// <param name="IsAtServer">Whether the network server has it.</param>
/// <param name="FramesUsed">Frames of its key that are used.</param>
/// <param name="FramesPerKey">Frames that a key serves for.</param>
/// <param name="Members">Its members.</param>
/// <param name="Deliveries">Its newest deliveries, newest first.</param>
public sealed record MulticastGroupView(
    long Number, string Selection, string Region, string McAddr, GroupState State, bool IsAtServer, long FramesUsed, int FramesPerKey, IReadOnlyList<MulticastMemberView> Members,
    IReadOnlyList<DeliveryView> Deliveries);

/// <summary>A group that was made ready.</summary>
/// <param name="Selection">Which poles it is for.</param>
/// <param name="Region">Region.</param>
/// <param name="PoleCount">Poles in it.</param>
/// <param name="SetupCount">How many of them are told of the group, or of a session, now.</param>
public sealed record PreparedGroup(string Selection, string Region, int PoleCount, int SetupCount);

/// <summary>The multicast groups of a workspace.</summary>
public static class MulticastGroups
{
    private const long SetupLifetimeMs = 3_600_000;
    private const int MostDeliveries = 20;

    /// <summary>All groups, oldest first.</summary>
    public static IReadOnlyList<MulticastGroupView> List(Workspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return workspace.Read(connection => (IReadOnlyList<MulticastGroupView>)[.. GroupTable.All(connection).Select(group => View(connection, group, workspace.NowUtcMs))]);
    }

    /// <summary>A group.</summary>
    /// <exception cref="ProblemException">There is none with this number.</exception>
    public static MulticastGroupView Get(Workspace workspace, long number) => List(workspace).FirstOrDefault(group => group.Number == number) ?? throw Absent(number);

    /// <summary>Tells the controllers of poles of their group and of a session, so that the next command to them is one frame.</summary>
    /// <param name="writer">The change.</param>
    /// <param name="filter">The poles.</param>
    /// <param name="poles">Numbers of single poles; empty for all of the filter.</param>
    /// <param name="dataRate">Data rate of RX2; null for the region's.</param>
    /// <param name="request">The open vault.</param>
    /// <returns>The groups, one a region, and what keeps poles out of them.</returns>
    public static (IReadOnlyList<PreparedGroup> Groups, IReadOnlyList<Problem> Problems) Prepare(
        WorkspaceWriter writer, PoleFilter filter, IReadOnlySet<string> poles, int? dataRate, MulticastRequest request)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(poles);
        ArgumentNullException.ThrowIfNull(request);
        HashSet<string> meant = [.. PoleTable.All(writer.Connection).Where(pole => filter.Matches(pole) && (poles.Count == 0 || poles.Contains(pole.Id))).Select(pole => pole.Id)];
        Controller[] controllers = [.. ControllerTable.All(writer.Connection).Where(controller => controller.PoleId is { } pole && meant.Contains(pole)).OrderBy(controller => controller.DevEui, StringComparer.Ordinal)];
        if (controllers.Length == 0)
        {
            throw new ProblemException(new Problem("problem.command.noPole") { Kind = ProblemKind.WrongUse });
        }

        List<PreparedGroup> groups = [];
        List<Problem> problems = [];
        foreach (IGrouping<string, Controller> region in controllers.GroupBy(controller => controller.Region))
        {
            Channel channel = new(region.Key, dataRate);
            if (channel.LongestPayload < SetupRequest.Longest)
            {
                problems.Add(new Problem("problem.multicast.tooShort", region.Key));
                continue;
            }

            Dictionary<string, string> poleOf = region.ToDictionary(controller => controller.DevEui, controller => controller.PoleId!, StringComparer.Ordinal);
            string selection = GroupDesk.SelectionOf(filter, poles);
            GroupUse use = GroupDesk.Enter(writer, request.Vault, selection, region.Key, channel, poleOf.Keys.ToHashSet(StringComparer.Ordinal), [.. poleOf.Keys]);
            problems.AddRange(poleOf.Where(pair => !use.Members.ContainsKey(pair.Key)).Select(pair => new Problem("problem.multicast.full") { Field = "pole", Value = pair.Value }));
            groups.Add(new PreparedGroup(selection, region.Key, use.Members.Count, GroupDesk.OrderSetups(writer, use, devEui => poleOf[devEui], SetupLifetimeMs)));
        }

        return (groups, problems);
    }

    /// <summary>Takes a group away: its key is erased, what waits for it goes to each pole alone, and the next run that sends deletes it at the network server.</summary>
    /// <exception cref="ProblemException">There is no open group with this number.</exception>
    public static void Remove(WorkspaceWriter writer, long number)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Require(Permission.Plan);
        MulticastGroupRow group = GroupTable.Find(writer.Connection, number) is { State: GroupState.Open } found ? found : throw Absent(number);
        GroupDesk.Close(writer, group, "removed");
    }

    private static MulticastGroupView View(DbConnection connection, MulticastGroupRow group, long nowUtcMs)
    {
        MulticastUse use = GroupTable.Use(connection, group.Number);
        return new MulticastGroupView(
            group.Number, group.Selection, group.Region, group.McAddr, group.State, use.ServerId.Length > 0, use.FramesGiven, MulticastGroupRow.FramesPerKey,
            [.. GroupTable.Members(connection, group.Number).Select(member => View(connection, member, nowUtcMs))],
            [.. DeliveryTable.Newest(connection, group.Number, MostDeliveries).Select(delivery => View(connection, delivery))]);
    }

    private static MulticastMemberView View(DbConnection connection, MulticastMemberRow member, long nowUtcMs)
    {
        Order? setup = member.SetupOrder == 0 ? null : OrderTable.Find(connection, member.SetupOrder);
        MemberState state = member.HasSession(nowUtcMs, 0) ? MemberState.Listening
            : setup is null ? MemberState.Untold
            : setup.State == OrderState.Open ? MemberState.BeingTold
            : setup.State == OrderState.Refused ? MemberState.Refused
            : setup.State == OrderState.Done ? MemberState.SessionOver
            : MemberState.Silent;
        return new MulticastMemberView(
            member.DevEui, ControllerTable.Find(connection, member.DevEui)?.PoleId, member.McGroupId, state, state == MemberState.Refused ? setup!.Reason : "",
            member.EndsUtcMs == 0 ? null : member.EndsUtcMs);
    }

    private static DeliveryView View(DbConnection connection, Delivery delivery)
    {
        List<DeliveryFrame> frames = DeliveryTable.Frames(connection, delivery.Number);
        return new DeliveryView(delivery.Number, delivery.Title, delivery.State, frames.Count(frame => frame.State == PartState.Queued), frames.Count, delivery.CreatedUtcMs);
    }

    private static ProblemException Absent(long number) =>
        new(new Problem("problem.multicast.noSuchGroup") { Kind = ProblemKind.WrongUse, Value = number.ToString(System.Globalization.CultureInfo.InvariantCulture) });
}
