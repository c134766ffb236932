// Gives the frames of deliveries to the network server: makes the group there first, with its members where the server keeps them, and deletes groups that are closed.
// Each frame is noted before and after, so that an interruption repeats none.
using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Provisioning.Audit;
using Provisioning.Keys;
using Provisioning.Members;
using Provisioning.NetworkServers;
using Provisioning.Problems;
using Provisioning.Workspaces;

namespace Provisioning.Downlinks.Multicast;

/// <summary>Sends deliveries.</summary>
/// <param name="workspace">The workspace.</param>
/// <param name="server">The server.</param>
/// <param name="air">Time on air.</param>
/// <param name="unlock">Gives the open vault; null when nothing unlocks it.</param>
/// <param name="problems">Receives what the server refused.</param>
internal sealed class DeliveryPump(Workspace workspace, INetworkServer server, AirBudget air, Func<KeyVault?> unlock, List<Problem> problems)
{
    /// <summary>Sends what is due.</summary>
    /// <param name="cancellation">Ends it between two calls.</param>
    /// <returns>Frames that the server took, and frames that wait for air.</returns>
    public async Task<(int Sent, int Waiting)> RunAsync(CancellationToken cancellation)
    {
        int sent = 0;
        int waiting = 0;
        foreach (Delivery delivery in workspace.Read(DeliveryTable.Open))
        {
            if (cancellation.IsCancellationRequested || await ServerGroupAsync(delivery, cancellation).ConfigureAwait(false) is not { } serverId || delivery.State != DeliveryState.Sending)
            {
                continue;
            }

            (int of, int left) = await SendAsync(delivery, serverId, cancellation).ConfigureAwait(false);
            sent += of;
            waiting += left;
        }

        await DeleteClosedAsync(cancellation).ConfigureAwait(false);
        return (sent, waiting);
    }

    private async Task<(int Sent, int Waiting)> SendAsync(Delivery delivery, string serverId, CancellationToken cancellation)
    {
        string[] gateways = delivery.Gateways.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        List<DeliveryFrame> frames = workspace.Read(connection => DeliveryTable.Frames(connection, delivery.Number));
        DeliveryFrame[] due = [.. frames.Where(frame => frame.Stage == delivery.Stage && frame.State == PartState.Waiting)];
        int sent = 0;
        foreach (DeliveryFrame frame in due)
        {
            if (cancellation.IsCancellationRequested || !workspace.Read(connection => HasAir(connection, delivery, frame)))
            {
                break;
            }

            if (!TryBegin(delivery, frame))
            {
                return (sent, 0);
            }

            ServerAnswer<Done> answer = await server.EnqueueMulticastAsync(new MulticastDownlink(serverId, frame.FPort, frame.Payload, gateways), cancellation).ConfigureAwait(false);
            Note(delivery, frame, answer);
            if (!answer.IsOk)
            {
                // The frames go out in their order: a command must not overtake the one before.
                return (sent, 0);
            }

            sent++;
        }

        if (sent == due.Length)
        {
            workspace.Write(Permission.Service, false, writer =>
            {
                DeliveryJudge.End(writer, delivery, frames);
                return 0;
            });
        }

        return (sent, due.Length - sent);
    }

    private bool HasAir(DbConnection connection, Delivery delivery, DeliveryFrame frame)
    {
        string region = GroupTable.Find(connection, delivery.GroupNumber)?.Region ?? "";
        return region.Length > 0 && air.SpentUs(connection, workspace.NowUtcMs) + (frame.AirtimeUs * air.GatewayCount) <= air.HourlyUs(air.ChannelOf(region));
    }

    // Noted before the call; false when another polectl has taken the frame, or ended the delivery, meanwhile.
    private bool TryBegin(Delivery delivery, DeliveryFrame frame) => workspace.Write(Permission.Service, false, writer =>
    {
        bool isTaken = DeliveryTable.TryTake(writer.Connection, delivery.Number, frame, writer.NowUtcMs);
        if (isTaken)
        {
            GroupTable.CountGiven(writer.Connection, delivery.GroupNumber);
        }

        return isTaken;
    });

    // Of a call whose outcome nobody knows the frame stays as being given: the next run counts it as sent.
    private void Note(Delivery delivery, DeliveryFrame frame, ServerAnswer<Done> answer)
    {
        if (answer.Failure is { } failure)
        {
            problems.Add(failure.Problem);
            if (failure.IsOutcomeUnknown)
            {
                return;
            }
        }

        workspace.Write(Permission.Service, false, writer =>
        {
            DeliveryTable.SetState(writer.Connection, delivery.Number, frame, answer.IsOk ? PartState.Queued : PartState.Waiting);
            if (answer.IsOk)
            {
                GroupTable.CountTaken(writer.Connection, delivery.GroupNumber);
            }
            else if (answer.Failure.Kind == FailureKind.NotFound)
            {
                // Somebody deleted it at the server, or it is another server: the next run makes it.
                GroupTable.SetServerId(writer.Connection, delivery.GroupNumber, "");
            }
            else if (answer.Failure.Kind is FailureKind.Refused or FailureKind.NotSupported)
            {
                // It would refuse it again.
                DeliveryJudge.GiveUp(writer, delivery);
            }

            return 0;
        });
    }

    // The identifier of a delivery's group at the server; null when it cannot be made there now.
    private async Task<string?> ServerGroupAsync(Delivery delivery, CancellationToken cancellation)
    {
        (MulticastGroupRow? group, MulticastUse use, List<MulticastMemberRow> members) = workspace.Read(connection =>
            (GroupTable.Find(connection, delivery.GroupNumber), GroupTable.Use(connection, delivery.GroupNumber), GroupTable.Members(connection, delivery.GroupNumber)));
        bool isMemberless = delivery.State != DeliveryState.Sending || !server.Traits.KeepsMulticastMembers;
        if (group is not { State: GroupState.Open } || (use.ServerId.Length > 0 && isMemberless))
        {
            return group is { State: GroupState.Open } ? use.ServerId : null;
        }

        ServerAnswer<IReadOnlyList<MulticastGroup>> there = await server.ListMulticastGroupsAsync(cancellation).ConfigureAwait(false);
        if (!there.IsOk)
        {
            problems.Add(there.Failure.Problem);
            return null;
        }

        // One without its keys was left half made, between the calls that The Things Stack needs for one: making it again completes it.
        if (there.Value.FirstOrDefault(candidate => candidate.McAddr == group.McAddr && candidate.Keys is { McNwkSKey.Length: > 0, McAppSKey.Length: > 0 }) is not { } found)
        {
            return await MakeAsync(group, use, members, cancellation).ConfigureAwait(false);
        }

        SetServerId(group, found.Id);
        return isMemberless || await SetMembersAsync(found, members, cancellation).ConfigureAwait(false) ? found.Id : null;
    }

    private async Task<bool> SetMembersAsync(MulticastGroup found, List<MulticastMemberRow> members, CancellationToken cancellation)
    {
        string[] wanted = Listening(members);
        if (found.DevEuis is null || found.DevEuis.ToHashSet(StringComparer.Ordinal).SetEquals(wanted))
        {
            return true;
        }

        ServerAnswer<Done> updated = await server.UpdateMulticastGroupAsync(found with { DevEuis = wanted }, cancellation).ConfigureAwait(false);
        if (!updated.IsOk)
        {
            problems.Add(updated.Failure.Problem);
        }

        return updated.IsOk;
    }

    private async Task<string?> MakeAsync(MulticastGroupRow group, MulticastUse use, List<MulticastMemberRow> members, CancellationToken cancellation)
    {
        if (unlock() is not { } vault)
        {
            problems.Add(new Problem("problem.multicast.locked", group.Selection) { Kind = ProblemKind.NotAuthorised });
            return null;
        }

        byte[] key = GroupDesk.OpenKey(vault, group);
        MulticastKeys keys = GroupKeys.SessionKeys(key, group.Address);
        CryptographicOperations.ZeroMemory(key);
        workspace.Write(Permission.Service, false, writer =>
        {
            writer.Record(JournalAction.GroupRegistered, SubjectKind.MulticastGroup, group.SubjectId, null, new JsonObject { ["selection"] = group.Selection, ["mcAddr"] = group.McAddr });
            return 0;
        });

        // A counter that was used once must not come again: of a group that was deleted at the server it goes on.
        ServerAnswer<string> made = await server.CreateMulticastGroupAsync(
            new MulticastGroup
            {
                Name = group.ServerGroupName,
                Region = group.Region,
                McAddr = group.McAddr,
                Keys = keys,
                DataRate = group.DataRate,
                FrequencyHz = group.FrequencyHz,
                FrameCounter = use.FramesGiven,
                DevEuis = Listening(members),
            }, cancellation).ConfigureAwait(false);
        if (!made.IsOk)
        {
            problems.Add(made.Failure.Problem);
            return null;
        }

        SetServerId(group, made.Value);
        return made.Value;
    }

    private async Task DeleteClosedAsync(CancellationToken cancellation)
    {
        foreach ((long number, string serverId) in workspace.Read(GroupTable.ClosedAtServer))
        {
            if (cancellation.IsCancellationRequested)
            {
                return;
            }

            ServerAnswer<Done> deleted = await server.DeleteMulticastGroupAsync(serverId, cancellation).ConfigureAwait(false);
            if (deleted.IsOk)
            {
                workspace.Write(Permission.Service, false, writer =>
                {
                    GroupTable.SetServerId(writer.Connection, number, "");
                    return 0;
                });
            }
            else
            {
                problems.Add(deleted.Failure.Problem);
            }
        }
    }

    private void SetServerId(MulticastGroupRow group, string serverId) => workspace.Write(Permission.Service, false, writer =>
    {
        GroupTable.SetServerId(writer.Connection, group.Number, serverId);
        return 0;
    });

    // Who answered is known to the server; who did not may not be, and would spoil the call for all.
    private static string[] Listening(List<MulticastMemberRow> members) => [.. members.Where(member => member.HasGroup).Select(member => member.DevEui)];
}
