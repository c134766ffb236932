// Which failures of a call may be answered by calling again.
namespace Provisioning.NetworkServers.Http;

/// <summary>Kinds of calls.</summary>
internal enum CallKind
{
    /// <summary>Done twice is the same as done once: reading, setting, deleting; creating, because the server refuses the second.</summary>
    Repeatable,

    /// <summary>Done twice is another thing than done once: a downlink. Repeated only when the server certainly has not done it.</summary>
    OnceOnly,

    /// <summary>Asked to find out whether the server answers: never repeated.</summary>
    Probe,
}
