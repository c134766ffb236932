// The queues of devices at a ChirpStack.
using System.Text.Json.Nodes;
using Provisioning.NetworkServers.Http;

namespace Provisioning.NetworkServers.ChirpStack;

/// <summary>Downlinks to one device.</summary>
internal sealed class ChirpStackDownlinks(RestClient client)
{
    public async Task<ServerAnswer<string>> EnqueueAsync(Downlink downlink, CancellationToken cancellation)
    {
        JsonObject item = new()
        {
            ["confirmed"] = downlink.IsConfirmed,
            ["fPort"] = downlink.FPort,
            ["data"] = Convert.ToBase64String(downlink.Payload.Span),
        };
        ServerAnswer<RestAnswer> answer = await client.CallAsync(
            HttpMethod.Post, ChirpStackWords.Queue(downlink.DevEui), new JsonObject { ["queueItem"] = item }, CallKind.OnceOnly, cancellation).ConfigureAwait(false);
        return client.Read(answer, found => found.Body.Text("id"));
    }

    public async Task<ServerAnswer<IReadOnlyList<QueuedDownlink>>> ListAsync(string devEui, CancellationToken cancellation)
    {
        ServerAnswer<RestAnswer> answer = await client.CallAsync(HttpMethod.Get, ChirpStackWords.Queue(devEui), null, CallKind.Repeatable, cancellation).ConfigureAwait(false);
        return client.Read(answer, found => (IReadOnlyList<QueuedDownlink>)[.. found.Body.Items("result").Select(item =>
            new QueuedDownlink(item.Text("id"), (int)item.Whole("fPort"), item.Bytes("data"), item.Flag("confirmed"), item.Flag("isPending")))]);
    }

    public async Task<ServerAnswer<Done>> FlushAsync(string devEui, CancellationToken cancellation)
    {
        ServerAnswer<RestAnswer> answer = await client.CallAsync(HttpMethod.Delete, ChirpStackWords.Queue(devEui), null, CallKind.Repeatable, cancellation).ConfigureAwait(false);
        return answer.IsOk ? Done.Yes : answer.Failure;
    }
}
