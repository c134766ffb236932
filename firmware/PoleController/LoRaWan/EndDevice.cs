// The LoRaWAN end device as the rest of the controller sees it: its state, the message to send, the message received, start, step and
// health. What the radio does next is decided by RadioScheduler and the classes it drives. It does not know what the messages mean.
using PoleController.Hal;
using PoleController.LoRaWan.Packages;
using PoleController.Time;

namespace PoleController.LoRaWan
{
    /// <summary>A LoRaWAN 1.0.4 end device in the region of its identity, class C after joining.</summary>
    public sealed class EndDevice : Component
    {
        /// <summary>After how many transmissions, over all frames that carried it, a confirmed message is given up.</summary>
        public const int MaximumTryCount = 8;

        /// <summary>Over how long the first transmissions of a district are spread after a return of power, in milliseconds.</summary>
        public const int PowerReturnSpreadMs = 120000;

        /// <summary>How long there must be no downlink at all, with ADR back-off exhausted, before the device tries to join anew.</summary>
        public const long LinkLostAfterMs = 2 * 86400000L;

        /// <summary>The same after a start with a session that the network may have forgotten, as a join was under way when the power failed.</summary>
        public const long DoubtfulLinkLostAfterMs = 15 * 60000L;

        private const int StartSpreadMs = 10000;

        private readonly Region _region;
        private readonly IRandom _random;
        private readonly LoRaWanIdentity _identity;
        private readonly IdentityStore _identityStore;
        private readonly SessionStore _sessionStore;
        private readonly StoreSupervisor _storeSupervisor;
        private readonly Session _session;
        private readonly RadioSupervisor _radioSupervisor;
        private readonly Exchange _exchange;
        private readonly MacCommands _commands;
        private readonly AdrBackoff _adr;
        private readonly TimeRequest _time;
        private readonly UplinkMessage _message;
        private readonly UplinkBuilder _builder;
        private readonly DownlinkMailbox _mailbox;
        private readonly DownlinkReceiver _receiver;
        private readonly MulticastGroup[] _groups;
        private readonly MulticastGroupStore _groupStore;
        private readonly MulticastReceiver _multicast;
        private readonly MulticastSessions _multicastSessions;
        private readonly FragmentationStore _fragmentationStore;
        private readonly PackageHandler _packages;
        private readonly Transmitter _transmitter;
        private readonly OverTheAirActivation _activation;
        private readonly UplinkOutcome _outcome;
        private readonly Reception _reception;
        private readonly RadioScheduler _scheduler;
        private long _quietUntilMs;
        private long _nowMs;

        /// <summary>Makes it. The clock is set from DeviceTimeAns.</summary>
        public EndDevice(
            ILoRaRadio radio, IAesBlock aes, IStore store, IRandom random, LoRaWanIdentity identity, PoleClock clock, TimerUncertainty uncertainty)
        {
            DeviceParts parts = new DeviceParts(radio, aes, store, random, identity, clock, uncertainty);
            _region = parts.Region;
            _random = random;
            _identity = identity;
            _identityStore = parts.IdentityStore;
            _sessionStore = parts.SessionStore;
            _storeSupervisor = parts.StoreSupervisor;
            _session = parts.Session;
            _radioSupervisor = parts.RadioSupervisor;
            _exchange = parts.Exchange;
            _commands = parts.Commands;
            _adr = parts.AdrBackoff;
            _time = parts.TimeRequest;
            _message = parts.Message;
            _builder = parts.Builder;
            _mailbox = parts.Mailbox;
            _receiver = parts.Receiver;
            _groups = parts.MulticastGroups;
            _groupStore = parts.MulticastGroupStore;
            _multicast = parts.MulticastReceiver;
            _multicastSessions = parts.MulticastSessions;
            _fragmentationStore = parts.FragmentationStore;
            _packages = parts.Packages;
            _transmitter = new Transmitter(parts);
            _activation = new OverTheAirActivation(parts, _transmitter);
            _outcome = new UplinkOutcome(parts);
            UplinkSender sender = new UplinkSender(parts, _transmitter, _outcome);
            _reception = new Reception(parts, _activation, sender, _outcome);
            _scheduler = new RadioScheduler(parts, _activation, sender, _outcome, _reception);
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
        public int SentCount
        {
            get { return _outcome.SentCount; }
        }

        /// <summary>Counts messages that were given up: confirmed ones without acknowledgement, and what no data rate could hold any more.</summary>
        public int UnacknowledgedCount
        {
            get { return _outcome.UnacknowledgedCount; }
        }

        /// <summary>Counts join-requests sent since the start.</summary>
        public int JoinRequestCount
        {
            get { return _activation.RequestCount; }
        }

        /// <summary>Counts frames that the radio has sent, repetitions and join-requests included.</summary>
        public int TransmissionCount
        {
            get { return _exchange.TransmissionCount; }
        }

        /// <summary>Time on air of these frames, in microseconds.</summary>
        public long TransmittedUs
        {
            get { return _transmitter.TransmittedUs; }
        }

        /// <summary>
        /// Counts how often the network has shown that it hears this device: by a downlink in the class A windows, an acknowledgement, a join-accept.
        /// </summary>
        public int HeardCount
        {
            get { return _reception.HeardCount; }
        }

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

        /// <summary>The multicast group that the downlink that waits came to; <see cref="MulticastReceiver.None"/> when it came to this device alone.</summary>
        public int DownlinkGroupId
        {
            get { return _mailbox.GroupId; }
        }

        /// <summary>The application-layer packages, for reading and for what takes their data blocks.</summary>
        public PackageHandler Packages
        {
            get { return _packages; }
        }

        /// <summary>Judges multicast frames; for reading.</summary>
        public MulticastReceiver Multicast
        {
            get { return _multicast; }
        }

        /// <summary>The multicast groups' class C sessions, for reading.</summary>
        public MulticastSessions MulticastSessions
        {
            get { return _multicastSessions; }
        }

        /// <summary>A multicast group, for reading.</summary>
        /// <param name="groupId">McGroupID, 0 to 3.</param>
        public MulticastGroup MulticastGroupOf(int groupId)
        {
            return _groups[groupId];
        }

        /// <summary>Data rate in use; before joining that of the last join-request.</summary>
        public int DataRate
        {
            get { return _session.IsActive ? _session.Parameters.DataRate : _activation.DataRate; }
        }

        /// <summary>
        /// Whether the network decides on data rate, power and repetitions (ADR). On unless somebody switches it off; then the power is the highest
        /// (TS001-1.0.4, section 4.3.1.1).
        /// </summary>
        public bool IsAdaptiveDataRate
        {
            get
            {
                return _builder.IsAdaptiveDataRate;
            }

            set
            {
                _builder.IsAdaptiveDataRate = value;
                if (!value)
                {
                    _session.Parameters.PowerIndex = 0;
                }
            }
        }

        /// <summary>
        /// Whether the device asks the network for the time by itself, after a start or a join and once a day. On, unless something else sets the
        /// clock.
        /// </summary>
        public bool IsTimeRequestAutomatic
        {
            get { return _time.IsAutomatic; }
            set { _time.IsAutomatic = value; }
        }

        /// <summary>Signal strength of the last downlink, dBm.</summary>
        public int LastRssiDbm
        {
            get { return _reception.LastRssiDbm; }
        }

        /// <summary>Signal-to-noise ratio of the last downlink, in quarters of a decibel.</summary>
        public int LastSnrQuarterDecibel
        {
            get { return _reception.LastSnrQuarterDecibel; }
        }

        /// <summary>The region, for reading: the identity's after the start.</summary>
        public Region Region
        {
            get { return _region; }
        }

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

        /// <summary>Starts: reads identity, region, session and nonces from the store, goes on with the session or joins.</summary>
        public override void Start(long nowMs, bool isPowerReturn)
        {
            _nowMs = nowMs;
            _quietUntilMs = nowMs;
            bool isProvisioned = _identityStore.TryLoad(_identity) && _region.TrySelect(_identity.Region);
            _session.Parameters.Reset();
            _radioSupervisor.Start(nowMs);
            _transmitter.Start(nowMs);
            _reception.Start(nowMs);
            if (isProvisioned)
            {
                _sessionStore.Load(_identityStore.Check, _session);
                _groupStore.Load(_identityStore.Check, _groups);
                _fragmentationStore.Load(_identityStore.Check);
                _multicastSessions.Clear();
                _packages.Start();
                _scheduler.Start(_session.IsActive && _sessionStore.HasJoinedSince(_session));
                int delayMs = _random.Next(isPowerReturn ? PowerReturnSpreadMs : StartSpreadMs);
                _activation.Start(nowMs, delayMs);
                _time.Begin(nowMs + delayMs);
            }

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

            // Most steps are the lamp's: one look at the radio, and back. Should anything throw, the next step runs whole.
            long quietUntilMs = _quietUntilMs;
            _quietUntilMs = nowMs;
            LoRaRadioEvent radioEvent = _radioSupervisor.Poll(nowMs);
            if (nowMs < quietUntilMs && radioEvent == LoRaRadioEvent.None)
            {
                _quietUntilMs = quietUntilMs;
                return Wake.Earlier(quietUntilMs, _radioSupervisor.RadioWakeMs);
            }

            long wakeMs = Wake.Earlier(_scheduler.Run(nowMs, radioEvent), _packages.Step(nowMs));
            UpdateHealth();
            if (_scheduler.IsQuiet)
            {
                _quietUntilMs = wakeMs;
            }

            return Wake.Earlier(wakeMs, _radioSupervisor.RadioWakeMs);
        }

        /// <summary>Takes an uplink for sending as soon as duty cycle allows; the next step starts it. False: not now.</summary>
        /// <param name="nowMs">Now.</param>
        /// <param name="fPort">1 to 223.</param>
        /// <param name="payload">Copied.</param>
        /// <param name="length">0 to MaximumPayloadLength.</param>
        /// <param name="isConfirmed">Whether the network must acknowledge; repeated up to 8 times.</param>
        public bool TrySend(long nowMs, int fPort, byte[] payload, int length, bool isConfirmed)
        {
            return TrySend(nowMs, fPort, payload, length, isConfirmed, MaximumTryCount);
        }

        /// <summary>The same, for a sender with patience of its own.</summary>
        /// <param name="nowMs">Now.</param>
        /// <param name="fPort">1 to 223.</param>
        /// <param name="payload">Copied.</param>
        /// <param name="length">0 to MaximumPayloadLength.</param>
        /// <param name="isConfirmed">Whether the network must acknowledge.</param>
        /// <param name="tryCount">After so many transmissions without acknowledgement it is given up, 1 to <see cref="MaximumTryCount"/>.</param>
        public bool TrySend(long nowMs, int fPort, byte[] payload, int length, bool isConfirmed, int tryCount)
        {
            _nowMs = nowMs;
            if (!IsIdle || fPort < 1 || fPort > 223 || length < 0 || length > MaximumPayloadLength)
            {
                return false;
            }

            _message.Set(fPort, payload, length, isConfirmed, tryCount);
            _quietUntilMs = nowMs;
            return true;
        }

        /// <summary>Takes the package's message that is due for sending; the next step starts it. False: none is due, or not now.</summary>
        public bool TrySendPackageMessage(long nowMs)
        {
            _nowMs = nowMs;
            if (!IsIdle || !_packages.TryTake(nowMs, MaximumPayloadLength, _message))
            {
                return false;
            }

            _quietUntilMs = nowMs;
            return true;
        }

        /// <summary>
        /// Takes back the message handed over last, so that a more urgent one can go: possible while it waits for a channel, or between two tries.
        /// It counts neither as sent nor as given up; a try before may have arrived.
        /// </summary>
        /// <returns>Whether it was taken back.</returns>
        public bool TryWithdraw()
        {
            return _outcome.TryWithdraw();
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

        /// <summary>
        /// Joins anew, at the pace of the join back-off and the duty cycle, because somebody asks for it. The session stays in force until a join-accept
        /// replaces it. It acts with the next step.
        /// </summary>
        public void RequestJoin(long nowMs)
        {
            _activation.IsWanted = true;
            _quietUntilMs = nowMs;
        }

        /// <summary>Asks with the next uplink how well the network hears (LinkCheckReq).</summary>
        public void RequestLinkCheck()
        {
            _builder.IsLinkCheckWanted = true;
        }

        private void UpdateHealth()
        {
            if (!_identity.IsProvisioned)
            {
                Health.SetFailed(HealthReason.NotProvisioned);
            }
            else if (_radioSupervisor.FaultCount > 0)
            {
                Health.SetFailed(HealthReason.NoAnswer);
            }
            else if (_storeSupervisor.HasFailed)
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
    }
}
