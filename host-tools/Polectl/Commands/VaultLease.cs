// The vault for a command that may need it: opened at the first use, closed at the end.
using Provisioning.Keys;

namespace Polectl.Commands;

/// <summary>A vault that is opened when it is needed.</summary>
/// <param name="open">Opens it with what was given, or asks.</param>
/// <param name="isGiven">Whether something was given, so that nobody has to be asked.</param>
internal sealed class VaultLease(Func<KeyVault> open, Func<bool> isGiven) : IDisposable
{
    private KeyVault? _vault;

    /// <summary>The open vault.</summary>
    /// <exception cref="Provisioning.Problems.ProblemException">Nothing unlocks it.</exception>
    public KeyVault Open() => _vault ??= open();

    /// <summary>The open vault if it is open already, or can be opened without asking; else null.</summary>
    public KeyVault? Find() => _vault is not null || isGiven() ? Open() : null;

    public void Dispose() => _vault?.Dispose();
}
