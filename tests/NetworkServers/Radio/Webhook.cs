// Posts events to where an integration wants them, one after the other.
using System.Text;
using System.Text.Json.Nodes;

namespace NetworkServers.Radio;

/// <summary>Posts events.</summary>
public sealed class Webhook : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Events that were not taken (status other than 2xx, or no answer).</summary>
    public int Lost { get; private set; }

    /// <summary>Posts an event.</summary>
    public async Task PostAsync(Uri address, IEnumerable<KeyValuePair<string, string>> headers, JsonObject json)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, address) { Content = new StringContent(json.ToJsonString(), Encoding.UTF8, "application/json") };
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request).ConfigureAwait(false);
            Lost += response.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            Lost++;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}
