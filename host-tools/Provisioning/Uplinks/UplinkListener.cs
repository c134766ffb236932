// The HTTP server that network servers hand uplinks to. Kestrel does HTTP; here is who may, what is taken, and what is answered:
// 204 stored, 400 no document of a network server, 401 no right token, 404 another path, 405 another method, 411 and 413 no or too large a body, 503 not stored
// now, come again. Nothing that a client sends is repeated to it or logged.
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Provisioning.Problems;
using Provisioning.Workspaces;

namespace Provisioning.Uplinks;

/// <summary>Listens for uplinks.</summary>
public sealed class UplinkListener : IAsyncDisposable
{
    /// <summary>Path for ChirpStack's HTTP integration; the kind of event stands in the query.</summary>
    public const string ChirpStackPath = "/chirpstack";

    /// <summary>Path for The Things Stack's webhooks; every kind of message may have a path below it.</summary>
    public const string ThingsStackPath = "/the-things-stack";

    /// <summary>A header with the token, for servers that can set headers but no authorisation.</summary>
    public const string TokenHeader = "X-Polectl-Token";

    private const int MostConnections = 1_000;
    private const int LongestToken = 128;

    private readonly WebApplication _application;
    private readonly UplinkQueue _queue;
    private readonly IReadOnlyList<Sender> _senders;
    private readonly Task _storing;
    private long _refused;

    private UplinkListener(WebApplication application, UplinkQueue queue, IReadOnlyList<Sender> senders)
    {
        _application = application;
        _queue = queue;
        _senders = senders;
        _storing = Task.Run(queue.Run);
    }

    /// <summary>The port that it listens on.</summary>
    public int Port => new Uri(_application.Urls.First()).Port;

    /// <summary>What was stored so far.</summary>
    public IntakeCounts Counts => _queue.Counts;

    /// <summary>Requests that were refused so far.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>The last problem of the store; null when the last batch was stored.</summary>
    public Problem? Trouble => _queue.Trouble;

    /// <summary>Begins to listen.</summary>
    /// <param name="workspace">The workspace, open and used by nobody else until the end.</param>
    /// <param name="address">The address to listen on.</param>
    /// <param name="port">The port; 0 for any that is free.</param>
    /// <exception cref="ProblemException">Nobody may hand uplinks in, or the port cannot be had.</exception>
    public static async Task<UplinkListener> Start(Workspace workspace, IPAddress address, int port)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        List<Sender> senders = workspace.Read(SenderTable.All);
        if (senders.Count == 0)
        {
            throw new ProblemException(new Problem("problem.sender.none") { Kind = ProblemKind.WrongUse });
        }

        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = NetworkEventReader.LargestDocument;
            options.Limits.MaxConcurrentConnections = MostConnections;
            options.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            options.Limits.MinRequestBodyDataRate = new MinDataRate(240, TimeSpan.FromSeconds(5));
            options.Listen(address, port);
        });
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(10));
        WebApplication application = builder.Build();
        UplinkListener listener = new(application, new UplinkQueue(workspace), senders);
        application.Run(listener.Answer);
        try
        {
            await application.StartAsync().ConfigureAwait(false);
            return listener;
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            await listener.DisposeAsync().ConfigureAwait(false);
            throw new ProblemException(new Problem("problem.listen.port", exception.Message) { Value = $"{address}:{port}" });
        }
    }

    /// <summary>Takes no new request, answers those that are there, stores what waits.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync().ConfigureAwait(false);
        _queue.Close();
        await _storing.ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
    }

    private async Task Answer(HttpContext context)
    {
        int status = await Judge(context).ConfigureAwait(false);
        if (status >= 400)
        {
            Interlocked.Increment(ref _refused);
        }

        context.Response.StatusCode = status;
        switch (status)
        {
            case StatusCodes.Status401Unauthorized:
                context.Response.Headers.WWWAuthenticate = "Basic realm=\"uplinks\", Bearer";
                break;
            case StatusCodes.Status405MethodNotAllowed:
                context.Response.Headers.Allow = "POST";
                break;
            case StatusCodes.Status503ServiceUnavailable:
                context.Response.Headers.RetryAfter = "5";
                break;
        }
    }

    private async Task<int> Judge(HttpContext context)
    {
        HttpRequest request = context.Request;
        bool isChirpStack = request.Path.Equals(ChirpStackPath, StringComparison.Ordinal);
        if (!isChirpStack && !request.Path.StartsWithSegments(ThingsStackPath, StringComparison.Ordinal))
        {
            return StatusCodes.Status404NotFound;
        }

        if (!HttpMethods.IsPost(request.Method))
        {
            return StatusCodes.Status405MethodNotAllowed;
        }

        if (!IsAuthorised(request))
        {
            return StatusCodes.Status401Unauthorized;
        }

        try
        {
            byte[] body = await ReadBody(request).ConfigureAwait(false);
            NetworkEvent one = NetworkEventReader.Read(body, isChirpStack ? KindOf(request) : null);
            bool isNothing = one.Uplink is null && one.Joined is null;
            return isNothing || await _queue.HandIn(one).ConfigureAwait(false) ? StatusCodes.Status204NoContent : StatusCodes.Status503ServiceUnavailable;
        }
        catch (NetworkEventException)
        {
            return StatusCodes.Status400BadRequest;
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException exception)
        {
            return exception.StatusCode;
        }
    }

    private static string? KindOf(HttpRequest request) => request.Query.TryGetValue("event", out Microsoft.Extensions.Primitives.StringValues kind) ? kind.ToString() : null;

    private static async Task<byte[]> ReadBody(HttpRequest request)
    {
        using MemoryStream body = new((int)Math.Clamp(request.ContentLength ?? 4096, 0, NetworkEventReader.LargestDocument));
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted).ConfigureAwait(false);
        return body.ToArray();
    }

    // Every sender is looked at, so that the time does not tell which was nearly right.
    private bool IsAuthorised(HttpRequest request)
    {
        string? token = TokenOf(request);
        bool isKnown = false;
        if (token is { Length: > 0 and <= LongestToken })
        {
            foreach (Sender sender in _senders)
            {
                isKnown |= sender.Knows(token);
            }
        }

        return isKnown;
    }

    private static string? TokenOf(HttpRequest request)
    {
        string authorisation = request.Headers.Authorization.ToString();
        if (authorisation.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return authorisation["Bearer ".Length..].Trim();
        }

        if (authorisation.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            Span<byte> bytes = stackalloc byte[512];
            string text = authorisation["Basic ".Length..].Trim();
            return text.Length <= 512 && Convert.TryFromBase64String(text, bytes, out int length) ? Encoding.UTF8.GetString(bytes[..length]).Split(':', 2).Last() : null;
        }

        return request.Headers[TokenHeader].ToString();
    }
}
