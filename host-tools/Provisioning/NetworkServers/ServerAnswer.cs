// What came of a call to a server: a value, or a failure that says what is known of the outcome.
using System.Diagnostics.CodeAnalysis;
using Provisioning.Problems;

namespace Provisioning.NetworkServers;

/// <summary>A value or a failure.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
public sealed class ServerAnswer<T>
{
    private readonly T _value;

    private ServerAnswer(T value, ServerFailure? failure)
    {
        _value = value;
        Failure = failure;
    }

    /// <summary>Why there is no value; null when there is one.</summary>
    public ServerFailure? Failure { get; }

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(false, nameof(Failure))]
    public bool IsOk => Failure is null;

    /// <summary>The value.</summary>
    /// <exception cref="ProblemException">There is none: the failure as a problem.</exception>
    public T Value => Failure is null ? _value : throw new ProblemException(Failure.Problem);

    /// <summary>An answer with a value.</summary>
    public static implicit operator ServerAnswer<T>(T value) => new(value, null);

    /// <summary>An answer without.</summary>
    public static implicit operator ServerAnswer<T>(ServerFailure failure) => new(default!, failure);
}

/// <summary>The value of a call that has none.</summary>
public sealed record Done
{
    /// <summary>The one value.</summary>
    public static Done Yes { get; } = new();
}

/// <summary>A failure of a call.</summary>
/// <param name="Kind">Its sort.</param>
/// <param name="Problem">What to tell a person; holds no token and no key.</param>
public sealed record ServerFailure(FailureKind Kind, Problem Problem)
{
    /// <summary>
    /// Whether the server may have done what was asked although no answer says so (a connection cut after the request was sent, a time-out, an error of a proxy).
    /// Whoever repeats the call must look first.
    /// </summary>
    public bool IsOutcomeUnknown { get; init; }

    /// <summary>Whether every other call will fail the same way, so that going on makes no sense.</summary>
    public bool EndsEverything => Kind is FailureKind.NotAuthorised or FailureKind.Untrusted or FailureKind.Unreachable or FailureKind.Cancelled;
}

/// <summary>Sorts of failures.</summary>
public enum FailureKind
{
    /// <summary>No connection: name not known, refused, network down.</summary>
    Unreachable,

    /// <summary>The server's certificate is not to be trusted, or the address is not one that a token may be sent to.</summary>
    Untrusted,

    /// <summary>No answer in time, or the connection was cut.</summary>
    NoAnswer,

    /// <summary>The token is not accepted (401), or may not do this (403).</summary>
    NotAuthorised,

    /// <summary>There is no such thing.</summary>
    NotFound,

    /// <summary>There is one already, perhaps in another application.</summary>
    AlreadyExists,

    /// <summary>The server refuses what was sent (400, 422).</summary>
    Refused,

    /// <summary>Too many requests (429), longer than it is waited for.</summary>
    Overloaded,

    /// <summary>An error of the server or of a proxy before it (5xx).</summary>
    ServerError,

    /// <summary>The answer is not what the server's published description says.</summary>
    NotUnderstood,

    /// <summary>The caller ended it.</summary>
    Cancelled,

    /// <summary>This server cannot do that.</summary>
    NotSupported,
}
