// Network servers in the database.
using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Nodes;
using Provisioning.Audit;
using Provisioning.Storage;

namespace Provisioning.NetworkServers.Settings;

/// <summary>A row: settings, and the sealed token.</summary>
internal sealed record ServerRow(ServerSettings Settings, byte[]? Token);

/// <summary>Rows of servers.</summary>
internal static class ServerTable
{
    private const string Columns = "name, kind, address, application, frequency_plans, allows_plain_http, authorities, token, version";
    private static readonly string[] s_columns = Columns.Split(", ");

    public static List<ServerRow> All(DbConnection connection) => connection.Query($"SELECT {Columns} FROM network_server ORDER BY name", Read);

    public static ServerRow? Find(DbConnection connection, string name) =>
        connection.Query($"SELECT {Columns} FROM network_server WHERE name = @name", Read, ("@name", name)).FirstOrDefault();

    public static void Insert(DbConnection connection, ServerRow row) => connection.InsertAll("network_server", s_columns, [Values(row)]);

    public static void UpdateToken(DbConnection connection, ServerRow row) => connection.Execute(
        "UPDATE network_server SET token = @token, version = @version WHERE name = @name",
        ("@token", row.Token), ("@version", row.Settings.Version), ("@name", row.Settings.Name));

    public static void Delete(DbConnection connection, string name) => connection.Execute("DELETE FROM network_server WHERE name = @name", ("@name", name));

    public static byte[] HashOf(ServerRow row) => StateHash.Of(Values(row));

    private static object?[] Values(ServerRow row) =>
    [
        row.Settings.Name, row.Settings.Kind, row.Settings.Address, row.Settings.Application, PlansToText(row.Settings.FrequencyPlans), row.Settings.AllowsPlainHttp ? 1 : 0,
        row.Settings.Authorities, row.Token, row.Settings.Version,
    ];

    private static ServerRow Read(DbDataReader reader)
    {
        byte[]? token = reader.GetBlob(7);
        ServerSettings settings = new()
        {
            Name = reader.GetString(0),
            Kind = reader.GetString(1),
            Address = reader.GetString(2),
            Application = reader.GetString(3),
            FrequencyPlans = PlansFromText(reader.GetString(4)),
            AllowsPlainHttp = reader.GetInt32(5) != 0,
            Authorities = reader.GetString(6),
            HasToken = token is not null,
            Version = reader.GetInt32(8),
        };
        return new ServerRow(settings, token);
    }

    private static string PlansToText(IReadOnlyDictionary<string, string> plans) =>
        new JsonObject(plans.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))).ToJsonString();

    // What is no such object was changed past polectl; the audit says so.
    private static SortedDictionary<string, string> PlansFromText(string text)
    {
        SortedDictionary<string, string> plans = new(StringComparer.Ordinal);
        try
        {
            foreach ((string region, JsonNode? plan) in JsonNode.Parse(text) as JsonObject ?? [])
            {
                plans[region] = plan is JsonValue value && value.TryGetValue(out string? name) ? name : "";
            }
        }
        catch (JsonException)
        {
            plans.Clear();
        }

        return plans;
    }
}
