// Where a server is and how it is talked to: address, token, certificates, patience. The token is in here and in nothing that is printed.
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Provisioning.Problems;

namespace Provisioning.NetworkServers.Http;

/// <summary>A server's endpoint.</summary>
public sealed record ServerEndpoint
{
    private const int LongestToken = 8_192;

    private ServerEndpoint(Uri address, string token)
    {
        Address = address;
        Token = token;
    }

    /// <summary>The address, with a slash at its end.</summary>
    public Uri Address { get; }

    /// <summary>PEM of the certificates of authorities to trust instead of the system's; empty for the system's.</summary>
    public string Authorities { get; init; } = "";

    /// <summary>How long one answer is waited for, in milliseconds.</summary>
    public int TimeoutMs { get; init; } = 30_000;

    /// <summary>How failed calls are repeated.</summary>
    public RetrySchedule Retries { get; init; } = new();

    internal string Token { get; }

    /// <summary>Makes an endpoint.</summary>
    /// <param name="address">http or https, without user, query or fragment.</param>
    /// <param name="token">The API token.</param>
    /// <param name="allowsPlainHttp">Whether a token may go over http to another computer.</param>
    /// <exception cref="ProblemException">The address or the token is none, or plain http to another computer is not allowed.</exception>
    public static ServerEndpoint Create(string address, string token, bool allowsPlainHttp = false)
    {
        ArgumentNullException.ThrowIfNull(token);
        Uri uri = ParseAddress(address, allowsPlainHttp);
        string bare = token.Trim();
        if (bare.Length is 0 or > LongestToken || !bare.All(character => character is > ' ' and <= '~'))
        {
            throw new ProblemException(new Problem("problem.networkServer.token") { Kind = ProblemKind.WrongUse });
        }

        return new ServerEndpoint(uri, bare);
    }

    /// <summary>Reads an address; says what is wrong with it.</summary>
    /// <exception cref="ProblemException">It is none, or plain http to another computer is not allowed.</exception>
    public static Uri ParseAddress(string address, bool allowsPlainHttp)
    {
        ArgumentNullException.ThrowIfNull(address);
        bool isAddress = Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0 && uri.Query.Length == 0
            && uri.Fragment.Length == 0 && uri.Host.Length > 0;
        if (!isAddress)
        {
            // What was typed may hold a password before the host: it is not shown.
            throw new ProblemException(new Problem("problem.networkServer.address") { Kind = ProblemKind.WrongUse, Field = "--url" });
        }

        if (uri!.Scheme == "http" && !allowsPlainHttp && !IsLoopback(uri))
        {
            throw new ProblemException(new Problem("problem.networkServer.plainHttp", uri.Host) { Kind = ProblemKind.WrongUse, Field = "--url", Value = address });
        }

        return uri.AbsoluteUri.EndsWith('/') ? uri : new Uri(uri.AbsoluteUri + "/");
    }

    /// <summary>Reads the PEM of authorities.</summary>
    /// <exception cref="ProblemException">There is no certificate in it.</exception>
    public static X509Certificate2Collection ReadAuthorities(string pem, string file)
    {
        X509Certificate2Collection certificates = [];
        try
        {
            certificates.ImportFromPem(pem);
        }
        catch (CryptographicException)
        {
            certificates.Clear();
        }

        return certificates.Count > 0 ? certificates : throw new ProblemException(new Problem("problem.networkServer.authorities") { Kind = ProblemKind.WrongUse, File = file });
    }

    // Not "localhost" as the resolver has it, but what can be nothing else.
    private static bool IsLoopback(Uri uri) => uri.Host == "localhost" || (IPAddress.TryParse(uri.DnsSafeHost, out IPAddress? address) && IPAddress.IsLoopback(address));

    // A record prints its values; the token is a secret.
    /// <inheritdoc/>
    public override string ToString() => Address.AbsoluteUri;
}

/// <summary>How failed calls are repeated.</summary>
public sealed record RetrySchedule
{
    /// <summary>Tries in all, 1 or more.</summary>
    public int MostTries { get; init; } = 6;

    /// <summary>Wait before the second try in milliseconds; it doubles from try to try.</summary>
    public int FirstWaitMs { get; init; } = 250;

    /// <summary>Longest such wait in milliseconds.</summary>
    public int LongestWaitMs { get; init; } = 8_000;

    /// <summary>Longest wait that a server may ask for (Retry-After) in milliseconds; if it asks for more, the call fails.</summary>
    public int LongestRetryAfterMs { get; init; } = 60_000;

    /// <summary>How often a server may say that there are too many requests (429) before the call fails.</summary>
    public int MostOverloads { get; init; } = 20;
}
