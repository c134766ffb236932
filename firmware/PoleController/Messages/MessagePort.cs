// Which LoRaWAN port carries which message. The same numbers stand in messages.yaml.
namespace PoleController.Messages
{
    /// <summary>LoRaWAN application ports (FPort).</summary>
    public static class MessagePort
    {
        /// <summary>Uplink: <see cref="StatusMessage"/>.</summary>
        public const int Status = 10;

        /// <summary>Downlink: <see cref="CommandMessage"/>; uplink: <see cref="CommandAnswer"/>.</summary>
        public const int Command = 11;

        /// <summary>Uplink: <see cref="AlarmMessage"/>.</summary>
        public const int Alarm = 12;

        /// <summary>Uplink: <see cref="JournalMessage"/>.</summary>
        public const int Journal = 13;

        /// <summary>Uplink: <see cref="MeasurementMessage"/>.</summary>
        public const int Measurement = 14;
    }
}
