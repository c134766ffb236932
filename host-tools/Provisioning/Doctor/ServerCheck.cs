// Whether a network server can be reached: the name is found, something listens, its certificate is trusted, and HTTP is spoken. Whether it takes a token is
// NetworkServers' business.
using System.Globalization;
using System.Net.Http.Headers;
using Provisioning.Problems;

namespace Provisioning.Doctor;

/// <summary>Looks at a server.</summary>
public static class ServerCheck
{
    private const int TimeoutSeconds = 5;

    /// <summary>Asks a server for its first page; any answer will do.</summary>
    /// <param name="address">An address with http or https.</param>
    /// <param name="serverTime">The time that it says it is; null when it does not.</param>
    public static DoctorFinding Find(string address, out DateTimeOffset? serverTime)
    {
        serverTime = null;
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https"))
        {
            return DoctorFinding.Failed("server", address, new Problem("problem.doctor.serverAddress") { Kind = ProblemKind.WrongUse, Value = address });
        }

        // A password in the address is for nobody's eyes.
        string shown = uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        try
        {
            using HttpClientHandler handler = new() { AllowAutoRedirect = false };
            using HttpClient client = new(handler) { Timeout = TimeSpan.FromSeconds(TimeoutSeconds) };
            using HttpRequestMessage request = new(HttpMethod.Get, uri);
            request.Headers.UserAgent.Add(new ProductInfoHeaderValue("polectl", "doctor"));
            using HttpResponseMessage response = client.Send(request, HttpCompletionOption.ResponseHeadersRead);
            serverTime = response.Headers.Date;
            return DoctorFinding.Ok("server", string.Create(CultureInfo.InvariantCulture, $"{shown}: HTTP {(int)response.StatusCode}"));
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or IOException)
        {
            return DoctorFinding.Failed("server", shown, new Problem("problem.doctor.server", (exception.InnerException ?? exception).Message) { Value = shown });
        }
    }
}
