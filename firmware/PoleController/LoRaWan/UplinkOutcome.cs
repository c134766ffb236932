// What becomes of the data frame in work: heard, acknowledged, repeated (and how soon), finished or given up. It sends nothing itself.
using PoleController.Hal;

namespace PoleController.LoRaWan
{
    /// <summary>
    /// The frame in work after each exchange. Every frame, confirmed or not, is sent NbTrans times with the same counter, or until a downlink in its
    /// windows shows that it arrived (TS001-1.0.4, sections 4.3.1.3 and 5.2). A confirmed message that was not acknowledged by then goes again in a
    /// new frame with the next counter; after as many transmissions as its sender allowed it is given up.
    /// </summary>
    internal sealed class UplinkOutcome
    {
        private const int RetransmitMinimumMs = 1000;
        private const int RetransmitSpreadMs = 2000;

        private readonly Region _region;
        private readonly IRandom _random;
        private readonly Session _session;
        private readonly SessionStore _store;
        private readonly RadioSupervisor _radio;
        private readonly Exchange _exchange;
        private readonly AdrBackoff _adr;
        private readonly UplinkBuilder _builder;
        private readonly UplinkMessage _message;
        private readonly UplinkFrame _frame;

        /// <summary>Makes it over the parts of a device.</summary>
        internal UplinkOutcome(DeviceParts parts)
        {
            _region = parts.Region;
            _random = parts.Random;
            _session = parts.Session;
            _store = parts.SessionStore;
            _radio = parts.RadioSupervisor;
            _exchange = parts.Exchange;
            _adr = parts.AdrBackoff;
            _builder = parts.Builder;
            _message = parts.Message;
            _frame = parts.Frame;
        }

        /// <summary>Counts messages that were sent for good (unconfirmed sent, or confirmed acknowledged).</summary>
        internal int SentCount { get; private set; }

        /// <summary>Counts messages that were given up.</summary>
        internal int UnacknowledgedCount { get; private set; }

        /// <summary>A downlink has come.</summary>
        /// <param name="nowMs">Now.</param>
        /// <param name="answersUplink">Whether it came in the uplink's receive windows.</param>
        /// <param name="isAcknowledge">Whether it carries ACK.</param>
        internal void OnDownlink(long nowMs, bool answersUplink, bool isAcknowledge)
        {
            bool isAcknowledgement = isAcknowledge && _frame.IsConfirmed;
            if (!_frame.IsInWork || (!answersUplink && !isAcknowledgement))
            {
                return;
            }

            _frame.IsHeard = true;
            _frame.IsAcknowledged |= isAcknowledgement;
            if (_exchange.Phase != ExchangePhase.Idle)
            {
                _exchange.Finish();
                OnExchangeEnded(nowMs);
            }
            else if (_frame.IsAcknowledged)
            {
                // Between two transmissions.
                Finish(true);
            }
        }

        /// <summary>The exchange of the frame in work has ended: ends the frame or says when it is sent again.</summary>
        internal void OnExchangeEnded(long nowMs)
        {
            if (!_frame.IsInWork)
            {
                return;
            }

            if (_exchange.HasFailed)
            {
                _frame.NotBeforeMs = _radio.AvailableFromMs;
                return;
            }

            _frame.TransmissionCount++;
            if (_frame.CarriesMessage)
            {
                _message.TransmissionCount++;
            }

            if (_frame.IsHeard || _frame.IsSentOnce || _frame.TransmissionCount >= _session.Parameters.TransmissionCount)
            {
                EndFrame(nowMs);
                return;
            }

            _frame.NotBeforeMs = RetransmitTimeMs(nowMs);
            LowerDataRateIfDue();
        }

        /// <summary>The frame in work is not repeated any more, whatever NbTrans says.</summary>
        internal void StopRepeating(long nowMs)
        {
            EndFrame(nowMs);
        }

        /// <summary>Ends the frame in work, and the message it carries if it does.</summary>
        /// <param name="isSent">Whether it was sent for good; otherwise it is given up.</param>
        internal void Finish(bool isSent)
        {
            LeaveFrame();
            if (_frame.CarriesMessage)
            {
                EndMessage(isSent);
            }
        }

        /// <summary>Takes back the message that waits, unless a frame that carries it is in work.</summary>
        internal bool TryWithdraw()
        {
            if (!_message.IsWaiting || (_frame.IsInWork && _frame.CarriesMessage))
            {
                return false;
            }

            _message.IsWaiting = false;
            return true;
        }

        /// <summary>Gives up the message that waits: no data rate can hold it any more.</summary>
        /// <returns>Whether one did wait.</returns>
        internal bool TryGiveUpMessage()
        {
            bool isWaiting = _message.IsWaiting;
            if (isWaiting)
            {
                EndMessage(false);
            }

            return isWaiting;
        }

        // What was not acknowledged goes again in a new frame, with the next counter, after RETRANSMIT_TIMEOUT.
        private void EndFrame(long nowMs)
        {
            if (!_frame.IsConfirmed || _frame.IsAcknowledged)
            {
                Finish(true);
                return;
            }

            _frame.NotBeforeMs = RetransmitTimeMs(nowMs);
            if (_message.TransmissionCount >= _message.MaximumTransmissionCount)
            {
                Finish(false);
                return;
            }

            LeaveFrame();
            LowerDataRateIfDue();
        }

        private void LeaveFrame()
        {
            _frame.IsInWork = false;
            if (_builder.IsAdaptiveDataRate && _adr.TakeStepIfDue())
            {
                // Should the store refuse, the session simply begins at the old parameters after a restart.
                _store.TrySaveSession(_session);
            }
        }

        // RETRANSMIT_TIMEOUT, 1 to 3 s (RP002-1.0.4, section 2.3), counts from RECEIVE_DELAY2, also when a downlink in RX1 has ended the windows.
        private long RetransmitTimeMs(long nowMs)
        {
            long fromMs = _exchange.Windows.Rx2Ms > nowMs ? _exchange.Windows.Rx2Ms : nowMs;
            return fromMs + RetransmitMinimumMs + _random.Next(RetransmitSpreadMs + 1);
        }

        private void EndMessage(bool isSent)
        {
            _message.IsWaiting = false;
            if (isSent)
            {
                SentCount++;
            }
            else
            {
                UnacknowledgedCount++;
            }
        }

        // Without ADR nobody else would: every second failure of a confirmed message one data rate lower, as long as the frame fits.
        private void LowerDataRateIfDue()
        {
            if (_builder.IsAdaptiveDataRate || !_frame.IsConfirmed || _message.TransmissionCount % 2 != 0)
            {
                return;
            }

            MacParameters parameters = _session.Parameters;
            int lower = parameters.DataRate - 1;
            if (lower >= 0
                && parameters.IsDataRateUsable(parameters.ChannelMask, lower)
                && _frame.Length <= _session.Parameters.MaximumPayloadLength(lower) + FrameCodec.OverheadLength + 1)
            {
                parameters.DataRate = lower;
            }
        }
    }
}
