// Controllers in the database.
using System.Data.Common;
using Provisioning.Audit;
using Provisioning.Storage;

namespace Provisioning.Controllers;

/// <summary>Rows of controllers.</summary>
internal static class ControllerTable
{
    private const string Columns = "dev_eui, join_eui, board, region, chip_mac, state, pole_id, version";
    private static readonly string[] s_columns = Columns.Split(", ");

    public static Controller? Find(DbConnection connection, string devEui) =>
        connection.Query($"SELECT {Columns} FROM controller WHERE dev_eui = @eui", Read, ("@eui", devEui)).FirstOrDefault();

    public static Controller? InPole(DbConnection connection, string poleId) =>
        connection.Query($"SELECT {Columns} FROM controller WHERE pole_id = @pole", Read, ("@pole", poleId)).FirstOrDefault();

    public static List<Controller> All(DbConnection connection) => connection.Query($"SELECT {Columns} FROM controller", Read);

    /// <summary>Of some DevEUIs those that are controllers here, with the pole of each; null for one in no pole.</summary>
    public static Dictionary<string, string?> Poles(DbConnection connection, IReadOnlyList<string> devEuis)
    {
        Dictionary<string, string?> poles = new(StringComparer.Ordinal);
        connection.EachOf("SELECT dev_eui, pole_id FROM controller WHERE dev_eui IN ({keys})", devEuis, reader => poles[reader.GetString(0)] = reader.GetText(1));
        return poles;
    }

    /// <summary>DevEUI of the controller in each pole that has one, by pole.</summary>
    public static Dictionary<string, string> ByPole(DbConnection connection)
    {
        Dictionary<string, string> controllers = new(StringComparer.Ordinal);
        connection.Each("SELECT pole_id, dev_eui FROM controller WHERE pole_id IS NOT NULL", reader => controllers[reader.GetString(0)] = reader.GetString(1));
        return controllers;
    }

    public static void InsertAll(DbConnection connection, IReadOnlyList<Controller> controllers) =>
        connection.InsertAll("controller", s_columns, [.. controllers.Select(Values)]);

    /// <summary>Replaces a row if it still has the version that was seen.</summary>
    public static bool TryUpdate(DbConnection connection, Controller controller, int seenVersion)
    {
        object?[] values = Values(controller);
        (string, object?)[] parameters = [.. s_columns.Select((column, index) => ("@" + column, values[index])), ("@seen", seenVersion)];
        return connection.Execute(
            "UPDATE controller SET join_eui = @join_eui, board = @board, region = @region, chip_mac = @chip_mac, state = @state, pole_id = @pole_id, version = @version "
            + "WHERE dev_eui = @dev_eui AND version = @seen",
            parameters) == 1;
    }

    public static byte[] HashOf(Controller controller) => StateHash.Of(Values(controller));

    private static object?[] Values(Controller controller) =>
    [
        controller.DevEui, controller.JoinEui, controller.Board, controller.Region, controller.ChipMac, controller.State.ToString(), controller.PoleId, controller.Version,
    ];

    private static Controller Read(DbDataReader reader) => new()
    {
        DevEui = reader.GetString(0),
        JoinEui = reader.GetString(1),
        Board = reader.GetString(2),
        Region = reader.GetString(3),
        ChipMac = reader.GetText(4),
        State = Enum.TryParse(reader.GetString(5), out ControllerState state) ? state : ControllerState.Retired,
        PoleId = reader.GetText(6),
        Version = reader.GetInt32(7),
    };
}
