// What is asked of a run of flashing.
namespace Provisioning.Flashing;

/// <summary>A place to plug a board in.</summary>
/// <param name="FlashPort">The port that nanoff uses.</param>
/// <param name="ServicePort">The port of the service port, where the identity is read back; the same one where the board has both on one connector.</param>
public sealed record FlashPlace(string FlashPort, string ServicePort);

/// <summary>A run of flashing.</summary>
public sealed record FlashRequest
{
    /// <summary>The folder with a folder for each controller, as polectl provisioning write makes it.</summary>
    public required string Folder { get; init; }

    /// <summary>Where boards are plugged in.</summary>
    public required IReadOnlyList<FlashPlace> Places { get; init; }

    /// <summary>The controller, when there is one place and it is known; null to take the one of the chip's MAC, else the next that has no chip yet.</summary>
    public string? DevEui { get; init; }

    /// <summary>Whether the controller gets another chip than it had: a repaired board.</summary>
    public bool HasNewChip { get; init; }

    /// <summary>The application; null when only files are put on the controller.</summary>
    public string? Image { get; init; }

    /// <summary>Target of the nanoFramework runtime.</summary>
    public string Target { get; init; } = "ESP32_S3_QUAD";

    /// <summary>Version of the runtime; null for the newest.</summary>
    public string? RuntimeVersion { get; init; }

    /// <summary>Folder of nanoff's firmware archive, for benches without a network; null to load from the network.</summary>
    public string? Archive { get; init; }

    /// <summary>Whether the runtime is put on the chip anew, erasing everything.</summary>
    public bool UpdatesRuntime { get; init; } = true;

    /// <summary>Version of the application, as the controller says it; null when it is not compared.</summary>
    public string? Firmware { get; init; }

    /// <summary>Whether controllers that are right already are flashed too.</summary>
    public bool IsAgain { get; init; }

    /// <summary>For how long a run of nanoff may take, in seconds.</summary>
    public int NanoffSeconds { get; init; } = 300;

    /// <summary>For how long the controller may take to answer after it was flashed, in seconds.</summary>
    public int StartSeconds { get; init; } = 40;
}
