// The parts of one pole, as ports. The board (or the simulator) fills it; the controller takes it as it is. What is null is not fitted.
using PoleController.Hal;

namespace PoleController
{
    /// <summary>The ports of one pole.</summary>
    public sealed class PoleHardware
    {
        /// <summary>Makes the set of ports that no pole can do without.</summary>
        public PoleHardware(IDimmerOutput dimmer, ILoRaRadio radio, IAesBlock aes, IStore store, IRandom random)
        {
            Dimmer = dimmer;
            Radio = radio;
            Aes = aes;
            Store = store;
            Random = random;
        }

        /// <summary>The dimming interface.</summary>
        public IDimmerOutput Dimmer { get; }

        /// <summary>The LoRa radio.</summary>
        public ILoRaRadio Radio { get; }

        /// <summary>The AES block cipher.</summary>
        public IAesBlock Aes { get; }

        /// <summary>The store.</summary>
        public IStore Store { get; }

        /// <summary>Random numbers.</summary>
        public IRandom Random { get; }

        /// <summary>How far the board's clock and radio may be from the truth.</summary>
        public TimerUncertainty Timing { get; set; } = new TimerUncertainty();

        /// <summary>The relay in the luminaire's feed.</summary>
        public IRelay? Relay { get; set; }

        /// <summary>The occupancy sensor's output.</summary>
        public IDigitalInput? Occupancy { get; set; }

        /// <summary>The photocell.</summary>
        public ILightSensor? Photocell { get; set; }

        /// <summary>The luminaire's meter.</summary>
        public ILuminaireMeter? Meter { get; set; }

        /// <summary>The external watchdog.</summary>
        public IWatchdog? Watchdog { get; set; }
    }
}
