// The mark that a start leaves for the one after it: how long it has run, and what was about to end it. What follows from a mark is BootJournal's.
using System;
using PoleController.Hal;

namespace PoleController.Journal
{
    /// <summary>What a start leaves for the next. The same numbers stand in the record.</summary>
    internal enum BootMarkKind
    {
        /// <summary>It runs.</summary>
        Running = 0,

        /// <summary>A restart was asked for.</summary>
        RestartRequested = 1,

        /// <summary>The supply falls.</summary>
        SupplyFalling = 2,

        /// <summary>An exception that nobody caught.</summary>
        Exception = 3,
    }

    /// <summary>
    /// The mark in the store, slots "boot-mark-a" and "boot-mark-b". Body of the record (see <see cref="SlottedRecord"/>), least significant byte first:
    /// number of the start 4, seconds it has run 4, kind 1, place 1, detail 1.
    /// </summary>
    internal sealed class BootMark
    {
        private const int Body = SlottedRecord.BodyOffset;
        private const int BodyLength = 11;

        // One byte longer than a slot, so that one that is too long shows.
        private readonly byte[] _buffer = new byte[SlottedRecord.OverheadLength + BodyLength + 1];
        private readonly SlottedRecord _record;

        /// <summary>Makes it over the store; nothing is read yet.</summary>
        internal BootMark(IStore store)
        {
            _record = new SlottedRecord(store, "boot-mark-a", "boot-mark-b", _buffer);
        }

        /// <summary>The start that left it; 0 when there is none.</summary>
        internal uint StartNumber { get; private set; }

        /// <summary>For how long that start had run, in seconds.</summary>
        internal uint UptimeSeconds { get; private set; }

        /// <summary>What it says.</summary>
        internal BootMarkKind Kind { get; private set; }

        /// <summary>The component, where it says an exception.</summary>
        internal int Place { get; private set; }

        /// <summary>Kind of the exception, reason of the restart, or tenths of a volt.</summary>
        internal int Detail { get; private set; }

        /// <summary>Reads the newer whole slot. What the store throws goes on to the caller.</summary>
        internal void Load()
        {
            bool isThere = _record.ReadNewest() == BodyLength;
            StartNumber = isThere ? Wire.ReadUInt32(_buffer, Body) : 0;
            UptimeSeconds = isThere ? Wire.ReadUInt32(_buffer, Body + 4) : 0;
            Kind = isThere ? (BootMarkKind)_buffer[Body + 8] : BootMarkKind.Running;
            Place = isThere ? _buffer[Body + 9] : 0;
            Detail = isThere ? _buffer[Body + 10] : 0;
        }

        /// <summary>Writes a mark over the older slot.</summary>
        /// <returns>False when the store refused or threw.</returns>
        internal bool TrySave(uint startNumber, uint uptimeSeconds, BootMarkKind kind, int place, int detail)
        {
            Wire.WriteUInt32(_buffer, Body, startNumber);
            Wire.WriteUInt32(_buffer, Body + 4, uptimeSeconds);
            _buffer[Body + 8] = (byte)kind;
            _buffer[Body + 9] = (byte)place;
            _buffer[Body + 10] = (byte)detail;
            try
            {
                return _record.TryWrite(BodyLength);
            }
            catch (Exception)
            {
                return false;
            }
        }
    }
}
