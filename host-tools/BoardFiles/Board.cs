// A board as data: what a file of hardware/boards says. Data only; the rules are in Rules/.
namespace BoardFiles;

/// <summary>A revision of a board.</summary>
public sealed record Board
{
    /// <summary>Name and revision: the name of its file.</summary>
    public required string Name { get; init; }

    /// <summary>The file, as it was named.</summary>
    public required string File { get; init; }

    /// <summary>One line about it.</summary>
    public required string Title { get; init; }

    /// <summary>Where it stands.</summary>
    public required BoardStatus Status { get; init; }

    /// <summary>Name of the chip.</summary>
    public required string Chip { get; init; }

    /// <summary>Package or module of the chip.</summary>
    public required string Module { get; init; }

    /// <summary>Line of the file at which the module stands.</summary>
    public required long ModuleLine { get; init; }

    /// <summary>Where facts about it come from.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>Supplies.</summary>
    public required IReadOnlyList<PowerRail> Rails { get; init; }

    /// <summary>Connectors.</summary>
    public required IReadOnlyList<BoardConnector> Connectors { get; init; }

    /// <summary>What hangs at the connectors, wire by wire.</summary>
    public required IReadOnlyList<OutsideDevice> Devices { get; init; }

    /// <summary>Usual height of the board on its pole in metres; 0 when it is not mounted on one.</summary>
    public required double HeightMetres { get; init; }

    /// <summary>Which ports are used instead of which; empty when all can be used at once.</summary>
    public required IReadOnlyList<BoardVariant> Variants { get; init; }

    /// <summary>Expected parts by their reference on the board.</summary>
    public required IReadOnlyList<Named> Parts { get; init; }

    /// <summary>Parts that belong to it and are not on it.</summary>
    public required IReadOnlyList<Named> ExternalParts { get; init; }

    /// <summary>The top sheet of its schematic, beside the folder of boards; empty when there is none.</summary>
    public required string Schematic { get; init; }

    /// <summary>Buses.</summary>
    public required IReadOnlyList<BoardBus> Buses { get; init; }

    /// <summary>Signals in the order of the file.</summary>
    public required IReadOnlyList<BoardSignal> Signals { get; init; }

    /// <summary>Ports that the chip itself serves, without pins.</summary>
    public required IReadOnlyList<Named> ChipPorts { get; init; }

    /// <summary>Ports that this board has not.</summary>
    public required IReadOnlyList<Named> NotFitted { get; init; }

    /// <summary>Pins that stay free.</summary>
    public required IReadOnlyList<FreePin> KeepFree { get; init; }

    /// <summary>What a technician has to know before the first wire.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The buses that a variant uses; without variants all of them.</summary>
    public IEnumerable<BoardBus> BusesOf(BoardVariant? variant)
    {
        HashSet<string> others = [.. Variants.SelectMany(candidate => candidate.Ports)];
        others.ExceptWith(variant?.Ports ?? []);
        foreach (BoardBus bus in Buses)
        {
            List<string> ports = [.. Signals.Where(signal => signal.Bus == bus.Name).SelectMany(signal => signal.Ports)];
            if (ports.Count == 0 || ports.Exists(port => !others.Contains(port)))
            {
                yield return bus;
            }
        }
    }
}
