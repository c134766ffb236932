// Files as littlefs keeps them, with power cuts: an operation takes effect whole or not at all, except a write, of which a cut may leave an empty file or a part.
// Nothing here knows FileStore.
using PoleController.Esp32.Storage;

namespace Esp32.Tests.Storage;

/// <summary>The power went.</summary>
internal sealed class PowerCutException : Exception;

/// <summary>Simulated files.</summary>
internal sealed class LittleFiles : IRecordFiles
{
    private readonly Dictionary<string, byte[]> _files = [];

    /// <summary>Operations that change something, so far.</summary>
    public int Changes { get; private set; }

    /// <summary>The operation in which the power goes; -1 for none.</summary>
    public int CutAt { get; set; } = -1;

    /// <summary>How many bytes of a write are there after a cut in it.</summary>
    public int BytesAtCut { get; set; }

    /// <summary>Whether an operation that is cut had taken effect.</summary>
    public bool IsDoneAtCut { get; set; }

    /// <summary>Operations that are refused.</summary>
    public Func<string, string, bool> Refuses { get; set; } = (_, _) => false;

    public IReadOnlyDictionary<string, byte[]> Files => _files;

    public void Put(string name, byte[] data) => _files[name] = data;

    public bool Exists(string name) => _files.ContainsKey(name);

    public int Read(string name, byte[] buffer)
    {
        if (!_files.TryGetValue(name, out byte[]? file))
        {
            return -1;
        }

        int length = Math.Min(file.Length, buffer.Length);
        Array.Copy(file, buffer, length);
        return length;
    }

    public bool TryWrite(string name, byte[] data, int length) => Change("write", name, () => _files[name] = data[..length], () =>
        _files[name] = data[..Math.Min(BytesAtCut, length)]);

    public bool TryDelete(string name) => Change("delete", name, () => _files.Remove(name), () => { });

    public bool TryMove(string name, string newName)
    {
        // The runtime refuses a move onto a file that exists (System.IO.FileSystem, File.Move).
        Assert.False(_files.ContainsKey(newName), $"moved onto {newName}");
        return Change("move", name, () =>
        {
            _files[newName] = _files[name];
            _files.Remove(name);
        }, () => { });
    }

    private bool Change(string what, string name, Action whole, Action torn)
    {
        if (Refuses(what, name))
        {
            return false;
        }

        if (Changes++ == CutAt)
        {
            (IsDoneAtCut ? whole : torn)();
            throw new PowerCutException();
        }

        whole();
        return true;
    }
}
