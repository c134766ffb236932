// When a data frame is sent: for a message, an answer or the time; the first time and again. What goes into it is UplinkBuilder's, what
// becomes of it UplinkOutcome's, channel and duty cycle Transmitter's.
using PoleController.Hal;

namespace PoleController.LoRaWan
{
    /// <summary>Sends data frames within a session.</summary>
    internal sealed class UplinkSender
    {
        private const int AcknowledgeSpreadMs = 2000;
        private const int AnswerDelayMs = 10000;
        private const int AnswerSpreadMs = 60000;

        // CLASS_C_RESP_TIMEOUT (RP002-1.0.4, section 2.3).
        private const int ClassCResponseTimeoutMs = 8000;

        // A wish that no data rate can carry out is looked at again after this.
        private const int NoDataRateRetryMs = 60000;

        private readonly Region _region;
        private readonly IRandom _random;
        private readonly MacParameters _parameters;
        private readonly StoreSupervisor _storeSupervisor;
        private readonly RadioSupervisor _radio;
        private readonly TimeRequest _time;
        private readonly MacAnswers _answers;
        private readonly UplinkBuilder _builder;
        private readonly UplinkMessage _message;
        private readonly UplinkFrame _frame;
        private readonly Transmitter _transmitter;
        private readonly UplinkOutcome _outcome;
        private long _answerDueMs = Wake.Never;

        /// <summary>Makes it over the parts of a device.</summary>
        internal UplinkSender(DeviceParts parts, Transmitter transmitter, UplinkOutcome outcome)
        {
            _region = parts.Region;
            _random = parts.Random;
            _parameters = parts.Session.Parameters;
            _storeSupervisor = parts.StoreSupervisor;
            _radio = parts.RadioSupervisor;
            _time = parts.TimeRequest;
            _answers = parts.Answers;
            _builder = parts.Builder;
            _message = parts.Message;
            _frame = parts.Frame;
            _transmitter = transmitter;
            _outcome = outcome;
        }

        /// <summary>
        /// Whether <see cref="Send"/> found nothing to do before the time it returned. Not so while a frame waits for its channel: that time is rounded up.
        /// </summary>
        internal bool IsQuiet { get; private set; }

        /// <summary>Forgets what was to be answered: there is a new session.</summary>
        internal void ForgetAnswers()
        {
            _answers.Clear();
            _answerDueMs = Wake.Never;
            _builder.ForgetAcknowledge();
        }

        /// <summary>Plans when what the last downlink asked for is answered, should no message be sent before.</summary>
        /// <param name="nowMs">Now.</param>
        /// <param name="mustAcknowledge">Whether it was confirmed.</param>
        /// <param name="isClassC">Whether it came outside the class A windows: it is acknowledged within CLASS_C_RESP_TIMEOUT or not at all.</param>
        internal void PlanAnswer(long nowMs, bool mustAcknowledge, bool isClassC)
        {
            long dueMs = Wake.Never;
            if (mustAcknowledge)
            {
                _builder.Acknowledge(isClassC ? nowMs + ClassCResponseTimeoutMs : Wake.Never);
                dueMs = nowMs + _random.Next(AcknowledgeSpreadMs);
            }
            else if (_answers.UnsentLength > 0)
            {
                dueMs = nowMs + AnswerDelayMs + _random.Next(AnswerSpreadMs);
            }

            if (dueMs < _answerDueMs)
            {
                _answerDueMs = dueMs;
            }
        }

        /// <summary>Sends the frame in work, or the next one, if it is time for it. No exchange may be going on.</summary>
        /// <returns>When to try again; <see cref="Wake.Never"/> when a frame is on its way or nothing is to be sent.</returns>
        internal long Send(long nowMs)
        {
            IsQuiet = true;
            if (nowMs < _frame.NotBeforeMs)
            {
                return _frame.NotBeforeMs;
            }

            if (_frame.IsInWork)
            {
                if (_frame.TransmissionCount == 0 || nowMs < _frame.RepeatUntilMs)
                {
                    return SendFrame(nowMs, _frame.Length, _builder.DataRateForFrame(_frame.Length));
                }

                _outcome.StopRepeating(nowMs);
                return nowMs;
            }

            DropLateAcknowledge(nowMs);
            if (!_message.IsWaiting && nowMs < _answerDueMs && nowMs < _time.DueMs)
            {
                return _answerDueMs < _time.DueMs ? _answerDueMs : _time.DueMs;
            }

            if (_builder.Plan(nowMs))
            {
                return SendFrame(nowMs, _builder.PlannedLength, _builder.DataRate);
            }

            // No data rate can hold the message, or there is none at all for an answer.
            IsQuiet = false;
            return _outcome.TryGiveUpMessage() ? nowMs : nowMs + NoDataRateRetryMs;
        }

        private void DropLateAcknowledge(long nowMs)
        {
            if (!_builder.IsAcknowledgePending || nowMs < _builder.AcknowledgeUntilMs)
            {
                return;
            }

            _builder.ForgetAcknowledge();
            if (_answers.UnsentLength == 0)
            {
                _answerDueMs = Wake.Never;
            }
        }

        // The frame in work, or else the one that is planned: it is built when a channel is free.
        private long SendFrame(long nowMs, int length, int dataRate)
        {
            IsQuiet = false;
            if (dataRate == Region.None)
            {
                _outcome.Finish(false);
                return nowMs;
            }

            if (!_transmitter.TryChooseChannel(nowMs, _parameters.ChannelMask, dataRate, _region.UplinkUs(dataRate, length)))
            {
                return _transmitter.EarliestMs;
            }

            if (!_frame.IsInWork)
            {
                if (!_storeSupervisor.Note(_builder.TryBuild(nowMs), nowMs))
                {
                    return _storeSupervisor.AvailableFromMs;
                }

                _answerDueMs = Wake.Never;
            }

            if (!_transmitter.TrySendData(nowMs, _frame.Bytes, _frame.Length))
            {
                return _radio.AvailableFromMs;
            }

            if (_frame.HasTimeRequest || nowMs >= _time.DueMs)
            {
                // Also when there was no room for it: otherwise the wish would send uplink after uplink.
                _time.OnSent(nowMs);
            }

            return Wake.Never;
        }
    }
}
