// Ends an operation with problems; nothing of it was done.
namespace Provisioning.Problems;

/// <summary>Problems that ended an operation before it changed anything.</summary>
public sealed class ProblemException : Exception
{
    /// <summary>Makes it of several problems.</summary>
    public ProblemException(IReadOnlyList<Problem> problems)
        : base(problems is { Count: > 0 } ? problems[0].Key : throw new ArgumentException("a problem is needed", nameof(problems))) => Problems = problems;

    /// <summary>Makes it of one problem.</summary>
    public ProblemException(Problem problem)
        : this([problem])
    {
    }

    /// <summary>The problems, one at least.</summary>
    public IReadOnlyList<Problem> Problems { get; }
}
