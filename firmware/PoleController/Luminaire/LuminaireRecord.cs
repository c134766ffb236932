// Lamp hours and energy as they are kept in the store: two records written in turn, each with a sequence number and a CRC, so that a
// power cut during a write leaves the other one whole. It decides no time of writing; LuminaireMonitor does.
using System;
using PoleController.Hal;

namespace PoleController.Luminaire
{
    /// <summary>
    /// The totals of the luminaire in the store, records "luminaire-a" and "luminaire-b". Layout, big-endian: version (1 byte), sequence (4), lamp-on
    /// seconds (8), energy in mWh (8), CRC-32 over all before it (4).
    /// </summary>
    public sealed class LuminaireRecord
    {
        /// <summary>Length of a record in bytes.</summary>
        public const int Length = 25;

        private const byte FormatVersion = 1;
        private const int CrcOffset = Length - 4;
        private const string RecordA = "luminaire-a";
        private const string RecordB = "luminaire-b";

        private readonly IStore _store;

        // One byte longer than a record, so that a record that is too long shows.
        private readonly byte[] _buffer = new byte[Length + 1];
        private long _sequence;
        private bool _isNewestA;

        /// <summary>Makes it over the store; nothing is read yet.</summary>
        public LuminaireRecord(IStore store)
        {
            _store = store;
        }

        /// <summary>Seconds the lamp has been lit, as last read or written.</summary>
        public long LampOnSeconds { get; private set; }

        /// <summary>Energy in milliwatt-hours, as last read or written.</summary>
        public long EnergyMilliwattHours { get; private set; }

        /// <summary>
        /// Reads the newer of the whole records. Without one the totals are 0: a new pole, or both damaged.
        /// </summary>
        /// <returns>False when the store threw; then nothing is known and nothing should be written over it.</returns>
        public bool TryLoad()
        {
            LampOnSeconds = 0;
            EnergyMilliwattHours = 0;
            _sequence = 0;
            _isNewestA = false;
            try
            {
                LoadIfNewer(RecordA, true);
                LoadIfNewer(RecordB, false);
                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }

        /// <summary>Writes the totals over the older record.</summary>
        /// <returns>False when the store refused or threw; the newer record is still whole.</returns>
        public bool TrySave(long lampOnSeconds, long energyMilliwattHours)
        {
            _buffer[0] = FormatVersion;
            Put(1, 4, _sequence + 1);
            Put(5, 8, lampOnSeconds);
            Put(13, 8, energyMilliwattHours);
            Put(CrcOffset, 4, Crc32.Compute(_buffer, 0, CrcOffset));
            try
            {
                if (!_store.TryWrite(_isNewestA ? RecordB : RecordA, _buffer, Length))
                {
                    return false;
                }
            }
            catch (Exception)
            {
                return false;
            }

            _isNewestA = !_isNewestA;
            _sequence++;
            LampOnSeconds = lampOnSeconds;
            EnergyMilliwattHours = energyMilliwattHours;
            return true;
        }

        private void LoadIfNewer(string record, bool isA)
        {
            if (_store.Read(record, _buffer) != Length || _buffer[0] != FormatVersion || Get(CrcOffset, 4) != Crc32.Compute(_buffer, 0, CrcOffset))
            {
                return;
            }

            long sequence = Get(1, 4);
            if (sequence <= _sequence)
            {
                return;
            }

            _sequence = sequence;
            _isNewestA = isA;
            LampOnSeconds = Get(5, 8);
            EnergyMilliwattHours = Get(13, 8);
        }

        private void Put(int offset, int length, long value)
        {
            for (int i = length - 1; i >= 0; i--)
            {
                _buffer[offset + i] = (byte)(value & 0xFF);
                value >>= 8;
            }
        }

        private long Get(int offset, int length)
        {
            long value = 0;
            for (int i = 0; i < length; i++)
            {
                value = (value << 8) | _buffer[offset + i];
            }

            return value;
        }
    }
}
