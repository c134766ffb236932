// What the board decides about an SX1262: how its oscillator and antenna switch are wired and how it is fed.
namespace PoleController.Drivers
{
    /// <summary>The wiring of an SX1262 on its board. Filled once, before the driver is made.</summary>
    public sealed class Sx1262Board
    {
        /// <summary>Voltage of the TCXO that DIO3 feeds, 1,600 to 3,300 mV; 0 when a crystal is fitted.</summary>
        public int TcxoMillivolts { get; set; } = 1800;

        /// <summary>How long the TCXO takes to start, in milliseconds, 1 to 50. 5 ms is what Semtech's own boards allow.</summary>
        public int TcxoStartMs { get; set; } = 5;

        /// <summary>Whether DIO2 switches the antenna between receiver and transmitter.</summary>
        public bool IsDio2AntennaSwitch { get; set; } = true;

        /// <summary>Whether the coil of the DC-DC converter is fitted; otherwise the linear regulator is used.</summary>
        public bool HasDcDc { get; set; } = true;

        /// <summary>Gain of the antenna with its cable in dB: what the chip gives is the radiated power (EIRP) less this.</summary>
        public int AntennaGainDecibel { get; set; }
    }
}
