// Who may hand uplinks in over HTTP: a network server, known by a token. The token is 256 random bits, so a plain hash of it is all that is kept: the workspace
// cannot give it away, and a lost one is replaced.
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Provisioning.Audit;
using Provisioning.Members;
using Provisioning.Problems;
using Provisioning.Storage;
using Provisioning.Workspaces;

namespace Provisioning.Uplinks;

/// <summary>A network server that may hand uplinks in.</summary>
/// <param name="Name">Its name, 1 to 63 characters.</param>
/// <param name="TokenHash">SHA-256 of its token.</param>
/// <param name="Version">Counts changes, from 1.</param>
internal sealed record Sender(string Name, byte[] TokenHash, int Version)
{
    public bool Knows(string token) => CryptographicOperations.FixedTimeEquals(TokenHash, SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}

/// <summary>The senders of a workspace.</summary>
public static class SenderList
{
    private const int TokenBytes = 32;
    private const int LongestName = 63;

    /// <summary>Names of all senders.</summary>
    public static IReadOnlyList<string> All(Workspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return [.. workspace.Read(SenderTable.All).Select(sender => sender.Name)];
    }

    /// <summary>Lets a network server hand uplinks in, or gives it another token.</summary>
    /// <returns>The token, 43 characters of base64url; it is nowhere else.</returns>
    public static string Set(WorkspaceWriter writer, string name)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Require(Permission.Administer);

        // A colon would end the name in Basic authentication (RFC 7617).
        if (string.IsNullOrWhiteSpace(name) || name.Length > LongestName || name.Any(character => char.IsControl(character) || character == ':'))
        {
            throw new ProblemException(new Problem("problem.sender.name") { Kind = ProblemKind.WrongUse, Value = name ?? "" });
        }

        string token = Convert.ToBase64String(RandomNumberGenerator.GetBytes(TokenBytes)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        Sender? before = SenderTable.All(writer.Connection).Find(sender => sender.Name == name);
        Sender after = new(name, SHA256.HashData(Encoding.UTF8.GetBytes(token)), (before?.Version ?? 0) + 1);
        SenderTable.Set(writer.Connection, after);
        writer.Record(before is null ? "sender.add" : "sender.renew", SubjectKind.Sender, name, SenderTable.HashOf(after));
        return token;
    }

    /// <summary>Takes a sender out: its token opens nothing any more.</summary>
    public static void Remove(WorkspaceWriter writer, string name)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Require(Permission.Administer);
        if (SenderTable.All(writer.Connection).All(sender => sender.Name != name))
        {
            throw new ProblemException(new Problem("problem.sender.absent") { Kind = ProblemKind.WrongUse, Value = name });
        }

        SenderTable.Delete(writer.Connection, name);
        writer.Record("sender.remove", SubjectKind.Sender, name, null);
    }
}

/// <summary>Rows of senders.</summary>
internal static class SenderTable
{
    public static List<Sender> All(DbConnection connection) => connection.Query(
        "SELECT name, token_hash, version FROM sender ORDER BY name", reader => new Sender(reader.GetString(0), reader.GetBlob(1) ?? [], reader.GetInt32(2)));

    public static void Set(DbConnection connection, Sender sender) => connection.InsertAll("sender", ["name", "token_hash", "version"], [Values(sender)],
        " ON CONFLICT (name) DO UPDATE SET token_hash = excluded.token_hash, version = excluded.version");

    public static void Delete(DbConnection connection, string name) => connection.Execute("DELETE FROM sender WHERE name = @name", ("@name", name));

    public static byte[] HashOf(Sender sender) => StateHash.Of(Values(sender));

    private static object?[] Values(Sender sender) => [sender.Name, sender.TokenHash, sender.Version];
}
