// Poles in the database.
using System.Data.Common;
using Provisioning.Audit;
using Provisioning.Storage;

namespace Provisioning.Poles;

/// <summary>Rows of poles.</summary>
internal static class PoleTable
{
    private const string Columns = "pole_id, latitude, longitude, street, district, luminaire, full_power_watts, circuit, owner, criticality, lighting_group, state, version";
    private static readonly string[] s_columns = Columns.Split(", ");

    public static Pole? Find(DbConnection connection, string id) =>
        connection.Query($"SELECT {Columns} FROM pole WHERE pole_id = @id", Read, ("@id", id)).FirstOrDefault();

    public static List<Pole> All(DbConnection connection) => connection.Query($"SELECT {Columns} FROM pole ORDER BY pole_id", Read);

    public static void InsertAll(DbConnection connection, IReadOnlyList<Pole> poles) =>
        connection.InsertAll("pole", s_columns, [.. poles.Select(Values)]);

    /// <summary>Replaces a row if it still has the version that was seen.</summary>
    /// <returns>False when it has another version or is gone.</returns>
    public static bool TryUpdate(DbConnection connection, Pole pole, int seenVersion)
    {
        object?[] values = Values(pole);
        (string, object?)[] parameters = [.. s_columns.Select((column, index) => ("@" + column, values[index])), ("@seen", seenVersion)];
        return connection.Execute(
            "UPDATE pole SET latitude = @latitude, longitude = @longitude, street = @street, district = @district, luminaire = @luminaire, full_power_watts = @full_power_watts, "
            + "circuit = @circuit, owner = @owner, criticality = @criticality, lighting_group = @lighting_group, state = @state, version = @version "
            + "WHERE pole_id = @pole_id AND version = @seen",
            parameters) == 1;
    }

    public static byte[] HashOf(Pole pole) => StateHash.Of(Values(pole));

    private static object?[] Values(Pole pole) =>
    [
        pole.Id, pole.Latitude, pole.Longitude, pole.Street, pole.District, pole.Luminaire, pole.FullPowerWatts, pole.Circuit, pole.Owner, pole.Criticality.ToString(),
        pole.Group, pole.State.ToString(), pole.Version,
    ];

    private static Pole Read(DbDataReader reader) => new()
    {
        Id = reader.GetString(0),
        Latitude = reader.GetDouble(1),
        Longitude = reader.GetDouble(2),
        Street = reader.GetText(3),
        District = reader.GetText(4),
        Luminaire = reader.GetText(5),
        FullPowerWatts = reader.GetNumber(6),
        Circuit = reader.GetText(7),
        Owner = reader.GetText(8),
        Criticality = Enum.TryParse(reader.GetString(9), out Criticality criticality) ? criticality : Criticality.Normal,
        Group = reader.GetText(10),
        State = reader.GetString(11) == nameof(PoleState.Retired) ? PoleState.Retired : PoleState.InService,
        Version = reader.GetInt32(12),
    };
}
