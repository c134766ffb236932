// A network server as the workspace knows it. The token is not in here: it is sealed beside it, or given each time.
namespace Provisioning.NetworkServers.Settings;

/// <summary>Settings of a server.</summary>
public sealed record ServerSettings
{
    /// <summary>Name by which it is called.</summary>
    public required string Name { get; init; }

    /// <summary>The product: chirpstack or things-stack.</summary>
    public required string Kind { get; init; }

    /// <summary>Address of its interface.</summary>
    public required string Address { get; init; }

    /// <summary>The application: a UUID at ChirpStack, an identifier at The Things Stack.</summary>
    public required string Application { get; init; }

    /// <summary>The Things Stack's frequency plans by region; empty at ChirpStack.</summary>
    public IReadOnlyDictionary<string, string> FrequencyPlans { get; init; } = new SortedDictionary<string, string>();

    /// <summary>Whether a token may go over http to another computer.</summary>
    public bool AllowsPlainHttp { get; init; }

    /// <summary>PEM of the certificates of authorities to trust instead of the system's; empty for the system's.</summary>
    public string Authorities { get; init; } = "";

    /// <summary>Whether a token is kept, sealed.</summary>
    public bool HasToken { get; init; }

    /// <summary>Counts changes, from 1.</summary>
    public int Version { get; init; } = 1;
}
