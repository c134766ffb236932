// The regions of the controller by the words that scenarios and files use.
using PoleController.LoRaWan;

namespace Provisioning.Controllers;

/// <summary>Names of regions.</summary>
public static class RegionNames
{
    private static readonly (string Name, RegionId Region)[] s_names =
    [
        ("eu868", RegionId.Eu868), ("us915", RegionId.Us915), ("au915", RegionId.Au915), ("as923-1", RegionId.As923Group1), ("as923-2", RegionId.As923Group2),
        ("as923-3", RegionId.As923Group3), ("as923-4", RegionId.As923Group4), ("in865", RegionId.In865), ("kr920", RegionId.Kr920),
    ];

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> All { get; } = [.. s_names.Select(pair => pair.Name)];

    /// <summary>The region of a name; null when there is none.</summary>
    public static RegionId? Find(string name)
    {
        int index = Array.FindIndex(s_names, pair => pair.Name == name);
        return index < 0 ? null : s_names[index].Region;
    }

    /// <summary>The name of a region.</summary>
    public static string NameOf(RegionId region) => s_names.First(pair => pair.Region == region).Name;
}
