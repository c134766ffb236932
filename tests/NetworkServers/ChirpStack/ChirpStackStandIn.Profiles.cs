// Device profiles.
using System.Text.Json.Nodes;
using NetworkServers.Hosting;

namespace NetworkServers.ChirpStack;

public sealed partial class ChirpStackStandIn
{
    private ApiAnswer HandleProfile(ApiCall call)
    {
        switch (call.Operation.Id)
        {
            case "DeviceProfileService_List":
                return call.Query.GetValueOrDefault("tenantId") == TenantId
                    ? Listed([.. _profiles.Values.OrderBy(profile => Text(profile, "name"), StringComparer.Ordinal).Select(ProfileItem)], call)
                    : ApiAnswer.Fail(401, "");
            case "DeviceProfileService_Create":
                JsonObject made = call.Body["deviceProfile"]!.DeepClone().AsObject();
                if (Text(made, "tenantId") != TenantId || Text(made, "name").Length == 0)
                {
                    return Text(made, "name").Length == 0 ? ApiAnswer.Fail(400, "Validation error: name is not set") : ApiAnswer.Fail(401, "");
                }

                made["id"] = NewId();
                _profiles[Text(made, "id")] = made;
                return ApiAnswer.Ok(new JsonObject { ["id"] = Text(made, "id") });
        }

        string id = call.InPath("id");
        if (!_profiles.TryGetValue(id, out JsonObject? profile))
        {
            return ApiAnswer.Fail(401, "");
        }

        switch (call.Operation.Id)
        {
            case "DeviceProfileService_Get":
                return ApiAnswer.Ok(new JsonObject { ["deviceProfile"] = profile.DeepClone(), ["createdAt"] = Now() });
            case "DeviceProfileService_Update":
                JsonObject wanted = call.Body["deviceProfile"]!.DeepClone().AsObject();
                wanted["id"] = id;
                _profiles[id] = wanted;
                return ApiAnswer.Ok();
            default:
                _profiles.Remove(id);
                return ApiAnswer.Ok();
        }
    }

    private static JsonObject ProfileItem(JsonObject profile) => new()
    {
        ["id"] = Text(profile, "id"),
        ["createdAt"] = Now(),
        ["name"] = Text(profile, "name"),
        ["region"] = Text(profile, "region"),
        ["macVersion"] = Text(profile, "macVersion"),
        ["regParamsRevision"] = Text(profile, "regParamsRevision"),
        ["supportsOtaa"] = profile["supportsOtaa"]?.GetValue<bool>() ?? false,
        ["supportsClassC"] = profile["supportsClassC"]?.GetValue<bool>() ?? false,
    };
}
