// A command downlink: its fields. CommandDecoder and CommandEncoder make it from bytes and back; CommandProcessor carries it out.
using PoleController.Lighting;
using PoleController.Time;

namespace PoleController.Messages
{
    /// <summary>One command, on <see cref="MessagePort.Command"/>; one command a downlink. Made once; filled again and again.</summary>
    public sealed class CommandMessage
    {
        /// <summary>Bytes of the longest command, setProgram with eight points.</summary>
        public const int MaximumLength = 45;

        /// <summary>Which command; its own fields are below, the others mean nothing.</summary>
        public CommandId Id;

        /// <summary>Chosen by the operator and echoed in the answer, 0 to 255.</summary>
        public int Sequence;

        /// <summary>setLevel, setGroupLevel: level to go to, 0 to 1000 in steps of 10.</summary>
        public int LevelPermille;

        /// <summary>setLevel, setGroupLevel: how long the way there takes, 0 to 60,000 ms in steps of 100.</summary>
        public int FadeMs;

        /// <summary>
        /// How long it holds: setLevel and recallScene 1 to 2,880 minutes; setGroupLevel 0 (ends it) to 2,880; boost, callEmergency and shedLoad 0 (ends it) to
        /// 1,440.
        /// </summary>
        public int DurationMinutes;

        /// <summary>setProgram: which program, 0 to 3.</summary>
        public int ProgramIndex;

        /// <summary>setProgram: the program; levels in steps of 10.</summary>
        public readonly LightingProgram Program = new LightingProgram();

        /// <summary>setClockOffset: standard time's offset from UTC, -720 to 840 minutes.</summary>
        public int UtcOffsetMinutes;

        /// <summary>setClockOffset: the daylight-saving rule.</summary>
        public DaylightSavingRule DaylightSaving;

        /// <summary>setClock: seconds since 1970-01-01T00:00:00Z, 1,577,836,800 (2020) to 4,294,967,295.</summary>
        public long UtcSeconds;

        /// <summary>setMulticastAnswerWindow: McGroupID, 0 to 3.</summary>
        public int GroupId;

        /// <summary>setMulticastAnswerWindow: over how long the group spreads its answers, 0 (no answers) to 7,200 s.</summary>
        public int WindowSeconds;

        /// <summary>Commands to a lighting group: which, 1 to 255; 0 is whoever hears it.</summary>
        public int LightingGroup;

        /// <summary>recallScene: which, 0 to 15.</summary>
        public int Scene;

        /// <summary>boost: by how much the program is raised, 0 (ends it) to 1000 in steps of 10.</summary>
        public int AmountPermille;

        /// <summary>callEmergency: which profile.</summary>
        public EmergencyKind EmergencyKind;

        /// <summary>shedLoad: the step, 0 (ends it) to 3.</summary>
        public int Step;

        /// <summary>identify: how long, 0 (ends it) to 600 s.</summary>
        public int DurationSeconds;

        /// <summary>
        /// After <see cref="Decode"/> gave <see cref="CommandError.OutOfRange"/>: which field, 0 being the first after the sequence number; else -1.
        /// </summary>
        public int Field;

        /// <summary>Reads a command.</summary>
        /// <param name="payload">The payload of a downlink on the command port.</param>
        /// <param name="length">Its length, 0 or more.</param>
        /// <returns><see cref="CommandError.Ok"/>, or why it is refused; then only <see cref="Field"/> means anything.</returns>
        public CommandError Decode(byte[] payload, int length)
        {
            return CommandDecoder.Decode(this, payload, length);
        }

        /// <summary>Writes the command.</summary>
        /// <param name="buffer"><see cref="MaximumLength"/> bytes or more.</param>
        /// <returns>Bytes written; 0 when a value is out of its range or between two steps, so that the command cannot be sent as meant.</returns>
        public int Encode(byte[] buffer)
        {
            return CommandEncoder.Encode(this, buffer);
        }
    }
}
