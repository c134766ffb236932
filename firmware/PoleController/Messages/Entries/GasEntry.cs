// Carbon dioxide and the indices of the gas sensor: the mean of the last full hour: an entry of measurement and journal messages, to bytes and back. The layout is messages.yaml's.
using PoleController.Sensing;
using PoleController.Settings;

namespace PoleController.Messages.Entries
{
    /// <summary>Carbon dioxide and the indices of the gas sensor: the mean of the last full hour.</summary>
    public sealed class GasEntry : MeasurementEntry
    {
        /// <summary>Bytes of the values.</summary>
        public const int ValuesLength = 6;

        /// <summary>How good the carbon dioxide value is.</summary>
        public Quality CarbonDioxideQuality;

        /// <summary>How good the VOC index is.</summary>
        public Quality VocQuality;

        /// <summary>How good the NOx index is.</summary>
        public Quality NoxQuality;

        /// <summary>VOC index: 100 is the usual air of the place, 1 to 500; <see cref="MeasurementEntry.Unknown"/> when not known.</summary>
        public int VocIndex;

        /// <summary>NOx index: 1 is the usual air of the place, 1 to 500; <see cref="MeasurementEntry.Unknown"/> when not known.</summary>
        public int NoxIndex;

        /// <summary>Carbon dioxide, 0 to 65,534 ppm; <see cref="MeasurementEntry.Unknown"/> when not known.</summary>
        public int CarbonDioxidePpm;

        /// <inheritdoc/>
        public override MeasurementKind Kind
        {
            get { return MeasurementKind.Gas; }
        }

        /// <inheritdoc/>
        public override int Length
        {
            get { return ValuesLength; }
        }

        /// <inheritdoc/>
        public override void Encode(byte[] buffer, int offset)
        {
            buffer[offset] = (byte)(((int)CarbonDioxideQuality << 4) | (int)VocQuality);
            int flags1 = ((int)NoxQuality << 20)
                | ((int)MessageBytes.Scale(VocIndex, 1, 500, 0) << 10)
                | (int)MessageBytes.Scale(NoxIndex, 1, 500, 0);
            MessageBytes.WriteUInt24(buffer, offset + 1, flags1);
            MessageBytes.WriteUInt16(buffer, offset + 4, (int)MessageBytes.Scale(CarbonDioxidePpm, 1, 65534, 65535));
        }

        /// <inheritdoc/>
        public override bool TryDecode(byte[] buffer, int offset)
        {
            int flags = buffer[offset];
            CarbonDioxideQuality = (Quality)(flags >> 4);
            VocQuality = (Quality)(flags & 15);
            int flags1 = MessageBytes.ReadUInt24(buffer, offset + 1);
            NoxQuality = (Quality)(flags1 >> 20);
            VocIndex = MessageBytes.Value((flags1 >> 10) & 1023, 1, 0);
            NoxIndex = MessageBytes.Value(flags1 & 1023, 1, 0);
            CarbonDioxidePpm = MessageBytes.Value(MessageBytes.ReadUInt16(buffer, offset + 4), 1, 65535);
            return CarbonDioxideQuality <= Quality.NotMeasured
                && VocQuality <= Quality.NotMeasured
                && NoxQuality <= Quality.NotMeasured
                && IsKnown(VocIndex, 1, 500)
                && IsKnown(NoxIndex, 1, 500);
        }
    }
}
