// Members in the database.
using System.Data.Common;
using Provisioning.Audit;
using Provisioning.Storage;

namespace Provisioning.Members;

/// <summary>Rows of members.</summary>
internal static class MemberTable
{
    public static Member? Find(DbConnection connection, string name) =>
        connection.Query("SELECT name, roles, version FROM member WHERE name = @name", Read, ("@name", name)).FirstOrDefault();

    public static List<Member> All(DbConnection connection) => connection.Query("SELECT name, roles, version FROM member ORDER BY name", Read);

    public static void Insert(DbConnection connection, Member member) => connection.Execute(
        "INSERT INTO member (name, roles, version) VALUES (@name, @roles, @version)",
        ("@name", member.Name), ("@roles", RoleNames.ToText(member.Roles)), ("@version", member.Version));

    public static void Update(DbConnection connection, Member member) => connection.Execute(
        "UPDATE member SET roles = @roles, version = @version WHERE name = @name",
        ("@name", member.Name), ("@roles", RoleNames.ToText(member.Roles)), ("@version", member.Version));

    public static void Delete(DbConnection connection, string name) => connection.Execute("DELETE FROM member WHERE name = @name", ("@name", name));

    public static byte[] HashOf(Member member) => StateHash.Of(member.Name, RoleNames.ToText(member.Roles), member.Version);

    // A role that this program does not know gives no right; the audit shows that the row was changed.
    private static Member Read(DbDataReader reader) => new(reader.GetString(0), RoleNames.Parse(reader.GetString(1)) ?? Roles.None, reader.GetInt32(2));
}
