// The settings at the service port: which sections there are, the fields of one with what each allows, or its bytes as messages.yaml describes them. Setting is
// ServiceSettings'.
using PoleController.Settings;

namespace PoleController.Service
{
    /// <summary>The sections, or the content of one.</summary>
    internal sealed class SettingsReport : ServiceReport
    {
        private const int BytesPerLine = 64;

        private readonly ControllerSettings _settings;
        private readonly SectionCursor _cursor;
        private SettingsPart? _part;
        private bool _isHex;
        private int _revision;

        /// <summary>Makes it.</summary>
        internal SettingsReport(ControllerSettings settings, SectionCursor cursor)
            : base("settings")
        {
            _settings = settings;
            _cursor = cursor;
        }

        /// <summary>Begins.</summary>
        /// <param name="part">The section to print; null lists all of them.</param>
        /// <param name="isHex">Whether as bytes; else field by field.</param>
        internal void Begin(SettingsPart? part, bool isHex)
        {
            Restart();
            _part = part;
            _isHex = isHex;
            _revision = _settings.Revision;
            if (part != null)
            {
                _cursor.Begin(SectionText.Of(part.Section), _settings.Workspace.Buffer, 0);
            }
        }

        /// <summary>Whether a section holds a key, which is never printed.</summary>
        internal static bool IsSecret(SettingsPart part)
        {
            string text = SectionText.Of(part.Section);
            for (int i = text.IndexOf(':', 0); i >= 0; i = text.IndexOf(':', i + 1))
            {
                if (text[i + 1] == 'h')
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Writes a section's bytes into the buffer of the settings, which belongs to everybody, each within a call.</summary>
        /// <returns>How many.</returns>
        internal static int Encode(ControllerSettings settings, SettingsPart part)
        {
            SettingsWriter writer = settings.Workspace.Writer;
            writer.Begin(settings.Workspace.Buffer, 0);
            part.Put(writer);
            return writer.Position;
        }

        /// <inheritdoc/>
        protected override ReportStep Write(ServiceWriter writer, long nowMs)
        {
            if (_part != null)
            {
                return _isHex ? WriteContent(writer, _part) : WriteField(writer, _part);
            }

            if (Index >= _settings.Parts.Length)
            {
                return ReportStep.End;
            }

            SettingsPart part = _settings.Parts[Index];
            Index++;
            WriteHead(writer, part);
            writer.Pair("length", Encode(_settings, part)).Pair("isSecret", IsSecret(part) ? 1 : 0);
            return ReportStep.Line;
        }

        private ReportStep WriteField(ServiceWriter writer, SettingsPart part)
        {
            if (_settings.Revision != _revision)
            {
                writer.Error("changed", "settings", "the settings were set meanwhile: ask again");
                return ReportStep.End;
            }

            _cursor.Renew(_settings.Workspace.Buffer, Encode(_settings, part));
            if (!_cursor.MoveNext())
            {
                return ReportStep.End;
            }

            Begin(writer).Pair("section", ServiceWords.Of(part.Section));
            _cursor.ReadLimits();
            SectionValue.WriteName(writer, _cursor);
            SectionValue.Write(writer, _cursor);
            SectionValue.WriteAllowed(writer, _cursor);
            return ReportStep.Line;
        }

        // Encoded anew for every line.
        private ReportStep WriteContent(ServiceWriter writer, SettingsPart part)
        {
            int length = Encode(_settings, part);
            if (Index >= length)
            {
                return ReportStep.End;
            }

            int count = length - Index < BytesPerLine ? length - Index : BytesPerLine;
            WriteHead(writer, part);
            writer.Pair("offset", Index).Key("content").Hex(_settings.Workspace.Buffer, Index, count);
            Index += count;
            return ReportStep.Line;
        }

        private void WriteHead(ServiceWriter writer, SettingsPart part)
        {
            Begin(writer).Pair("section", ServiceWords.Of(part.Section)).Pair("number", (int)part.Section);
            if (part.Item != SettingsPart.NoItem)
            {
                writer.Pair("item", part.Item);
            }
        }
    }
}
