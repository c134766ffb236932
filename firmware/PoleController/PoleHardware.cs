// The parts of one pole, as ports. The board (or the simulator) fills it; the controller takes it as it is. What is null is not fitted.
using PoleController.Hal;

namespace PoleController
{
    /// <summary>The ports of one pole.</summary>
    public sealed class PoleHardware
    {
        /// <summary>What the controller draws when the board does not say, in milliwatts: the average of hardware/power-budget.yaml.</summary>
        public const int DefaultControllerMilliwatts = 581;

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

        /// <summary>Name of the board, as in hardware/boards; a-z, 0-9 and '-'.</summary>
        public string BoardName { get; set; } = "unnamed";

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

        /// <summary>The dimming interface of the luminaire's warm channel, where the luminaire has two.</summary>
        public IDimmerOutput? WarmDimmer { get; set; }

        /// <summary>Control gear that can be asked (D4i).</summary>
        public IControlGear? Gear { get; set; }

        /// <summary>Control gear of the warm channel that can be asked.</summary>
        public IControlGear? WarmGear { get; set; }

        /// <summary>What the controller itself draws from the mains, on average, in milliwatts: by the board's power budget.</summary>
        public int ControllerMilliwatts { get; set; } = DefaultControllerMilliwatts;

        /// <summary>The presence radar.</summary>
        public IPresenceSensor? Presence { get; set; }

        /// <summary>The ranging sensor above a container.</summary>
        public IRangeSensor? FillLevel { get; set; }

        /// <summary>The ranging sensor above water.</summary>
        public IRangeSensor? WaterLevel { get; set; }

        /// <summary>The particulate sensor.</summary>
        public IParticulateSensor? Particulates { get; set; }

        /// <summary>The sensor for temperature, humidity and pressure of the air.</summary>
        public IClimateSensor? Climate { get; set; }

        /// <summary>The carbon dioxide sensor.</summary>
        public ICarbonDioxideSensor? CarbonDioxide { get; set; }

        /// <summary>The gas sensor (VOC, NOx).</summary>
        public IGasSensor? Gas { get; set; }

        /// <summary>The accelerometer.</summary>
        public IAccelerometer? Accelerometer { get; set; }

        /// <summary>The contact at the pole's door; active while the door is open.</summary>
        public IDigitalInput? Door { get; set; }

        /// <summary>The controller's supply: the voltage before its converter.</summary>
        public IAnalogInput? SupplyVoltage { get; set; }

        /// <summary>The temperature sensor on the board.</summary>
        public IThermometer? BoardTemperature { get; set; }

        /// <summary>The short-range radio to the neighbouring poles.</summary>
        public INeighbourRadio? Neighbours { get; set; }

        /// <summary>The service port.</summary>
        public IUart? Service { get; set; }
    }
}
