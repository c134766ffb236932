// The data key that all keys are sealed with, and the ways to it: each way holds the same data key, sealed with a key derived from a passphrase (slowly) or
// with a key file. So a passphrase can be changed, and one taken away, without touching the keys.
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Provisioning.Audit;
using Provisioning.Members;
using Provisioning.Problems;
using Provisioning.Workspaces;

namespace Provisioning.Keys;

/// <summary>The open vault. Wiped when disposed.</summary>
public sealed class KeyVault : IDisposable
{
    /// <summary>Shortest passphrase.</summary>
    public const int ShortestPassphrase = 12;

    /// <summary>
    /// Rounds of PBKDF2 with HMAC-SHA-512: three times the 210,000 that the OWASP Password Storage Cheat Sheet asks for; half a second on a present machine.
    /// </summary>
    public const int UsualIterations = 630_000;

    // What a damaged or hostile row asks for must not hang the program.
    private const int MostIterations = 20_000_000;
    private const int KeyLength = 32;
    private const int SaltLength = 16;
    private const int FingerprintLength = 16;
    private const int LongestName = 63;

    private readonly byte[] _dataKey;
    private readonly byte[] _fingerprintKey;
    private readonly AesGcm _sealing;
    private readonly string _workspace;

    private KeyVault(byte[] dataKey, string workspaceIdentifier)
    {
        _dataKey = dataKey;
        _workspace = workspaceIdentifier;
        byte[] sealingKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, dataKey, KeyLength, info: "polectl sealing 1"u8.ToArray());
        _sealing = Seal.Key(sealingKey);
        CryptographicOperations.ZeroMemory(sealingKey);
        _fingerprintKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, dataKey, KeyLength, info: "polectl fingerprint 1"u8.ToArray());
    }

    /// <summary>The ways to unlock: name, and whether by passphrase or key file.</summary>
    public static IReadOnlyList<(string Name, string Kind)> List(Workspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return [.. workspace.Read(UnlockTable.All).Select(row => (row.Name, row.Kind))];
    }

    /// <summary>Opens the vault.</summary>
    /// <exception cref="ProblemException">There is no way yet, or none that this opens.</exception>
    public static KeyVault Open(Workspace workspace, UnlockSecret secret)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return new KeyVault(Unlock(workspace.Read(UnlockTable.All), secret, workspace.Identifier), workspace.Identifier);
    }

    /// <summary>Adds a way to unlock. The first one makes the data key; every other needs one that is there.</summary>
    /// <param name="writer">The change.</param>
    /// <param name="name">Name of the way: whose it is, or where the key file lies.</param>
    /// <param name="added">What shall unlock.</param>
    /// <param name="known">What unlocks already; null for the first way.</param>
    /// <param name="iterations">Rounds of the derivation.</param>
    /// <exception cref="ProblemException">The name is taken, the passphrase too short, or what is known does not unlock.</exception>
    public static void AddWay(WorkspaceWriter writer, string name, UnlockSecret added, UnlockSecret? known, int iterations = UsualIterations)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(added);
        writer.Require(Permission.Administer);
        List<UnlockRow> rows = UnlockTable.All(writer.Connection);
        CheckNew(rows, name, added);
        byte[] dataKey = rows.Count == 0
            ? RandomNumberGenerator.GetBytes(KeyLength)
            : Unlock(rows, known ?? throw new ProblemException(new Problem("problem.keys.locked") { Kind = ProblemKind.NotAuthorised }), writer.WorkspaceIdentifier);
        byte[] salt = RandomNumberGenerator.GetBytes(SaltLength);
        using AesGcm key = Derive(added, salt, iterations);
        UnlockRow row = new(
            name, added.FileKey is null ? UnlockRow.Passphrase : UnlockRow.KeyFile, salt, iterations, Seal.Close(key, dataKey, Purpose(writer.WorkspaceIdentifier, name)));
        CryptographicOperations.ZeroMemory(dataKey);
        UnlockTable.Insert(writer.Connection, row);
        writer.Record("unlock.add", SubjectKind.Unlock, name, UnlockTable.HashOf(row), new JsonObject { ["kind"] = row.Kind });
    }

    /// <summary>Takes a way away; the last one stays, because without it all keys are lost.</summary>
    public static void RemoveWay(WorkspaceWriter writer, string name)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Require(Permission.Administer);
        List<UnlockRow> rows = UnlockTable.All(writer.Connection);
        if (rows.All(row => row.Name != name))
        {
            throw new ProblemException(new Problem("problem.keys.noSuchWay") { Kind = ProblemKind.WrongUse, Value = name });
        }

        if (rows.Count == 1)
        {
            throw new ProblemException(new Problem("problem.keys.lastWay") { Value = name });
        }

        UnlockTable.Delete(writer.Connection, name);
        writer.Record("unlock.remove", SubjectKind.Unlock, name, null);
    }

    /// <summary>Seals the keys of a controller.</summary>
    internal byte[] Close(DeviceKeys keys, string devEui, int generation) => Seal.Close(_sealing, keys.All, KeysPurpose(devEui, generation));

    /// <summary>Opens the keys of a controller.</summary>
    /// <exception cref="ProblemException">They are another controller's or were changed.</exception>
    internal DeviceKeys OpenKeys(KeyRow row) =>
        row.Sealed is { } sealedBytes && Seal.Open(_sealing, sealedBytes, KeysPurpose(row.DevEui, row.Generation)) is { } bytes
            ? new DeviceKeys(bytes)
            : throw new ProblemException(new Problem("problem.keys.damaged") { Field = "controller", Value = row.DevEui });

    /// <summary>Seals a text, such as a server's token.</summary>
    /// <param name="text">The text.</param>
    /// <param name="purpose">What it is for: opened for anything else, it does not open.</param>
    internal byte[] CloseText(string text, string purpose) => CloseBytes(Encoding.UTF8.GetBytes(text), purpose);

    /// <summary>Opens a text; null when it was sealed for something else or elsewhere, or was changed.</summary>
    internal string? OpenText(byte[] sealedBytes, string purpose) => OpenBytes(sealedBytes, purpose) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    /// <summary>Seals bytes, such as the key of a multicast group; as <see cref="CloseText"/>.</summary>
    internal byte[] CloseBytes(ReadOnlySpan<byte> secret, string purpose) => Seal.Close(_sealing, secret, $"{purpose}|{_workspace}");

    /// <summary>Opens bytes; as <see cref="OpenText"/>.</summary>
    internal byte[]? OpenBytes(byte[] sealedBytes, string purpose) => Seal.Open(_sealing, sealedBytes, $"{purpose}|{_workspace}");

    /// <summary>A fingerprint of an AppKey that only this vault can make: two controllers with the same key are found without opening keys.</summary>
    internal byte[] Fingerprint(DeviceKeys keys) => HMACSHA256.HashData(_fingerprintKey, keys.AppKey)[..FingerprintLength];

    /// <inheritdoc/>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_dataKey);
        CryptographicOperations.ZeroMemory(_fingerprintKey);
        _sealing.Dispose();
    }

    private static byte[] Unlock(List<UnlockRow> rows, UnlockSecret secret, string workspaceIdentifier)
    {
        if (rows.Count == 0)
        {
            throw new ProblemException(new Problem("problem.keys.noWay") { Kind = ProblemKind.WrongUse });
        }

        string kind = secret.FileKey is null ? UnlockRow.Passphrase : UnlockRow.KeyFile;
        foreach (UnlockRow row in rows.Where(row => row.Kind == kind && row.Iterations is > 0 and <= MostIterations))
        {
            using AesGcm key = Derive(secret, row.Salt, row.Iterations);
            if (Seal.Open(key, row.Sealed, Purpose(workspaceIdentifier, row.Name)) is { Length: KeyLength } dataKey)
            {
                return dataKey;
            }
        }

        throw new ProblemException(new Problem(secret.FileKey is null ? "problem.keys.wrongPassphrase" : "problem.keys.wrongFile") { Kind = ProblemKind.NotAuthorised });
    }

    private static AesGcm Derive(UnlockSecret secret, byte[] salt, int iterations)
    {
        // A key file is random already: nothing is gained by going slowly.
        byte[] key = secret.FileKey is { } file
            ? HKDF.DeriveKey(HashAlgorithmName.SHA256, file, KeyLength, salt, "polectl key file 1"u8.ToArray())
            : Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(secret.Passphrase!.Normalize(NormalizationForm.FormC)), salt, iterations, HashAlgorithmName.SHA512, KeyLength);
        AesGcm sealing = Seal.Key(key);
        CryptographicOperations.ZeroMemory(key);
        return sealing;
    }

    private static void CheckNew(List<UnlockRow> rows, string name, UnlockSecret added)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > LongestName || name.Any(char.IsControl))
        {
            throw new ProblemException(new Problem("problem.keys.wayName") { Kind = ProblemKind.WrongUse, Value = name ?? "" });
        }

        if (rows.Any(row => row.Name == name))
        {
            throw new ProblemException(new Problem("problem.keys.wayTaken") { Kind = ProblemKind.WrongUse, Value = name });
        }

        if (added.FileKey is null && (added.Passphrase?.Length ?? 0) < ShortestPassphrase)
        {
            throw new ProblemException(new Problem("problem.keys.shortPassphrase", $"{ShortestPassphrase}") { Kind = ProblemKind.WrongUse });
        }
    }

    private static string Purpose(string workspaceIdentifier, string name) => $"polectl data key|{workspaceIdentifier}|{name}";

    private string KeysPurpose(string devEui, int generation) => $"polectl device keys|{_workspace}|{devEui}|{generation}";
}
