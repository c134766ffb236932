// What the board decides about its DALI interface. Filled once, before the line is made.
namespace PoleController.Esp32.Ports
{
    /// <summary>How a board drives and sees the DALI bus.</summary>
    public sealed class DaliWiring
    {
        /// <summary>GPIO number that drives the bus.</summary>
        public int TransmitPin { get; set; }

        /// <summary>RMT channel that sends: 0 to 3 on an ESP32-S3.</summary>
        public int TransmitChannel { get; set; }

        /// <summary>Whether the bus is low while that pin is high: a transistor across the bus.</summary>
        public bool IsTransmitInverted { get; set; }

        /// <summary>GPIO number that sees the bus.</summary>
        public int ReceivePin { get; set; }

        /// <summary>RMT channel that records: 4 to 7 on an ESP32-S3.</summary>
        public int ReceiveChannel { get; set; }

        /// <summary>Whether that pin is high while the bus is low.</summary>
        public bool IsReceiveInverted { get; set; }
    }
}
