// Over-the-air activation: sends join-requests, takes the join-accept and puts the new session in force, in the store first. When an
// attempt may be made is JoinProcedure's, the frames are JoinCodec's; what else begins anew with a session is Reception's.
namespace PoleController.LoRaWan
{
    /// <summary>Over-the-air activation (TS001-1.0.4, section 6.2).</summary>
    internal sealed class OverTheAirActivation
    {
        private const int NoNonce = -1;

        private readonly Region _region;
        private readonly LoRaWanIdentity _identity;
        private readonly IdentityStore _identityStore;
        private readonly SessionStore _store;
        private readonly StoreSupervisor _storeSupervisor;
        private readonly Session _session;
        private readonly RadioSupervisor _radio;
        private readonly Transmitter _transmitter;
        private readonly JoinProcedure _procedure;
        private readonly JoinCodec _codec;
        private readonly JoinAccept _accept = new JoinAccept();
        private readonly ChannelMask _channels = new ChannelMask();

        // The place of the frame in work: there is none while the device joins.
        private readonly byte[] _request;
        private int _heldDevNonce = NoNonce;

        /// <summary>Makes it over the parts of a device.</summary>
        internal OverTheAirActivation(DeviceParts parts, Transmitter transmitter)
        {
            _region = parts.Region;
            _identity = parts.Identity;
            _identityStore = parts.IdentityStore;
            _store = parts.SessionStore;
            _storeSupervisor = parts.StoreSupervisor;
            _session = parts.Session;
            _radio = parts.RadioSupervisor;
            _transmitter = transmitter;
            _procedure = new JoinProcedure(_region, parts.Random);
            _codec = new JoinCodec(parts.FrameCodec.Crypto);
            _request = parts.Frame.Bytes;
        }

        /// <summary>Whether the exchange that goes on is a join-request's.</summary>
        internal bool IsUnderWay { get; private set; }

        /// <summary>Whether a join was asked for that has not come about yet: the session in force does not keep it from trying.</summary>
        internal bool IsWanted { get; set; }

        /// <summary>Data rate of the last join-request.</summary>
        internal int DataRate { get; private set; }

        /// <summary>Counts join-requests sent since the start.</summary>
        internal int RequestCount { get; private set; }

        /// <summary>When the next join-request may be sent.</summary>
        internal long NextAttemptMs
        {
            get { return _procedure.NextAttemptMs; }
        }

        /// <summary>Starts with the device.</summary>
        /// <param name="nowMs">Now.</param>
        /// <param name="delayMs">How long to wait before the first join-request.</param>
        internal void Start(long nowMs, int delayMs)
        {
            _procedure.Start(nowMs, delayMs);
        }

        /// <summary>Sends a join-request if one may be sent now.</summary>
        /// <returns>When to try again; <see cref="Wake.Never"/> when it is on its way.</returns>
        internal long Send(long nowMs)
        {
            int dataRate = _procedure.DataRate;
            int airTimeUs = _region.UplinkUs(dataRate, JoinCodec.RequestLength);
            if (!_procedure.IsAllowed(nowMs, airTimeUs))
            {
                return _procedure.NextAttemptMs;
            }

            _procedure.FillChannels(_channels);
            if (!_transmitter.TryChooseChannel(nowMs, _channels, dataRate, airTimeUs))
            {
                return _transmitter.EarliestMs;
            }

            // A nonce that the radio did not take stays in hand, so that a dead radio does not use up all 65,536.
            if (_heldDevNonce == NoNonce && !_storeSupervisor.Note(_store.TryTakeDevNonce(out _heldDevNonce), nowMs))
            {
                _heldDevNonce = NoNonce;
                return _storeSupervisor.AvailableFromMs;
            }

            int length = _codec.BuildRequest(_identity.JoinEui, _identity.DevEui, _heldDevNonce, _identity.AppKey, _request);
            if (!_transmitter.TrySendJoinRequest(nowMs, _request, length))
            {
                return _radio.AvailableFromMs;
            }

            _session.JoinDevNonce = _heldDevNonce;
            _heldDevNonce = NoNonce;
            DataRate = dataRate;
            IsUnderWay = true;
            RequestCount++;
            _procedure.OnSent(nowMs, airTimeUs);
            return Wake.Never;
        }

        /// <summary>Takes a frame that came while a join-request is under way.</summary>
        /// <returns>Whether it was the join-accept: its session is in force.</returns>
        internal bool TryAccept(long nowMs, byte[] frame, int length)
        {
            // JoinNonce counts up: an accept that was recorded earlier would otherwise fit any later request (TS001-1.0.4, section 6.2.6).
            if (!_codec.TryOpenAccept(_identity.AppKey, frame, length, _accept) || _accept.JoinNonce <= _store.LastJoinNonce)
            {
                return false;
            }

            _session.Begin(_accept, _codec, _identity.AppKey, DataRate);
            if (!_storeSupervisor.Note(_store.TryBegin(_session, _accept.JoinNonce), nowMs))
            {
                // The old session, if there was one, is still whole in the store.
                _store.Load(_identityStore.Check, _session);
                return false;
            }

            _session.IsActive = true;
            IsUnderWay = false;
            IsWanted = false;
            _procedure.BeginRound();
            return true;
        }

        /// <summary>The exchange has ended without an accept.</summary>
        internal void OnExchangeEnded()
        {
            IsUnderWay = false;
        }
    }
}
