// Faults that a stand-in shows on demand: which call is hit, and how. Each fault hits so many calls and is gone.
using NetworkServers.Hosting;

namespace NetworkServers.Faults;

/// <summary>Sorts of faults.</summary>
public enum FaultKind
{
    /// <summary>Too many requests: 429.</summary>
    TooMany,

    /// <summary>An error of the server, told as JSON: 500.</summary>
    Error,

    /// <summary>A proxy's page of HTML: 502. Nothing was done.</summary>
    BadGateway,

    /// <summary>A proxy's page of HTML: 502, although the call was carried out.</summary>
    BadGatewayAfter,

    /// <summary>The connection is cut before anything is done.</summary>
    CutBefore,

    /// <summary>The call is carried out, and the connection cut before the answer.</summary>
    CutAfter,

    /// <summary>The call is carried out, and no answer comes until the client gives up.</summary>
    Silence,

    /// <summary>The answer ends in the middle.</summary>
    Truncated,

    /// <summary>A page of HTML with the status 200.</summary>
    Html,

    /// <summary>Numbers where text belongs.</summary>
    WrongTypes,

    /// <summary>The token is not accepted: 401.</summary>
    Unauthorised,

    /// <summary>The token may not do this: 403.</summary>
    Forbidden,

    /// <summary>Sent on to another address: 302.</summary>
    Redirect,
}

/// <summary>A fault.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Hits">Which calls are hit.</param>
/// <param name="Count">How many are hit.</param>
public sealed record Fault(FaultKind Kind, Func<ApiCall, bool> Hits, int Count = 1)
{
    /// <summary>Seconds of Retry-After for <see cref="FaultKind.TooMany"/>; null for none.</summary>
    public int? RetryAfterSeconds { get; init; }

    internal int Left { get; set; } = Count;
}

/// <summary>The faults to come.</summary>
public sealed class FaultPlan
{
    private readonly Lock _lock = new();
    private readonly List<Fault> _faults = [];

    /// <summary>Called with each call before it is carried out: for what others do meanwhile.</summary>
    public Action<ApiCall>? Meanwhile { get; set; }

    /// <summary>Adds a fault.</summary>
    public void Add(Fault fault)
    {
        lock (_lock)
        {
            _faults.Add(fault);
        }
    }

    /// <summary>Adds a fault of the calls of an operation.</summary>
    public void Add(FaultKind kind, string operationId, int count = 1) => Add(new Fault(kind, call => call.Operation.Id == operationId, count));

    /// <summary>The fault of a call; null when it goes well.</summary>
    public Fault? Take(ApiCall call)
    {
        lock (_lock)
        {
            Fault? fault = _faults.Find(candidate => candidate.Hits(call));
            if (fault is not null && --fault.Left == 0)
            {
                _faults.Remove(fault);
            }

            return fault;
        }
    }
}
