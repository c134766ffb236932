// Writes a file that must not be there yet: whole or not at all.
using Provisioning.Problems;

namespace Provisioning.Files;

/// <summary>New files.</summary>
public static class NewFile
{
    /// <summary>Writes it beside its place and moves it there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bytes">Its content.</param>
    /// <param name="isSecret">Whether only its owner may read it (where the system knows such a thing).</param>
    /// <exception cref="ProblemException">There is a file of this name, or it cannot be written.</exception>
    public static void Write(string path, byte[] bytes, bool isSecret)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        Require(path);
        string draft = path + ".part";
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write };
        if (isSecret && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            File.Delete(draft);
            using (FileStream stream = new(draft, options))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            DeleteQuietly(draft);
            throw new ProblemException(new Problem("problem.file.unwritable", exception.Message) { File = path });
        }
    }

    /// <summary>Makes sure that a file could be made: nothing of its name is there, and its folder is.</summary>
    /// <exception cref="ProblemException">It could not.</exception>
    public static void Require(string path)
    {
        if (Path.Exists(path))
        {
            throw new ProblemException(new Problem("problem.file.exists") { Kind = ProblemKind.WrongUse, File = path });
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(folder))
        {
            throw new ProblemException(new Problem("problem.folder.absent") { Kind = ProblemKind.WrongUse, File = folder });
        }
    }

    private static void DeleteQuietly(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What could not be written cannot be taken away either; the problem that is on its way says why.
        }
    }
}
