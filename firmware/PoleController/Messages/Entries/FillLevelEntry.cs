// How full a container is: an entry of measurement and journal messages, to bytes and back. The layout is messages.yaml's.
using PoleController.Sensing;
using PoleController.Settings;

namespace PoleController.Messages.Entries
{
    /// <summary>How full a container is.</summary>
    public sealed class FillLevelEntry : MeasurementEntry
    {
        /// <summary>Bytes of the values.</summary>
        public const int ValuesLength = 9;

        /// <summary>How good the values are: substituted when the temperature of the air was not measured.</summary>
        public Quality Quality;

        /// <summary>How it stands against the operator's thresholds.</summary>
        public LevelState State;

        /// <summary>How full, 0 to 100 percent; <see cref="MeasurementEntry.Unknown"/> when not known.</summary>
        public int FillPercent;

        /// <summary>Distance from the sensor, corrected for the temperature of the air, 0 to 65,534 mm; <see cref="MeasurementEntry.Unknown"/> when not known.</summary>
        public int DistanceMillimetres;

        /// <summary>How fast it fills, 0 to 65,534 thousandths a day; <see cref="MeasurementEntry.Unknown"/> when not known.</summary>
        public int RatePermillePerDay;

        /// <summary>When it will be full, if it goes on filling as fast, 0 to 65,534 h; <see cref="MeasurementEntry.Unknown"/> when not known.</summary>
        public int HoursUntilFull;

        /// <summary>Pings that the value is the median of, 0 to 255.</summary>
        public int PingCount;

        /// <inheritdoc/>
        public override MeasurementKind Kind
        {
            get { return MeasurementKind.FillLevel; }
        }

        /// <inheritdoc/>
        public override int Length
        {
            get { return ValuesLength; }
        }

        /// <inheritdoc/>
        public override void Encode(byte[] buffer, int offset)
        {
            buffer[offset] = (byte)(((int)Quality << 4) | (int)State);
            buffer[offset + 1] = (byte)MessageBytes.Scale(FillPercent, 1, 100, 255);
            MessageBytes.WriteUInt16(buffer, offset + 2, (int)MessageBytes.Scale(DistanceMillimetres, 1, 65534, 65535));
            MessageBytes.WriteUInt16(buffer, offset + 4, (int)MessageBytes.Scale(RatePermillePerDay, 1, 65534, 65535));
            MessageBytes.WriteUInt16(buffer, offset + 6, (int)MessageBytes.Scale(HoursUntilFull, 1, 65534, 65535));
            buffer[offset + 8] = (byte)MessageBytes.Scale(PingCount, 1, 255);
        }

        /// <inheritdoc/>
        public override bool TryDecode(byte[] buffer, int offset)
        {
            int flags = buffer[offset];
            Quality = (Quality)(flags >> 4);
            State = (LevelState)(flags & 15);
            FillPercent = MessageBytes.Value(buffer[offset + 1], 1, 255);
            DistanceMillimetres = MessageBytes.Value(MessageBytes.ReadUInt16(buffer, offset + 2), 1, 65535);
            RatePermillePerDay = MessageBytes.Value(MessageBytes.ReadUInt16(buffer, offset + 4), 1, 65535);
            HoursUntilFull = MessageBytes.Value(MessageBytes.ReadUInt16(buffer, offset + 6), 1, 65535);
            PingCount = buffer[offset + 8];
            return Quality <= Quality.NotMeasured && State <= LevelState.Red && FillPercent <= 100;
        }
    }
}
