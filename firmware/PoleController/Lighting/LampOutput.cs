// Puts a level out through one dimmer or two and the relay, in an order that is kind to all, and knows what is really put out when one of them
// refuses. It decides no level; what constant light output and derating make of one it asks.
using System;
using PoleController.Hal;

namespace PoleController.Lighting
{
    /// <summary>
    /// Drives dimmer and relay. The relay closes before the light rises, at once and always; it opens only after the light has been at 0 for
    /// <see cref="RelayOpenDelayMs"/> and when it has been closed for <see cref="RelayMinimumClosedMs"/>, so that it cycles at most once a minute
    /// and yet never makes anybody wait for light. The dimmer is called on a change of value alone, and every second while it refuses.
    /// </summary>
    public sealed class LampOutput
    {
        /// <summary>How long the level stays 0 before the relay opens, in milliseconds: it should not switch under load.</summary>
        public const int RelayOpenDelayMs = 2000;

        /// <summary>Shortest time the relay stays closed, in milliseconds; it protects the contacts and the control gear's inrush limiter.</summary>
        public const int RelayMinimumClosedMs = 60000;

        /// <summary>Time between tries while the dimmer refuses, or the relay refuses to close, in milliseconds.</summary>
        public const int RetryMs = DimmerChannel.RetryMs;

        /// <summary>Time between tries while the relay refuses to open, in milliseconds; the light is at its lowest by the dimmer meanwhile.</summary>
        public const int RelayOpenRetryMs = 60000;

        private readonly DimmerChannel _main;
        private readonly DimmerChannel? _warm;
        private readonly IRelay? _relay;
        private int _wantedPermille;
        private int _warmSharePermille;
        private bool _isRelayClosed;
        private bool _hasRelayAnswered;
        private long _relayClosedAtMs;
        private long _relayRetryMs;
        private bool _isRelayRefusing;
        private long _zeroSinceMs;

        /// <summary>
        /// Makes it. A null relay means that none is fitted: level 0 is then the dimmer's lowest. A null warm dimmer means that the luminaire has one channel.
        /// </summary>
        public LampOutput(IDimmerOutput dimmer, IDimmerOutput? warmDimmer, IRelay? relay)
        {
            _main = new DimmerChannel(dimmer);
            _warm = warmDimmer == null ? null : new DimmerChannel(warmDimmer);
            _relay = relay;
        }

        /// <summary>What lies between a level and what is put out for it; null when nothing does.</summary>
        public ILevelCorrection? Correction { get; set; }

        /// <summary>
        /// The level put out, 0 to 1000. While the dimmer refuses it is taken to be 1000, because an open 0-10 V wire is full light (IEC 60929 Annex E);
        /// while the relay is open it is 0.
        /// </summary>
        public int LevelPermille { get; private set; }

        /// <summary>Whether the dimmer refuses.</summary>
        public bool IsDimmerFailed
        {
            get { return _main.IsFailed; }
        }

        /// <summary>Whether the warm channel's dimmer refuses: the other channel then gives all of the light.</summary>
        public bool IsWarmDimmerFailed
        {
            get { return _warm != null && _warm.IsFailed; }
        }

        /// <summary>Whether the relay refuses to close: there may be no light.</summary>
        public bool IsRelayStuckOpen
        {
            get { return _isRelayRefusing && !_isRelayClosed; }
        }

        /// <summary>Whether the relay refuses to open: no harm, the light is at its lowest.</summary>
        public bool IsRelayStuckClosed
        {
            get { return _isRelayRefusing && _isRelayClosed; }
        }

        /// <summary>Whether the relay is closed, as far as the board says so; true where none is fitted.</summary>
        public bool IsRelayClosed
        {
            get { return _isRelayClosed; }
        }

        /// <summary>When the level put out last changed, in ms since start.</summary>
        public long LastChangeMs { get; private set; }

        /// <summary>How often the lamp went from dark to lit since start.</summary>
        public int SwitchCount { get; private set; }

        /// <summary>Starts from what the board rests at: relay closed, full light. Calls no port.</summary>
        public void Start(long nowMs)
        {
            _wantedPermille = 1000;
            _main.Start(nowMs);
            if (_warm != null)
            {
                _warm.Start(nowMs);
            }

            _isRelayClosed = true;
            _hasRelayAnswered = false;
            _relayClosedAtMs = nowMs;
            _relayRetryMs = nowMs;
            _isRelayRefusing = false;
            _zeroSinceMs = nowMs;
            LevelPermille = 1000;
            LastChangeMs = nowMs;
            SwitchCount = 1;
        }

        /// <summary>Puts the lamp off at once, relay first: power has just returned and the gear has hardly begun to start.</summary>
        public void SwitchOff(long nowMs)
        {
            SetWanted(nowMs, 0);
            if (_relay != null)
            {
                OpenRelay(nowMs);
            }

            SetDimmers(nowMs);
            Settle(nowMs);
        }

        /// <summary>Puts a level out, and goes on with what was refused. Costs a few comparisons when there is nothing to do.</summary>
        /// <param name="nowMs">Milliseconds since start.</param>
        /// <param name="levelPermille">Level, 0 to 1000.</param>
        /// <param name="warmSharePermille">Which share of it the warm channel gives, where there is one, 0 to 1000.</param>
        public void Apply(long nowMs, int levelPermille, int warmSharePermille)
        {
            SetWanted(nowMs, levelPermille);
            _warmSharePermille = warmSharePermille;
            if (_relay != null)
            {
                if (levelPermille > 0)
                {
                    CloseRelay(nowMs);
                }
                else if (_isRelayClosed && nowMs >= RelayOpenAtMs())
                {
                    OpenRelay(nowMs);
                }
            }

            SetDimmers(nowMs);
            Settle(nowMs);
        }

        /// <summary>When something that was refused or has to wait is due; <see cref="Wake.Never"/> when nothing is.</summary>
        public long NextWakeMs()
        {
            long wakeMs = _main.NextWakeMs();
            if (_warm != null && _warm.NextWakeMs() < wakeMs)
            {
                wakeMs = _warm.NextWakeMs();
            }

            if (_relay != null)
            {
                if (_wantedPermille > 0 ? !_isRelayClosed || !_hasRelayAnswered : false)
                {
                    wakeMs = _relayRetryMs < wakeMs ? _relayRetryMs : wakeMs;
                }
                else if (_wantedPermille == 0 && _isRelayClosed)
                {
                    long openAtMs = RelayOpenAtMs();
                    wakeMs = openAtMs < wakeMs ? openAtMs : wakeMs;
                }
            }

            return wakeMs;
        }

        private void SetWanted(long nowMs, int levelPermille)
        {
            if (levelPermille == 0 && _wantedPermille != 0)
            {
                _zeroSinceMs = nowMs;
            }

            if ((levelPermille == 0) != (_wantedPermille == 0))
            {
                // A refusal belongs to what was wanted then.
                _relayRetryMs = nowMs;
                _isRelayRefusing = _isRelayRefusing && !_isRelayClosed;
            }

            _wantedPermille = levelPermille;
        }

        private long RelayOpenAtMs()
        {
            long openAtMs = _zeroSinceMs + RelayOpenDelayMs;
            if (openAtMs < _relayClosedAtMs + RelayMinimumClosedMs)
            {
                openAtMs = _relayClosedAtMs + RelayMinimumClosedMs;
            }

            return openAtMs < _relayRetryMs ? _relayRetryMs : openAtMs;
        }

        private void CloseRelay(long nowMs)
        {
            if ((_isRelayClosed && _hasRelayAnswered) || nowMs < _relayRetryMs)
            {
                return;
            }

            if (TrySwitchRelay(true))
            {
                if (!_isRelayClosed)
                {
                    _relayClosedAtMs = nowMs;
                }

                _isRelayClosed = true;
                _hasRelayAnswered = true;
                _isRelayRefusing = false;
            }
            else
            {
                _isRelayRefusing = true;
                _relayRetryMs = nowMs + RetryMs;
            }
        }

        private void OpenRelay(long nowMs)
        {
            if (TrySwitchRelay(false))
            {
                _isRelayClosed = false;
                _hasRelayAnswered = true;
                _isRelayRefusing = false;
                _relayRetryMs = nowMs;
            }
            else
            {
                _isRelayRefusing = true;
                _relayRetryMs = nowMs + RelayOpenRetryMs;
            }
        }

        private bool TrySwitchRelay(bool isClosed)
        {
            try
            {
                return _relay!.TrySwitch(isClosed);
            }
            catch (Exception)
            {
                // A relay that throws is a relay that refuses; the light must go on.
                return false;
            }
        }

        private void SetDimmers(long nowMs)
        {
            int outputPermille = CorrectedPermille();
            if (_warm == null)
            {
                _main.Set(nowMs, outputPermille);
                return;
            }

            int warmPermille = outputPermille * _warmSharePermille / 1000;
            _warm.Set(nowMs, warmPermille);
            _main.Set(nowMs, _warm.IsFailed ? outputPermille : outputPermille - warmPermille);
        }

        private int CorrectedPermille()
        {
            if (Correction == null || _wantedPermille == 0)
            {
                return _wantedPermille;
            }

            try
            {
                int outputPermille = Correction.OutputPermille(_wantedPermille);
                return outputPermille > 0 && outputPermille <= 1000 ? outputPermille : _wantedPermille;
            }
            catch (Exception)
            {
                // The light goes on as it was decided.
                return _wantedPermille;
            }
        }

        private void Settle(long nowMs)
        {
            int levelPermille = !_isRelayClosed ? 0 : IsDimmerFailed ? 1000 : _wantedPermille;
            if (levelPermille == LevelPermille)
            {
                return;
            }

            if (LevelPermille == 0)
            {
                SwitchCount++;
            }

            LevelPermille = levelPermille;
            LastChangeMs = nowMs;
        }
    }
}
