// Frames of the LD2410: their bounds, numbers of commands, where in them is what. Pure; when what is sent is the driver's.
namespace PoleController.Drivers
{
    /// <summary>
    /// Frames of the LD2410 (Serial Communication Protocol V1.02). Report: F4 F3 F2 F1, length, type, AA, target data, 55 00, F8 F7 F6 F5. Command and answer:
    /// FD FC FB FA, length, command word, values, 04 03 02 01; the answer's word has 01 as its high byte and is followed by a state. Low bytes first; no checksum.
    /// </summary>
    public static class Ld2410Frame
    {
        /// <summary>Length of the longest: a report in engineering mode.</summary>
        public const int Longest = 45;

        /// <summary>Length of a report in basic mode, the mode that the part starts in.</summary>
        public const int ReportLength = BasicBytes + OverheadBytes;

        /// <summary>First byte of a report.</summary>
        public const int Report = 0xF4;

        /// <summary>First byte of a command or an answer.</summary>
        public const int Command = 0xFD;

        /// <summary>Bytes before and behind a frame's data.</summary>
        public const int OverheadBytes = 10;

        /// <summary>Where the data begin.</summary>
        public const int DataOffset = 6;

        /// <summary>The farthest that it reports, in centimetres: the end of gate 8.</summary>
        public const int FarthestCentimetres = 675;

        private const int TypeEngineering = 1;
        private const int TypeBasic = 2;
        private const int BasicBytes = 13;
        private const int ReportHead = 0xAA;
        private const int ReportEnd = 0x55;

        /// <summary>Looks at bytes as <see cref="UartSensor.Inspect"/> does: length of the frame, 0 more needed, -1 no frame, -2 damaged.</summary>
        public static int Inspect(byte[] data, int offset, int count)
        {
            int head = data[offset];
            if (count >= ReportLength && IsBasicReport(data, offset))
            {
                return ReportLength;
            }

            if (head != Report && head != Command)
            {
                return -1;
            }

            // F4 F3 F2 F1 or FD FC FB FA: each byte is one less.
            for (int i = 1; i < count && i < 4; i++)
            {
                if (data[offset + i] != head - i)
                {
                    return -1;
                }
            }

            if (count < DataOffset)
            {
                return 0;
            }

            int length = data[offset + 4] | (data[offset + 5] << 8);
            if (length < 4 || length > Longest - OverheadBytes)
            {
                return -1;
            }

            if (count < length + OverheadBytes)
            {
                return 0;
            }

            // F8 F7 F6 F5 or 04 03 02 01.
            int tail = head == Report ? 0xF8 : 0x04;
            for (int i = 0; i < 4; i++)
            {
                if (data[offset + DataOffset + length + i] != tail - i)
                {
                    return -2;
                }
            }

            return head == Command || IsReport(data, offset + DataOffset, length) ? length + OverheadBytes : -2;
        }

        /// <summary>Begins a command.</summary>
        /// <param name="data">Takes it.</param>
        /// <param name="command">The command word.</param>
        /// <param name="valueBytes">Length of the values, which follow at offset 8.</param>
        /// <returns>The command's length.</returns>
        public static int Make(byte[] data, int command, int valueBytes)
        {
            for (int i = 0; i < 4; i++)
            {
                data[i] = (byte)(Command - i);
                data[8 + valueBytes + i] = (byte)(4 - i);
            }

            data[4] = (byte)(valueBytes + 2);
            data[5] = 0;
            data[6] = (byte)command;
            data[7] = 0;
            return valueBytes + 12;
        }

        /// <summary>Writes one of a command's numbered values: its number in two bytes, itself in four.</summary>
        public static void WriteValue(byte[] data, int index, int value)
        {
            int offset = 8 + (6 * index);
            data[offset] = (byte)index;
            data[offset + 1] = 0;
            data[offset + 2] = (byte)value;
            data[offset + 3] = (byte)(value >> 8);
            data[offset + 4] = 0;
            data[offset + 5] = 0;
        }

        /// <summary>Whether a whole report in basic mode begins there: what <see cref="Inspect"/> asks of one, in one piece, because up to 22 of them come in a step.</summary>
        /// <param name="data">Holds <see cref="ReportLength"/> bytes from the offset on.</param>
        /// <param name="offset">Where it begins.</param>
        public static bool IsBasicReport(byte[] data, int offset)
        {
            return data[offset] == Report && data[offset + 1] == 0xF3 && data[offset + 2] == 0xF2 && data[offset + 3] == 0xF1 && data[offset + 4] == BasicBytes && data[offset + 5] == 0
                && data[offset + 19] == 0xF8 && data[offset + 20] == 0xF7 && data[offset + 21] == 0xF6 && data[offset + 22] == 0xF5
                && IsReport(data, offset + DataOffset, BasicBytes);
        }

        // There is no checksum, so everything that is fixed or bounded has to be right: type, head, end, state, energies of 0 to 100, distances.
        private static bool IsReport(byte[] data, int offset, int length)
        {
            bool isKnown = (data[offset] == TypeBasic && length == BasicBytes) || (data[offset] == TypeEngineering && length > BasicBytes);
            return isKnown && data[offset + 1] == ReportHead && data[offset + length - 2] == ReportEnd && data[offset + length - 1] == 0
                && data[offset + 2] <= 3 && data[offset + 5] <= 100 && data[offset + 8] <= 100
                && IsDistance(data, offset + 3) && IsDistance(data, offset + 6) && IsDistance(data, offset + 9);
        }

        private static bool IsDistance(byte[] data, int offset)
        {
            return (data[offset] | (data[offset + 1] << 8)) <= FarthestCentimetres;
        }
    }
}
