// What drivers of sensors on an I2C bus have in common: transfers, what their results mean, and asking again before a fault is declared. What the
// bytes mean is the part's driver's. Freeing a bus whose data line a part holds (nine clocks, UM10204 section 3.1.16) is the board's.
using PoleController.Hal;

namespace PoleController.Drivers
{
    /// <summary>
    /// A sensor on an I2C bus. A transfer that fails, or an answer that cannot be true, is asked for again up to <see cref="MaximumAttempts"/> times in a
    /// row before it is a fault; the fault names the register or command. So a disturbance on the wire costs a few milliseconds and not a warm-up.
    /// </summary>
    public abstract class I2cSensor : SensorDriver
    {
        /// <summary>How often something is asked for before it is a fault.</summary>
        public const int MaximumAttempts = 3;

        /// <summary>Time before something is asked for again, in milliseconds.</summary>
        public const int RepeatDelayMs = 20;

        private readonly II2cDevice _device;
        private int _failedAttempts;

        /// <summary>Makes it.</summary>
        /// <param name="device">The part's address on the bus.</param>
        /// <param name="requestLength">The longest that is written, in bytes.</param>
        /// <param name="answerLength">The longest that is read, in bytes.</param>
        protected I2cSensor(II2cDevice device, int requestLength, int answerLength)
        {
            _device = device;
            Outgoing = new byte[requestLength];
            Incoming = new byte[answerLength];
        }

        /// <summary>Counts what had to be asked for again since the driver was made: the quality of the wires.</summary>
        public int RepeatCount { get; private set; }

        /// <summary>What is written.</summary>
        protected byte[] Outgoing { get; }

        /// <summary>What was read.</summary>
        protected byte[] Incoming { get; }

        /// <summary>Writes one register of eight bits. When that fails the step is done again, or the part fails.</summary>
        /// <returns>Whether it was written; when not, the driver's step has to end.</returns>
        protected bool TryWriteRegister(int register, int value)
        {
            Outgoing[0] = (byte)register;
            Outgoing[1] = (byte)value;
            return TryWrite(2, register, StepIndex);
        }

        /// <summary>
        /// Reads registers that follow each other into <see cref="Incoming"/>. When that fails the step is done again, or the part fails. The driver says with
        /// <see cref="Advance(int)"/> or <see cref="Repeat"/> what it thinks of them.
        /// </summary>
        /// <returns>Whether they were read; when not, the driver's step has to end.</returns>
        protected bool TryReadRegisters(int register, int count)
        {
            Outgoing[0] = (byte)register;
            return Judge(_device.WriteRead(Outgoing, 1, Incoming, count), register, StepIndex);
        }

        /// <summary>Writes the first bytes of <see cref="Outgoing"/>.</summary>
        /// <param name="length">How many.</param>
        /// <param name="code">The register or command, for the fault.</param>
        /// <param name="repeatStep">The step to go back to when it failed.</param>
        /// <returns>Whether they were written; when not, the driver's step has to end.</returns>
        protected bool TryWrite(int length, int code, int repeatStep)
        {
            return Judge(_device.Write(Outgoing, length), code, repeatStep);
        }

        /// <summary>Reads bytes into <see cref="Incoming"/>. The driver says with <see cref="Advance(int)"/> or <see cref="Repeat"/> what it thinks of them.</summary>
        /// <param name="length">How many.</param>
        /// <param name="code">The register or command, for the fault.</param>
        /// <param name="repeatStep">The step to go back to when it failed.</param>
        /// <returns>Whether they were read; when not, the driver's step has to end.</returns>
        protected bool TryRead(int length, int code, int repeatStep)
        {
            return Judge(_device.Read(Incoming, length), code, repeatStep);
        }

        /// <summary>Writes the first bytes of <see cref="Outgoing"/> to a part that need not answer: it may be asleep.</summary>
        protected void WriteUnanswered(int length)
        {
            _device.Write(Outgoing, length);
        }

        /// <summary>An answer was right: what failed before does not count any more, and the next step is made.</summary>
        protected void Advance(int step)
        {
            _failedAttempts = 0;
            GoTo(step);
        }

        /// <summary>Something was wrong: it is asked for again, or the part fails when that was tried often enough.</summary>
        /// <param name="kind">What was wrong.</param>
        /// <param name="code">The register or command.</param>
        /// <param name="value">What the part said.</param>
        /// <param name="step">The step to go back to.</param>
        protected void Repeat(SensorFaultKind kind, int code, int value, int step)
        {
            _failedAttempts++;
            if (_failedAttempts >= MaximumAttempts)
            {
                _failedAttempts = 0;
                Fail(kind, code, value);
                return;
            }

            RepeatCount++;
            GoTo(step, RepeatDelayMs);
        }

        private bool Judge(I2cResult result, int code, int repeatStep)
        {
            switch (result)
            {
                case I2cResult.Ok:
                    return true;
                case I2cResult.AddressNotAcknowledged:
                    Repeat(SensorFaultKind.NoAnswer, code, 0, repeatStep);
                    return false;
                case I2cResult.Partial:
                    Repeat(SensorFaultKind.CommandRefused, code, (int)result, repeatStep);
                    return false;
                default:
                    Repeat(SensorFaultKind.BusFailed, code, (int)result, repeatStep);
                    return false;
            }
        }
    }
}
