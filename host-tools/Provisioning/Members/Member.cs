// Somebody who works in a workspace.
namespace Provisioning.Members;

/// <summary>A member.</summary>
/// <param name="Name">Name: of the account on this computer for a file, of the database's user for PostgreSQL.</param>
/// <param name="Roles">What the member may do.</param>
/// <param name="Version">Counts changes, from 1.</param>
public sealed record Member(string Name, Roles Roles, int Version);

/// <summary>Who acts: the member's name, and the account from which.</summary>
/// <param name="Name">Name of the member.</param>
/// <param name="Account">Account and computer, for the journal.</param>
public sealed record Author(string Name, string Account)
{
    /// <summary>The account of this process on this computer, as a member of the same name or another.</summary>
    /// <param name="name">Name of the member; null for the account's own.</param>
    public static Author OfThisProcess(string? name) => new(name ?? Environment.UserName, Environment.UserName + "@" + Environment.MachineName);
}
