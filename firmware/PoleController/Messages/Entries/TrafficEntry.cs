// How many came past in the interval, by direction and speed class: an entry of measurement and journal messages, to bytes and back. The layout is messages.yaml's.
using PoleController.Sensing;
using PoleController.Settings;

namespace PoleController.Messages.Entries
{
    /// <summary>How many came past in the interval, by direction and speed class. Counts below the smallest that the operator publishes are told as 0 and go on being counted, so none cannot be told from few. Unknown while switched off or without a sensor.</summary>
    public sealed class TrafficEntry : MeasurementEntry
    {
        /// <summary>Bytes of the values.</summary>
        public const int ValuesLength = 28;

        /// <summary>How good the counts are.</summary>
        public Quality Quality;

        /// <summary>1: some counts of 0 may be less than the smallest that is published.</summary>
        public bool IsWithheld;

        /// <summary>The smallest count that is published, as set, 0 to 255.</summary>
        public int SmallestCount;

        /// <summary>Length of the interval, 0 to 655,350 s in steps of 10.</summary>
        public int IntervalSeconds;

        /// <summary>Coming towards the pole, as fast as on foot, 0 to 65,534; <see cref="MeasurementEntry.Unknown"/> when not known.</summary>
        public int ApproachingWalkingCount;

        /// <summary>Coming towards the pole, as fast as on a bicycle, 0 to 65,534; <see cref="MeasurementEntry.Unknown"/> when not known.</summary>
        public int ApproachingCyclingCount;

        /// <summary>Coming towards the pole, faster, 0 to 65,534; <see cref="MeasurementEntry.Unknown"/> when not known.</summary>
        public int ApproachingDrivingCount;

        /// <summary>Coming towards the pole, speed not known, 0 to 65,534; <see cref="MeasurementEntry.Unknown"/> when not known.</summary>
        public int ApproachingUnclassifiedCount;

        /// <summary>Going away from it, as fast as on foot, 0 to 65,534; <see cref="MeasurementEntry.Unknown"/> when not known.</summary>
        public int RecedingWalkingCount;

        /// <summary>Going away from it, as fast as on a bicycle, 0 to 65,534; <see cref="MeasurementEntry.Unknown"/> when not known.</summary>
        public int RecedingCyclingCount;

        /// <summary>Going away from it, faster, 0 to 65,534; <see cref="MeasurementEntry.Unknown"/> when not known.</summary>
        public int RecedingDrivingCount;

        /// <summary>Going away from it, speed not known, 0 to 65,534; <see cref="MeasurementEntry.Unknown"/> when not known.</summary>
        public int RecedingUnclassifiedCount;

        /// <summary>Direction not known, as fast as on foot, 0 to 65,534; <see cref="MeasurementEntry.Unknown"/> when not known.</summary>
        public int OtherWalkingCount;

        /// <summary>Direction not known, as fast as on a bicycle, 0 to 65,534; <see cref="MeasurementEntry.Unknown"/> when not known.</summary>
        public int OtherCyclingCount;

        /// <summary>Direction not known, faster, 0 to 65,534; <see cref="MeasurementEntry.Unknown"/> when not known.</summary>
        public int OtherDrivingCount;

        /// <summary>Direction not known, speed not known, 0 to 65,534; <see cref="MeasurementEntry.Unknown"/> when not known.</summary>
        public int OtherUnclassifiedCount;

        /// <inheritdoc/>
        public override MeasurementKind Kind
        {
            get { return MeasurementKind.Traffic; }
        }

        /// <inheritdoc/>
        public override int Length
        {
            get { return ValuesLength; }
        }

        /// <inheritdoc/>
        public override void Encode(byte[] buffer, int offset)
        {
            buffer[offset] = (byte)(((int)Quality << 1) | (IsWithheld ? 1 : 0));
            buffer[offset + 1] = (byte)MessageBytes.Scale(SmallestCount, 1, 255);
            MessageBytes.WriteUInt16(buffer, offset + 2, (int)MessageBytes.Scale(IntervalSeconds, 10, 65535));
            MessageBytes.WriteUInt16(buffer, offset + 4, (int)MessageBytes.Scale(ApproachingWalkingCount, 1, 65534, 65535));
            MessageBytes.WriteUInt16(buffer, offset + 6, (int)MessageBytes.Scale(ApproachingCyclingCount, 1, 65534, 65535));
            MessageBytes.WriteUInt16(buffer, offset + 8, (int)MessageBytes.Scale(ApproachingDrivingCount, 1, 65534, 65535));
            MessageBytes.WriteUInt16(buffer, offset + 10, (int)MessageBytes.Scale(ApproachingUnclassifiedCount, 1, 65534, 65535));
            MessageBytes.WriteUInt16(buffer, offset + 12, (int)MessageBytes.Scale(RecedingWalkingCount, 1, 65534, 65535));
            MessageBytes.WriteUInt16(buffer, offset + 14, (int)MessageBytes.Scale(RecedingCyclingCount, 1, 65534, 65535));
            MessageBytes.WriteUInt16(buffer, offset + 16, (int)MessageBytes.Scale(RecedingDrivingCount, 1, 65534, 65535));
            MessageBytes.WriteUInt16(buffer, offset + 18, (int)MessageBytes.Scale(RecedingUnclassifiedCount, 1, 65534, 65535));
            MessageBytes.WriteUInt16(buffer, offset + 20, (int)MessageBytes.Scale(OtherWalkingCount, 1, 65534, 65535));
            MessageBytes.WriteUInt16(buffer, offset + 22, (int)MessageBytes.Scale(OtherCyclingCount, 1, 65534, 65535));
            MessageBytes.WriteUInt16(buffer, offset + 24, (int)MessageBytes.Scale(OtherDrivingCount, 1, 65534, 65535));
            MessageBytes.WriteUInt16(buffer, offset + 26, (int)MessageBytes.Scale(OtherUnclassifiedCount, 1, 65534, 65535));
        }

        /// <inheritdoc/>
        public override bool TryDecode(byte[] buffer, int offset)
        {
            int flags = buffer[offset];
            Quality = (Quality)(flags >> 1);
            IsWithheld = (flags & 1) != 0;
            SmallestCount = buffer[offset + 1];
            IntervalSeconds = MessageBytes.ReadUInt16(buffer, offset + 2) * 10;
            ApproachingWalkingCount = MessageBytes.Value(MessageBytes.ReadUInt16(buffer, offset + 4), 1, 65535);
            ApproachingCyclingCount = MessageBytes.Value(MessageBytes.ReadUInt16(buffer, offset + 6), 1, 65535);
            ApproachingDrivingCount = MessageBytes.Value(MessageBytes.ReadUInt16(buffer, offset + 8), 1, 65535);
            ApproachingUnclassifiedCount = MessageBytes.Value(MessageBytes.ReadUInt16(buffer, offset + 10), 1, 65535);
            RecedingWalkingCount = MessageBytes.Value(MessageBytes.ReadUInt16(buffer, offset + 12), 1, 65535);
            RecedingCyclingCount = MessageBytes.Value(MessageBytes.ReadUInt16(buffer, offset + 14), 1, 65535);
            RecedingDrivingCount = MessageBytes.Value(MessageBytes.ReadUInt16(buffer, offset + 16), 1, 65535);
            RecedingUnclassifiedCount = MessageBytes.Value(MessageBytes.ReadUInt16(buffer, offset + 18), 1, 65535);
            OtherWalkingCount = MessageBytes.Value(MessageBytes.ReadUInt16(buffer, offset + 20), 1, 65535);
            OtherCyclingCount = MessageBytes.Value(MessageBytes.ReadUInt16(buffer, offset + 22), 1, 65535);
            OtherDrivingCount = MessageBytes.Value(MessageBytes.ReadUInt16(buffer, offset + 24), 1, 65535);
            OtherUnclassifiedCount = MessageBytes.Value(MessageBytes.ReadUInt16(buffer, offset + 26), 1, 65535);
            return Quality <= Quality.NotMeasured;
        }
    }
}
