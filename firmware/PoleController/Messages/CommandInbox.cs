// Takes what the operator sends: has commands carried out and puts their answers into the queue, each with the wait that spreads the answers of
// a group. Carrying out is CommandProcessor's and SettingsBlockConsumer's, sending the answers the Reporter's.
using PoleController.Hal;
using PoleController.LoRaWan;
using PoleController.Settings;

namespace PoleController.Messages
{
    /// <summary>Takes downlinks for the operator's commands.</summary>
    internal sealed class CommandInbox
    {
        // Of a command that came to this pole alone.
        private const int NoGroup = -1;

        private readonly EndDevice _device;
        private readonly CommandProcessor _commands;
        private readonly SettingsBlockConsumer _settingsBlocks;
        private readonly ControllerSettings _settings;
        private readonly IRandom _random;
        private readonly byte[] _answer = new byte[CommandAnswer.Length];

        /// <summary>Makes it.</summary>
        public CommandInbox(EndDevice device, CommandProcessor commands, SettingsBlockConsumer settingsBlocks, ControllerSettings settings, IRandom random)
        {
            _device = device;
            _commands = commands;
            _settingsBlocks = settingsBlocks;
            _settings = settings;
            _random = random;
        }

        /// <summary>The answers that wait.</summary>
        public AnswerQueue Answers { get; } = new AnswerQueue();

        /// <summary>Downlinks dropped because nobody here listens on their port.</summary>
        public int ForeignDownlinkCount { get; private set; }

        /// <summary>Whether there is anything to take.</summary>
        public bool IsAnyWaiting
        {
            get { return _device.DownlinkPort != 0 || _settingsBlocks.HasAnswer; }
        }

        /// <summary>Looks at what commands began and what ends by itself.</summary>
        public void Look(long nowMs)
        {
            _commands.Look(nowMs);
        }

        /// <summary>Takes what waits.</summary>
        /// <param name="nowMs">Now.</param>
        /// <param name="payload">Working memory: as long as the longest payload.</param>
        /// <returns>Whether a command was carried out.</returns>
        public bool Take(long nowMs, byte[] payload)
        {
            bool isCarriedOut = _device.DownlinkPort != 0 && TakeDownlink(nowMs, payload);
            if (_settingsBlocks.HasAnswer)
            {
                _settingsBlocks.TakeAnswer(_answer);
                Queue(nowMs, _settingsBlocks.AnswerSpreadMs > 0 ? _settingsBlocks.AnswerSpreadMs : AnswerWindowMs(NoGroup));
            }

            return isCarriedOut;
        }

        private bool TakeDownlink(long nowMs, byte[] payload)
        {
            int port = _device.DownlinkPort;
            int groupId = _device.DownlinkGroupId;
            int length = _device.TakeDownlink(payload);
            if (port != MessagePort.Command)
            {
                ForeignDownlinkCount++;
                return false;
            }

            _commands.Process(nowMs, payload, length, groupId < 0 ? CommandWay.Unicast : CommandWay.Multicast, _answer);
            if (_commands.LastError != CommandError.NotInGroup || groupId < 0)
            {
                // Those of a multicast group whom the command did not mean stay silent.
                Queue(nowMs, AnswerWindowMs(groupId));
            }

            return _commands.LastError == CommandError.Ok;
        }

        private void Queue(long nowMs, int windowMs)
        {
            if (windowMs > 0)
            {
                Answers.Add(_answer, nowMs + Reporter.AnswerDelayMinimumMs + _random.Next(windowMs));
            }
        }

        // 1,000 poles that answer at once would be heard by nobody: a group spreads its answers over a window that the operator sizes to it.
        private int AnswerWindowMs(int groupId)
        {
            return groupId < 0
                ? Reporter.AnswerDelayMaximumMs - Reporter.AnswerDelayMinimumMs + 1
                : _settings.MulticastAnswerWindowSeconds[groupId] * 1000;
        }
    }
}
