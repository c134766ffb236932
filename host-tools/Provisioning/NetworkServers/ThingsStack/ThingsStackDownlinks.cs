// The queues of devices at The Things Stack's Application Server. A downlink has no identifier there; the correlation identifier that polectl gives comes back in
// the queue and in every event about it.
using System.Text.Json.Nodes;
using Provisioning.NetworkServers.Http;

namespace Provisioning.NetworkServers.ThingsStack;

/// <summary>Downlinks.</summary>
internal sealed class ThingsStackDownlinks(RestClient client, ThingsStackPaths paths, ThingsStackDevices devices)
{
    private const string OwnPrefix = "polectl:";

    public async Task<ServerAnswer<string>> PushAsync(string deviceId, int fPort, ReadOnlyMemory<byte> payload, bool isConfirmed, JsonObject? classBC, CancellationToken cancellation)
    {
        string id = OwnPrefix + Guid.NewGuid().ToString("N");
        JsonObject downlink = new()
        {
            ["f_port"] = fPort,
            ["frm_payload"] = Convert.ToBase64String(payload.Span),
            ["confirmed"] = isConfirmed,
            ["priority"] = "NORMAL",
            ["correlation_ids"] = new JsonArray(id),
        };
        if (classBC is not null)
        {
            downlink["class_b_c"] = classBC;
        }

        ServerAnswer<RestAnswer> answer = await client.CallAsync(
            HttpMethod.Post, paths.Service(deviceId) + "/down/push", new JsonObject { ["downlinks"] = new JsonArray(downlink) }, CallKind.OnceOnly, cancellation).ConfigureAwait(false);
        return answer.IsOk ? id : answer.Failure;
    }

    public Task<ServerAnswer<string>> EnqueueAsync(Downlink downlink, CancellationToken cancellation) =>
        PushAsync(devices.IdOf(downlink.DevEui), downlink.FPort, downlink.Payload, downlink.IsConfirmed, null, cancellation);

    public async Task<ServerAnswer<IReadOnlyList<QueuedDownlink>>> ListAsync(string devEui, CancellationToken cancellation)
    {
        ServerAnswer<RestAnswer> answer =
            await client.CallAsync(HttpMethod.Get, paths.Service(devices.IdOf(devEui)) + "/down", null, CallKind.Repeatable, cancellation).ConfigureAwait(false);
        return client.Read(answer, found => (IReadOnlyList<QueuedDownlink>)[.. found.Body.Items("downlinks").Select(item =>
            new QueuedDownlink(IdIn(item), (int)item.Whole("f_port"), item.Bytes("frm_payload"), item.Flag("confirmed"), false))]);
    }

    public async Task<ServerAnswer<Done>> FlushAsync(string devEui, CancellationToken cancellation)
    {
        ServerAnswer<RestAnswer> answer = await client.CallAsync(
            HttpMethod.Post, paths.Service(devices.IdOf(devEui)) + "/down/replace", new JsonObject { ["downlinks"] = new JsonArray() }, CallKind.Repeatable, cancellation)
            .ConfigureAwait(false);
        return answer.IsOk ? Done.Yes : answer.Failure;
    }

    private static string IdIn(JsonObject item) => (item["correlation_ids"] as JsonArray)?.OfType<JsonValue>()
        .Select(value => value.TryGetValue(out string? text) ? text : "").FirstOrDefault(text => text.StartsWith(OwnPrefix, StringComparison.Ordinal)) ?? "";
}
