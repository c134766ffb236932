// Brings files that were written to the disk: many of them with one call where the system has such a call, else one by one.
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Provisioning.Files;

/// <summary>Flushes files.</summary>
internal static partial class DiskFlush
{
    // A flush of a file waits for the disk; from so many files on one of the whole file system is sooner done.
    private const int ManyFiles = 8;

    /// <summary>Returns when the content of files is on the disk.</summary>
    /// <param name="paths">Files of one file system.</param>
    /// <exception cref="IOException">The disk refuses.</exception>
    public static void Files(IReadOnlyList<string> paths)
    {
        if (paths.Count >= ManyFiles && OperatingSystem.IsLinux())
        {
            using SafeFileHandle any = File.OpenHandle(paths[0], FileMode.Open, FileAccess.ReadWrite);
            if (SyncFileSystem(any) == 0)
            {
                return;
            }
        }

        foreach (string path in paths)
        {
            using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
            RandomAccess.FlushToDisk(file);
        }
    }

    [DllImport("libc", EntryPoint = "syncfs")]
    private static extern int SyncFileSystem(SafeFileHandle file);
}
