// What drivers of Sensirion's I2C parts have in common: commands of 16 bits, data in words of 16 bits with a checksum each. Which commands there are
// and how long they take is the part's driver's.
using PoleController.Hal;

namespace PoleController.Drivers
{
    /// <summary>
    /// A Sensirion sensor: a command is written, its words are read when its time has passed. Numbers of words are big-endian; each has a CRC-8
    /// (<see cref="SensirionWord"/>).
    /// </summary>
    public abstract class SensirionSensor : I2cSensor
    {
        private const int CommandLength = 2;

        /// <summary>Makes it.</summary>
        /// <param name="device">The part's address on the bus.</param>
        /// <param name="mostWordsSent">The most words that follow a command.</param>
        /// <param name="mostWordsRead">The most words that are read at once.</param>
        protected SensirionSensor(II2cDevice device, int mostWordsSent, int mostWordsRead)
            : base(device, CommandLength + (mostWordsSent * SensirionWord.Length), mostWordsRead * SensirionWord.Length)
        {
        }

        /// <summary>Sends a command, and then waits until its time has passed before the next step is made.</summary>
        /// <param name="command">The command.</param>
        /// <param name="nextStep">The step after it.</param>
        /// <param name="durationMs">How long the part takes for it.</param>
        protected void Send(int command, int nextStep, int durationMs)
        {
            PutCommand(command);
            if (TryWrite(CommandLength, command, StepIndex))
            {
                GoTo(nextStep, durationMs);
            }
        }

        /// <summary>Sends a command with a word, and then waits until its time has passed before the next step is made.</summary>
        protected void Send(int command, int word, int nextStep, int durationMs)
        {
            PutCommand(command);
            SensirionWord.Put(Outgoing, CommandLength, word);
            if (TryWrite(CommandLength + SensirionWord.Length, command, StepIndex))
            {
                GoTo(nextStep, durationMs);
            }
        }

        /// <summary>Sends a command with two words, and then waits until its time has passed before the next step is made.</summary>
        protected void Send(int command, int firstWord, int secondWord, int nextStep, int durationMs)
        {
            PutCommand(command);
            SensirionWord.Put(Outgoing, CommandLength, firstWord);
            SensirionWord.Put(Outgoing, CommandLength + SensirionWord.Length, secondWord);
            if (TryWrite(CommandLength + (2 * SensirionWord.Length), command, StepIndex))
            {
                GoTo(nextStep, durationMs);
            }
        }

        /// <summary>Sends a command to a part that need not answer: it may be asleep, or know the command only in some of its modes.</summary>
        protected void SendUnanswered(int command, int nextStep, int durationMs)
        {
            PutCommand(command);
            WriteUnanswered(CommandLength);
            GoTo(nextStep, durationMs);
        }

        /// <summary>Reads the answer to a command and tests the checksum of each word.</summary>
        /// <param name="command">The command, for the fault.</param>
        /// <param name="count">How many words.</param>
        /// <param name="sendStep">The step that sends the command: it is gone back to when the answer is wrong, because some answers can be read only once.</param>
        /// <returns>Whether all words are right; when not, the driver's step has to end.</returns>
        protected bool TryReadWords(int command, int count, int sendStep)
        {
            if (!TryRead(count * SensirionWord.Length, command, sendStep))
            {
                return false;
            }

            for (int i = 0; i < count; i++)
            {
                if (!SensirionWord.IsRight(Incoming, i * SensirionWord.Length))
                {
                    Repeat(SensorFaultKind.ChecksumWrong, command, Incoming[(i * SensirionWord.Length) + 2], sendStep);
                    return false;
                }
            }

            return true;
        }

        /// <summary>A word of the answer, 0 to 65,535.</summary>
        /// <param name="index">Which, from 0.</param>
        protected int Word(int index)
        {
            return SensirionWord.Get(Incoming, index * SensirionWord.Length);
        }

        private void PutCommand(int command)
        {
            Outgoing[0] = (byte)(command >> 8);
            Outgoing[1] = (byte)command;
        }
    }
}
