// What a pole answered to a line.
namespace Provisioning.ServicePort;

/// <summary>An answer.</summary>
/// <param name="Lines">Its lines but the last.</param>
/// <param name="Last">The last: ok, an error, or the line itself of a command that answers with one.</param>
public sealed record ServiceAnswer(IReadOnlyList<ServiceRecord> Lines, ServiceRecord Last)
{
    /// <summary>The pole's word for what is wrong; null when nothing is.</summary>
    public string? ErrorCode => Last.Name == "error" ? Last.Find("code") ?? "unknown" : null;
}
