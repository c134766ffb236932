// Settings as bytes: a record with version, length, sequence number and CRC, and a hash. The bytes of a section are SettingsSections', where records are
// kept is SettingsStore's business, which values are allowed SettingsRules'.
namespace PoleController.Settings
{
    /// <summary>
    /// The layout of version 3, numbers most significant byte first: version (1 byte), length of the whole record (2), sequence number (4), revision (4),
    /// sections, CRC-32 of everything before it (4). Version, length, sequence number and CRC stay where they are in every version. A section that is not
    /// there has its defaults; one that is not known here is from a newer controller, and the record is refused, because it cannot be carried out as it was
    /// meant. Records of versions 1 and 2 are read (<see cref="EarlierRecords"/>), not written.
    /// </summary>
    public static class SettingsCodec
    {
        /// <summary>The version that is written.</summary>
        public const int Version = 3;

        /// <summary>Bytes of the longest record; a test holds the sum of all sections against it.</summary>
        public const int MaximumLength = 1536;

        /// <summary>Bytes of the CRC at a record's end.</summary>
        public const int CrcLength = 4;

        private const int FirstVersion = 1;
        private const int HeaderLength = 7;
        private const int RevisionLength = 4;
        private const int ContentOffset = HeaderLength + RevisionLength;

        /// <summary>Writes a record.</summary>
        /// <param name="settings">Valid settings (<see cref="SettingsRules"/>).</param>
        /// <param name="sequenceNumber">The record's sequence number, any.</param>
        /// <param name="buffer">Receives the record; at least <see cref="MaximumLength"/> bytes.</param>
        /// <returns>The record's length.</returns>
        public static int Encode(ControllerSettings settings, int sequenceNumber, byte[] buffer)
        {
            SettingsWriter writer = settings.Workspace.Writer;
            writer.Begin(buffer, HeaderLength);
            writer.Put32(settings.Revision);
            PutSections(settings, writer);
            int end = writer.Position;
            writer.Begin(buffer, 0);
            writer.Put8(Version);
            writer.Put16(end + CrcLength);
            writer.Put32(sequenceNumber);
            PutCrc(buffer, end);
            return end + CrcLength;
        }

        /// <summary>Whether the bytes are a whole record of a version that can be read.</summary>
        /// <param name="buffer">The bytes.</param>
        /// <param name="length">How many, 0 to the buffer's length.</param>
        public static bool IsWhole(byte[] buffer, int length)
        {
            return length >= HeaderLength + CrcLength
                && buffer[0] >= FirstVersion && buffer[0] <= Version
                && ((buffer[1] << 8) | buffer[2]) == length
                && IsCrcRight(buffer, length - CrcLength);
        }

        /// <summary>The sequence number of a whole record.</summary>
        public static int SequenceNumber(byte[] buffer)
        {
            return (buffer[3] << 24) | (buffer[4] << 16) | (buffer[5] << 8) | buffer[6];
        }

        /// <summary>Whether a record holds the same settings under the same revision as another one of the same version.</summary>
        /// <param name="buffer">The record; whole.</param>
        /// <param name="length">Its length.</param>
        /// <param name="settings">The settings.</param>
        /// <param name="hash">Their <see cref="Hash"/>.</param>
        internal static bool Holds(byte[] buffer, int length, ControllerSettings settings, uint hash)
        {
            int revision = (buffer[HeaderLength] << 24) | (buffer[HeaderLength + 1] << 16) | (buffer[HeaderLength + 2] << 8) | buffer[HeaderLength + 3];
            return buffer[0] == Version && revision == settings.Revision && Crc32.Compute(buffer, ContentOffset, length - CrcLength - ContentOffset) == hash;
        }

        /// <summary>Reads a record.</summary>
        /// <param name="buffer">The bytes.</param>
        /// <param name="length">How many, 0 to the buffer's length.</param>
        /// <param name="settings">Receives the settings; the defaults when the record is refused.</param>
        /// <returns>False when the record is refused: not whole, of an unknown version, too long or short for its content, or with a value out of range.</returns>
        public static bool TryDecode(byte[] buffer, int length, ControllerSettings settings)
        {
            settings.SetDefaults();
            if (!IsWhole(buffer, length))
            {
                return false;
            }

            SettingsReader reader = settings.Workspace.Reader;
            int end = length - CrcLength;
            reader.Begin(buffer, HeaderLength, end);
            settings.Revision = reader.Get32();
            bool isRead = buffer[0] == Version
                ? reader.Remaining >= 0 && SettingsSections.Get(settings, buffer, ContentOffset, end, out int _) == SectionError.None
                : EarlierRecords.TryRead(settings, reader, buffer[0]);
            if (isRead && SettingsRules.Validate(settings) == SettingsFault.None)
            {
                return true;
            }

            settings.SetDefaults();
            return false;
        }

        /// <summary>
        /// A hash of everything but the revision: the CRC-32 of the sections as they stand in the record. Two poles with the same settings have the same hash,
        /// whatever their history. Uses the settings' workspace.
        /// </summary>
        public static uint Hash(ControllerSettings settings)
        {
            SettingsWriter writer = settings.Workspace.Writer;
            writer.Begin(settings.Workspace.Buffer, 0);
            PutSections(settings, writer);
            return Crc32.Compute(settings.Workspace.Buffer, 0, writer.Position);
        }

        /// <summary>Appends the CRC-32 of everything before it.</summary>
        /// <param name="buffer">Receives it.</param>
        /// <param name="end">Where it goes.</param>
        public static void PutCrc(byte[] buffer, int end)
        {
            uint crc = Crc32.Compute(buffer, 0, end);
            buffer[end] = (byte)(crc >> 24);
            buffer[end + 1] = (byte)(crc >> 16);
            buffer[end + 2] = (byte)(crc >> 8);
            buffer[end + 3] = (byte)crc;
        }

        /// <summary>Whether the four bytes at an end are the CRC-32 of everything before it.</summary>
        public static bool IsCrcRight(byte[] buffer, int end)
        {
            uint crc = Crc32.Compute(buffer, 0, end);
            return ((buffer[end] << 8) | buffer[end + 1]) == (int)(long)(crc >> 16)
                && ((buffer[end + 2] << 8) | buffer[end + 3]) == (int)(long)(crc & 0xFFFF);
        }

        private static void PutSections(ControllerSettings settings, SettingsWriter writer)
        {
            for (int i = 0; i < settings.Parts.Length; i++)
            {
                if (settings.Parts[i].IsSet)
                {
                    SettingsSections.Put(settings.Parts[i], writer);
                }
            }
        }
    }
}
