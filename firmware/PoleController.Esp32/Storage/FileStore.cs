// The store over files, with a replacement that a power cut cannot tear: a record is its old or its new content, never a part of either. What the
// records mean is the controller's.
using PoleController.Hal;

namespace PoleController.Esp32.Storage
{
    /// <summary>
    /// A record is a file of its name. A write goes to a second file, NAME.new; when that is closed the first is removed and the second gets its name. Where
    /// a cut comes in between, the second file is the record, and the next access finishes what was begun. A record that has never been written is made
    /// as an empty file before, so that NAME.new alone always means a whole one; an empty file is no record.
    /// </summary>
    public sealed class FileStore : IStore
    {
        private const string NewSuffix = ".new";

        private readonly IRecordFiles _files;

        /// <summary>Makes it.</summary>
        public FileStore(IRecordFiles files)
        {
            _files = files;
        }

        /// <inheritdoc/>
        public int Read(string record, byte[] buffer)
        {
            string fresh = record + NewSuffix;
            Settle(record, fresh);
            string name = _files.Exists(record) ? record : fresh;
            int length = _files.Exists(name) ? _files.Read(name, buffer) : -1;
            return length <= 0 ? -1 : length;
        }

        /// <inheritdoc/>
        public bool TryWrite(string record, byte[] data, int length)
        {
            string fresh = record + NewSuffix;
            Settle(record, fresh);
            bool isThere = _files.Exists(record);
            if (!isThere && (_files.Exists(fresh) || !_files.TryWrite(record, data, 0)))
            {
                // The second file is the only whole copy and cannot be moved, or nothing can be made.
                return false;
            }

            if (!_files.TryWrite(fresh, data, length))
            {
                _files.TryDelete(fresh);
                return false;
            }

            // From here on the new content is whole. A move that fails leaves it under its second name, where the next access finds it.
            if (!_files.TryDelete(record))
            {
                _files.TryDelete(fresh);
                return false;
            }

            _files.TryMove(fresh, record);
            return true;
        }

        private void Settle(string record, string fresh)
        {
            if (!_files.Exists(fresh))
            {
                return;
            }

            if (_files.Exists(record))
            {
                // Never finished, or never begun to replace: the old one counts.
                _files.TryDelete(fresh);
            }
            else
            {
                _files.TryMove(fresh, record);
            }
        }
    }
}
