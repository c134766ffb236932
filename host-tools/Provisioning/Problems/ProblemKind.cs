// What sort of problem it is; the command line makes its exit code of it.
namespace Provisioning.Problems;

/// <summary>Sorts of problems.</summary>
public enum ProblemKind
{
    /// <summary>What was asked for cannot be right: a value, an option, a file that is not there.</summary>
    WrongUse,

    /// <summary>It was asked for rightly and could not be done.</summary>
    Failed,

    /// <summary>The member may not do this, or the passphrase is wrong.</summary>
    NotAuthorised,
}
