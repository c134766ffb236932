// Which parts a controller should have, by the words behind its board's name (firmware/PoleController.Esp32/README.md), in the names of the service port.
using PoleController.Boards;

namespace Provisioning.Commissioning;

/// <summary>Parts by the workspace's word.</summary>
internal static class ExpectedParts
{
    private static readonly Dictionary<string, string> s_sensorOf = new(StringComparer.Ordinal)
    {
        [PartWords.Metered] = "meter", [PartWords.PulseMetered] = "meter", [PartWords.Dali] = "gear", [PartWords.Counting] = "presence", [PartWords.Container] = "fillLevel", [PartWords.Water] = "waterLevel",
        [PartWords.Particulates] = "particulates", [PartWords.Climate] = "climate", [PartWords.CarbonDioxide] = "carbonDioxide", [PartWords.Gas] = "gas",
        [PartWords.Photocell] = "photocell", [PartWords.Accelerometer] = "accelerometer",
    };

    private static readonly Dictionary<string, string> s_componentOf = new(StringComparer.Ordinal)
    {
        [PartWords.Occupancy] = "occupancy", [PartWords.Neighbours] = "neighbours", [PartWords.Dali] = "gear",
    };

    /// <summary>Name of the board itself.</summary>
    public static string BoardOf(string board) => board.Split(' ')[0];

    /// <summary>Sensors that should be there.</summary>
    public static IReadOnlySet<string> Sensors(string board) => Named(board, s_sensorOf);

    /// <summary>Components that should have their part.</summary>
    public static IReadOnlySet<string> Components(string board) => Named(board, s_componentOf);

    private static HashSet<string> Named(string board, Dictionary<string, string> names) =>
        [.. board.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Where(names.ContainsKey).Select(word => names[word])];
}
