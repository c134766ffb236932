// What the board decides about an SX1276: how its oscillator and antenna are wired.
namespace PoleController.Drivers
{
    /// <summary>The wiring of an SX1276 on its board. Filled once, before the driver is made.</summary>
    public sealed class Sx1276Board
    {
        /// <summary>Whether a TCXO feeds XTA; otherwise a crystal is fitted.</summary>
        public bool HasTcxo { get; set; }

        /// <summary>Whether the antenna is at PA_BOOST, as on most modules; otherwise at RFO.</summary>
        public bool IsPaBoost { get; set; } = true;

        /// <summary>Gain of the antenna with its cable in dB: what the chip gives is the radiated power (EIRP) less this.</summary>
        public int AntennaGainDecibel { get; set; }
    }
}
