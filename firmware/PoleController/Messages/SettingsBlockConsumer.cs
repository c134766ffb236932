// Takes blocks of settings that came by fragmentation and puts them in force, whole or not at all, and keeps the answer until it is sent. How
// a block is laid out is SettingsBlock's, how settings are kept and put back SettingsKeeper's.
using PoleController.Lighting;
using PoleController.LoRaWan.Packages;
using PoleController.Settings;

namespace PoleController.Messages
{
    /// <summary>Puts blocks of settings in force.</summary>
    public sealed class SettingsBlockConsumer : IDataBlockConsumer
    {
        /// <summary>CommandId of the answer that says what became of a block; its Sequence is the low byte of the block's SessionCnt.</summary>
        public const int AnswerCommandId = 128;

        private readonly ControllerSettings _settings;
        private readonly SettingsKeeper _keeper;
        private readonly CommandAnswer _answer = new CommandAnswer();
        private readonly SettingsHash _hash = new SettingsHash();

        /// <summary>Makes it.</summary>
        public SettingsBlockConsumer(ControllerSettings settings, SettingsStore settingsStore, LightingSchedule schedule)
        {
            _settings = settings;
            _keeper = new SettingsKeeper(settings, settingsStore, schedule);
        }

        /// <summary>Whether an answer waits to be taken.</summary>
        public bool HasAnswer { get; private set; }

        /// <summary>Over how long the answer that waits is to be spread, in milliseconds; 0 when the block came to this pole alone.</summary>
        public int AnswerSpreadMs { get; private set; }

        /// <inheritdoc/>
        public bool IsWanted(uint descriptor, int length)
        {
            return descriptor == SettingsBlock.Descriptor && length >= SettingsBlock.MinimumLength;
        }

        /// <inheritdoc/>
        public void Take(long nowMs, uint descriptor, int sessionCnt, int answerSpreadMs, byte[] block, int length)
        {
            int section = -1;
            CommandError error = _keeper.TryPrepare() ? CommandError.Ok : CommandError.NotStored;
            if (error == CommandError.Ok)
            {
                error = SettingsBlock.Read(block, length, _settings, out section);
                if (error == CommandError.Ok && SettingsRules.Validate(_settings) != SettingsFault.None)
                {
                    error = CommandError.OutOfRange;
                }

                error = _keeper.Finish(error);
            }

            _answer.CommandId = AnswerCommandId;
            _answer.Sequence = sessionCnt & 0xFF;
            _answer.Error = error;
            _answer.Field = section;
            _answer.SettingsRevision = _settings.Revision;
            _answer.SettingsHash = _hash.Compute(_settings);
            AnswerSpreadMs = answerSpreadMs;
            HasAnswer = true;
        }

        /// <summary>Writes the answer that waits.</summary>
        /// <param name="buffer"><see cref="CommandAnswer.Length"/> bytes or more.</param>
        /// <returns>Bytes written.</returns>
        public int TakeAnswer(byte[] buffer)
        {
            HasAnswer = false;
            return _answer.Encode(buffer);
        }
    }
}
