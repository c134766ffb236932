// The settings at the service port: which line shows what, and the two ways to set a section, by fields and by its bytes. What is
// set with them is SettingsChange's; where a field's bytes are is SectionCursor's, what its text means SectionValue's, showing is SettingsReport's.
using PoleController.Messages;
using PoleController.Settings;

namespace PoleController.Service
{
    /// <summary>Shows and sets settings.</summary>
    internal sealed class ServiceSettings
    {
        /// <summary>Most fields that a line sets: what a step can carry out of them.</summary>
        internal const int MaximumFields = 8;

        // Of what was typed an answer shows so many characters: it has to fit into a line.
        private const int LongestShown = 40;
        private const int ContentOffset = SettingsCommand.ContentOffset;
        private const string Usage = "settings; settings get|hex NAME [ITEM]; settings set NAME [ITEM] FIELD=VALUE ...; settings set NAME HEX; settings lists the names";

        private readonly ServiceParts _parts;
        private readonly ServiceLine _line;
        private readonly ServiceWriter _writer;
        private readonly SectionCursor _cursor = new SectionCursor();
        private readonly SettingsReport _report;
        private readonly SettingsChange _change;

        /// <summary>Makes it.</summary>
        internal ServiceSettings(ServiceParts parts, ServiceLine line, ServiceWriter writer)
        {
            _parts = parts;
            _line = line;
            _writer = writer;
            _report = new SettingsReport(parts.Settings, _cursor);
            _change = new SettingsChange(parts, line);
        }

        /// <summary>Carries out the line.</summary>
        /// <returns>The report that answers; null when the answer has been written.</returns>
        internal ServiceReport? Do()
        {
            if (!_line.HasWord(1))
            {
                _report.Begin(null, false);
                return _report;
            }

            bool isSet = _line.Is(1, "set");
            bool isHex = _line.Is(1, "hex");
            if ((!isSet && !isHex && !_line.Is(1, "get")) || !_line.HasWord(2))
            {
                WriteUsage();
                return null;
            }

            // With set, a number that stands alone is content, before fields it is the item.
            bool isItem = isSet ? _line.HasWord(4) && _line.TryNumber(3, 0, 254, out _) : _line.HasWord(3);
            long item = 0;
            int section = SectionNamed();
            SettingsPart? part = section > 0 && (!isItem || _line.TryNumber(3, 0, 254, out item)) ? _parts.Settings.Find(section, (int)item) : null;
            if (part == null || SectionText.Of(part.Section).Length == 0 || (!isSet && _line.HasWord(4)))
            {
                WriteUsage();
                return null;
            }

            if (isSet)
            {
                return Set(part, isItem ? 4 : 3);
            }

            if (isHex && SettingsReport.IsSecret(part))
            {
                _writer.Error("secret", "settings", "it holds a key; settings get shows the rest of it");
                return null;
            }

            _report.Begin(part, isHex);
            return _report;
        }

        private void WriteUsage()
        {
            _writer.Error("badValue", "settings", Usage);
        }

        // 0 when the third word is the name of no section.
        private int SectionNamed()
        {
            for (int i = 0; i < _parts.Settings.Parts.Length; i++)
            {
                SettingsSection section = _parts.Settings.Parts[i].Section;
                if (_line.Is(2, ServiceWords.Of(section)))
                {
                    return (int)section;
                }
            }

            return 0;
        }

        private SettingsChange? Set(SettingsPart part, int word)
        {
            int from = _line.WordFrom(word);
            int length = -1;
            if (EqualsIn(from, _line.WordTo(from)) >= 0)
            {
                length = SetFields(part, word);
            }
            else if (word == 3 && !_line.HasWord(4))
            {
                length = SetHex();
            }
            else
            {
                WriteUsage();
            }

            if (length < 0)
            {
                return null;
            }

            _change.Begin(part.Section, length);
            return _change;
        }

        // The section's bytes as they are, with the fields of the line put in one after the other; over the line, which is not needed any more then. How many; -1 with the
        // error written.
        private int SetFields(SettingsPart part, int word)
        {
            byte[] content = _parts.Settings.Workspace.Buffer;
            _cursor.Begin(SectionText.Of(part.Section), content, SettingsReport.Encode(_parts.Settings, part));
            if (_line.HasWord(word + MaximumFields))
            {
                _writer.Error("tooLong", "settings", "set 8 fields a line at most");
                return -1;
            }

            // From word to word: to look each up by its number is to walk through the line for each.
            int to;
            for (int from = _line.WordFrom(word); from < _line.Length; from = _line.NextFrom(to))
            {
                to = _line.WordTo(from);
                if (!TrySetField(part, from, to))
                {
                    return -1;
                }
            }

            int length = _cursor.Length;
            if (length + ContentOffset > ServiceLine.Capacity)
            {
                _writer.Error("tooLong", "settings", "such a section comes over the air, in a block of settings");
                return -1;
            }

            System.Array.Copy(content, 0, _line.Bytes, ContentOffset, length);
            return length;
        }

        private bool TrySetField(SettingsPart part, int from, int to)
        {
            int equals = EqualsIn(from, to);
            int shownTo = equals - from > LongestShown ? from + LongestShown : equals;
            if (equals < 0 || !_cursor.Find(_line.Bytes, from, equals))
            {
                _writer.Text("error").Pair("code", equals < 0 ? "badValue" : "unknownField").Key("at").Part(_line.Bytes, from, shownTo);
                _writer.Text(equals < 0 ? "settings" : "").Remedy(equals < 0 ? "FIELD=VALUE" : "settings get lists the fields, groups with their count first");
                return false;
            }

            if (part.Item != SettingsPart.NoItem && _cursor.Offset == 0)
            {
                _writer.Text("error code=badValue").Key("at").Part(_line.Bytes, from, shownTo).Remedy("it stands behind the section's name");
                return false;
            }

            _cursor.ReadLimits();
            if (SectionValue.TryPut(_cursor, _line, equals + 1, to))
            {
                return true;
            }

            // A wrong key may be a right one with a slip: it is not shown.
            _writer.Text("error code=outOfRange").Key("at").Part(_line.Bytes, from, shownTo).Remedy("nothing was changed; see allowed");
            _writer.Key("value");
            if (_cursor.Kind == 'h')
            {
                _writer.Text("hidden");
            }
            else
            {
                _writer.Part(_line.Bytes, equals + 1, to - equals > LongestShown ? equals + LongestShown : to);
            }

            SectionValue.WriteAllowed(_writer, _cursor);
            return false;
        }

        // Where it stands; -1 when there is none.
        private int EqualsIn(int from, int to)
        {
            byte[] line = _line.Bytes;
            for (int i = from; i < to; i++)
            {
                if (line[i] == '=')
                {
                    return i;
                }
            }

            return -1;
        }

        private int SetHex()
        {
            int length = _line.ReadHex(3, _line.Bytes, ContentOffset);
            if (length < 0)
            {
                _writer.Error("badValue", "settings", "FIELD=VALUE, or the whole content in hexadecimal");
            }

            return length;
        }
    }
}
