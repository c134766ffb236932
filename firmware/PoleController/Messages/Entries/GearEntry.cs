// What control gear with diagnostics (D4i: IEC 62386-252 and -253) says of itself and of the lamp: an entry of measurement and journal messages, to bytes and back. The layout is messages.yaml's.
using PoleController.Sensing;
using PoleController.Settings;

namespace PoleController.Messages.Entries
{
    /// <summary>What control gear with diagnostics (D4i: IEC 62386-252 and -253) says of itself and of the lamp. Unknown is what the gear does not support or cannot say at the moment.</summary>
    public sealed class GearEntry : MeasurementEntry
    {
        /// <summary>Bytes of the values.</summary>
        public const int ValuesLength = 30;

        /// <summary>How good the values are.</summary>
        public Quality Quality;

        /// <summary>The gear says that its lamp does not work.</summary>
        public bool IsLampFailed;

        /// <summary>The gear says that it does not work itself.</summary>
        public bool IsGearFailed;

        /// <summary>Power factor of the gear, 0 to 1,000 thousandths; <see cref="MeasurementEntry.Unknown"/> when not known.</summary>
        public int PowerFactorPermille;

        /// <summary>Level at which the gear drives the lamp, in its own steps (IEC 62386-102), 0 to 254; <see cref="MeasurementEntry.Unknown"/> when not known.</summary>
        public int ActualLevel;

        /// <summary>Temperature of the gear, -60 to 193 degrees Celsius; <see cref="MeasurementEntry.UnknownSigned"/> when not known.</summary>
        public int GearTemperatureDegrees;

        /// <summary>Temperature of the lamp, -60 to 193 degrees Celsius; <see cref="MeasurementEntry.UnknownSigned"/> when not known.</summary>
        public int LampTemperatureDegrees;

        /// <summary>Voltage at the gear, 0 to 6,553,400 mV in steps of 100; <see cref="MeasurementEntry.Unknown"/> when not known.</summary>
        public int SupplyMillivolts;

        /// <summary>Active power of the gear, 0 to 6,553,400 mW in steps of 100; <see cref="MeasurementEntry.Unknown"/> when not known.</summary>
        public int PowerMilliwatts;

        /// <summary>Active energy of the gear since it was made, 0 to 4,294,967,294 Wh; <see cref="MeasurementEntry.Unknown"/> when not known.</summary>
        public long EnergyWattHours;

        /// <summary>Hours the gear has been fed, 0 to 16,777,214 h; <see cref="MeasurementEntry.Unknown"/> when not known.</summary>
        public int GearOperatingHours;

        /// <summary>Starts of the gear, 0 to 16,777,214; <see cref="MeasurementEntry.Unknown"/> when not known.</summary>
        public int GearStarts;

        /// <summary>Hours the lamp has been lit, 0 to 16,777,214 h; <see cref="MeasurementEntry.Unknown"/> when not known.</summary>
        public int LampOperatingHours;

        /// <summary>Starts of the lamp, 0 to 16,777,214; <see cref="MeasurementEntry.Unknown"/> when not known.</summary>
        public int LampStarts;

        /// <summary>Voltage of the lamp, 0 to 655,340 mV in steps of 10; <see cref="MeasurementEntry.Unknown"/> when not known.</summary>
        public int LampMillivolts;

        /// <summary>Current of the lamp, 0 to 65,534 mA; <see cref="MeasurementEntry.Unknown"/> when not known.</summary>
        public int LampMilliamperes;

        /// <inheritdoc/>
        public override MeasurementKind Kind
        {
            get { return MeasurementKind.Gear; }
        }

        /// <inheritdoc/>
        public override int Length
        {
            get { return ValuesLength; }
        }

        /// <inheritdoc/>
        public override void Encode(byte[] buffer, int offset)
        {
            MessageBytes.WriteUInt16(buffer, offset, ((int)Quality << 12)
                | ((IsLampFailed ? 1 : 0) << 11)
                | ((IsGearFailed ? 1 : 0) << 10)
                | (int)MessageBytes.Scale(PowerFactorPermille, 1, 1000, 1023));
            buffer[offset + 2] = (byte)MessageBytes.Scale(ActualLevel, 1, 254, 255);
            int flags3 = ((MessageBytes.ScaleSigned(GearTemperatureDegrees, -60, 193, -2048) & 4095) << 12)
                | (MessageBytes.ScaleSigned(LampTemperatureDegrees, -60, 193, -2048) & 4095);
            MessageBytes.WriteUInt24(buffer, offset + 3, flags3);
            MessageBytes.WriteUInt16(buffer, offset + 6, (int)MessageBytes.Scale(SupplyMillivolts, 100, 65534, 65535));
            MessageBytes.WriteUInt16(buffer, offset + 8, (int)MessageBytes.Scale(PowerMilliwatts, 100, 65534, 65535));
            MessageBytes.WriteUInt32(buffer, offset + 10, MessageBytes.Scale(EnergyWattHours, 1, 4294967294L, 4294967295L));
            MessageBytes.WriteUInt24(buffer, offset + 14, (int)MessageBytes.Scale(GearOperatingHours, 1, 16777214, 16777215));
            MessageBytes.WriteUInt24(buffer, offset + 17, (int)MessageBytes.Scale(GearStarts, 1, 16777214, 16777215));
            MessageBytes.WriteUInt24(buffer, offset + 20, (int)MessageBytes.Scale(LampOperatingHours, 1, 16777214, 16777215));
            MessageBytes.WriteUInt24(buffer, offset + 23, (int)MessageBytes.Scale(LampStarts, 1, 16777214, 16777215));
            MessageBytes.WriteUInt16(buffer, offset + 26, (int)MessageBytes.Scale(LampMillivolts, 10, 65534, 65535));
            MessageBytes.WriteUInt16(buffer, offset + 28, (int)MessageBytes.Scale(LampMilliamperes, 1, 65534, 65535));
        }

        /// <inheritdoc/>
        public override bool TryDecode(byte[] buffer, int offset)
        {
            int flags = MessageBytes.ReadUInt16(buffer, offset);
            Quality = (Quality)(flags >> 12);
            IsLampFailed = ((flags >> 11) & 1) != 0;
            IsGearFailed = ((flags >> 10) & 1) != 0;
            PowerFactorPermille = MessageBytes.Value(flags & 1023, 1, 1023);
            ActualLevel = MessageBytes.Value(buffer[offset + 2], 1, 255);
            int flags3 = MessageBytes.ReadUInt24(buffer, offset + 3);
            GearTemperatureDegrees = MessageBytes.SignedValue(MessageBytes.Signed(flags3 >> 12, 12), -2048);
            LampTemperatureDegrees = MessageBytes.SignedValue(MessageBytes.Signed(flags3 & 4095, 12), -2048);
            SupplyMillivolts = MessageBytes.Value(MessageBytes.ReadUInt16(buffer, offset + 6), 100, 65535);
            PowerMilliwatts = MessageBytes.Value(MessageBytes.ReadUInt16(buffer, offset + 8), 100, 65535);
            EnergyWattHours = MessageBytes.Value(MessageBytes.ReadUInt32(buffer, offset + 10), 1, 4294967295L);
            GearOperatingHours = MessageBytes.Value(MessageBytes.ReadUInt24(buffer, offset + 14), 1, 16777215);
            GearStarts = MessageBytes.Value(MessageBytes.ReadUInt24(buffer, offset + 17), 1, 16777215);
            LampOperatingHours = MessageBytes.Value(MessageBytes.ReadUInt24(buffer, offset + 20), 1, 16777215);
            LampStarts = MessageBytes.Value(MessageBytes.ReadUInt24(buffer, offset + 23), 1, 16777215);
            LampMillivolts = MessageBytes.Value(MessageBytes.ReadUInt16(buffer, offset + 26), 10, 65535);
            LampMilliamperes = MessageBytes.Value(MessageBytes.ReadUInt16(buffer, offset + 28), 1, 65535);
            return Quality <= Quality.NotMeasured
                && PowerFactorPermille <= 1000
                && IsKnown(GearTemperatureDegrees, -60, 193)
                && IsKnown(LampTemperatureDegrees, -60, 193);
        }
    }
}
