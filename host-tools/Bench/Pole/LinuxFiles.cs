// Records as files in a folder. A file is on the disk before it counts: its content is flushed, and the file system keeps the order of removing and renaming.
using Bench.Devices;
using PoleController.Esp32.Storage;

namespace Bench.Pole;

/// <summary>Files in one folder, readable by their owner alone: there are keys among them.</summary>
internal sealed class LinuxFiles : IRecordFiles
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _folder;

    /// <summary>Makes it, and the folder if there is none.</summary>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public LinuxFiles(string folder)
    {
        _folder = folder;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        }
    }

    /// <inheritdoc/>
    public bool Exists(string name) => File.Exists(PathOf(name));

    /// <inheritdoc/>
    public int Read(string name, byte[] buffer)
    {
        try
        {
            using FileStream file = new(PathOf(name), FileMode.Open, FileAccess.Read);
            return file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }
        catch (Exception exception) when (DeviceFault.Is(exception))
        {
            return -1;
        }
    }

    /// <inheritdoc/>
    public bool TryWrite(string name, byte[] data, int length)
    {
        try
        {
            FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerOnly;
            }

            using FileStream file = new(PathOf(name), options);
            file.Write(data, 0, length);
            file.Flush(flushToDisk: true);
            return true;
        }
        catch (Exception exception) when (DeviceFault.Is(exception))
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public bool TryDelete(string name) => Try(() => File.Delete(PathOf(name)));

    /// <inheritdoc/>
    public bool TryMove(string name, string newName) => Try(() => File.Move(PathOf(name), PathOf(newName)));

    private static bool Try(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (Exception exception) when (DeviceFault.Is(exception))
        {
            return false;
        }
    }

    private string PathOf(string name) => Path.Combine(_folder, name);
}
