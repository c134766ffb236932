// The values of an emergency in the journal: its fields, its bytes and back. The layout is messages.yaml's.
using PoleController.Lighting;

namespace PoleController.Messages
{
    /// <summary>That an emergency or crisis profile was called or ended, and by which command. Made once; filled again and again.</summary>
    public sealed class JournalEmergency
    {
        /// <summary>Bytes of the values.</summary>
        public const int Length = 7;

        /// <summary>What happened.</summary>
        public EmergencyPhase Phase;

        /// <summary>Which profile.</summary>
        public EmergencyKind EmergencyKind;

        /// <summary>How the command came that called it, or ended it.</summary>
        public CommandWay CommandWay;

        /// <summary>Sequence number of that command, 0 to 255; of the one that called it when it ended by itself.</summary>
        public int CommandSequence;

        /// <summary>The lighting group that the command named, 0 to 255.</summary>
        public int LightingGroup;

        /// <summary>The level of the profile, 0 to 1000 in steps of 10.</summary>
        public int LevelPermille;

        /// <summary>Called: for how long, cut to the limit of the settings. Else: how long it had lasted. 0 to 1,440 minutes.</summary>
        public int DurationMinutes;

        /// <summary>Writes the values; those beyond their range are sent as its end.</summary>
        /// <param name="buffer">Receives <see cref="Length"/> bytes.</param>
        /// <param name="offset">Where.</param>
        /// <returns>Bytes written.</returns>
        public int Encode(byte[] buffer, int offset)
        {
            buffer[offset] = (byte)(((int)Phase << 4) | (int)EmergencyKind);
            buffer[offset + 1] = (byte)CommandWay;
            buffer[offset + 2] = (byte)CommandSequence;
            buffer[offset + 3] = (byte)LightingGroup;
            buffer[offset + 4] = (byte)MessageBytes.Scale(LevelPermille, 10, 100);
            MessageBytes.WriteUInt16(buffer, offset + 5, (int)MessageBytes.Scale(DurationMinutes, 1, CommandRanges.MaximumProfileMinutes));
            return Length;
        }

        /// <summary>Reads <see cref="Length"/> bytes.</summary>
        /// <returns>Whether they are valid.</returns>
        public bool TryDecode(byte[] buffer, int offset)
        {
            Phase = (EmergencyPhase)(buffer[offset] >> 4);
            EmergencyKind = (EmergencyKind)(buffer[offset] & 0x0F);
            CommandWay = (CommandWay)buffer[offset + 1];
            CommandSequence = buffer[offset + 2];
            LightingGroup = buffer[offset + 3];
            LevelPermille = buffer[offset + 4] * 10;
            DurationMinutes = MessageBytes.ReadUInt16(buffer, offset + 5);
            return Phase <= EmergencyPhase.TimedOut && EmergencyKind <= EmergencyKind.Crisis && CommandWay <= CommandWay.Multicast
                && LevelPermille <= 1000 && DurationMinutes <= CommandRanges.MaximumProfileMinutes;
        }
    }
}
