// Driver of the Belling BL0942 energy meter: identity, question, answer. It leaves the chip's registers as they are after a reset, so a restart of the chip
// costs nothing but its energy counter.
// UART: 4800 baud (9600 with SCLK_BPS high), 8N1. Commands: 58 + address, register. Answers: register of 24 bits, low byte first, checksum; AA: the packet of 23 bytes
// that begins with 55. Checksum: complement of the sum of the command's first byte (for a register also the register) and the answer's (data sheet V1.06, 3.2).
using PoleController.Hal;

namespace PoleController.Drivers
{
    /// <summary>The BL0942. A sample takes 60 ms at 4800 baud: the packet with everything.</summary>
    /// <remarks>Fault codes: the register (19 mode, AA packet). The value of a wrong part is the mode it gives, of an implausible one the power.</remarks>
    public sealed class Bl0942 : UartSensor, ILuminaireMeter
    {
        /// <summary>Register: mode of operation.</summary>
        public const int ModeRegister = 0x19;

        /// <summary>Instead of a register: everything in one packet.</summary>
        public const int Packet = 0xAA;

        /// <summary>The most that a luminaire can draw, in milliwatts (see <see cref="LuminaireReading"/>).</summary>
        public const int MaximumPowerMilliwatts = 1000000;

        /// <summary>Apparent power below which no power factor is stated, in milliwatts: the chip's current is noise there.</summary>
        public const int MinimumApparentMilliwatts = 1000;

        private const int ReadCommand = 0x58;
        private const int PacketHead = 0x55;
        private const int PacketBytes = 23;
        private const int RegisterBytes = 4;

        // Bits of the mode register that are set after a reset and have to stay so: reserved ones and the energy counter; those above bit 9 are reserved.
        private const int ModeSetBits = 0x07;
        private const int ModeClearBits = 0xFFFC00;

        private const int RegisterMs = 20;
        private const int PacketMs = 60;
        private const int AnswerTimeoutMs = 250;

        private const int IdentityStep = 0;
        private const int IdentifiedStep = 1;
        private const int AskStep = 2;
        private const int PacketStep = 3;

        private readonly int _command;
        private readonly Bl0942Scale _scale;

        /// <summary>Makes it.</summary>
        /// <param name="uart">4800 baud, 8N1.</param>
        /// <param name="scale">The board's shunt and divider.</param>
        /// <param name="address">The chip's address by its pins A1 and A2, 0 to 3; 0 in the package without them.</param>
        public Bl0942(IUart uart, Bl0942Scale scale, int address)
            : base(uart, PacketBytes)
        {
            _scale = scale;
            _command = ReadCommand + address;
        }

        /// <inheritdoc/>
        public LuminaireReading Reading { get; } = new LuminaireReading();

        /// <inheritdoc/>
        protected override void Step()
        {
            switch (StepIndex)
            {
                case IdentityStep:
                    SetState(SensorState.Starting);
                    AskChip(ModeRegister, IdentifiedStep, RegisterMs);
                    break;
                case IdentifiedStep:
                    if (TryReceive())
                    {
                        Identify();
                    }

                    break;
                case AskStep:
                    AskChip(Packet, PacketStep, PacketMs);
                    break;
                default:
                    if (TryReceive())
                    {
                        TakePacket();
                    }

                    break;
            }
        }

        /// <inheritdoc/>
        protected override int Inspect(byte[] data, int offset, int count)
        {
            bool isRegister = StepIndex == IdentifiedStep;
            if (!isRegister && data[offset] != PacketHead)
            {
                return NotAFrame;
            }

            int length = isRegister ? RegisterBytes : PacketBytes;
            if (count < length)
            {
                return MoreNeeded;
            }

            int sum = _command + (isRegister ? ModeRegister : 0);
            int end = offset + length - 1;
            for (int i = offset; i < end; i++)
            {
                sum += data[i];
            }

            return data[end] == (~sum & 0xFF) ? length : WrongChecksum;
        }

        private void AskChip(int register, int answerStep, int answerMs)
        {
            Data[0] = (byte)_command;
            Data[1] = (byte)register;
            Ask(Data, 2, register, answerStep, answerMs, AnswerTimeoutMs);
        }

        private void Identify()
        {
            int mode = Value24(0);
            if ((mode & ModeSetBits) != ModeSetBits || (mode & ModeClearBits) != 0)
            {
                Fail(SensorFaultKind.WrongPart, ModeRegister, mode);
                return;
            }

            SetStarted();
            GoTo(AskStep);
        }

        private void TakePacket()
        {
            // The power is a number with sign.
            int powerCounts = Value24(10);
            powerCounts = powerCounts < 0x800000 ? powerCounts : powerCounts - 0x1000000;
            int powerMilliwatts = _scale.PowerMilliwatts(powerCounts);
            if (powerMilliwatts > MaximumPowerMilliwatts)
            {
                Fail(SensorFaultKind.Implausible, Packet, powerMilliwatts);
                return;
            }

            Reading.PowerMilliwatts = powerMilliwatts;
            Reading.CurrentMilliamperes = _scale.CurrentMilliamperes(Value24(1));
            Reading.VoltageMillivolts = _scale.VoltageMillivolts(Value24(4));
            Reading.EnergyMilliwattHours = _scale.EnergyMilliwattHours(Value24(13));
            Reading.FrequencyCentihertz = Bl0942Scale.FrequencyCentihertz(Data[FrameOffset + 16] | (Data[FrameOffset + 17] << 8));
            long apparentMilliwatts = (long)Reading.VoltageMillivolts * Reading.CurrentMilliamperes / 1000;
            Reading.PowerFactorPermille = apparentMilliwatts < MinimumApparentMilliwatts ? -1
                : powerMilliwatts >= apparentMilliwatts ? 1000 : (int)(powerMilliwatts * 1000L / apparentMilliwatts);
            SetState(SensorState.Measuring);
            GoTo(AskStep);
            FinishSample();
        }

        private int Value24(int offset)
        {
            int at = FrameOffset + offset;
            return Data[at] | (Data[at + 1] << 8) | (Data[at + 2] << 16);
        }
    }
}
