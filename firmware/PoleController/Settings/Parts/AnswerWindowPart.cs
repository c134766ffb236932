// Over how long multicast groups spread their answers, as a section of the settings.
namespace PoleController.Settings.Parts
{
    /// <summary>The multicast groups' windows of answers.</summary>
    public sealed class AnswerWindowPart : SettingsPart
    {
        private readonly ControllerSettings _settings;

        /// <summary>Makes it over the settings whose values it is.</summary>
        public AnswerWindowPart(ControllerSettings settings)
            : base(SettingsSection.MulticastAnswerWindows)
        {
            _settings = settings;
        }

        /// <inheritdoc/>
        public override void SetDefaults()
        {
            for (int i = 0; i < ControllerSettings.MulticastGroupCount; i++)
            {
                _settings.MulticastAnswerWindowSeconds[i] = 300;
            }
        }

        /// <inheritdoc/>
        public override SettingsFault Validate()
        {
            SettingsFault fault = SettingsFault.None;
            for (int i = 0; i < ControllerSettings.MulticastGroupCount && fault == SettingsFault.None; i++)
            {
                fault = SettingsRules.IsMulticastAnswerWindow(_settings.MulticastAnswerWindowSeconds[i]) ? SettingsFault.None : SettingsFault.MulticastAnswerWindow;
            }

            return fault;
        }

        /// <inheritdoc/>
        public override void Put(SettingsWriter writer)
        {
            for (int i = 0; i < ControllerSettings.MulticastGroupCount; i++)
            {
                writer.Put16(_settings.MulticastAnswerWindowSeconds[i]);
            }
        }

        /// <inheritdoc/>
        public override bool Get(SettingsReader reader)
        {
            for (int i = 0; i < ControllerSettings.MulticastGroupCount; i++)
            {
                _settings.MulticastAnswerWindowSeconds[i] = reader.Get16();
            }

            return true;
        }
    }
}
