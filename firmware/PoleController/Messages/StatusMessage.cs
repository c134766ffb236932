// The status uplink: its fields, its bytes and back. Which values to put in is the Reporter's business; the layout is messages.yaml's.
using PoleController.Lighting;

namespace PoleController.Messages
{
    /// <summary>How a pole is, on <see cref="MessagePort.Status"/>. Made once; filled again and again.</summary>
    public sealed class StatusMessage
    {
        /// <summary>
        /// Bytes of the message. With the 13 bytes of a frame around it the airtime is that of a 24-byte message at every spreading factor,
        /// and 26 bytes are left for MAC options where a payload may have 51.
        /// </summary>
        public const int Length = 25;

        /// <summary>Version of the layout, first byte.</summary>
        public const int Version = 1;

        /// <summary>Level put out now, 0 to 1000; sent in percent, and never as 0 for a lit lamp.</summary>
        public int LevelPermille;

        /// <summary>Level it is on the way to, 0 to 1000; sent in percent.</summary>
        public int TargetLevelPermille;

        /// <summary>Why it has this level.</summary>
        public LevelCause Cause;

        /// <summary>Health of dimmer, relay, photocell and program.</summary>
        public HealthState LightingHealth;

        /// <summary>Health of the occupancy sensor.</summary>
        public HealthState OccupancyHealth;

        /// <summary>Health of the luminaire's metering.</summary>
        public HealthState LuminaireHealth;

        /// <summary>Health of the LoRaWAN end device.</summary>
        public HealthState RadioHealth;

        /// <summary>Health of the settings and their store.</summary>
        public HealthState SettingsHealth;

        /// <summary>Hours the lamp has been lit since commissioning, 0 to 262,143.</summary>
        public int LampOnHours;

        /// <summary>The lamp should be lit and draws too little.</summary>
        public bool IsLampFailure;

        /// <summary>The lamp should be dark and draws power.</summary>
        public bool IsDayBurner;

        /// <summary>The light is up because somebody is there, or was within the hold time: what <see cref="Cause"/> says, and nothing of people whom the light does not need.</summary>
        public bool IsOccupied;

        /// <summary>A fade is going on.</summary>
        public bool IsFading;

        /// <summary>The pole's position was set.</summary>
        public bool HasPosition;

        /// <summary>How far off UTC may be.</summary>
        public ClockAccuracy ClockAccuracy;

        /// <summary>What the luminaire draws, 0 to 6,553,400 mW in steps of 100; -1 when not known.</summary>
        public int PowerMilliwatts;

        /// <summary>Energy since commissioning, 0 to 4,294,967,295 Wh.</summary>
        public long EnergyWattHours;

        /// <summary>
        /// Arrivals, 0 to 65,535. Those below the smallest count that the operator publishes are told as 0 and with a later interval; always 0 where a radar is fitted
        /// (the traffic measurement tells them).
        /// </summary>
        public int OccupancyCount;

        /// <summary>Time since the status before, 0 to 655,350 s in steps of 10; those withheld before may come with the count.</summary>
        public int OccupancyIntervalSeconds;

        /// <summary>Revision of the settings; its low 16 bits are sent.</summary>
        public int SettingsRevision;

        /// <summary>Hash of the settings, 0 to 65,535 (<see cref="SettingsHash"/>).</summary>
        public int SettingsHash;

        /// <summary>Signal strength of the last downlink, -255 to -1 dBm; 0 when none was heard.</summary>
        public int DownlinkRssiDbm;

        /// <summary>Whole hours since the controller started, 0 to 65,535.</summary>
        public int UptimeHours;

        /// <summary>Writes the message; values beyond their range are sent as its end, values between two steps as the nearer.</summary>
        /// <param name="buffer"><see cref="Length"/> bytes or more.</param>
        /// <returns>Bytes written.</returns>
        public int Encode(byte[] buffer)
        {
            int lampOnHours = (int)MessageBytes.Scale(LampOnHours, 1, 0x3FFFF);
            buffer[0] = Version;
            buffer[1] = MessageBytes.ScaleLevel(LevelPermille);
            buffer[2] = MessageBytes.ScaleLevel(TargetLevelPermille);
            buffer[3] = (byte)(((int)Cause << 4) | ((int)LightingHealth << 2) | (int)OccupancyHealth);
            buffer[4] = (byte)(((int)LuminaireHealth << 6) | ((int)RadioHealth << 4) | ((int)SettingsHealth << 2) | (lampOnHours >> 16));
            MessageBytes.WriteUInt16(buffer, 5, lampOnHours);
            buffer[7] = EncodeFlags();
            MessageBytes.WriteUInt16(buffer, 8, MessageBytes.ScalePower(PowerMilliwatts));
            MessageBytes.WriteUInt32(buffer, 10, MessageBytes.Scale(EnergyWattHours, 1, 0xFFFFFFFFL));
            MessageBytes.WriteUInt16(buffer, 14, (int)MessageBytes.Scale(OccupancyCount, 1, 65535));
            MessageBytes.WriteUInt16(buffer, 16, (int)MessageBytes.Scale(OccupancyIntervalSeconds, 10, 65535));
            MessageBytes.WriteUInt16(buffer, 18, SettingsRevision);
            MessageBytes.WriteUInt16(buffer, 20, SettingsHash);
            buffer[22] = (byte)MessageBytes.Scale(-DownlinkRssiDbm, 1, 255);
            MessageBytes.WriteUInt16(buffer, 23, (int)MessageBytes.Scale(UptimeHours, 1, 65535));
            return Length;
        }

        /// <summary>Reads a message.</summary>
        /// <param name="payload">The payload of an uplink on the status port.</param>
        /// <param name="length">Its length.</param>
        /// <returns>
        /// <see cref="CommandError.Ok"/>, or why it is none: too short, too long, or out of range (another version, or an enum value that
        /// does not exist); the fields then mean nothing.
        /// </returns>
        public CommandError Decode(byte[] payload, int length)
        {
            if (length != Length)
            {
                return length < Length ? CommandError.TooShort : CommandError.TooLong;
            }

            LevelPermille = payload[1] * 10;
            TargetLevelPermille = payload[2] * 10;
            Cause = (LevelCause)(payload[3] >> 4);
            LightingHealth = (HealthState)((payload[3] >> 2) & 3);
            OccupancyHealth = (HealthState)(payload[3] & 3);
            LuminaireHealth = (HealthState)(payload[4] >> 6);
            RadioHealth = (HealthState)((payload[4] >> 4) & 3);
            SettingsHealth = (HealthState)((payload[4] >> 2) & 3);
            LampOnHours = ((payload[4] & 3) << 16) | MessageBytes.ReadUInt16(payload, 5);
            DecodeFlags(payload[7]);
            PowerMilliwatts = MessageBytes.PowerMilliwatts(MessageBytes.ReadUInt16(payload, 8));
            EnergyWattHours = MessageBytes.ReadUInt32(payload, 10);
            OccupancyCount = MessageBytes.ReadUInt16(payload, 14);
            OccupancyIntervalSeconds = MessageBytes.ReadUInt16(payload, 16) * 10;
            SettingsRevision = MessageBytes.ReadUInt16(payload, 18);
            SettingsHash = MessageBytes.ReadUInt16(payload, 20);
            DownlinkRssiDbm = -payload[22];
            UptimeHours = MessageBytes.ReadUInt16(payload, 23);
            return payload[0] == Version && IsInRange() ? CommandError.Ok : CommandError.OutOfRange;
        }

        private byte EncodeFlags()
        {
            int flags = (int)ClockAccuracy;
            flags |= IsLampFailure ? 0x80 : 0;
            flags |= IsDayBurner ? 0x40 : 0;
            flags |= IsOccupied ? 0x20 : 0;
            flags |= IsFading ? 0x10 : 0;
            flags |= HasPosition ? 0x08 : 0;
            return (byte)flags;
        }

        private void DecodeFlags(byte flags)
        {
            ClockAccuracy = (ClockAccuracy)(flags & 0x07);
            IsLampFailure = (flags & 0x80) != 0;
            IsDayBurner = (flags & 0x40) != 0;
            IsOccupied = (flags & 0x20) != 0;
            IsFading = (flags & 0x10) != 0;
            HasPosition = (flags & 0x08) != 0;
        }

        private bool IsInRange()
        {
            return LevelPermille <= 1000
                && TargetLevelPermille <= 1000
                && Cause <= LevelCause.Daylight
                && LightingHealth <= HealthState.Failed
                && OccupancyHealth <= HealthState.Failed
                && LuminaireHealth <= HealthState.Failed
                && RadioHealth <= HealthState.Failed
                && SettingsHealth <= HealthState.Failed
                && ClockAccuracy <= ClockAccuracy.Worse;
        }
    }
}
