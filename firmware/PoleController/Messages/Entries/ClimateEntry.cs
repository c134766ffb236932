// Temperature, humidity and pressure of the air: the mean of the last full hour: an entry of measurement and journal messages, to bytes and back. The layout is messages.yaml's.
using PoleController.Sensing;
using PoleController.Settings;

namespace PoleController.Messages.Entries
{
    /// <summary>Temperature, humidity and pressure of the air: the mean of the last full hour.</summary>
    public sealed class ClimateEntry : MeasurementEntry
    {
        /// <summary>Bytes of the values.</summary>
        public const int ValuesLength = 7;

        /// <summary>How good the temperature is.</summary>
        public Quality TemperatureQuality;

        /// <summary>How good the humidity is.</summary>
        public Quality HumidityQuality;

        /// <summary>How good the pressure is.</summary>
        public Quality PressureQuality;

        /// <summary>Relative humidity, 0 to 1,000 thousandths; <see cref="MeasurementEntry.Unknown"/> when not known.</summary>
        public int HumidityPermille;

        /// <summary>Temperature, -10,000 to 15,000 hundredths of a degree Celsius; <see cref="MeasurementEntry.UnknownSigned"/> when not known.</summary>
        public int TemperatureCentidegrees;

        /// <summary>Pressure where the pole stands, 0 to 200,000 Pa in steps of 10; <see cref="MeasurementEntry.Unknown"/> when not known.</summary>
        public int PressurePascals;

        /// <inheritdoc/>
        public override MeasurementKind Kind
        {
            get { return MeasurementKind.Climate; }
        }

        /// <inheritdoc/>
        public override int Length
        {
            get { return ValuesLength; }
        }

        /// <inheritdoc/>
        public override void Encode(byte[] buffer, int offset)
        {
            buffer[offset] = (byte)(((int)TemperatureQuality << 4) | (int)HumidityQuality);
            MessageBytes.WriteUInt16(buffer, offset + 1, ((int)PressureQuality << 12) | (int)MessageBytes.Scale(HumidityPermille, 1, 1000, 4095));
            MessageBytes.WriteUInt16(buffer, offset + 3, MessageBytes.ScaleSigned(TemperatureCentidegrees, -10000, 15000, -32768));
            MessageBytes.WriteUInt16(buffer, offset + 5, (int)MessageBytes.Scale(PressurePascals, 10, 20000, 65535));
        }

        /// <inheritdoc/>
        public override bool TryDecode(byte[] buffer, int offset)
        {
            int flags = buffer[offset];
            TemperatureQuality = (Quality)(flags >> 4);
            HumidityQuality = (Quality)(flags & 15);
            int flags1 = MessageBytes.ReadUInt16(buffer, offset + 1);
            PressureQuality = (Quality)(flags1 >> 12);
            HumidityPermille = MessageBytes.Value(flags1 & 4095, 1, 4095);
            TemperatureCentidegrees = MessageBytes.SignedValue(MessageBytes.ReadInt16(buffer, offset + 3), -32768);
            PressurePascals = MessageBytes.Value(MessageBytes.ReadUInt16(buffer, offset + 5), 10, 65535);
            return TemperatureQuality <= Quality.NotMeasured
                && HumidityQuality <= Quality.NotMeasured
                && PressureQuality <= Quality.NotMeasured
                && HumidityPermille <= 1000
                && IsKnown(TemperatureCentidegrees, -10000, 15000)
                && PressurePascals <= 200000;
        }
    }
}
