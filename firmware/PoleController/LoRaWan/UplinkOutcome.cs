// What becomes of the data frame in work: heard, acknowledged, repeated (and how soon), finished or given up. It sends nothing itself.
using PoleController.Hal;

namespace PoleController.LoRaWan
{
    /// <summary>
    /// The frame in work after each exchange. An unconfirmed one is sent NbTrans times, or until a downlink in its windows shows that it arrived;
    /// a confirmed one until it is acknowledged, <see cref="EndDevice.MaximumTryCount"/> times at most (NbTrans: TS001-1.0.4, section 5.2).
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
            if (_exchange.Phase == ExchangePhase.Idle)
            {
                // Between two tries.
                if (_frame.IsAcknowledged)
                {
                    Finish(true);
                }

                return;
            }

            if (_frame.IsAcknowledged || !_frame.IsConfirmed)
            {
                _exchange.Finish();
                OnExchangeEnded(nowMs);
            }
        }

        /// <summary>The exchange of the frame in work has ended: finishes the frame or says when it is sent again.</summary>
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

            _frame.TryCount++;
            bool isDone = _frame.IsConfirmed ? _frame.IsAcknowledged : _frame.IsHeard || _frame.TryCount >= _session.Parameters.TransmissionCount;
            if (isDone || (_frame.IsConfirmed && _frame.TryCount >= EndDevice.MaximumTryCount))
            {
                Finish(isDone);
                return;
            }

            _frame.NotBeforeMs = nowMs + RetransmitMinimumMs + _random.Next(RetransmitSpreadMs + 1);
            if (_frame.IsConfirmed && !_builder.IsAdaptiveDataRate && _frame.TryCount % 2 == 0)
            {
                LowerDataRate();
            }
        }

        /// <summary>Ends the frame in work, and the message it carries if it does.</summary>
        /// <param name="isSent">Whether it was sent for good; otherwise it is given up.</param>
        internal void Finish(bool isSent)
        {
            _frame.IsInWork = false;
            if (_builder.IsAdaptiveDataRate && _adr.TakeStepIfDue())
            {
                // Should the store refuse, the session simply begins at the old parameters after a restart.
                _store.TrySaveSession(_session);
            }

            if (_frame.CarriesMessage)
            {
                EndMessage(isSent);
            }
        }

        /// <summary>Gives up the message that waits, if one does: no data rate can hold it any more.</summary>
        internal void GiveUpMessage()
        {
            if (_message.IsWaiting)
            {
                EndMessage(false);
            }
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

        // Without ADR nobody else would: every second failure one data rate lower, as long as the frame fits.
        private void LowerDataRate()
        {
            MacParameters parameters = _session.Parameters;
            int lower = parameters.DataRate - 1;
            if (lower >= 0
                && parameters.IsDataRateUsable(parameters.ChannelMask, lower)
                && _frame.Length <= _region.MaximumPayloadLengths[lower] + FrameCodec.OverheadLength + 1)
            {
                parameters.DataRate = lower;
            }
        }
    }
}
