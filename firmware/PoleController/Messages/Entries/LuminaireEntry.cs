// What the luminaire and the controller draw, and how long the lamp has been lit: an entry of measurement and journal messages, to bytes and back. The layout is messages.yaml's.
using PoleController.Sensing;
using PoleController.Settings;

namespace PoleController.Messages.Entries
{
    /// <summary>What the luminaire and the controller draw, and how long the lamp has been lit.</summary>
    public sealed class LuminaireEntry : MeasurementEntry
    {
        /// <summary>Bytes of the values.</summary>
        public const int ValuesLength = 19;

        /// <summary>How good power, voltage and power factor are.</summary>
        public Quality Quality;

        /// <summary>How good the energy is: substituted when it is made from the power because the meter gives none.</summary>
        public Quality EnergyQuality;

        /// <summary>What the luminaire draws, 0 to 6,553,400 mW in steps of 100; <see cref="MeasurementEntry.Unknown"/> when not known.</summary>
        public int PowerMilliwatts;

        /// <summary>Active by apparent power, 0 to 1,000 thousandths in steps of 10; <see cref="MeasurementEntry.Unknown"/> when not known.</summary>
        public int PowerFactorPermille;

        /// <summary>Voltage of the mains, 0 to 6,553,400 mV in steps of 100; <see cref="MeasurementEntry.Unknown"/> when not known.</summary>
        public int VoltageMillivolts;

        /// <summary>Energy of the luminaire since commissioning, 0 to 4,294,967,295 Wh.</summary>
        public long EnergyWattHours;

        /// <summary>Hours the lamp has been lit since commissioning, 0 to 16,777,215 h.</summary>
        public int LampOnHours;

        /// <summary>How often the lamp was switched on since commissioning, 0 to 16,777,215.</summary>
        public int StartCount;

        /// <summary>Energy of the controller itself since commissioning, from its power budget, 0 to 16,777,215 Wh.</summary>
        public int ControllerWattHours;

        /// <inheritdoc/>
        public override MeasurementKind Kind
        {
            get { return MeasurementKind.Luminaire; }
        }

        /// <inheritdoc/>
        public override int Length
        {
            get { return ValuesLength; }
        }

        /// <inheritdoc/>
        public override void Encode(byte[] buffer, int offset)
        {
            buffer[offset] = (byte)(((int)Quality << 4) | (int)EnergyQuality);
            MessageBytes.WriteUInt16(buffer, offset + 1, (int)MessageBytes.Scale(PowerMilliwatts, 100, 65534, 65535));
            buffer[offset + 3] = (byte)MessageBytes.Scale(PowerFactorPermille, 10, 100, 255);
            MessageBytes.WriteUInt16(buffer, offset + 4, (int)MessageBytes.Scale(VoltageMillivolts, 100, 65534, 65535));
            MessageBytes.WriteUInt32(buffer, offset + 6, MessageBytes.Scale(EnergyWattHours, 1, 4294967295L));
            MessageBytes.WriteUInt24(buffer, offset + 10, (int)MessageBytes.Scale(LampOnHours, 1, 16777215));
            MessageBytes.WriteUInt24(buffer, offset + 13, (int)MessageBytes.Scale(StartCount, 1, 16777215));
            MessageBytes.WriteUInt24(buffer, offset + 16, (int)MessageBytes.Scale(ControllerWattHours, 1, 16777215));
        }

        /// <inheritdoc/>
        public override bool TryDecode(byte[] buffer, int offset)
        {
            int flags = buffer[offset];
            Quality = (Quality)(flags >> 4);
            EnergyQuality = (Quality)(flags & 15);
            PowerMilliwatts = MessageBytes.Value(MessageBytes.ReadUInt16(buffer, offset + 1), 100, 65535);
            PowerFactorPermille = MessageBytes.Value(buffer[offset + 3], 10, 255);
            VoltageMillivolts = MessageBytes.Value(MessageBytes.ReadUInt16(buffer, offset + 4), 100, 65535);
            EnergyWattHours = MessageBytes.ReadUInt32(buffer, offset + 6);
            LampOnHours = MessageBytes.ReadUInt24(buffer, offset + 10);
            StartCount = MessageBytes.ReadUInt24(buffer, offset + 13);
            ControllerWattHours = MessageBytes.ReadUInt24(buffer, offset + 16);
            return Quality <= Quality.NotMeasured
                && EnergyQuality <= Quality.NotMeasured
                && PowerFactorPermille <= 1000;
        }
    }
}
