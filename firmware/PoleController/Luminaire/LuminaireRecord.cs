// Lamp hours and energy as they are kept in the store: a record of two slots, so that a power cut during a write leaves the one before
// whole. It decides no time of writing; LuminaireMonitor does.
using System;
using PoleController.Hal;

namespace PoleController.Luminaire
{
    /// <summary>
    /// The totals of the luminaire in the store, slots "luminaire-a" and "luminaire-b". Body of the record (see <see cref="SlottedRecord"/>),
    /// least significant byte first: lamp-on seconds (8 bytes), energy in mWh (8), the controller's own energy in mWh (8), lamp starts (4). A body of 16
    /// bytes, as earlier firmware wrote it, is read too.
    /// </summary>
    public sealed class LuminaireRecord
    {
        /// <summary>Length of a slot in bytes.</summary>
        public const int Length = SlottedRecord.OverheadLength + BodyLength;

        private const int BodyLength = 28;
        private const int EarlierBodyLength = 16;
        private const int LampOnOffset = SlottedRecord.BodyOffset;
        private const int EnergyOffset = SlottedRecord.BodyOffset + 8;
        private const int ControllerOffset = SlottedRecord.BodyOffset + 16;
        private const int StartsOffset = SlottedRecord.BodyOffset + 24;

        // One byte longer than a slot, so that one that is too long shows.
        private readonly byte[] _buffer = new byte[Length + 1];
        private readonly SlottedRecord _record;

        /// <summary>Makes it over the store; nothing is read yet.</summary>
        public LuminaireRecord(IStore store)
        {
            _record = new SlottedRecord(store, "luminaire-a", "luminaire-b", _buffer);
        }

        /// <summary>Seconds the lamp has been lit, as last read or written.</summary>
        public long LampOnSeconds { get; private set; }

        /// <summary>Energy in milliwatt-hours, as last read or written.</summary>
        public long EnergyMilliwattHours { get; private set; }

        /// <summary>The controller's own energy in milliwatt-hours, as last read or written.</summary>
        public long ControllerMilliwattHours { get; private set; }

        /// <summary>Lamp starts, as last read or written.</summary>
        public int LampStarts { get; private set; }

        /// <summary>
        /// Reads the newer of the whole slots. Without one the totals are 0: a new pole, or both damaged.
        /// </summary>
        /// <returns>False when the store threw; then nothing is known and nothing should be written over it.</returns>
        public bool TryLoad()
        {
            LampOnSeconds = 0;
            EnergyMilliwattHours = 0;
            ControllerMilliwattHours = 0;
            LampStarts = 0;
            try
            {
                int length = _record.ReadNewest();
                if (length == BodyLength || length == EarlierBodyLength)
                {
                    LampOnSeconds = ReadInt64(LampOnOffset);
                    EnergyMilliwattHours = ReadInt64(EnergyOffset);
                }

                if (length == BodyLength)
                {
                    ControllerMilliwattHours = ReadInt64(ControllerOffset);
                    LampStarts = (int)(long)Wire.ReadUInt32(_buffer, StartsOffset);
                }

                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }

        /// <summary>Writes the totals, none of them below 0, over the older slot.</summary>
        /// <returns>False when the store refused or threw; the newer slot is still whole.</returns>
        public bool TrySave(long lampOnSeconds, long energyMilliwattHours, long controllerMilliwattHours, int lampStarts)
        {
            WriteInt64(LampOnOffset, lampOnSeconds);
            WriteInt64(EnergyOffset, energyMilliwattHours);
            WriteInt64(ControllerOffset, controllerMilliwattHours);
            Wire.WriteUInt32(_buffer, StartsOffset, (uint)lampStarts);
            try
            {
                if (!_record.TryWrite(BodyLength))
                {
                    return false;
                }
            }
            catch (Exception)
            {
                return false;
            }

            LampOnSeconds = lampOnSeconds;
            EnergyMilliwattHours = energyMilliwattHours;
            ControllerMilliwattHours = controllerMilliwattHours;
            LampStarts = lampStarts;
            return true;
        }

        private long ReadInt64(int offset)
        {
            return Wire.ReadUInt32(_buffer, offset) | ((long)Wire.ReadUInt32(_buffer, offset + 4) << 32);
        }

        private void WriteInt64(int offset, long value)
        {
            Wire.WriteUInt32(_buffer, offset, (uint)(value & 0xFFFFFFFF));
            Wire.WriteUInt32(_buffer, offset + 4, (uint)((value >> 32) & 0xFFFFFFFF));
        }
    }
}
