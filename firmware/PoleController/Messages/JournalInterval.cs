// The values of an interval in the journal: its fields, its bytes and back. The layout is messages.yaml's.
namespace PoleController.Messages
{
    /// <summary>What was counted and measured over an interval that no status told, or perhaps none. Made once; filled again and again.</summary>
    public sealed class JournalInterval
    {
        /// <summary>Bytes of the values.</summary>
        public const int Length = 9;

        /// <summary>Whether a status at the end of the interval told the same; it was not acknowledged and may have arrived.</summary>
        public bool WasSent;

        /// <summary>Level at the end of the interval, 0 to 1000; sent in percent, and never as 0 for a lit lamp.</summary>
        public int LevelPermille;

        /// <summary>Arrivals as the status at its end told them, or would have: none below the smallest count that the operator publishes. 0 to 65,535.</summary>
        public int OccupancyCount;

        /// <summary>Length of the interval, 0 to 655,350 s in steps of 10.</summary>
        public int OccupancyIntervalSeconds;

        /// <summary>Energy since commissioning at its end, 0 to 4,294,967,295 Wh.</summary>
        public long EnergyWattHours;

        /// <summary>Writes the values; those beyond their range are sent as its end, those between two steps as the nearer.</summary>
        /// <param name="buffer">Receives <see cref="Length"/> bytes.</param>
        /// <param name="offset">Where.</param>
        /// <returns>Bytes written.</returns>
        public int Encode(byte[] buffer, int offset)
        {
            buffer[offset] = (byte)((WasSent ? 0x80 : 0) | MessageBytes.ScaleLevel(LevelPermille));
            MessageBytes.WriteUInt16(buffer, offset + 1, (int)MessageBytes.Scale(OccupancyCount, 1, 65535));
            MessageBytes.WriteUInt16(buffer, offset + 3, (int)MessageBytes.Scale(OccupancyIntervalSeconds, 10, 65535));
            MessageBytes.WriteUInt32(buffer, offset + 5, MessageBytes.Scale(EnergyWattHours, 1, 0xFFFFFFFFL));
            return Length;
        }

        /// <summary>Reads <see cref="Length"/> bytes.</summary>
        /// <returns>Whether they are valid.</returns>
        public bool TryDecode(byte[] buffer, int offset)
        {
            WasSent = (buffer[offset] & 0x80) != 0;
            LevelPermille = (buffer[offset] & 0x7F) * 10;
            OccupancyCount = MessageBytes.ReadUInt16(buffer, offset + 1);
            OccupancyIntervalSeconds = MessageBytes.ReadUInt16(buffer, offset + 3) * 10;
            EnergyWattHours = MessageBytes.ReadUInt32(buffer, offset + 5);
            return LevelPermille <= 1000;
        }
    }
}
