// Makes failures of what went wrong on the way to a server, in words for people. What a server says is shown shortened, and never with the token or anything that
// looks like a key in it.
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Provisioning.Problems;

namespace Provisioning.NetworkServers.Http;

/// <summary>Makes failures.</summary>
internal sealed partial class FailureMaker(ServerEndpoint endpoint)
{
    private const int LongestWords = 200;

    private string Where => endpoint.Address.AbsoluteUri;

    public ServerFailure Cancelled(bool wasSent) => Make(FailureKind.Cancelled, "problem.networkServer.cancelled", isOutcomeUnknown: wasSent);

    public ServerFailure TimedOut() => Make(FailureKind.NoAnswer, "problem.networkServer.timedOut", true, $"{endpoint.TimeoutMs / 1000}");

    public ServerFailure Unreachable(string reason) => Make(FailureKind.Unreachable, "problem.networkServer.unreachable", false, Clean(reason));

    public ServerFailure NotJson(string path) => Make(FailureKind.NotUnderstood, "problem.networkServer.notJson", true, PathOnly(path));

    /// <summary>A failure for JSON that is not what the server's description says.</summary>
    public ServerFailure WrongShape(string field) => Make(FailureKind.NotUnderstood, "problem.networkServer.shape", false, Clean(field));

    public ServerFailure OfException(HttpRequestException exception, SslPolicyErrors certificateErrors) => exception.HttpRequestError switch
    {
        HttpRequestError.SecureConnectionError when certificateErrors != SslPolicyErrors.None => OfCertificate(certificateErrors),
        HttpRequestError.SecureConnectionError => Make(FailureKind.Untrusted, "problem.networkServer.tls", false, Clean(exception.InnerException?.Message ?? exception.Message)),
        HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError => Unreachable(exception.Message),
        HttpRequestError.ConfigurationLimitExceeded => Make(FailureKind.NotUnderstood, "problem.networkServer.tooLarge", true),
        _ => Make(FailureKind.NoAnswer, "problem.networkServer.cut", true, Clean(exception.InnerException?.Message ?? exception.Message)),
    };

    public ServerFailure OfStatus(HttpResponseMessage response, JsonObject? json, string path)
    {
        int status = (int)response.StatusCode;
        string said = Clean(json?["message"] is JsonValue value && value.TryGetValue(out string? message) ? message : response.ReasonPhrase ?? "");
        string statusText = status.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return response.StatusCode switch
        {
            HttpStatusCode.Unauthorized => Make(FailureKind.NotAuthorised, "problem.networkServer.unauthorised", false, said) with { IsOutcomeUnknown = false },
            HttpStatusCode.Forbidden => Make(FailureKind.NotAuthorised, "problem.networkServer.forbidden", false, said),

            // A wrong address answers 404 too, but not with the JSON of an interface.
            HttpStatusCode.NotFound when json is null || json["code"] is null => Make(FailureKind.NotUnderstood, "problem.networkServer.noInterface", false, PathOnly(path)),
            HttpStatusCode.NotFound => Make(FailureKind.NotFound, "problem.networkServer.notFound", false, PathOnly(path), said),
            HttpStatusCode.Conflict => Make(FailureKind.AlreadyExists, "problem.networkServer.exists", false, said),
            HttpStatusCode.TooManyRequests => Make(FailureKind.Overloaded, "problem.networkServer.overloaded", false),
            _ when status is >= 300 and < 400 => Make(FailureKind.NotUnderstood, "problem.networkServer.redirect", false, Target(response.Headers)),
            _ when status >= 500 => Make(FailureKind.ServerError, "problem.networkServer.error", true, statusText, said),
            _ => Make(FailureKind.Refused, "problem.networkServer.refused", false, statusText, said),
        };
    }

    /// <summary>A failure of the server's own sort, with the server's address.</summary>
    public ServerFailure Make(FailureKind kind, string key, bool isOutcomeUnknown, params string[] arguments) => new(kind, new Problem(key, arguments)
    {
        Kind = kind == FailureKind.NotAuthorised ? ProblemKind.NotAuthorised : ProblemKind.Failed,
        File = Where,
    })
    {
        IsOutcomeUnknown = isOutcomeUnknown,
    };

    private ServerFailure OfCertificate(SslPolicyErrors errors) => Make(
        FailureKind.Untrusted,
        (errors & SslPolicyErrors.RemoteCertificateNameMismatch) != 0 ? "problem.networkServer.certificateName" : "problem.networkServer.certificate",
        false,
        endpoint.Address.Host);

    // The query may hold much, and nothing that helps.
    private static string PathOnly(string path) => path.Split('?')[0];

    private static string Target(HttpResponseHeaders headers) => headers.Location is { } location ? (location.IsAbsoluteUri ? location.GetLeftPart(UriPartial.Path) : location.OriginalString.Split('?')[0]) : "?";

    private string Clean(string text)
    {
        string clean = KeyPattern().Replace(text.Replace(endpoint.Token, "(token)", StringComparison.Ordinal), "(key)");
        clean = string.Concat(clean.Select(character => char.IsControl(character) ? ' ' : character)).Trim();
        return clean.Length > LongestWords ? clean[..LongestWords] + "..." : clean;
    }

    [GeneratedRegex("[0-9A-Fa-f]{32,}")]
    private static partial Regex KeyPattern();
}
