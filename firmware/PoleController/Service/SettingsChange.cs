// Sets a section of the settings at the service port: as the command setSettings over the air, by the same rules. A step of its own: to judge and store all settings costs
// as many calls as a step should have.
using PoleController.Messages;
using PoleController.Settings;

namespace PoleController.Service
{
    /// <summary>A change of settings, and its answer.</summary>
    internal sealed class SettingsChange : ServiceReport
    {
        private readonly ServiceParts _parts;
        private readonly ServiceLine _line;
        private readonly byte[] _answer = new byte[CommandAnswer.Length];
        private SettingsSection _section;
        private int _length;

        /// <summary>Makes it.</summary>
        internal SettingsChange(ServiceParts parts, ServiceLine line)
            : base("settings")
        {
            _parts = parts;
            _line = line;
        }

        /// <inheritdoc/>
        internal override bool KeepsLine
        {
            get { return true; }
        }

        /// <summary>Begins.</summary>
        /// <param name="section">What is set.</param>
        /// <param name="length">Bytes of its content, which stand in the line at <see cref="SettingsCommand.ContentOffset"/>.</param>
        internal void Begin(SettingsSection section, int length)
        {
            Restart();
            _section = section;
            _length = length;
        }

        /// <inheritdoc/>
        protected override ReportStep Write(ServiceWriter writer, long nowMs)
        {
            byte[] command = _line.Bytes;
            command[0] = (byte)CommandId.SetSettings;
            command[1] = 0;
            command[2] = (byte)_section;
            _parts.Commands.Process(nowMs, command, _length + SettingsCommand.ContentOffset, _answer);
            CommandError error = _parts.Commands.LastError;
            if (error == CommandError.Ok)
            {
                writer.Text("ok settings").Pair("revision", _parts.Settings.Revision);
                return ReportStep.End;
            }

            writer.Error(ServiceWords.Of(error), "settings", "nothing was changed; fault says what does not go together, docs/messages.md (settingsFault) why");
            if (error == CommandError.OutOfRange)
            {
                writer.Pair("fault", SectionText.Of((SettingsFault)_answer[3]));
            }

            return ReportStep.End;
        }
    }
}
