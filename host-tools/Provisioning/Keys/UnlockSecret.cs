// Where a passphrase or a key file comes from: the caller's business; here is only what is derived from it.
namespace Provisioning.Keys;

/// <summary>What somebody unlocks the keys with: a passphrase, or the bytes of a key file.</summary>
/// <param name="Passphrase">The passphrase; null when a key file is used.</param>
/// <param name="FileKey">Bytes of the key file; null when a passphrase is used.</param>
public sealed record UnlockSecret(string? Passphrase, byte[]? FileKey)
{
    // A record prints its values; these are secrets.
    /// <inheritdoc/>
    public override string ToString() => nameof(UnlockSecret);
}
