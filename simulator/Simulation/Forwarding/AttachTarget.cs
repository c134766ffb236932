// Which server to attach to, as somebody types it.
namespace Simulation.Forwarding;

/// <summary>How a server is spoken to.</summary>
public enum AttachProtocol
{
    /// <summary>Semtech's UDP protocol, version 2: udp://host:1700.</summary>
    Semtech,

    /// <summary>LoRa Basics Station's LNS protocol: ws://host:port or wss://host:port.</summary>
    Station,
}

/// <summary>A server.</summary>
/// <param name="Protocol">How it is spoken to.</param>
/// <param name="Address">Where it is.</param>
public sealed record AttachTarget(AttachProtocol Protocol, Uri Address)
{
    /// <summary>The port of Semtech's protocol when none is given.</summary>
    public const int SemtechPort = 1700;

    /// <summary>Reads udp://host[:port], ws://host[:port] or wss://host[:port].</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="target">The server; null when it is none.</param>
    /// <returns>What is wrong and what to write; null when nothing is.</returns>
    public static string? Parse(string text, out AttachTarget? target)
    {
        ArgumentNullException.ThrowIfNull(text);
        target = null;
        const string Advice = "Write udp://HOST:1700 for a Semtech packet forwarder's server, or ws://HOST:PORT or wss://HOST:PORT for LoRa Basics Station's.";
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? address) || address.Host.Length == 0)
        {
            return "is no address. " + Advice;
        }

        if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
        {
            return "has parts that are not used (a user, a query or a fragment). " + Advice;
        }

        switch (address.Scheme)
        {
            case "udp" when address.AbsolutePath is "/" or "":
                int port = address.Port < 0 ? SemtechPort : address.Port;
                target = new AttachTarget(AttachProtocol.Semtech, new UriBuilder("udp", address.Host, port).Uri);
                return null;
            case "udp":
                return "has a path, which UDP has not. " + Advice;
            case "ws" or "wss":
                target = new AttachTarget(AttachProtocol.Station, address);
                return null;
            default:
                return $"begins with '{address.Scheme}'. " + Advice;
        }
    }

    /// <summary>The server, as it was typed.</summary>
    public override string ToString() => Protocol == AttachProtocol.Semtech ? $"udp://{Address.Authority}" : Address.AbsoluteUri.TrimEnd('/');
}
