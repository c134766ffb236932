// Driver of the Vishay VEML7700, an ambient light sensor on I2C (data sheet 84286, application note 84323), used as the photocell. Chooses gain and
// integration time by itself. What the light means for the lamp is PhotocellSwitch's.
using PoleController.Hal;

namespace PoleController.Drivers
{
    /// <summary>
    /// VEML7700. The part goes on measuring between samples (45 uA), so a sample is two reads, unless the light has left the range: then the range is
    /// changed and a measurement waited for. The code of a fault is the register (<see cref="Veml7700Register"/>).
    /// </summary>
    public sealed class Veml7700 : I2cSensor, ILightSensor
    {
        private const int IdentifyStep = 0;
        private const int ConfigureStep = 1;
        private const int VerifyStep = 2;
        private const int ReadStep = 3;

        private const int RegisterLength = 2;

        // Identity of the VEML7700 and of its twin at another address, the VEML6030; parts from before the register answer 0.
        private const int Identity = 0xC481;
        private const int TwinIdentity = 0xD481;
        private const int NoIdentity = 0;

        // Above: a less sensitive range; below: a more sensitive one. The ranges are a factor of 4 or 8 apart, so that neither leads back.
        private const int HighCounts = 40000;
        private const int LowCounts = 2000;

        private const int FirstRange = 2;

        // The first integration after a change is whole after the time of the one before it and its own.
        private const int IntegrationsToWait = 2;
        private const int StartUpMs = 5;

        private int _range = FirstRange;

        /// <summary>Makes it.</summary>
        /// <param name="device">The part at address 0x10.</param>
        public Veml7700(II2cDevice device)
            : base(device, 1 + RegisterLength, RegisterLength)
        {
        }

        /// <inheritdoc/>
        public int IlluminanceMillilux { get; private set; }

        /// <inheritdoc/>
        protected override void Step()
        {
            switch (StepIndex)
            {
                case IdentifyStep:
                    Identify();
                    break;
                case ConfigureStep:
                    Configure();
                    break;
                case VerifyStep:
                    Verify();
                    break;
                default:
                    Take();
                    break;
            }
        }

        private void Identify()
        {
            SetState(SensorState.Starting);
            if (!TryReadRegisters(Veml7700Register.Identity, RegisterLength))
            {
                return;
            }

            int identity = Value();
            if (identity != Identity && identity != TwinIdentity && identity != NoIdentity)
            {
                Repeat(SensorFaultKind.WrongPart, Veml7700Register.Identity, identity, IdentifyStep);
                return;
            }

            _range = FirstRange;
            Advance(ConfigureStep);
        }

        private void Configure()
        {
            int configuration = Veml7700Range.Configuration(_range);
            Outgoing[0] = Veml7700Register.Configuration;
            Outgoing[1] = (byte)configuration;
            Outgoing[2] = (byte)(configuration >> 8);
            if (TryWrite(1 + RegisterLength, Veml7700Register.Configuration, ConfigureStep))
            {
                GoTo(VerifyStep, (IntegrationsToWait * Veml7700Range.IntegrationMs(_range)) + StartUpMs);
            }
        }

        // A part that has restarted is switched off and says so here.
        private void Verify()
        {
            if (!TryReadRegisters(Veml7700Register.Configuration, RegisterLength))
            {
                return;
            }

            if (Value() == Veml7700Range.Configuration(_range))
            {
                SetStarted();
                SetState(SensorState.Measuring);
                Advance(ReadStep);
            }
            else if (IsStarted)
            {
                Repeat(SensorFaultKind.StateLost, Veml7700Register.Configuration, Value(), VerifyStep);
            }
            else
            {
                Repeat(SensorFaultKind.CommandRefused, Veml7700Register.Configuration, Value(), ConfigureStep);
            }
        }

        private void Take()
        {
            if (!TryReadRegisters(Veml7700Register.AmbientLight, RegisterLength))
            {
                return;
            }

            int counts = Value();
            if (counts > HighCounts && _range > 0)
            {
                _range--;
                GoTo(ConfigureStep);
                return;
            }

            if (counts < LowCounts && _range < Veml7700Range.Count - 1)
            {
                _range++;
                GoTo(ConfigureStep);
                return;
            }

            IlluminanceMillilux = Veml7700Range.IlluminanceMillilux(_range, counts);
            Advance(VerifyStep);
            FinishSample();
        }

        // Registers are little-endian.
        private int Value()
        {
            return Incoming[0] | (Incoming[1] << 8);
        }
    }
}
