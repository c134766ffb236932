// A controller: the electronics with its LoRaWAN identity. It hangs in one pole at most, and in several one after the other.
namespace Provisioning.Controllers;

/// <summary>A controller. Its keys are kept elsewhere, encrypted.</summary>
public sealed record Controller
{
    /// <summary>DevEUI, 16 hexadecimal digits in lower case.</summary>
    public required string DevEui { get; init; }

    /// <summary>JoinEUI, 16 hexadecimal digits in lower case.</summary>
    public required string JoinEui { get; init; }

    /// <summary>Name of the board, as the files of hardware/boards have it, with the words for what is fitted behind it.</summary>
    public required string Board { get; init; }

    /// <summary>The LoRaWAN region, in the words of <see cref="RegionNames"/>.</summary>
    public required string Region { get; init; }

    /// <summary>MAC of the chip, 12 hexadecimal digits in lower case; null when not known.</summary>
    public string? ChipMac { get; init; }

    /// <summary>Where it is in its life.</summary>
    public ControllerState State { get; init; }

    /// <summary>The pole that it hangs in; null when in none.</summary>
    public string? PoleId { get; init; }

    /// <summary>Counts changes, from 1.</summary>
    public int Version { get; init; } = 1;
}
