// Makes the multicast groups of a workspace: finds the one for a choice of poles, makes it, takes controllers in, renews its key when that has to be, closes it. The key
// is in no output; it leaves the vault enciphered for a member, or as session keys for the network server.
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Provisioning.Audit;
using Provisioning.Controllers;
using Provisioning.Keys;
using Provisioning.Members;
using Provisioning.Poles;
using Provisioning.Problems;
using Provisioning.Workspaces;

namespace Provisioning.Downlinks.Multicast;

/// <summary>That something goes to poles as a multicast group.</summary>
/// <param name="Vault">The open vault; it stays the caller's.</param>
/// <param name="Gateways">Gateways that send it, on servers that must be told; else empty.</param>
public sealed record MulticastRequest(KeyVault Vault, params IReadOnlyList<string> Gateways);

/// <summary>A group with the controllers that take part.</summary>
/// <param name="Group">The group.</param>
/// <param name="Members">Its members that are asked for, by DevEUI.</param>
/// <param name="Told">All members that know its key, or may know it, by DevEUI.</param>
internal sealed record GroupUse(MulticastGroupRow Group, IReadOnlyDictionary<string, MulticastMemberRow> Members, IReadOnlySet<string> Told);

/// <summary>Makes groups.</summary>
internal static class GroupDesk
{
    /// <summary>A controller left the group and knows its key.</summary>
    public const string MemberLeft = "memberLeft";

    // More frames than any delivery has: when fewer than these are left of a key's, it is renewed first.
    private const int Reserve = 512;

    // NetID 000001, for experiments and private networks: 0000001 in the upper seven bits (LoRaWAN Backend Interfaces, NetID type 0).
    private const uint AddressPrefix = 0x02000000;
    private const int AddressRange = 1 << 25;
    private const int DigestLength = 4;

    /// <summary>The name of a choice of poles: the same for the same choice.</summary>
    public static string SelectionOf(PoleFilter filter, IReadOnlySet<string> poles)
    {
        List<string> words = [];
        foreach ((string name, string? value) in ((string, string?)[])[("street", filter.Street), ("district", filter.District), ("group", filter.Group), ("circuit", filter.Circuit)])
        {
            if (value is not null)
            {
                words.Add($"{name}={value}");
            }
        }

        if (poles.Count > 0)
        {
            byte[] digest = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', poles.Order(StringComparer.Ordinal))));
            words.Add($"poles={poles.Count.ToString(CultureInfo.InvariantCulture)}-{Convert.ToHexStringLower(digest.AsSpan(0, DigestLength))}");
        }

        return words.Count == 0 ? "all" : string.Join(' ', words);
    }

    /// <summary>Finds or makes the group for a choice of poles, with controllers as its members.</summary>
    /// <param name="writer">The change.</param>
    /// <param name="vault">The open vault.</param>
    /// <param name="selection">The choice.</param>
    /// <param name="region">Region of the controllers.</param>
    /// <param name="channel">The channel of its sessions.</param>
    /// <param name="chosen">DevEUIs of all controllers of the choice in the region: who was told the key and is not among them has left.</param>
    /// <param name="wanted">Those of them that are to be members now.</param>
    /// <returns>The group. A controller that is in as many groups as it can be is not among its members.</returns>
    public static GroupUse Enter(
        WorkspaceWriter writer, KeyVault vault, string selection, string region, Channel channel, IReadOnlySet<string> chosen, IReadOnlyList<string> wanted)
    {
        MulticastGroupRow? group = GroupTable.OpenOf(writer.Connection, selection, region);
        Dictionary<string, int> idsBefore = [];
        if (group is not null && ReasonToRenew(writer, group, channel, chosen) is { } reason)
        {
            idsBefore = GroupTable.Members(writer.Connection, group.Number).ToDictionary(member => member.DevEui, member => member.McGroupId, StringComparer.Ordinal);
            Close(writer, group, reason);
            group = null;
        }

        group ??= Make(writer, vault, selection, region, channel);
        Dictionary<string, MulticastMemberRow> members = GroupTable.Members(writer.Connection, group.Number).ToDictionary(member => member.DevEui, StringComparer.Ordinal);
        string[] missing = [.. wanted.Where(devEui => !members.ContainsKey(devEui))];
        foreach (MulticastMemberRow added in TakeIn(writer, vault, group, missing, idsBefore))
        {
            members.Add(added.DevEui, added);
        }

        return new GroupUse(
            group,
            wanted.Where(members.ContainsKey).ToDictionary(devEui => devEui, devEui => members[devEui], StringComparer.Ordinal),
            members.Values.Where(member => member.SetupOrder > 0).Select(member => member.DevEui).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>Orders the set-up of members that have no session and none on its way.</summary>
    /// <param name="writer">The change.</param>
    /// <param name="use">The group and its members.</param>
    /// <param name="poleOf">The pole of each, by DevEUI.</param>
    /// <param name="lifetimeMs">When the set-up loses its sense.</param>
    /// <returns>How many were ordered.</returns>
    public static int OrderSetups(WorkspaceWriter writer, GroupUse use, Func<string, string> poleOf, long lifetimeMs)
    {
        const long RestMs = 3_600_000;
        long firstCounter = GroupTable.Use(writer.Connection, use.Group.Number).FramesTaken;
        Channel channel = new(use.Group.Region, use.Group.DataRate);
        int count = 0;
        foreach (MulticastMemberRow member in use.Members.Values.Where(member => !member.HasSession(writer.NowUtcMs, RestMs)))
        {
            if (member.SetupOrder > 0 && OrderTable.Find(writer.Connection, member.SetupOrder) is { State: OrderState.Open })
            {
                continue;
            }

            byte[] payload = SetupRequest.Make(use.Group, member, firstCounter);
            long number = OrderTable.NextNumber(writer.Connection);
            OrderTable.Insert(writer.Connection, new Order
            {
                Number = number,
                DevEui = member.DevEui,
                PoleId = poleOf(member.DevEui),
                Kind = OrderKind.Multicast,
                Title = use.Group.Selection,
                CreatedUtcMs = writer.NowUtcMs,
                ExpiresUtcMs = writer.NowUtcMs + lifetimeMs,
                ChangedUtcMs = writer.NowUtcMs,
                Parts = [new OrderPart(0, 0, PoleController.LoRaWan.Packages.PackageId.MulticastSetupPort, payload, channel.AirtimeUs(payload.Length))],
            });
            GroupTable.Update(writer.Connection, member with { SetupOrder = number });
            count++;
        }

        return count;
    }

    /// <summary>Closes a group: its key is erased, and what waits for it goes to each controller alone.</summary>
    /// <param name="writer">The change.</param>
    /// <param name="group">The group.</param>
    /// <param name="reason">Why, in a word for the journal.</param>
    public static void Close(WorkspaceWriter writer, MulticastGroupRow group, string reason)
    {
        MulticastGroupRow closed = group with { State = GroupState.Closed, Sealed = null };
        GroupTable.Update(writer.Connection, closed);
        writer.Record("multicast.close", SubjectKind.MulticastGroup, closed.SubjectId, GroupTable.HashOf(closed), new JsonObject { ["selection"] = group.Selection, ["reason"] = reason });
        foreach (MulticastMemberRow member in GroupTable.Members(writer.Connection, group.Number))
        {
            if (OrderTable.Find(writer.Connection, member.SetupOrder) is { State: OrderState.Open } order)
            {
                OrderTable.Update(writer.Connection, order with { State = OrderState.Superseded, ChangedUtcMs = writer.NowUtcMs });
            }
        }

        foreach (Delivery delivery in DeliveryTable.Open(writer.Connection).Where(delivery => delivery.GroupNumber == group.Number))
        {
            DeliveryJudge.GiveUp(writer, delivery);
        }

        GroupTable.DeleteMembers(writer.Connection, group.Number);
    }

    /// <summary>Whether a controller that knows the key hangs in no pole any more.</summary>
    public static bool HasLeaver(WorkspaceWriter writer, MulticastGroupRow group) => GroupTable.Members(writer.Connection, group.Number)
        .Exists(member => member.SetupOrder > 0 && ControllerTable.Find(writer.Connection, member.DevEui) is null or { PoleId: null });

    private static string? ReasonToRenew(WorkspaceWriter writer, MulticastGroupRow group, Channel channel, IReadOnlySet<string> chosen)
    {
        bool isLeft = GroupTable.Members(writer.Connection, group.Number).Exists(member => member.SetupOrder > 0 && !chosen.Contains(member.DevEui));
        bool isUsedUp = GroupTable.Use(writer.Connection, group.Number).FramesGiven > MulticastGroupRow.FramesPerKey - Reserve;
        bool isElsewhere = group.DataRate != channel.DataRate || group.FrequencyHz != channel.FrequencyHz;
        return isLeft ? MemberLeft : isUsedUp ? "framesUsed" : isElsewhere ? "channelChanged" : null;
    }

    private static MulticastGroupRow Make(WorkspaceWriter writer, KeyVault vault, string selection, string region, Channel channel)
    {
        writer.Require(Permission.Plan);
        List<MulticastGroupRow> all = GroupTable.All(writer.Connection);
        HashSet<string> taken = [.. all.Select(group => group.McAddr)];
        string address;
        do
        {
            address = (AddressPrefix | (uint)RandomNumberGenerator.GetInt32(AddressRange)).ToString("x8", CultureInfo.InvariantCulture);
        }
        while (taken.Contains(address));

        long number = all.Select(group => group.Number).DefaultIfEmpty(0).Max() + 1;
        MulticastGroupRow made = new(number, selection, region, address, null, channel.DataRate, channel.FrequencyHz, GroupState.Open, writer.NowUtcMs);
        byte[] key = GroupKeys.NewMcKey();
        made = made with { Sealed = vault.CloseBytes(key, made.Purpose) };
        CryptographicOperations.ZeroMemory(key);
        GroupTable.Insert(writer.Connection, made);
        writer.Record("multicast.make", SubjectKind.MulticastGroup, made.SubjectId, GroupTable.HashOf(made), new JsonObject { ["selection"] = selection, ["mcAddr"] = address });
        return made;
    }

    private static List<MulticastMemberRow> TakeIn(
        WorkspaceWriter writer, KeyVault vault, MulticastGroupRow group, string[] devEuis, Dictionary<string, int> idsBefore)
    {
        List<MulticastMemberRow> added = [];
        if (devEuis.Length == 0)
        {
            return added;
        }

        writer.Require(Permission.Plan);
        byte[] key = OpenKey(vault, group);
        foreach (string devEui in devEuis)
        {
            HashSet<int> used = [.. GroupTable.MembershipsOf(writer.Connection, devEui).Select(member => member.McGroupId)];
            int id = idsBefore.TryGetValue(devEui, out int before) && !used.Contains(before)
                ? before
                : Enumerable.Range(0, MulticastMemberRow.MostGroups).FirstOrDefault(free => !used.Contains(free), -1);
            if (id >= 0)
            {
                using DeviceKeys keys = KeyStore.Take(writer, vault, devEui, true, JournalAction.GroupKeyGiven);
                added.Add(new MulticastMemberRow(group.Number, devEui, id, GroupKeys.EncryptFor(keys.GenAppKey, key)));
            }
        }

        CryptographicOperations.ZeroMemory(key);
        GroupTable.InsertMembers(writer.Connection, added);
        return added;
    }

    /// <summary>The key of a group in the clear; to be wiped by the caller.</summary>
    /// <exception cref="ProblemException">It is erased, or was changed past polectl.</exception>
    internal static byte[] OpenKey(KeyVault vault, MulticastGroupRow group) => group.Sealed is { } sealedKey && vault.OpenBytes(sealedKey, group.Purpose) is { } key
        ? key
        : throw new ProblemException(new Problem("problem.multicast.keyDamaged", group.Selection));
}
