// The application at a ChirpStack: its name, its tenant, and whether the token is good for it.
using System.Diagnostics;
using System.Text.Json.Nodes;
using Provisioning.NetworkServers.Http;

namespace Provisioning.NetworkServers.ChirpStack;

/// <summary>The application.</summary>
internal sealed class ChirpStackApplication(RestClient client, string id)
{
    private volatile string? _tenantId;

    /// <summary>Its identifier, a UUID.</summary>
    public string Id => id;

    public async Task<ServerAnswer<ServerHealth>> CheckAsync(CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        ServerAnswer<(string Name, string TenantId)> application = await ReadAsync(CallKind.Probe, cancellation).ConfigureAwait(false);
        if (!application.IsOk)
        {
            return application.Failure;
        }

        // Without a limit, the list is only a count.
        ServerAnswer<RestAnswer> list = await client.CallAsync(HttpMethod.Get, $"api/devices?limit=0&applicationId={id}", null, CallKind.Probe, cancellation).ConfigureAwait(false);
        return client.Read(list, answer =>
            new ServerHealth(application.Value.Name, (int)answer.Body.Whole("totalCount"), (long)Stopwatch.GetElapsedTime(start).TotalMilliseconds));
    }

    /// <summary>The tenant that it belongs to.</summary>
    public async Task<ServerAnswer<string>> TenantIdAsync(CancellationToken cancellation)
    {
        if (_tenantId is null)
        {
            ServerAnswer<(string Name, string TenantId)> application = await ReadAsync(CallKind.Repeatable, cancellation).ConfigureAwait(false);
            if (!application.IsOk)
            {
                return application.Failure;
            }

            _tenantId = application.Value.TenantId;
        }

        return _tenantId;
    }

    /// <summary>
    /// What a refusal (401) of a call about one device means. A tenant's token gets 401, not 404, for a device that is not there or belongs to another tenant
    /// (chirpstack/src/api/auth/validator.rs looks for the device within the tenant): the token is bad only if it is refused for the application too.
    /// </summary>
    /// <returns>Null when the device is just not there; else the failure.</returns>
    public async Task<ServerFailure?> ExplainAsync(ServerFailure failure, CancellationToken cancellation)
    {
        if (failure.Kind == FailureKind.NotFound)
        {
            return null;
        }

        if (failure.Kind != FailureKind.NotAuthorised)
        {
            return failure;
        }

        return (await TenantIdAsync(cancellation).ConfigureAwait(false)).Failure;
    }

    private async Task<ServerAnswer<(string Name, string TenantId)>> ReadAsync(CallKind kind, CancellationToken cancellation)
    {
        ServerAnswer<RestAnswer> answer = await client.CallAsync(HttpMethod.Get, "api/applications/" + id, null, kind, cancellation).ConfigureAwait(false);
        return client.Read(answer, found =>
        {
            JsonObject application = found.Body.Needed("application");
            return (application.Text("name"), application.Text("tenantId"));
        });
    }
}
