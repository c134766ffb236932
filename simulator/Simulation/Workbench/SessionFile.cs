// What a listening server must not forget: which nonces were used, and the sessions. One file, replaced as a whole before anything it tells of
// is sent; readable by its owner only, because session keys are in it.
using System.Text.Json;
using Simulation.Network;

namespace Simulation.Workbench;

/// <summary>A state file cannot be used.</summary>
/// <param name="message">Which and why.</param>
public sealed class SessionFileException(string message) : Exception(message);

/// <summary>Keeps nonces and sessions.</summary>
internal sealed class SessionFile
{
    private const int FormatVersion = 1;

    private readonly string _path;

    /// <summary>Takes a path; nothing is read yet.</summary>
    public SessionFile(string path) => _path = path;

    /// <summary>Reads the file; empty when there is none.</summary>
    /// <exception cref="SessionFileException">It cannot be read. It is not thrown away: a pole whose nonces are forgotten can be taken over.</exception>
    public IReadOnlyList<SavedDevice> Read()
    {
        try
        {
            if (!File.Exists(_path))
            {
                return [];
            }

            SavedState? state = JsonSerializer.Deserialize<SavedState>(File.ReadAllBytes(_path));
            if (state is { Version: FormatVersion, Devices: not null } && state.Devices.All(IsSound))
            {
                return state.Devices;
            }

            throw new SessionFileException($"{_path}: this is no state of polesim listen, or of another version. Move it away to begin anew (poles join again by themselves).");
        }
        catch (JsonException)
        {
            throw new SessionFileException($"{_path}: this is not JSON. Move it away to begin anew (poles join again by themselves).");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new SessionFileException($"{_path}: {failure.Message}");
        }
    }

    /// <summary>Replaces the file.</summary>
    /// <exception cref="SessionFileException">It cannot be written; the old one stays.</exception>
    public void Write(IReadOnlyList<SavedDevice> devices)
    {
        string fresh = _path + ".new";
        try
        {
            FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (FileStream stream = new(fresh, options))
            {
                JsonSerializer.Serialize(stream, new SavedState(FormatVersion, devices));
                stream.Flush(flushToDisk: true);
            }

            File.Move(fresh, _path, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new SessionFileException($"{_path} cannot be written: {failure.Message}");
        }
    }

    private static bool IsSound(SavedDevice device) =>
        device is { DevEui.Length: 16, DevNonce: >= -1 and <= 65_535, JoinNonce: >= 0 and < 1 << 24 } && IsSound(device.Active) && IsSound(device.Pending);

    private static bool IsSound(SavedSession? session) =>
        session is null || (session.NwkSKey?.Length == 16 && session.AppSKey?.Length == 16 && session.LastUplinkCounter is >= -1 and <= uint.MaxValue);
}

/// <summary>The file.</summary>
internal sealed record SavedState(int Version, IReadOnlyList<SavedDevice> Devices);

/// <summary>A device; its place in the list is the low part of its DevAddr.</summary>
internal sealed record SavedDevice(string DevEui, int DevNonce, int JoinNonce, SavedSession? Active, SavedSession? Pending)
{
    /// <summary>What is to be kept of a device.</summary>
    public static SavedDevice From(string devEui, NetworkDevice device) =>
        new(devEui, device.LastDevNonce, device.LastJoinNonce, SavedSession.From(device.Active), SavedSession.From(device.Pending));

    /// <summary>Puts it back.</summary>
    public void Restore(NetworkDevice device)
    {
        device.LastDevNonce = DevNonce;
        device.LastJoinNonce = JoinNonce;
        Active?.Restore(device.Active);
        Pending?.Restore(device.Pending);
    }
}

/// <summary>A session.</summary>
internal sealed record SavedSession(byte[] NwkSKey, byte[] AppSKey, long LastUplinkCounter, uint NextDownlinkCounter)
{
    /// <summary>What is to be kept of a session; null when it is none.</summary>
    public static SavedSession? From(Session session) =>
        session.IsValid
            ? new SavedSession(session.NetworkSessionKey, session.ApplicationSessionKey, session.LastUplinkCounter, session.NextDownlinkCounter)
            : null;

    /// <summary>Puts it back.</summary>
    public void Restore(Session session)
    {
        session.Reset();
        NwkSKey.CopyTo(session.NetworkSessionKey, 0);
        AppSKey.CopyTo(session.ApplicationSessionKey, 0);
        session.LastUplinkCounter = LastUplinkCounter;
        session.NextDownlinkCounter = NextDownlinkCounter;
    }
}
