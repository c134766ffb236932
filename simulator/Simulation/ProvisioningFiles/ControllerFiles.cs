// What polectl put into one controller's folder, as the simulated pole's store takes it. How the records are laid out is the controller's business.
using PoleController.Boards;
using PoleController.LoRaWan;
using PoleController.Settings;
using Simulation.Parts;
using Simulation.Scenarios;

namespace Simulation.ProvisioningFiles;

/// <summary>The records of one controller. They hold keys of a real device: nothing of them goes into a message, a report or a list.</summary>
public sealed class ControllerFiles
{
    private readonly byte[] _identity;
    private readonly byte[] _settings;
    private readonly byte[] _board;

    internal ControllerFiles(byte[] identity, byte[] settings, byte[] board, string boardName, PoleFitting fitting)
    {
        BoardName = boardName;
        _identity = identity;
        _settings = settings;
        _board = board;
        Fitting = fitting;
        Identity = new LoRaWanIdentity();
        IdentityStore.TryDecode(identity, identity.Length, Identity);
    }

    /// <summary>Name of the board.</summary>
    public string BoardName { get; }

    /// <summary>Identity and keys.</summary>
    public LoRaWanIdentity Identity { get; }

    /// <summary>What hangs at the pole, by the words for its board.</summary>
    public PoleFitting Fitting { get; }

    /// <summary>Puts the records into a pole's store, byte by byte as they are in the files.</summary>
    /// <param name="store">The store.</param>
    public void Put(MemoryStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        store.TryWrite(IdentityStore.RecordName, _identity, _identity.Length);
        store.TryWrite(SettingsStore.SlotA, _settings, _settings.Length);
        store.TryWrite(BoardFitting.RecordName, _board, _board.Length);
    }
}
