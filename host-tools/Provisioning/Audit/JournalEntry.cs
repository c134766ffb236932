// An entry of the journal and its place in the chain.
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Provisioning.Audit;

/// <summary>What somebody did to one subject. It never holds a key.</summary>
public sealed record JournalEntry
{
    /// <summary>Its number, from 1 without gaps.</summary>
    public required long Sequence { get; init; }

    /// <summary>When, in milliseconds since 1970 (UTC), by the clock of the computer that wrote it.</summary>
    public required long AtUtcMs { get; init; }

    /// <summary>Name of the member.</summary>
    public required string Member { get; init; }

    /// <summary>Account and computer.</summary>
    public required string Account { get; init; }

    /// <summary>What was done, such as pole.import.</summary>
    public required string Action { get; init; }

    /// <summary>Kind of the subject: pole, controller, keys, member, workspace.</summary>
    public required string SubjectKind { get; init; }

    /// <summary>The subject.</summary>
    public required string SubjectId { get; init; }

    /// <summary>Details as a JSON object.</summary>
    public required string Detail { get; init; }

    /// <summary>SHA-256 of the subject's row after this; null when it has none then, or when nothing about the row changed (a key was shown).</summary>
    public byte[]? StateHash { get; init; }

    /// <summary>Hash of the entry before; of the workspace's identifier for the first.</summary>
    public byte[] PreviousHash { get; init; } = [];

    /// <summary>Hash of this entry.</summary>
    public byte[] Hash { get; init; } = [];

    /// <summary>What the first entry has as <see cref="PreviousHash"/>.</summary>
    public static byte[] Origin(string workspaceIdentifier) => SHA256.HashData(Encoding.UTF8.GetBytes("polectl journal 1 " + workspaceIdentifier));

    /// <summary>Computes the hash: SHA-256 over previous hash, number, time and each text with its length, numbers most significant byte first.</summary>
    public byte[] ComputeHash()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(PreviousHash);
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(number, Sequence);
        hash.AppendData(number);
        BinaryPrimitives.WriteInt64BigEndian(number, AtUtcMs);
        hash.AppendData(number);
        foreach (string text in (string[])[Member, Account, Action, SubjectKind, SubjectId, Detail])
        {
            AppendWithLength(hash, Encoding.UTF8.GetBytes(text));
        }

        AppendWithLength(hash, StateHash ?? []);
        return hash.GetHashAndReset();
    }

    internal static void AppendWithLength(IncrementalHash hash, byte[] bytes)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
