// Files of a board by name, with what the runtime's file system can do and no more: there is no replace, and no move onto a file that exists.
namespace PoleController.Esp32.Storage
{
    /// <summary>Files in one folder.</summary>
    public interface IRecordFiles
    {
        /// <summary>Whether a file exists.</summary>
        bool Exists(string name);

        /// <summary>Reads a file from its beginning.</summary>
        /// <param name="name">The file.</param>
        /// <param name="buffer">Receives as many bytes as fit.</param>
        /// <returns>Bytes read; -1 when it could not be read.</returns>
        int Read(string name, byte[] buffer);

        /// <summary>Makes a file or empties it, writes, and closes it. Until it is closed it may be empty or hold a part.</summary>
        /// <returns>False when the file system refused.</returns>
        bool TryWrite(string name, byte[] data, int length);

        /// <summary>Removes a file.</summary>
        /// <returns>False when the file system refused.</returns>
        bool TryDelete(string name);

        /// <summary>Gives a file another name, which no file has.</summary>
        /// <returns>False when the file system refused.</returns>
        bool TryMove(string name, string newName);
    }
}
