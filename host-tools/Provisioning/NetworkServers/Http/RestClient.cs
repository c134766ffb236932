// One server's JSON over HTTP: sends, repeats within bounds, and makes a value or a failure of whatever comes back. Many tasks use it at once; when the server says
// that there are too many requests, all of them wait.
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Provisioning.NetworkServers.Http;

/// <summary>A JSON answer.</summary>
/// <param name="Body">The object; empty for an empty body.</param>
/// <param name="Total">The header X-Total-Count; null when there is none.</param>
internal sealed record RestAnswer(JsonObject Body, int? Total);

/// <summary>A client.</summary>
internal sealed class RestClient : IDisposable
{
    private const int MostConnections = 32;
    private const int ConnectSeconds = 10;
    private const long LargestAnswer = 64 * 1024 * 1024;
    private const int StatusTooManyRequests = 429;

    private readonly ServerEndpoint _endpoint;
    private readonly HttpClient _http;
    private readonly FailureMaker _failures;
    private SslPolicyErrors _certificateErrors;
    private long _pausedUntilMs;
    private long _requestCount;

    /// <summary>Makes it.</summary>
    /// <param name="endpoint">The server.</param>
    /// <param name="tokenHeader">The header that carries "Bearer TOKEN".</param>
    public RestClient(ServerEndpoint endpoint, string tokenHeader)
    {
        _endpoint = endpoint;
        _failures = new FailureMaker(endpoint);
        SocketsHttpHandler handler = new()
        {
            // A redirect would take the token elsewhere.
            AllowAutoRedirect = false,
            UseCookies = false,
            MaxConnectionsPerServer = MostConnections,
            ConnectTimeout = TimeSpan.FromSeconds(ConnectSeconds),
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
        };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) => Trusts(certificate, chain, errors);
        _http = new HttpClient(handler) { BaseAddress = endpoint.Address, Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LargestAnswer };
        _http.DefaultRequestHeaders.TryAddWithoutValidation(tokenHeader, "Bearer " + endpoint.Token);
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("polectl");
    }

    /// <summary>Requests sent so far, repeated ones included.</summary>
    public long RequestCount => Interlocked.Read(ref _requestCount);

    /// <summary>Calls.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path below the server's address, without a slash before it; every value in it escaped.</param>
    /// <param name="body">What to send; null for nothing.</param>
    /// <param name="kind">When to repeat.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<ServerAnswer<RestAnswer>> CallAsync(HttpMethod method, string path, JsonObject? body, CallKind kind, CancellationToken cancellation)
    {
        int tries = 0;
        int overloads = 0;
        while (true)
        {
            ServerAnswer<RestAnswer> answer;
            int? retryAfterMs;
            try
            {
                await WaitForPauseAsync(cancellation).ConfigureAwait(false);
                (answer, retryAfterMs) = await TryAsync(method, path, body, cancellation).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return _failures.Cancelled(wasSent: false);
            }

            if (answer.IsOk || kind == CallKind.Probe || cancellation.IsCancellationRequested)
            {
                return answer;
            }

            bool isOverloaded = answer.Failure.Kind == FailureKind.Overloaded;
            _ = isOverloaded ? overloads++ : tries++;
            RetrySchedule retries = _endpoint.Retries;
            bool isOver = !MayRepeat(answer.Failure, kind) || overloads > retries.MostOverloads || tries >= retries.MostTries || retryAfterMs > retries.LongestRetryAfterMs;
            if (isOver)
            {
                return answer;
            }

            int waitMs = retryAfterMs ?? BackOff(tries + overloads);
            if (isOverloaded)
            {
                PauseAll(waitMs);
            }
            else if (!await DelayAsync(waitMs, cancellation).ConfigureAwait(false))
            {
                return answer;
            }
        }
    }

    /// <summary>Takes a value out of an answer; a failure when the answer is not what the server's description says.</summary>
    public ServerAnswer<T> Read<T>(ServerAnswer<RestAnswer> answer, Func<RestAnswer, T> read)
    {
        if (!answer.IsOk)
        {
            return answer.Failure;
        }

        try
        {
            return read(answer.Value);
        }
        catch (ShapeException exception)
        {
            return _failures.WrongShape(exception.Field);
        }
    }

    /// <summary>
    /// Makes something that the server would make a second time: when it is not known whether it was made, it is looked for, and made again only if it is not there.
    /// </summary>
    /// <param name="make">Makes it; gives its identifier.</param>
    /// <param name="find">Looks for it; null when it is not there.</param>
    public async Task<ServerAnswer<string>> MakeOnceAsync(Func<Task<ServerAnswer<string>>> make, Func<Task<ServerAnswer<string?>>> find)
    {
        for (int tries = 1; ; tries++)
        {
            ServerAnswer<string> made = await make().ConfigureAwait(false);
            if (made.IsOk || !made.Failure.IsOutcomeUnknown || made.Failure.Kind == FailureKind.Cancelled)
            {
                return made;
            }

            ServerAnswer<string?> there = await find().ConfigureAwait(false);
            if (!there.IsOk)
            {
                return there.Failure;
            }

            if (there.Value is not null)
            {
                return there.Value;
            }

            if (tries >= _endpoint.Retries.MostTries)
            {
                return made;
            }
        }
    }

    /// <summary>A failure that is this server's own.</summary>
    public ServerFailure Failure(FailureKind kind, string key, params string[] arguments) => _failures.Make(kind, key, false, arguments);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static bool MayRepeat(ServerFailure failure, CallKind kind) => failure.Kind switch
    {
        FailureKind.Overloaded or FailureKind.Unreachable => true,
        FailureKind.NoAnswer or FailureKind.ServerError => kind == CallKind.Repeatable,

        // A proxy's page of HTML, or an answer cut short, with a status of success.
        FailureKind.NotUnderstood => kind == CallKind.Repeatable && failure.IsOutcomeUnknown,
        _ => false,
    };

    private static async Task<bool> DelayAsync(int milliseconds, CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(milliseconds, cancellation).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    // Between half and the whole of the doubled wait, so that many tasks do not come back at the same moment.
    private int BackOff(int tries)
    {
        double whole = Math.Min(_endpoint.Retries.LongestWaitMs, _endpoint.Retries.FirstWaitMs * Math.Pow(2, tries - 1));
#pragma warning disable CA5394 // Spreads retries over time; nothing secret.
        return (int)(whole * (0.5 + (Random.Shared.NextDouble() / 2)));
#pragma warning restore CA5394
    }

    private void PauseAll(int milliseconds)
    {
        long until = Environment.TickCount64 + milliseconds;
        long known = Interlocked.Read(ref _pausedUntilMs);
        while (until > known)
        {
            long seen = Interlocked.CompareExchange(ref _pausedUntilMs, until, known);
            if (seen == known)
            {
                return;
            }

            known = seen;
        }
    }

    private async Task WaitForPauseAsync(CancellationToken cancellation)
    {
        long wait = Interlocked.Read(ref _pausedUntilMs) - Environment.TickCount64;
        if (wait > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(wait), cancellation).ConfigureAwait(false);
        }

        cancellation.ThrowIfCancellationRequested();
    }

    private async Task<(ServerAnswer<RestAnswer> Answer, int? RetryAfterMs)> TryAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancellation)
    {
        using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(_endpoint.TimeoutMs);
        using HttpRequestMessage request = new(method, new Uri(path, UriKind.Relative));
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        Interlocked.Increment(ref _requestCount);
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, timeout.Token).ConfigureAwait(false);
            byte[] bytes = await response.Content.ReadAsByteArrayAsync(timeout.Token).ConfigureAwait(false);
            return (Understand(response, bytes, path), RetryAfterMs(response));
        }
        catch (OperationCanceledException exception)
        {
            return (cancellation.IsCancellationRequested ? _failures.Cancelled(wasSent: true)
                : timeout.IsCancellationRequested ? _failures.TimedOut()
                : _failures.Unreachable(exception.InnerException?.Message ?? exception.Message), null);
        }
        catch (HttpRequestException exception)
        {
            return (_failures.OfException(exception, _certificateErrors), null);
        }
    }

    private ServerAnswer<RestAnswer> Understand(HttpResponseMessage response, byte[] bytes, string path)
    {
        JsonObject? json = Parse(bytes);
        if (!response.IsSuccessStatusCode)
        {
            return _failures.OfStatus(response, json, path);
        }

        int? total = response.Headers.TryGetValues("X-Total-Count", out IEnumerable<string>? values) && int.TryParse(values.First(), out int count) ? count : null;
        return json is null ? _failures.NotJson(path) : new RestAnswer(json, total);
    }

    private static JsonObject? Parse(byte[] bytes)
    {
        if (bytes.Length == 0)
        {
            return [];
        }

        try
        {
            JsonObject? json = JsonNode.Parse(bytes) as JsonObject;

            // Reads it to its end: doubled names are found only then.
            _ = json?.Count;
            return json;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            return null;
        }
    }

    // RFC 9110, section 10.2.3; The Things Stack has its own header (pkg/ratelimit), in seconds.
    private static int? RetryAfterMs(HttpResponseMessage response)
    {
        if ((int)response.StatusCode is not (StatusTooManyRequests or (int)HttpStatusCode.ServiceUnavailable))
        {
            return null;
        }

        TimeSpan? wait = response.Headers.RetryAfter?.Delta ?? (response.Headers.RetryAfter?.Date is { } date ? date - DateTimeOffset.UtcNow : null);
        if (wait is null && response.Headers.TryGetValues("X-Rate-Limit-Retry", out IEnumerable<string>? values) && int.TryParse(values.First(), out int seconds))
        {
            wait = TimeSpan.FromSeconds(seconds);
        }

        return wait is null ? null : (int)Math.Clamp(wait.Value.TotalMilliseconds, 0, int.MaxValue);
    }

    private bool Trusts(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.RemoteCertificateChainErrors && _endpoint.Authorities.Length > 0 && certificate is X509Certificate2 own && chain is not null)
        {
            using X509Chain custom = new();
            custom.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            custom.ChainPolicy.CustomTrustStore.ImportFromPem(_endpoint.Authorities);
            custom.ChainPolicy.ExtraStore.AddRange(chain.ChainPolicy.ExtraStore);

            // A city's own authority seldom has a list of revoked certificates that can be reached.
            custom.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            errors = custom.Build(own) ? SslPolicyErrors.None : errors;
        }

        _certificateErrors = errors;
        return errors == SslPolicyErrors.None;
    }
}
