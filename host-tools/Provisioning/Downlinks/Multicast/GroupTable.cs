// Multicast groups, their use and their members in the database.
using System.Data.Common;
using System.Globalization;
using Provisioning.Audit;
using Provisioning.Storage;

namespace Provisioning.Downlinks.Multicast;

/// <summary>Rows of groups.</summary>
internal static class GroupTable
{
    private const string Columns = "group_number, selection, region, mc_addr, sealed, data_rate, frequency_hz, state, created_utc_ms";
    private const string MemberColumns = "group_number, dev_eui, mc_group_id, encrypted_key, setup_order, has_group, starts_utc_ms, ends_utc_ms";
    private static readonly string[] s_columns = Columns.Split(", ");
    private static readonly string[] s_memberColumns = MemberColumns.Split(", ");

    public static List<MulticastGroupRow> All(DbConnection connection) => connection.Query($"SELECT {Columns} FROM multicast_group ORDER BY group_number", Read);

    public static MulticastGroupRow? Find(DbConnection connection, long number) =>
        connection.Query($"SELECT {Columns} FROM multicast_group WHERE group_number = @number", Read, ("@number", number)).FirstOrDefault();

    public static MulticastGroupRow? OpenOf(DbConnection connection, string selection, string region) => connection.Query(
        $"SELECT {Columns} FROM multicast_group WHERE selection = @selection AND region = @region AND state = 'open'", Read, ("@selection", selection), ("@region", region)).FirstOrDefault();

    public static void Insert(DbConnection connection, MulticastGroupRow group)
    {
        connection.InsertAll("multicast_group", s_columns, [Values(group)]);
        connection.InsertAll("multicast_use", ["group_number", "server_id", "frames_given", "frames_taken"], [[group.Number, "", 0L, 0L]]);
    }

    public static void Update(DbConnection connection, MulticastGroupRow group) => connection.Execute(
        "UPDATE multicast_group SET sealed = @sealed, state = @state WHERE group_number = @number",
        ("@sealed", group.Sealed), ("@state", Word(group.State)), ("@number", group.Number));

    public static byte[] HashOf(MulticastGroupRow group) => StateHash.Of(Values(group));

    public static MulticastUse Use(DbConnection connection, long group) => connection.Query(
        "SELECT server_id, frames_given, frames_taken FROM multicast_use WHERE group_number = @number",
        reader => new MulticastUse(reader.GetString(0), Number(reader.GetValue(1)), Number(reader.GetValue(2))), ("@number", group)).FirstOrDefault() ?? new MulticastUse("", 0, 0);

    public static void SetServerId(DbConnection connection, long group, string serverId) => connection.Execute(
        "UPDATE multicast_use SET server_id = @id WHERE group_number = @number", ("@id", serverId), ("@number", group));

    public static void CountGiven(DbConnection connection, long group) =>
        connection.Execute("UPDATE multicast_use SET frames_given = frames_given + 1 WHERE group_number = @number", ("@number", group));

    public static void CountTaken(DbConnection connection, long group) =>
        connection.Execute("UPDATE multicast_use SET frames_taken = frames_taken + 1 WHERE group_number = @number", ("@number", group));

    /// <summary>Groups whose keys are erased here and that are at the network server still, with their identifiers there.</summary>
    public static List<(long Number, string ServerId)> ClosedAtServer(DbConnection connection) => connection.Query(
        "SELECT u.group_number, u.server_id FROM multicast_use u JOIN multicast_group g ON g.group_number = u.group_number WHERE g.state = 'closed' AND u.server_id <> '' ORDER BY u.group_number",
        reader => (Number(reader.GetValue(0)), reader.GetString(1)));

    public static List<MulticastMemberRow> Members(DbConnection connection, long group) =>
        connection.Query($"SELECT {MemberColumns} FROM multicast_member WHERE group_number = @number ORDER BY dev_eui", ReadMember, ("@number", group));

    public static List<MulticastMemberRow> MembershipsOf(DbConnection connection, string devEui) =>
        connection.Query($"SELECT {MemberColumns} FROM multicast_member WHERE dev_eui = @eui", ReadMember, ("@eui", devEui));

    public static MulticastMemberRow? MemberBySetup(DbConnection connection, long order) =>
        connection.Query($"SELECT {MemberColumns} FROM multicast_member WHERE setup_order = @order", ReadMember, ("@order", order)).FirstOrDefault();

    public static void InsertMembers(DbConnection connection, IReadOnlyList<MulticastMemberRow> members) => connection.InsertAll("multicast_member", s_memberColumns,
        [.. members.Select(member => (object?[])
        [
            member.GroupNumber, member.DevEui, member.McGroupId, member.EncryptedKey, member.SetupOrder, member.HasGroup ? 1 : 0, member.StartsUtcMs, member.EndsUtcMs,
        ])]);

    public static void Update(DbConnection connection, MulticastMemberRow member) => connection.Execute(
        "UPDATE multicast_member SET setup_order = @order, has_group = @has, starts_utc_ms = @starts, ends_utc_ms = @ends WHERE group_number = @number AND dev_eui = @eui",
        ("@order", member.SetupOrder), ("@has", member.HasGroup ? 1 : 0), ("@starts", member.StartsUtcMs), ("@ends", member.EndsUtcMs), ("@number", member.GroupNumber), ("@eui", member.DevEui));

    public static void DeleteMembers(DbConnection connection, long group) =>
        connection.Execute("DELETE FROM multicast_member WHERE group_number = @number", ("@number", group));

    private static object?[] Values(MulticastGroupRow group) =>
        [group.Number, group.Selection, group.Region, group.McAddr, group.Sealed, group.DataRate, group.FrequencyHz, Word(group.State), group.CreatedUtcMs];

    private static MulticastGroupRow Read(DbDataReader reader) => new(
        Number(reader.GetValue(0)), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetBlob(4), reader.GetInt32(5), reader.GetInt32(6),
        Enum.TryParse(reader.GetString(7), ignoreCase: true, out GroupState state) ? state : GroupState.Closed, Number(reader.GetValue(8)));

    private static MulticastMemberRow ReadMember(DbDataReader reader) => new(Number(reader.GetValue(0)), reader.GetString(1), reader.GetInt32(2), reader.GetBlob(3)!)
    {
        SetupOrder = Number(reader.GetValue(4)),
        HasGroup = reader.GetInt32(5) != 0,
        StartsUtcMs = Number(reader.GetValue(6)),
        EndsUtcMs = Number(reader.GetValue(7)),
    };

    private static string Word(GroupState state) => state.ToString().ToLowerInvariant();

    private static long Number(object value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);
}
