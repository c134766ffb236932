// Files on the chip's internal littlefs partition, drive I: of the runtime. What was written is there once the file is closed (littlefs commits then;
// nf-interpreter, targets/ESP32/_littlefs). It refuses with false, never with an exception of the file system.
using System;
using System.IO;

namespace PoleController.Esp32.Storage
{
    /// <summary>Files in the root of a drive.</summary>
    public sealed class InternalFiles : IRecordFiles
    {
        /// <summary>The internal partition.</summary>
        public const string InternalDrive = "I:\\";

        private readonly string _folder;

        /// <summary>Makes it.</summary>
        /// <param name="folder">Drive or folder, with its separator at the end.</param>
        public InternalFiles(string folder)
        {
            _folder = folder;
        }

        /// <inheritdoc/>
        public bool Exists(string name)
        {
            return File.Exists(_folder + name);
        }

        /// <inheritdoc/>
        public int Read(string name, byte[] buffer)
        {
            FileStream? file = null;
            try
            {
                file = new FileStream(_folder + name, FileMode.Open, FileAccess.Read);
                int length = 0;
                int count;
                do
                {
                    count = file.Read(buffer, length, buffer.Length - length);
                    length += count;
                }
                while (count > 0 && length < buffer.Length);
                return length;
            }
            catch (IOException)
            {
                return -1;
            }
            finally
            {
                Close(file);
            }
        }

        /// <inheritdoc/>
        public bool TryWrite(string name, byte[] data, int length)
        {
            FileStream? file = null;
            try
            {
                file = new FileStream(_folder + name, FileMode.Create, FileAccess.Write);
                if (length > 0)
                {
                    file.Write(data, 0, length);
                }

                file.Close();
                file = null;
                return true;
            }
            catch (IOException)
            {
                return false;
            }
            finally
            {
                Close(file);
            }
        }

        /// <inheritdoc/>
        public bool TryDelete(string name)
        {
            try
            {
                File.Delete(_folder + name);
                return true;
            }
            catch (IOException)
            {
                return false;
            }
        }

        /// <inheritdoc/>
        public bool TryMove(string name, string newName)
        {
            try
            {
                File.Move(_folder + name, _folder + newName);
                return true;
            }
            catch (IOException)
            {
                return false;
            }
        }

        private static void Close(FileStream? file)
        {
            try
            {
                if (file != null)
                {
                    file.Close();
                }
            }
            catch (Exception)
            {
                // What was to be written has been reported as refused by now; what was read is there.
            }
        }
    }
}
