// The settings at the service port: which sections there are, and the bytes of one as messages.yaml describes them. Setting one is the command
// processor's.
using PoleController.Settings;

namespace PoleController.Service
{
    /// <summary>The sections, or the content of one.</summary>
    internal sealed class SettingsReport : ServiceReport
    {
        private const int BytesPerLine = 64;

        private readonly ControllerSettings _settings;
        private SettingsPart? _part;

        /// <summary>Makes it.</summary>
        internal SettingsReport(ControllerSettings settings)
            : base("settings")
        {
            _settings = settings;
        }

        /// <summary>Begins.</summary>
        /// <param name="part">The section to print; null lists all of them.</param>
        internal void Begin(SettingsPart? part)
        {
            Restart();
            _part = part;
        }

        /// <summary>Whether a section holds a key, which is never printed.</summary>
        internal static bool IsSecret(SettingsPart part)
        {
            return part.Section == SettingsSection.Neighbours;
        }

        /// <inheritdoc/>
        protected override ReportStep Write(ServiceWriter writer, long nowMs)
        {
            if (_part != null)
            {
                return WriteContent(writer, _part);
            }

            if (Index >= _settings.Parts.Length)
            {
                return ReportStep.End;
            }

            SettingsPart part = _settings.Parts[Index];
            Index++;
            WriteHead(writer, part);
            writer.Pair("length", Encode(part)).Pair("isSecret", IsSecret(part) ? 1 : 0);
            return ReportStep.Line;
        }

        private ReportStep WriteContent(ServiceWriter writer, SettingsPart part)
        {
            int length = Encode(part);
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

        // Anew for every line: the buffer belongs to everybody, each within a call.
        private int Encode(SettingsPart part)
        {
            SettingsWriter writer = _settings.Workspace.Writer;
            writer.Begin(_settings.Workspace.Buffer, 0);
            part.Put(writer);
            return writer.Position;
        }
    }
}
