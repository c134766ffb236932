// Device profiles at a ChirpStack: those of the application's tenant, each with its codec.
using System.Text.Json.Nodes;
using Provisioning.NetworkServers.Http;

namespace Provisioning.NetworkServers.ChirpStack;

/// <summary>Device profiles.</summary>
internal sealed class ChirpStackProfiles(RestClient client, ChirpStackApplication application)
{
    private const int PageSize = 100;
    private const string Path = "api/device-profiles";

    public async Task<ServerAnswer<IReadOnlyList<ServerProfile>>> ListAsync(CancellationToken cancellation)
    {
        ServerAnswer<string> tenant = await application.TenantIdAsync(cancellation).ConfigureAwait(false);
        if (!tenant.IsOk)
        {
            return tenant.Failure;
        }

        ServerAnswer<IReadOnlyList<string>> ids = await PagedList.ReadAsync(
            async offset =>
            {
                string path = $"{Path}?limit={PageSize}&offset={offset}&tenantId={tenant.Value}&tenantOnly=true";
                ServerAnswer<RestAnswer> answer = await client.CallAsync(HttpMethod.Get, path, null, CallKind.Repeatable, cancellation).ConfigureAwait(false);
                return client.Read(answer, found => new ListPage<string>([.. found.Body.Items("result").Select(item => item.Text("id"))], found.Body.Whole("totalCount")));
            },
            id => id).ConfigureAwait(false);
        if (!ids.IsOk)
        {
            return ids.Failure;
        }

        List<ServerProfile> profiles = [];
        foreach (string id in ids.Value)
        {
            ServerAnswer<JsonObject> profile = await GetAsync(id, cancellation).ConfigureAwait(false);
            if (profile.Failure?.Kind == FailureKind.NotFound)
            {
                continue;
            }

            ServerAnswer<ServerProfile> read = profile.IsOk ? client.Read(new RestAnswer(profile.Value, null), found => Read(found.Body)) : profile.Failure;
            if (!read.IsOk)
            {
                return read.Failure;
            }

            profiles.Add(read.Value);
        }

        return profiles;
    }

    public async Task<ServerAnswer<string>> CreateAsync(ServerProfile profile, CancellationToken cancellation)
    {
        ServerAnswer<string> tenant = await application.TenantIdAsync(cancellation).ConfigureAwait(false);
        if (!tenant.IsOk)
        {
            return tenant.Failure;
        }

        JsonObject body = new() { ["deviceProfile"] = Write(profile, new JsonObject { ["tenantId"] = tenant.Value, ["supportsOtaa"] = true }) };
        return await client.MakeOnceAsync(
            async () => client.Read(
                await client.CallAsync(HttpMethod.Post, Path, body, CallKind.OnceOnly, cancellation).ConfigureAwait(false), found => found.Body.Text("id")),
            async () =>
            {
                ServerAnswer<IReadOnlyList<ServerProfile>> there = await ListAsync(cancellation).ConfigureAwait(false);
                return there.IsOk ? there.Value.FirstOrDefault(candidate => candidate.Name == profile.Name)?.Id : there.Failure;
            }).ConfigureAwait(false);
    }

    public async Task<ServerAnswer<Done>> UpdateAsync(ServerProfile profile, CancellationToken cancellation)
    {
        ServerAnswer<JsonObject> before = await GetAsync(profile.Id, cancellation).ConfigureAwait(false);
        if (!before.IsOk)
        {
            return before.Failure;
        }

        JsonObject wanted = Write(profile, before.Value);
        wanted.Remove("id");
        ServerAnswer<RestAnswer> answer = await client.CallAsync(
            HttpMethod.Put, $"{Path}/{Uri.EscapeDataString(profile.Id)}", new JsonObject { ["deviceProfile"] = wanted }, CallKind.Repeatable, cancellation).ConfigureAwait(false);
        return answer.IsOk ? Done.Yes : answer.Failure;
    }

    private async Task<ServerAnswer<JsonObject>> GetAsync(string id, CancellationToken cancellation)
    {
        ServerAnswer<RestAnswer> answer =
            await client.CallAsync(HttpMethod.Get, $"{Path}/{Uri.EscapeDataString(id)}", null, CallKind.Repeatable, cancellation).ConfigureAwait(false);
        return client.Read(answer, found => found.Body.Needed("deviceProfile").DeepClone().AsObject());
    }

    private static JsonObject Write(ServerProfile profile, JsonObject json)
    {
        RadioSettings radio = profile.Radio ?? throw new ArgumentException("a profile needs radio settings here", nameof(profile));
        json["name"] = profile.Name;
        json["region"] = ChirpStackWords.Region(radio.Region);
        json["macVersion"] = ChirpStackWords.MacVersion(radio.MacVersion);
        json["regParamsRevision"] = ChirpStackWords.RegionalParameters(radio.RegionalParameters);
        json["adrAlgorithmId"] = radio.UsesAdr ? "default" : "";
        json["supportsClassC"] = radio.SupportsClassC;
        json["supportsOtaa"] = true;
        json["uplinkInterval"] = profile.UplinkIntervalSeconds ?? 0;
        json["flushQueueOnActivate"] = profile.FlushesQueueOnJoin ?? false;
        json["payloadCodecRuntime"] = profile.Codec.Length > 0 ? "JS" : "NONE";
        json["payloadCodecScript"] = profile.Codec;
        return json;
    }

    private static ServerProfile Read(JsonObject json) => new()
    {
        Id = json.Text("id"),
        Name = json.Text("name"),
        Radio = new RadioSettings(
            ChirpStackWords.OwnRegion(json.Text("region")), ChirpStackWords.OwnMacVersion(json.Text("macVersion")), ChirpStackWords.OwnRegionalParameters(json.Text("regParamsRevision")),
            json.Flag("supportsClassC"), json.Text("adrAlgorithmId").Length > 0),
        UplinkIntervalSeconds = (int)json.Whole("uplinkInterval"),
        FlushesQueueOnJoin = json.Flag("flushQueueOnActivate"),
        Codec = json.Text("payloadCodecRuntime") == "JS" ? json.Text("payloadCodecScript") : "",
    };
}
