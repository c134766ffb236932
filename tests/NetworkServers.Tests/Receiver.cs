// Where a webhook posts to, in tests.
using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace NetworkServers.Tests;

/// <summary>A receiver of events.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _web;

    private Receiver()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _web = builder.Build();
        _web.Run(async context =>
        {
            string text = await new StreamReader(context.Request.Body).ReadToEndAsync();
            Events.Enqueue((context.Request.QueryString.ToString(), JsonNode.Parse(text)!));
        });
    }

    public ConcurrentQueue<(string Query, JsonNode Json)> Events { get; } = [];

    public string Address => _web.Urls.First();

    public static async Task<Receiver> StartAsync()
    {
        Receiver receiver = new();
        await receiver._web.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();
}
