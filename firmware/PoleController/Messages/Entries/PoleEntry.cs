// How the pole stands, and how the controller is: an entry of measurement and journal messages, to bytes and back. The layout is messages.yaml's.
using PoleController.Sensing;
using PoleController.Settings;

namespace PoleController.Messages.Entries
{
    /// <summary>How the pole stands, and how the controller is.</summary>
    public sealed class PoleEntry : MeasurementEntry
    {
        /// <summary>Bytes of the values.</summary>
        public const int ValuesLength = 8;

        /// <summary>How good the tilt is: warmingUp while the pole's stand is not learnt.</summary>
        public Quality TiltQuality;

        /// <summary>How good the board's temperature is.</summary>
        public Quality TemperatureQuality;

        /// <summary>How good the supply voltage is.</summary>
        public Quality SupplyQuality;

        /// <summary>The pole's door is open.</summary>
        public bool IsDoorOpen;

        /// <summary>The stand from which the tilt is counted has been learnt.</summary>
        public bool IsZeroed;

        /// <summary>Lean against how it was mounted, 0 to 900 tenths of a degree; <see cref="MeasurementEntry.Unknown"/> when not known.</summary>
        public int TiltDecidegrees;

        /// <summary>Temperature of the controller's board, -10,000 to 20,000 hundredths of a degree Celsius; <see cref="MeasurementEntry.UnknownSigned"/> when not known.</summary>
        public int BoardCentidegrees;

        /// <summary>The controller's supply, 0 to 65,534 mV; <see cref="MeasurementEntry.Unknown"/> when not known.</summary>
        public int SupplyMillivolts;

        /// <summary>Impacts since the measurement before, 0 to 255.</summary>
        public int ImpactCount;

        /// <inheritdoc/>
        public override MeasurementKind Kind
        {
            get { return MeasurementKind.Pole; }
        }

        /// <inheritdoc/>
        public override int Length
        {
            get { return ValuesLength; }
        }

        /// <inheritdoc/>
        public override void Encode(byte[] buffer, int offset)
        {
            buffer[offset] = (byte)(((int)TiltQuality << 4) | (int)TemperatureQuality);
            MessageBytes.WriteUInt16(buffer, offset + 1, ((int)SupplyQuality << 12)
                | ((IsDoorOpen ? 1 : 0) << 11)
                | ((IsZeroed ? 1 : 0) << 10)
                | (int)MessageBytes.Scale(TiltDecidegrees, 1, 900, 1023));
            MessageBytes.WriteUInt16(buffer, offset + 3, MessageBytes.ScaleSigned(BoardCentidegrees, -10000, 20000, -32768));
            MessageBytes.WriteUInt16(buffer, offset + 5, (int)MessageBytes.Scale(SupplyMillivolts, 1, 65534, 65535));
            buffer[offset + 7] = (byte)MessageBytes.Scale(ImpactCount, 1, 255);
        }

        /// <inheritdoc/>
        public override bool TryDecode(byte[] buffer, int offset)
        {
            int flags = buffer[offset];
            TiltQuality = (Quality)(flags >> 4);
            TemperatureQuality = (Quality)(flags & 15);
            int flags1 = MessageBytes.ReadUInt16(buffer, offset + 1);
            SupplyQuality = (Quality)(flags1 >> 12);
            IsDoorOpen = ((flags1 >> 11) & 1) != 0;
            IsZeroed = ((flags1 >> 10) & 1) != 0;
            TiltDecidegrees = MessageBytes.Value(flags1 & 1023, 1, 1023);
            BoardCentidegrees = MessageBytes.SignedValue(MessageBytes.ReadInt16(buffer, offset + 3), -32768);
            SupplyMillivolts = MessageBytes.Value(MessageBytes.ReadUInt16(buffer, offset + 5), 1, 65535);
            ImpactCount = buffer[offset + 7];
            return TiltQuality <= Quality.NotMeasured
                && TemperatureQuality <= Quality.NotMeasured
                && SupplyQuality <= Quality.NotMeasured
                && TiltDecidegrees <= 900
                && IsKnown(BoardCentidegrees, -10000, 20000);
        }
    }
}
