// Serves a stand-in over HTTP on loopback: finds the operation, checks the token, lets faults happen, and judges every request and every answer by the published
// description. A request that is not as described is answered 400 and remembered as a violation, so that no test passes with one.
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NetworkServers.Faults;
using NetworkServers.Interface;

namespace NetworkServers.Hosting;

/// <summary>What a stand-in is, without HTTP.</summary>
public interface IStandIn
{
    /// <summary>The description of its interface.</summary>
    ApiDescription Description { get; }

    /// <summary>The header that carries "Bearer TOKEN".</summary>
    string TokenHeader { get; }

    /// <summary>Carries a call out.</summary>
    /// <param name="call">The call, as described.</param>
    /// <param name="token">The token that came with it; null when none did.</param>
    ApiAnswer Handle(ApiCall call, string? token);
}

/// <summary>Serves a stand-in.</summary>
public sealed class StandInHost : IAsyncDisposable
{
    private const int ViolationStatus = 400;
    private readonly IStandIn _standIn;
    private readonly ApiValidator? _validator;
    private readonly WebApplication _web;
    private readonly ConcurrentDictionary<string, int> _counts = new();
    private readonly ConcurrentQueue<string> _violations = [];
    private readonly ConcurrentQueue<string> _seen = [];

    private StandInHost(IStandIn standIn, int port, bool validates, X509Certificate2? certificate)
    {
        _standIn = standIn;
        _validator = validates ? new ApiValidator(standIn.Description) : null;
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen =>
        {
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        }));
        if (certificate is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        _web = builder.Build();
        _web.Run(ServeAsync);
    }

    /// <summary>Where it listens, with a slash at its end.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>The faults to come.</summary>
    public FaultPlan Faults { get; } = new();

    /// <summary>What was not as described, of requests and of answers.</summary>
    public IReadOnlyCollection<string> Violations => _violations;

    /// <summary>Everything that came in (method, path, body), in order, for tests that look for what must not be there.</summary>
    public IReadOnlyCollection<string> Seen => _seen;

    /// <summary>Whether requests are kept in <see cref="Seen"/>.</summary>
    public bool Remembers { get; set; } = true;

    /// <summary>Calls so far, by operation.</summary>
    public IReadOnlyDictionary<string, int> Counts => _counts;

    /// <summary>Starts serving.</summary>
    /// <param name="standIn">The stand-in.</param>
    /// <param name="port">The port; 0 for any.</param>
    /// <param name="validates">Whether requests and answers are judged.</param>
    /// <param name="certificate">Certificate and private key for https; null for http.</param>
    public static async Task<StandInHost> StartAsync(IStandIn standIn, int port = 0, bool validates = true, X509Certificate2? certificate = null)
    {
        StandInHost host = new(standIn, port, validates, certificate);
        await host._web.StartAsync().ConfigureAwait(false);
        string address = host._web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        host.Address = new Uri(address.TrimEnd('/') + "/");
        return host;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Calls that are kept in silence must not hold the end up.
        using CancellationTokenSource soon = new(TimeSpan.FromSeconds(1));
        await _web.StopAsync(soon.Token).ConfigureAwait(false);
        await _web.DisposeAsync().ConfigureAwait(false);
    }

    private async Task ServeAsync(HttpContext context)
    {
        string text = await new StreamReader(context.Request.Body, Encoding.UTF8).ReadToEndAsync(context.RequestAborted).ConfigureAwait(false);
        if (Remembers)
        {
            _seen.Enqueue($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} {text}");
        }

        if (_standIn.Description.Find(context.Request.Method, context.Request.Path) is not { } found)
        {
            _violations.Enqueue($"there is no {context.Request.Method} {context.Request.Path}");
            context.Response.StatusCode = 404;
            await context.Response.WriteAsync("Not Found").ConfigureAwait(false);
            return;
        }

        JsonObject? body = Parse(text);
        ApiCall call = new(found.Operation, found.Path, context.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()), body ?? []);
        _counts.AddOrUpdate(call.Operation.Id, 1, (_, count) => count + 1);
        IReadOnlyList<string> wrong = _validator?.Request(call.Operation, call.Query.Keys, body) ?? [];
        foreach (string violation in wrong)
        {
            _violations.Enqueue(violation);
        }

        await AnswerAsync(context, call, wrong).ConfigureAwait(false);
    }

    private async Task AnswerAsync(HttpContext context, ApiCall call, IReadOnlyList<string> wrong)
    {
        Fault? fault = Faults.Take(call);
        if (fault is not null && await FaultWriter.BeforeAsync(context, fault).ConfigureAwait(false))
        {
            return;
        }

        Faults.Meanwhile?.Invoke(call);
        string? token = context.Request.Headers[_standIn.TokenHeader].ToString() is { } header && header.StartsWith("Bearer ", StringComparison.Ordinal) ? header[7..] : null;
        ApiAnswer answer = wrong.Count > 0 ? ApiAnswer.Fail(ViolationStatus, wrong[0]) : _standIn.Handle(call, token);
        foreach (string violation in _validator?.Answer(call.Operation, answer.Status != 200, answer.Body) ?? [])
        {
            _violations.Enqueue(violation);
        }

        if (fault is not null && await FaultWriter.AfterAsync(context, fault, answer).ConfigureAwait(false))
        {
            return;
        }

        await WriteAsync(context, answer).ConfigureAwait(false);
    }

    internal static async Task WriteAsync(HttpContext context, ApiAnswer answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/json";
        if (answer.Total is { } total)
        {
            context.Response.Headers["X-Total-Count"] = total.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (answer.RetryAfterSeconds is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        await context.Response.WriteAsync(answer.Body.ToJsonString()).ConfigureAwait(false);
    }

    private static JsonObject? Parse(string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
