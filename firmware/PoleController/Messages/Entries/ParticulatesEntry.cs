// Particulate matter: the mean of the last full hour: an entry of measurement and journal messages, to bytes and back. The layout is messages.yaml's.
using PoleController.Sensing;
using PoleController.Settings;

namespace PoleController.Messages.Entries
{
    /// <summary>Particulate matter: the mean of the last full hour.</summary>
    public sealed class ParticulatesEntry : MeasurementEntry
    {
        /// <summary>Bytes of the values.</summary>
        public const int ValuesLength = 17;

        /// <summary>How good the PM1 value is.</summary>
        public Quality Pm1Quality;

        /// <summary>How good the PM2.5 value is.</summary>
        public Quality Pm25Quality;

        /// <summary>How good the PM4 value is.</summary>
        public Quality Pm4Quality;

        /// <summary>How good the PM10 value is.</summary>
        public Quality Pm10Quality;

        /// <summary>How good the corrected PM2.5 value is.</summary>
        public Quality Pm25CorrectedQuality;

        /// <summary>How good the corrected PM10 value is.</summary>
        public Quality Pm10CorrectedQuality;

        /// <summary>PM1 as the sensor gives it, 0 to 65,534 tenths of a microgram per cubic metre; <see cref="MeasurementEntry.Unknown"/> when not known.</summary>
        public int Pm1DecimicrogramsPerCubicMetre;

        /// <summary>PM2.5 as the sensor gives it, 0 to 65,534 tenths of a microgram per cubic metre; <see cref="MeasurementEntry.Unknown"/> when not known.</summary>
        public int Pm25DecimicrogramsPerCubicMetre;

        /// <summary>PM4 as the sensor gives it, 0 to 65,534 tenths of a microgram per cubic metre; <see cref="MeasurementEntry.Unknown"/> when not known.</summary>
        public int Pm4DecimicrogramsPerCubicMetre;

        /// <summary>PM10 as the sensor gives it, 0 to 65,534 tenths of a microgram per cubic metre; <see cref="MeasurementEntry.Unknown"/> when not known.</summary>
        public int Pm10DecimicrogramsPerCubicMetre;

        /// <summary>PM2.5 without the water that the particles take up, 0 to 65,534 tenths of a microgram per cubic metre; <see cref="MeasurementEntry.Unknown"/> when not known.</summary>
        public int Pm25CorrectedDecimicrogramsPerCubicMetre;

        /// <summary>PM10 without the water that the particles take up, 0 to 65,534 tenths of a microgram per cubic metre; <see cref="MeasurementEntry.Unknown"/> when not known.</summary>
        public int Pm10CorrectedDecimicrogramsPerCubicMetre;

        /// <summary>Relative humidity of the air in that hour, 0 to 1,000 thousandths in steps of 10; <see cref="MeasurementEntry.Unknown"/> when not known.</summary>
        public int HumidityPermille;

        /// <summary>Samples taken since the measurement before, 0 to 255.</summary>
        public int SampleCount;

        /// <inheritdoc/>
        public override MeasurementKind Kind
        {
            get { return MeasurementKind.Particulates; }
        }

        /// <inheritdoc/>
        public override int Length
        {
            get { return ValuesLength; }
        }

        /// <inheritdoc/>
        public override void Encode(byte[] buffer, int offset)
        {
            buffer[offset] = (byte)(((int)Pm1Quality << 4) | (int)Pm25Quality);
            buffer[offset + 1] = (byte)(((int)Pm4Quality << 4) | (int)Pm10Quality);
            buffer[offset + 2] = (byte)(((int)Pm25CorrectedQuality << 4) | (int)Pm10CorrectedQuality);
            MessageBytes.WriteUInt16(buffer, offset + 3, (int)MessageBytes.Scale(Pm1DecimicrogramsPerCubicMetre, 1, 65534, 65535));
            MessageBytes.WriteUInt16(buffer, offset + 5, (int)MessageBytes.Scale(Pm25DecimicrogramsPerCubicMetre, 1, 65534, 65535));
            MessageBytes.WriteUInt16(buffer, offset + 7, (int)MessageBytes.Scale(Pm4DecimicrogramsPerCubicMetre, 1, 65534, 65535));
            MessageBytes.WriteUInt16(buffer, offset + 9, (int)MessageBytes.Scale(Pm10DecimicrogramsPerCubicMetre, 1, 65534, 65535));
            MessageBytes.WriteUInt16(buffer, offset + 11, (int)MessageBytes.Scale(Pm25CorrectedDecimicrogramsPerCubicMetre, 1, 65534, 65535));
            MessageBytes.WriteUInt16(buffer, offset + 13, (int)MessageBytes.Scale(Pm10CorrectedDecimicrogramsPerCubicMetre, 1, 65534, 65535));
            buffer[offset + 15] = (byte)MessageBytes.Scale(HumidityPermille, 10, 100, 255);
            buffer[offset + 16] = (byte)MessageBytes.Scale(SampleCount, 1, 255);
        }

        /// <inheritdoc/>
        public override bool TryDecode(byte[] buffer, int offset)
        {
            int flags = buffer[offset];
            Pm1Quality = (Quality)(flags >> 4);
            Pm25Quality = (Quality)(flags & 15);
            int flags1 = buffer[offset + 1];
            Pm4Quality = (Quality)(flags1 >> 4);
            Pm10Quality = (Quality)(flags1 & 15);
            int flags2 = buffer[offset + 2];
            Pm25CorrectedQuality = (Quality)(flags2 >> 4);
            Pm10CorrectedQuality = (Quality)(flags2 & 15);
            Pm1DecimicrogramsPerCubicMetre = MessageBytes.Value(MessageBytes.ReadUInt16(buffer, offset + 3), 1, 65535);
            Pm25DecimicrogramsPerCubicMetre = MessageBytes.Value(MessageBytes.ReadUInt16(buffer, offset + 5), 1, 65535);
            Pm4DecimicrogramsPerCubicMetre = MessageBytes.Value(MessageBytes.ReadUInt16(buffer, offset + 7), 1, 65535);
            Pm10DecimicrogramsPerCubicMetre = MessageBytes.Value(MessageBytes.ReadUInt16(buffer, offset + 9), 1, 65535);
            Pm25CorrectedDecimicrogramsPerCubicMetre = MessageBytes.Value(MessageBytes.ReadUInt16(buffer, offset + 11), 1, 65535);
            Pm10CorrectedDecimicrogramsPerCubicMetre = MessageBytes.Value(MessageBytes.ReadUInt16(buffer, offset + 13), 1, 65535);
            HumidityPermille = MessageBytes.Value(buffer[offset + 15], 10, 255);
            SampleCount = buffer[offset + 16];
            return Pm1Quality <= Quality.NotMeasured
                && Pm25Quality <= Quality.NotMeasured
                && Pm4Quality <= Quality.NotMeasured
                && Pm10Quality <= Quality.NotMeasured
                && Pm25CorrectedQuality <= Quality.NotMeasured
                && Pm10CorrectedQuality <= Quality.NotMeasured
                && HumidityPermille <= 1000;
        }
    }
}
