// A value of a section of the settings as the technician reads and writes it: a number in its unit, a word, or a key that is never shown. Where its bytes are is
// SectionCursor's.
namespace PoleController.Service
{
    /// <summary>Values of sections as text.</summary>
    internal static class SectionValue
    {
        private const string UnknownWord = "unknown";

        /// <summary>Writes the name of the value where the cursor is.</summary>
        internal static void WriteName(ServiceWriter writer, SectionCursor cursor)
        {
            writer.Key("field");
            if (cursor.Item != SectionCursor.None)
            {
                writer.Part(cursor.Text, cursor.GroupFrom, cursor.GroupTo).Text(".").Number(cursor.Item).Text(".");
            }

            writer.Part(cursor.Text, cursor.NameFrom, cursor.NameTo);
            if (cursor.Repetition != SectionCursor.None)
            {
                writer.Text(".").Number(cursor.Repetition);
            }
        }

        /// <summary>Writes the value; a key is hidden. The cursor has read its limits.</summary>
        internal static void Write(ServiceWriter writer, SectionCursor cursor)
        {
            writer.Key("value");
            if (cursor.Kind == 'h')
            {
                writer.Text("hidden");
                return;
            }

            long number = Read(cursor);
            if (cursor.HasUnknown && number == cursor.Unknown)
            {
                writer.Text(UnknownWord);
            }
            else if (cursor.Kind == 'e')
            {
                WriteWord(writer, cursor, number);
            }
            else
            {
                writer.Number(number * cursor.Step);
            }
        }

        /// <summary>Writes what can be set. The cursor has read its limits.</summary>
        internal static void WriteAllowed(ServiceWriter writer, SectionCursor cursor)
        {
            writer.Key("allowed");
            if (cursor.Kind == 'h')
            {
                writer.Number(2 * cursor.Size).Text("digits");
            }
            else if (cursor.Kind == 'e')
            {
                writer.Part(cursor.Text, cursor.WordsFrom, cursor.Text.IndexOf('}', cursor.WordsFrom));
            }
            else
            {
                writer.Number(cursor.Minimum).Text("..").Number(cursor.Maximum);
                writer.Text(cursor.HasUnknown ? "," + UnknownWord : "");
                if (cursor.Step > 1)
                {
                    writer.Pair("step", cursor.Step);
                }
            }
        }

        /// <summary>Reads a value and puts it where the cursor is, whose limits have been read.</summary>
        /// <param name="cursor">Where.</param>
        /// <param name="line">The line with the value.</param>
        /// <param name="from">Where in the line it begins.</param>
        /// <param name="to">Where it ends.</param>
        /// <returns>False when it is none, or none that the field can have; nothing has been changed then.</returns>
        internal static bool TryPut(SectionCursor cursor, ServiceLine line, int from, int to)
        {
            if (cursor.Kind == 'h')
            {
                return to - from == 2 * cursor.Size && line.TryHex(from, cursor.Content, cursor.Offset, cursor.Size);
            }

            long number;
            if (cursor.HasUnknown && line.IsText(from, to, UnknownWord))
            {
                number = cursor.Unknown;
            }
            else if (cursor.Kind == 'e')
            {
                number = NumberOf(cursor, line.Bytes, from, to);
                if (number < 0)
                {
                    return false;
                }
            }
            else
            {
                if (!line.TrySigned(from, to, out number) || number < cursor.Minimum || number > cursor.Maximum || number % cursor.Step != 0)
                {
                    return false;
                }

                number /= cursor.Step;
            }

            if (cursor.IsCount && !cursor.Resize((int)number))
            {
                return false;
            }

            Put(cursor, number);
            return true;
        }

        private static long Read(SectionCursor cursor)
        {
            long number = 0;
            for (int i = 0; i < cursor.Size; i++)
            {
                number = (number << 8) | cursor.Content[cursor.Offset + i];
            }

            long sign = 1L << ((8 * cursor.Size) - 1);
            return cursor.Kind == 'i' && number >= sign ? number - sign - sign : number;
        }

        private static void Put(SectionCursor cursor, long number)
        {
            for (int i = cursor.Size - 1; i >= 0; i--)
            {
                cursor.Content[cursor.Offset + i] = (byte)(number & 255);
                number >>= 8;
            }
        }

        private static void WriteWord(ServiceWriter writer, SectionCursor cursor, long number)
        {
            int end = cursor.Text.IndexOf('}', cursor.WordsFrom);
            int from = cursor.WordsFrom;
            for (; number > 0 && from < end; number--)
            {
                int comma = cursor.Text.IndexOf(',', from);
                from = comma < 0 || comma > end ? end : comma + 1;
            }

            int to = cursor.Text.IndexOf(',', from);
            writer.Part(cursor.Text, from, to < 0 || to > end ? end : to);
        }

        // Which of the words of an enum; -1 for none.
        private static int NumberOf(SectionCursor cursor, byte[] line, int from, int to)
        {
            int number = 0;
            int matched = 0;
            for (int i = cursor.WordsFrom; ; i++)
            {
                char character = cursor.Text[i];
                if (character == ',' || character == '}')
                {
                    if (matched == to - from)
                    {
                        return number;
                    }

                    if (character == '}')
                    {
                        return -1;
                    }

                    number++;
                    matched = 0;
                }
                else if (matched >= 0)
                {
                    matched = matched < to - from && line[from + matched] == character ? matched + 1 : -1;
                }
            }
        }
    }
}
