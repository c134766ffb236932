// How high the water stands: an entry of measurement and journal messages, to bytes and back. The layout is messages.yaml's.
using PoleController.Sensing;
using PoleController.Settings;

namespace PoleController.Messages.Entries
{
    /// <summary>How high the water stands.</summary>
    public sealed class WaterLevelEntry : MeasurementEntry
    {
        /// <summary>Bytes of the values.</summary>
        public const int ValuesLength = 8;

        /// <summary>How good the values are.</summary>
        public Quality Quality;

        /// <summary>How it stands against the operator's thresholds.</summary>
        public LevelState State;

        /// <summary>Level above gauge zero, -100,000 to 100,000 mm; <see cref="MeasurementEntry.UnknownSigned"/> when not known.</summary>
        public int LevelMillimetres;

        /// <summary>How fast it rises, -32,767 to 32,767 mm/h; <see cref="MeasurementEntry.UnknownSigned"/> when not known.</summary>
        public int RateMillimetresPerHour;

        /// <summary>How far apart the pings of the measurement were: waves, 0 to 65,534 mm; <see cref="MeasurementEntry.Unknown"/> when not known.</summary>
        public int SpreadMillimetres;

        /// <inheritdoc/>
        public override MeasurementKind Kind
        {
            get { return MeasurementKind.WaterLevel; }
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
            MessageBytes.WriteUInt24(buffer, offset + 1, MessageBytes.ScaleSigned(LevelMillimetres, -100000, 100000, -8388608));
            MessageBytes.WriteUInt16(buffer, offset + 4, MessageBytes.ScaleSigned(RateMillimetresPerHour, -32767, 32767, -32768));
            MessageBytes.WriteUInt16(buffer, offset + 6, (int)MessageBytes.Scale(SpreadMillimetres, 1, 65534, 65535));
        }

        /// <inheritdoc/>
        public override bool TryDecode(byte[] buffer, int offset)
        {
            int flags = buffer[offset];
            Quality = (Quality)(flags >> 4);
            State = (LevelState)(flags & 15);
            LevelMillimetres = MessageBytes.SignedValue(MessageBytes.ReadInt24(buffer, offset + 1), -8388608);
            RateMillimetresPerHour = MessageBytes.SignedValue(MessageBytes.ReadInt16(buffer, offset + 4), -32768);
            SpreadMillimetres = MessageBytes.Value(MessageBytes.ReadUInt16(buffer, offset + 6), 1, 65535);
            return Quality <= Quality.NotMeasured
                && State <= LevelState.Red
                && IsKnown(LevelMillimetres, -100000, 100000)
                && IsKnown(RateMillimetresPerHour, -32767, 32767);
        }
    }
}
