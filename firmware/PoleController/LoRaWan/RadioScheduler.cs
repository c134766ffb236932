// Decides what the radio does next: takes its events, drives the exchange's windows, sends a join-request or data when no exchange goes on,
// and otherwise listens (class C, in RX2 or for a multicast session). When and what is sent is decided by OverTheAirActivation and UplinkSender.
using PoleController.Hal;

namespace PoleController.LoRaWan
{
    /// <summary>The radio's turn: who may use it.</summary>
    internal sealed class RadioScheduler
    {
        private const int MaximumEventsPerRun = 4;

        private readonly ILoRaRadio _radio;
        private readonly RadioSupervisor _radioSupervisor;
        private readonly StoreSupervisor _storeSupervisor;
        private readonly Session _session;
        private readonly Exchange _exchange;
        private readonly ContinuousReception _listening;
        private readonly AdrBackoff _adr;
        private readonly UplinkFrame _frame;
        private readonly OverTheAirActivation _activation;
        private readonly UplinkSender _sender;
        private readonly UplinkOutcome _outcome;
        private readonly Reception _reception;
        private bool _isSessionInDoubt;
        private long _sendWakeMs;
        private bool _isSendingQuiet;
        private int _listeningFrequencyHz;
        private int _listeningDataRate;

        /// <summary>Makes it over the parts of a device.</summary>
        internal RadioScheduler(
            DeviceParts parts, OverTheAirActivation activation, UplinkSender sender, UplinkOutcome outcome, Reception reception)
        {
            _radio = parts.Radio;
            _radioSupervisor = parts.RadioSupervisor;
            _storeSupervisor = parts.StoreSupervisor;
            _session = parts.Session;
            _exchange = parts.Exchange;
            _listening = parts.ContinuousReception;
            _adr = parts.AdrBackoff;
            _frame = parts.Frame;
            _activation = activation;
            _sender = sender;
            _outcome = outcome;
            _reception = reception;
        }

        /// <summary>Starts with the device.</summary>
        /// <param name="isSessionInDoubt">Whether the network may have forgotten the session: see <see cref="SessionStore.HasJoinedSince"/>.</param>
        internal void Start(bool isSessionInDoubt)
        {
            _isSessionInDoubt = isSessionInDoubt;
        }

        /// <summary>
        /// Whether, until the time that <see cref="Run"/> returned, only a radio event or a new message can give it something to do: a run without either
        /// would change nothing.
        /// </summary>
        internal bool IsQuiet { get; private set; }

        /// <summary>Runs.</summary>
        /// <param name="nowMs">Now.</param>
        /// <param name="radioEvent">What the supervisor's poll has just returned.</param>
        /// <returns>When to run again.</returns>
        internal long Run(long nowMs, LoRaRadioEvent radioEvent)
        {
            bool hasMoreEvents = TakeRadioEvents(nowMs, radioEvent);
            if (_exchange.Advance(nowMs))
            {
                OnExchangeEnded(nowMs);
            }

            if (_exchange.Phase == ExchangePhase.Idle)
            {
                _listening.Update(nowMs);
                SendNext(nowMs);
            }

            if (_session.IsActive && !_exchange.OwnsRadio)
            {
                Listen(nowMs);
            }

            IsQuiet = !hasMoreEvents && (_isSendingQuiet || _exchange.Phase != ExchangePhase.Idle);
            return hasMoreEvents ? nowMs : NextWakeMs();
        }

        private void Listen(long nowMs)
        {
            bool isThere = _listeningFrequencyHz == _listening.FrequencyHz && _listeningDataRate == _listening.DataRate;
            if (_radioSupervisor.IsListening && isThere)
            {
                return;
            }

            _listeningFrequencyHz = _listening.FrequencyHz;
            _listeningDataRate = _listening.DataRate;
            _radioSupervisor.TryReceive(nowMs, _listeningFrequencyHz, _listeningDataRate, 0);
        }

        // Returns whether there may be more of them than a run takes.
        private bool TakeRadioEvents(long nowMs, LoRaRadioEvent first)
        {
            LoRaRadioEvent radioEvent = first;
            for (int count = 1; radioEvent != LoRaRadioEvent.None; count++)
            {
                if (radioEvent == LoRaRadioEvent.ReceiveDone)
                {
                    _reception.OnFrameReceived(nowMs);
                }

                if (_exchange.OnEvent(radioEvent, _radio.EventTimeMs))
                {
                    OnExchangeEnded(nowMs);
                }

                if (count == MaximumEventsPerRun)
                {
                    return true;
                }

                radioEvent = _radioSupervisor.Poll(nowMs);
            }

            return false;
        }

        private void OnExchangeEnded(long nowMs)
        {
            if (_activation.IsUnderWay)
            {
                _activation.OnExchangeEnded();
            }
            else
            {
                _outcome.OnExchangeEnded(nowMs);
            }
        }

        private void SendNext(long nowMs)
        {
            long notBeforeMs = _storeSupervisor.AvailableFromMs;
            if (_radioSupervisor.AvailableFromMs > notBeforeMs)
            {
                notBeforeMs = _radioSupervisor.AvailableFromMs;
            }

            if (nowMs < notBeforeMs)
            {
                _sendWakeMs = notBeforeMs;
                _isSendingQuiet = true;
                return;
            }

            _sendWakeMs = Wake.Never;
            if (!_frame.IsInWork && (!_session.IsActive || IsLinkLost(nowMs)))
            {
                _sendWakeMs = _activation.Send(nowMs);
            }

            if (!_session.IsActive)
            {
                _isSendingQuiet = nowMs < _activation.NextAttemptMs;
                return;
            }

            if (_exchange.Phase == ExchangePhase.Idle)
            {
                long dataMs = _sender.Send(nowMs);
                _sendWakeMs = dataMs < _sendWakeMs ? dataMs : _sendWakeMs;
            }

            // The link may count as lost before then.
            long lostMs = LinkLostMs();
            if (lostMs > nowMs && lostMs < _sendWakeMs)
            {
                _sendWakeMs = lostMs;
            }

            _isSendingQuiet = _sender.IsQuiet;
        }

        // A session is never given up: when the network seems gone the device goes on sending in it and, at the pace of the join back-off,
        // tries to join; only an accepted join replaces the session.
        // A session in doubt has not long to show that the network knows it.
        private bool IsLinkLost(long nowMs)
        {
            return _activation.IsWanted || nowMs >= LinkLostMs();
        }

        private long LinkLostMs()
        {
            if (_isSessionInDoubt && !_reception.HasHeardNetwork)
            {
                return _reception.LastDownlinkMs + EndDevice.DoubtfulLinkLostAfterMs;
            }

            return _adr.IsExhausted ? _reception.LastDownlinkMs + EndDevice.LinkLostAfterMs : Wake.Never;
        }

        private long NextWakeMs()
        {
            long wakeMs = _exchange.WakeMs;
            if (_exchange.Phase == ExchangePhase.Idle)
            {
                wakeMs = _listening.NextChangeMs < _sendWakeMs ? _listening.NextChangeMs : _sendWakeMs;
            }

            if (_radioSupervisor.DeadlineMs < wakeMs)
            {
                wakeMs = _radioSupervisor.DeadlineMs;
            }

            bool mustListen = _session.IsActive && !_exchange.OwnsRadio && !_radioSupervisor.IsListening;
            return mustListen && _radioSupervisor.AvailableFromMs < wakeMs ? _radioSupervisor.AvailableFromMs : wakeMs;
        }
    }
}
