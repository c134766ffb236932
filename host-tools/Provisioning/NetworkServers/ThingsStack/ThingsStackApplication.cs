// The application at The Things Stack: whether the token is good for it, and its codec. Device profiles there are not: radio settings are each device's.
using System.Diagnostics;
using System.Text.Json.Nodes;
using Provisioning.NetworkServers.Http;

namespace Provisioning.NetworkServers.ThingsStack;

/// <summary>The application.</summary>
internal sealed class ThingsStackApplication(RestClient client, ThingsStackPaths paths, ThingsStackDevices devices)
{
    private const string Javascript = "FORMATTER_JAVASCRIPT";
    private const string Formatters = "default_formatters";
    private static readonly string[] s_fields = ["up_formatter", "up_formatter_parameter", "down_formatter", "down_formatter_parameter"];

    public async Task<ServerAnswer<ServerHealth>> CheckAsync(CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        ServerAnswer<RestAnswer> application = await client.CallAsync(HttpMethod.Get, paths.Application + "?field_mask=name", null, CallKind.Probe, cancellation).ConfigureAwait(false);
        ServerAnswer<RestAnswer> list = application.IsOk
            ? await client.CallAsync(HttpMethod.Get, paths.Devices + "?limit=1&page=1", null, CallKind.Probe, cancellation).ConfigureAwait(false)
            : application;
        return !list.IsOk ? list.Failure : client.Read(application, found => new ServerHealth(
            found.Body.Text("name") is { Length: > 0 } name ? name : paths.ApplicationId, list.Value.Total, (long)Stopwatch.GetElapsedTime(start).TotalMilliseconds));
    }

    public async Task<ServerAnswer<IReadOnlyList<ServerProfile>>> ListProfilesAsync(CancellationToken cancellation)
    {
        string mask = string.Join(',', s_fields.Select(field => $"{Formatters}.{field}"));
        ServerAnswer<JsonObject?> link = await devices.GetAsync($"{paths.Link}?field_mask={mask}", cancellation).ConfigureAwait(false);
        if (!link.IsOk)
        {
            return link.Failure;
        }

        // No link is no codec.
        return client.Read(new RestAnswer(link.Value ?? [], null), found =>
        {
            JsonObject? formatters = found.Body.Child(Formatters);
            string up = formatters?.Text("up_formatter") == Javascript ? formatters.Text("up_formatter_parameter") : "";
            string down = formatters?.Text("down_formatter") == Javascript ? formatters.Text("down_formatter_parameter") : "";
            return (IReadOnlyList<ServerProfile>)[new ServerProfile { Id = paths.ApplicationId, Name = paths.ApplicationId, Codec = up == down ? up : up + down }];
        });
    }

    public async Task<ServerAnswer<Done>> SetCodecAsync(string codec, CancellationToken cancellation)
    {
        string formatter = codec.Length > 0 ? Javascript : "FORMATTER_NONE";
        JsonObject formatters = new()
        {
            ["up_formatter"] = formatter, ["up_formatter_parameter"] = codec, ["down_formatter"] = formatter, ["down_formatter_parameter"] = codec,
        };
        JsonObject body = new()
        {
            ["link"] = new JsonObject { [Formatters] = formatters },
            ["field_mask"] = ThingsStackPaths.Mask(s_fields.Select(field => $"{Formatters}.{field}")),
        };
        ServerAnswer<RestAnswer> answer = await client.CallAsync(HttpMethod.Put, paths.Link, body, CallKind.Repeatable, cancellation).ConfigureAwait(false);
        return answer.IsOk ? Done.Yes : answer.Failure;
    }
}
