// The LoRaWAN end device: brings session, radio and queues together and decides what the radio does next. How frames are made, commands
// carried out, counters kept and windows timed is in files of their own. It does not know what the messages mean.
using PoleController.Hal;
using PoleController.Time;

namespace PoleController.LoRaWan
{
    /// <summary>A LoRaWAN 1.0.4 end device, EU868, class C after joining.</summary>
    public sealed class EndDevice : Component
    {
        /// <summary>How often a confirmed uplink is sent at most.</summary>
        public const int MaximumTryCount = 8;

        /// <summary>Over how long the first transmissions of a district are spread after a return of power, in milliseconds.</summary>
        public const int PowerReturnSpreadMs = 120000;

        /// <summary>How long there must be no downlink at all, with ADR back-off exhausted, before the device tries to join anew.</summary>
        public const long LinkLostAfterMs = 2 * 86400000L;

        private const int StartSpreadMs = 10000;
        private const int StoreRetryMs = 60000;
        private const int AcknowledgeSpreadMs = 2000;
        private const int AnswerDelayMs = 10000;
        private const int AnswerSpreadMs = 60000;
        private const int RetransmitMinimumMs = 1000;
        private const int RetransmitSpreadMs = 2000;
        private const int MaximumEventsPerStep = 4;
        private const int NoNonce = -1;

        private readonly Region _region = Eu868.Region;
        private readonly ILoRaRadio _radio;
        private readonly IRandom _random;
        private readonly LoRaWanIdentity _identity;
        private readonly IdentityStore _identityStore;
        private readonly SessionStore _store;
        private readonly Session _session;
        private readonly JoinCodec _joinCodec;
        private readonly JoinProcedure _join;
        private readonly JoinAccept _accept = new JoinAccept();
        private readonly DutyCycle _dutyCycle;
        private readonly ChannelSelector _channels;
        private readonly RadioSupervisor _supervisor;
        private readonly Exchange _exchange;
        private readonly MacAnswers _answers = new MacAnswers();
        private readonly MacCommands _commands;
        private readonly AdrBackoff _adr;
        private readonly TimeRequest _time;
        private readonly UplinkMessage _message = new UplinkMessage();
        private readonly UplinkFrame _frame = new UplinkFrame();
        private readonly UplinkBuilder _builder;
        private readonly DownlinkMailbox _mailbox = new DownlinkMailbox();
        private readonly DownlinkReceiver _receiver;
        private readonly byte[] _received = new byte[256];
        private bool _isJoinExchange;
        private bool _hasStoreFailed;
        private int _heldDevNonce = NoNonce;
        private int _joinDataRate;
        private long _answerDueMs = Wake.Never;
        private long _storeRetryMs;
        private long _sendWakeMs;
        private long _lastDownlinkMs;
        private long _nowMs;

        /// <summary>Makes it. The clock is set from DeviceTimeAns.</summary>
        public EndDevice(ILoRaRadio radio, IAesBlock aes, IStore store, IRandom random, LoRaWanIdentity identity, PoleClock clock)
        {
            _radio = radio;
            _random = random;
            _identity = identity;
            byte[] record = new byte[SessionStore.BufferLength];
            _identityStore = new IdentityStore(store, record);
            _store = new SessionStore(store, record);
            _session = new Session(_region);
            FrameCodec codec = new FrameCodec(aes);
            _joinCodec = new JoinCodec(codec.Crypto);
            _join = new JoinProcedure(_region, random);
            _dutyCycle = new DutyCycle(_region);
            _channels = new ChannelSelector(_region, _dutyCycle, random);
            _supervisor = new RadioSupervisor(radio, _region);
            _exchange = new Exchange(_supervisor, _region);
            _commands = new MacCommands(_region, _session.Parameters, _answers);
            _adr = new AdrBackoff(_session.Parameters);
            _time = new TimeRequest(clock, random);
            _builder = new UplinkBuilder(codec, _region, _session, _store, _answers, _adr, _time, _message, _frame);
            _receiver = new DownlinkReceiver(codec, _session, _store, _commands, _mailbox);
        }

        /// <summary>Whether there is a session.</summary>
        public bool IsJoined
        {
            get { return _session.IsActive; }
        }

        /// <summary>Whether TrySend would take a message now: joined and none in work.</summary>
        public bool IsIdle
        {
            get { return _session.IsActive && !_message.IsWaiting; }
        }

        /// <summary>Longest FRMPayload at the present data rate with the MAC commands that wait; 0 without a session.</summary>
        public int MaximumPayloadLength
        {
            get { return _session.IsActive ? _builder.MaximumMessageLength(_nowMs) : 0; }
        }

        /// <summary>Counts messages that were sent for good (unconfirmed sent, or confirmed acknowledged).</summary>
        public int SentCount { get; private set; }

        /// <summary>Counts messages that were given up: confirmed ones without acknowledgement, and what no data rate could hold any more.</summary>
        public int UnacknowledgedCount { get; private set; }

        /// <summary>Counts join-requests sent since the start.</summary>
        public int JoinRequestCount { get; private set; }

        /// <summary>Counts frames that the radio has sent, repetitions and join-requests included.</summary>
        public int TransmissionCount { get; private set; }

        /// <summary>Counts downlinks accepted.</summary>
        public int DownlinkCount
        {
            get { return _receiver.AcceptedCount; }
        }

        /// <summary>Counts downlink messages that were dropped because the one before had not been taken.</summary>
        public int DroppedDownlinkCount
        {
            get { return _receiver.DroppedCount; }
        }

        /// <summary>Counts frames with this device's address that were refused for their counter or MIC.</summary>
        public int RefusedDownlinkCount
        {
            get { return _receiver.RefusedCount; }
        }

        /// <summary>Port of the downlink that waits; 0 when none waits.</summary>
        public int DownlinkPort
        {
            get { return _mailbox.FPort; }
        }

        /// <summary>Data rate in use; before joining that of the last join-request.</summary>
        public int DataRate
        {
            get { return _session.IsActive ? _session.Parameters.DataRate : _joinDataRate; }
        }

        /// <summary>Whether the network decides on data rate, power and repetitions (ADR). On unless somebody switches it off.</summary>
        public bool IsAdaptiveDataRate
        {
            get { return _builder.IsAdaptiveDataRate; }
            set { _builder.IsAdaptiveDataRate = value; }
        }

        /// <summary>Signal strength of the last downlink, dBm.</summary>
        public int LastRssiDbm { get; private set; }

        /// <summary>Signal-to-noise ratio of the last downlink, in quarters of a decibel.</summary>
        public int LastSnrQuarterDecibel { get; private set; }

        /// <summary>The session, for reading.</summary>
        public Session Session
        {
            get { return _session; }
        }

        /// <summary>Margin of the last LinkCheckAns in dB; -1 when none came yet.</summary>
        public int LinkMarginDb
        {
            get { return _commands.LinkMarginDb; }
        }

        /// <summary>Gateways that heard the last LinkCheckReq.</summary>
        public int LinkGatewayCount
        {
            get { return _commands.LinkGatewayCount; }
        }

        /// <summary>Starts: reads session and nonces from the store, goes on with the session or joins.</summary>
        public override void Start(long nowMs, bool isPowerReturn)
        {
            _nowMs = nowMs;
            _supervisor.Start(nowMs);
            _dutyCycle.Start(nowMs);
            _lastDownlinkMs = nowMs;
            if (!_identityStore.TryLoad(_identity))
            {
                UpdateHealth();
                return;
            }

            _store.Load(_identityStore.Check, _session);
            int delayMs = _random.Next(isPowerReturn ? PowerReturnSpreadMs : StartSpreadMs);
            _join.Start(nowMs, delayMs);
            _time.Begin(nowMs + delayMs);
            UpdateHealth();
        }

        /// <summary>Runs; returns the next wake time.</summary>
        public override long Step(long nowMs)
        {
            _nowMs = nowMs;
            if (!_identity.IsProvisioned)
            {
                return Wake.Never;
            }

            bool hasMoreEvents = TakeRadioEvents(nowMs);
            if (_exchange.Advance(nowMs))
            {
                OnExchangeEnded(nowMs);
            }

            if (_exchange.Phase == ExchangePhase.Idle)
            {
                SendNext(nowMs);
            }

            if (_session.IsActive && !_exchange.OwnsRadio && !_supervisor.IsListening)
            {
                MacParameters parameters = _session.Parameters;
                _supervisor.TryReceive(nowMs, parameters.Rx2FrequencyHz, parameters.Rx2DataRate, 0);
            }

            UpdateHealth();
            return hasMoreEvents ? nowMs : NextWakeMs();
        }

        /// <summary>Takes an uplink for sending as soon as duty cycle allows; the next step starts it. False: not now.</summary>
        /// <param name="nowMs">Now.</param>
        /// <param name="fPort">1 to 223.</param>
        /// <param name="payload">Copied.</param>
        /// <param name="length">0 to MaximumPayloadLength.</param>
        /// <param name="isConfirmed">Whether the network must acknowledge; repeated up to 8 times.</param>
        public bool TrySend(long nowMs, int fPort, byte[] payload, int length, bool isConfirmed)
        {
            _nowMs = nowMs;
            if (!IsIdle || fPort < 1 || fPort > 223 || length < 0 || length > MaximumPayloadLength)
            {
                return false;
            }

            _message.Set(fPort, payload, length, isConfirmed);
            return true;
        }

        /// <summary>Copies the waiting downlink's payload and frees its place. Returns its length.</summary>
        /// <param name="buffer">242 bytes or more.</param>
        public int TakeDownlink(byte[] buffer)
        {
            return _mailbox.Take(buffer);
        }

        /// <summary>Asks for the time with the next uplink (DeviceTimeReq).</summary>
        public void RequestTime()
        {
            _time.RequestWithNextUplink();
        }

        /// <summary>Asks with the next uplink how well the network hears (LinkCheckReq).</summary>
        public void RequestLinkCheck()
        {
            _builder.IsLinkCheckWanted = true;
        }

        // Returns whether there may be more of them than a step takes.
        private bool TakeRadioEvents(long nowMs)
        {
            for (int i = 0; i < MaximumEventsPerStep; i++)
            {
                LoRaRadioEvent radioEvent = _supervisor.Poll(nowMs);
                if (radioEvent == LoRaRadioEvent.None)
                {
                    return false;
                }

                if (radioEvent == LoRaRadioEvent.ReceiveDone)
                {
                    OnFrameReceived(nowMs);
                }
                else if (radioEvent == LoRaRadioEvent.TransmitDone && _exchange.Phase == ExchangePhase.Transmitting)
                {
                    TransmissionCount++;
                }

                if (_exchange.OnEvent(radioEvent, _radio.EventTimeMs))
                {
                    OnExchangeEnded(nowMs);
                }
            }

            return true;
        }

        private void SendNext(long nowMs)
        {
            _sendWakeMs = Wake.Never;
            long notBeforeMs = _storeRetryMs > _supervisor.AvailableFromMs ? _storeRetryMs : _supervisor.AvailableFromMs;
            if (nowMs < notBeforeMs)
            {
                _sendWakeMs = notBeforeMs;
                return;
            }

            if (!_frame.IsInWork && (!_session.IsActive || IsLinkLost(nowMs)))
            {
                SendJoinRequest(nowMs);
            }

            if (_session.IsActive && _exchange.Phase == ExchangePhase.Idle)
            {
                SendData(nowMs);
            }
        }

        // A session is never given up: when the network seems gone the device goes on sending in it and, at the pace of the join back-off,
        // tries to join; only an accepted join replaces the session.
        private bool IsLinkLost(long nowMs)
        {
            return _adr.IsExhausted && nowMs - _lastDownlinkMs >= LinkLostAfterMs;
        }

        private void SendJoinRequest(long nowMs)
        {
            int dataRate = _join.DataRate;
            int airTimeUs = _region.UplinkUs(dataRate, JoinCodec.RequestLength);
            if (!_join.IsAllowed(nowMs, airTimeUs))
            {
                WakeAt(_join.NextAttemptMs);
                return;
            }

            MacParameters parameters = _session.Parameters;
            int channel = _channels.Choose(parameters, parameters.DefaultChannelMask, dataRate, airTimeUs, nowMs);
            if (channel == Region.None)
            {
                WakeAt(_channels.EarliestMs);
                return;
            }

            // A nonce that the radio did not take stays in hand, so that a dead radio does not use up all 65,536.
            if (_heldDevNonce == NoNonce && !NoteStore(_store.TryTakeDevNonce(out _heldDevNonce), nowMs))
            {
                _heldDevNonce = NoNonce;
                return;
            }

            int length = _joinCodec.BuildRequest(_identity.JoinEui, _identity.DevEui, _heldDevNonce, _identity.AppKey, _frame.Bytes);
            int frequencyHz = parameters.FrequenciesHz[channel];
            _exchange.Expect(
                false, Eu868.JoinAcceptDelay1S, frequencyHz, Region.Rx1DataRate(dataRate, 0), _region.Rx2FrequencyHz, _region.Rx2DataRate);
            if (!_exchange.TryBegin(nowMs, frequencyHz, dataRate, _region.PowerDbm(0), _frame.Bytes, length))
            {
                WakeAt(_supervisor.AvailableFromMs);
                return;
            }

            _session.JoinDevNonce = _heldDevNonce;
            _heldDevNonce = NoNonce;
            _joinDataRate = dataRate;
            _isJoinExchange = true;
            JoinRequestCount++;
            _dutyCycle.Charge(_region.SubBandOf(frequencyHz), airTimeUs, nowMs, 0);
            _join.OnSent(nowMs, airTimeUs);
        }

        private void SendData(long nowMs)
        {
            if (!_frame.IsInWork && !IsUplinkDue(nowMs))
            {
                WakeAt(_answerDueMs);
                WakeAt(_time.DueMs);
                return;
            }

            if (!_frame.IsInWork && !_builder.Plan(nowMs))
            {
                GiveUpMessage();
                return;
            }

            if (_frame.IsInWork && nowMs < _frame.NotBeforeMs)
            {
                WakeAt(_frame.NotBeforeMs);
                return;
            }

            int length = _frame.IsInWork ? _frame.Length : _builder.PlannedLength;
            int dataRate = _frame.IsInWork ? _builder.DataRateForFrame(length) : _builder.DataRate;
            if (dataRate == Region.None)
            {
                FinishFrame(false);
                WakeAt(nowMs);
                return;
            }

            MacParameters parameters = _session.Parameters;
            int airTimeUs = _region.UplinkUs(dataRate, length);
            int channel = _channels.Choose(parameters, parameters.ChannelMask, dataRate, airTimeUs, nowMs);
            if (channel == Region.None)
            {
                WakeAt(_channels.EarliestMs);
                return;
            }

            if (!_frame.IsInWork)
            {
                if (!NoteStore(_builder.TryBuild(nowMs), nowMs))
                {
                    return;
                }

                _answerDueMs = Wake.Never;
            }

            Transmit(nowMs, channel, dataRate, airTimeUs);
        }

        private void Transmit(long nowMs, int channel, int dataRate, int airTimeUs)
        {
            MacParameters parameters = _session.Parameters;
            int frequencyHz = parameters.FrequenciesHz[channel];
            _exchange.Expect(
                true,
                parameters.RxDelayS,
                parameters.DownlinkFrequenciesHz[channel],
                Region.Rx1DataRate(dataRate, parameters.Rx1DataRateOffset),
                parameters.Rx2FrequencyHz,
                parameters.Rx2DataRate);
            if (!_exchange.TryBegin(nowMs, frequencyHz, dataRate, _region.PowerDbm(parameters.PowerIndex), _frame.Bytes, _frame.Length))
            {
                WakeAt(_supervisor.AvailableFromMs);
                return;
            }

            _isJoinExchange = false;
            _dutyCycle.Charge(_region.SubBandOf(frequencyHz), airTimeUs, nowMs, parameters.MaximumDutyCycle);
            if (_frame.HasTimeRequest || nowMs >= _time.DueMs)
            {
                // Also when there was no room for it: otherwise the wish would send uplink after uplink.
                _time.OnSent(nowMs);
            }
        }

        private bool IsUplinkDue(long nowMs)
        {
            return _message.IsWaiting || nowMs >= _answerDueMs || nowMs >= _time.DueMs;
        }

        private void OnFrameReceived(long nowMs)
        {
            int length = _radio.ReadFrame(_received);
            if (length <= 0 || length > FrameCodec.MaximumFrameLength)
            {
                return;
            }

            if (_isJoinExchange && _exchange.Phase != ExchangePhase.Idle)
            {
                OnJoinAccept(nowMs, length);
            }
            else if (_session.IsActive)
            {
                OnDataReceived(nowMs, length);
            }
        }

        private void OnJoinAccept(long nowMs, int length)
        {
            // JoinNonce counts up: an accept that was recorded earlier would otherwise fit any later request (TS001-1.0.4, section 6.2.6).
            if (!_joinCodec.TryOpenAccept(_identity.AppKey, _received, length, _accept) || _accept.JoinNonce <= _store.LastJoinNonce)
            {
                return;
            }

            _session.Begin(_accept, _joinCodec, _identity.AppKey, _joinDataRate);
            if (!NoteStore(_store.TryBegin(_session, _accept.JoinNonce), nowMs))
            {
                // The old session, if there was one, is still whole in the store.
                _store.Load(_identityStore.Check, _session);
                return;
            }

            _session.IsActive = true;
            NoteSignal(nowMs);
            _adr.Reset();
            _answers.Clear();
            _answerDueMs = Wake.Never;
            _builder.IsAcknowledgePending = false;
            _join.BeginRound();
            _time.Begin(nowMs);
            _exchange.Finish();
        }

        private void OnDataReceived(long nowMs, int length)
        {
            if (!_receiver.TryAccept(_received, length))
            {
                if (_receiver.HasStoreFailed)
                {
                    NoteStore(false, nowMs);
                }

                return;
            }

            NoteStore(true, nowMs);
            NoteSignal(nowMs);
            bool answersUplink = IsInClassAWindow(length);
            if (answersUplink || _receiver.Header.IsAcknowledge)
            {
                _adr.Reset();
                _answers.OnHeard();
            }

            _receiver.Deliver(_received, IsAdaptiveDataRate, LastSnrQuarterDecibel);
            if (_commands.HasDeviceTime && answersUplink && _frame.HasTimeRequest)
            {
                _time.OnAnswer(nowMs, _exchange.Windows.UplinkEndMs, _commands.DeviceTimeGpsS, _commands.DeviceTimeFraction);
                _frame.HasTimeRequest = false;
            }

            if (_commands.HasChanged && !_exchange.OwnsRadio)
            {
                // RX2 may have moved.
                _supervisor.Sleep();
            }

            PlanAnswer(nowMs);
            OnUplinkHeard(nowMs, answersUplink);
        }

        // A frame in RX1, or one that began when RX2 opened: the network has heard the last uplink. Any other one is class C.
        private bool IsInClassAWindow(int length)
        {
            if (_exchange.Phase == ExchangePhase.InRx1)
            {
                return true;
            }

            long airTimeMs = _region.DownlinkUs(_session.Parameters.Rx2DataRate, length) / 1000;
            return TransmissionCount > 0 && _exchange.Windows.IsInRx2(_radio.EventTimeMs - airTimeMs);
        }

        private void PlanAnswer(long nowMs)
        {
            long dueMs = Wake.Never;
            if (_receiver.MustAcknowledge)
            {
                _builder.IsAcknowledgePending = true;
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

        private void OnUplinkHeard(long nowMs, bool answersUplink)
        {
            bool isAcknowledgement = _receiver.Header.IsAcknowledge && _frame.IsConfirmed;
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
                    FinishFrame(true);
                }

                return;
            }

            if (_frame.IsAcknowledged || !_frame.IsConfirmed)
            {
                _exchange.Finish();
                OnExchangeEnded(nowMs);
            }
        }

        private void OnExchangeEnded(long nowMs)
        {
            if (_isJoinExchange)
            {
                _isJoinExchange = false;
                return;
            }

            if (!_frame.IsInWork)
            {
                return;
            }

            if (_exchange.HasFailed)
            {
                _frame.NotBeforeMs = _supervisor.AvailableFromMs;
                return;
            }

            _frame.TryCount++;
            bool isDone = _frame.IsConfirmed ? _frame.IsAcknowledged : _frame.IsHeard || _frame.TryCount >= _session.Parameters.TransmissionCount;
            if (isDone || (_frame.IsConfirmed && _frame.TryCount >= MaximumTryCount))
            {
                FinishFrame(isDone);
                return;
            }

            _frame.NotBeforeMs = nowMs + RetransmitMinimumMs + _random.Next(RetransmitSpreadMs + 1);
            if (_frame.IsConfirmed && !IsAdaptiveDataRate && _frame.TryCount % 2 == 0)
            {
                LowerDataRate();
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

        private void FinishFrame(bool isSent)
        {
            _frame.IsInWork = false;
            if (IsAdaptiveDataRate && _adr.TakeStepIfDue())
            {
                // Should the store refuse, the session simply begins at the old parameters after a restart.
                _store.TrySaveSession(_session);
            }

            if (!_frame.CarriesMessage)
            {
                return;
            }

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

        private void GiveUpMessage()
        {
            if (_message.IsWaiting)
            {
                _message.IsWaiting = false;
                UnacknowledgedCount++;
            }
        }

        private void NoteSignal(long nowMs)
        {
            _lastDownlinkMs = nowMs;
            LastRssiDbm = _radio.RssiDbm;
            LastSnrQuarterDecibel = _radio.SnrQuarterDecibel;
        }

        // While the store refuses, nothing that depends on it is tried again for a minute.
        private bool NoteStore(bool isGood, long nowMs)
        {
            _hasStoreFailed = !isGood;
            if (!isGood)
            {
                _storeRetryMs = nowMs + StoreRetryMs;
                WakeAt(_storeRetryMs);
            }

            return isGood;
        }

        private void UpdateHealth()
        {
            if (!_identity.IsProvisioned)
            {
                Health.SetFailed(HealthReason.NotProvisioned);
            }
            else if (_supervisor.FaultCount > 0)
            {
                Health.SetFailed(HealthReason.NoAnswer);
            }
            else if (_hasStoreFailed)
            {
                Health.SetFailed(HealthReason.StoreFailed);
            }
            else if (!_session.IsActive || _adr.IsExhausted)
            {
                Health.SetDegraded(HealthReason.NotJoined);
            }
            else
            {
                Health.SetOk();
            }
        }

        private void WakeAt(long timeMs)
        {
            if (timeMs < _sendWakeMs)
            {
                _sendWakeMs = timeMs;
            }
        }

        private long NextWakeMs()
        {
            long wakeMs = _exchange.Phase == ExchangePhase.Idle ? _sendWakeMs : _exchange.WakeMs;
            if (_supervisor.DeadlineMs < wakeMs)
            {
                wakeMs = _supervisor.DeadlineMs;
            }

            bool mustListen = _session.IsActive && !_exchange.OwnsRadio && !_supervisor.IsListening;
            return mustListen && _supervisor.AvailableFromMs < wakeMs ? _supervisor.AvailableFromMs : wakeMs;
        }
    }
}
