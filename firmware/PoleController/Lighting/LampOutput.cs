// Puts a level out through dimmer and relay, in an order that is kind to both, and knows what is really put out when one of them refuses.
// It decides no level.
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
        public const int RetryMs = 1000;

        /// <summary>Time between tries while the relay refuses to open, in milliseconds; the light is at its lowest by the dimmer meanwhile.</summary>
        public const int RelayOpenRetryMs = 60000;

        private const int Unknown = -1;

        private readonly IDimmerOutput _dimmer;
        private readonly IRelay? _relay;
        private int _wantedPermille;
        private int _dimmerPermille;
        private int _outputPermille;
        private long _dimmerRetryMs;
        private bool _isRelayClosed;
        private bool _hasRelayAnswered;
        private long _relayClosedAtMs;
        private long _relayRetryMs;
        private bool _isRelayRefusing;
        private long _zeroSinceMs;

        /// <summary>Makes it. A null relay means that none is fitted: level 0 is then the dimmer's lowest.</summary>
        public LampOutput(IDimmerOutput dimmer, IRelay? relay)
        {
            _dimmer = dimmer;
            _relay = relay;
        }

        /// <summary>What lies between the level and what the dimmer is told; null for nothing. One that throws corrects nothing.</summary>
        public ILevelCorrection? Correction { get; set; }

        /// <summary>
        /// The level put out, 0 to 1000. While the dimmer refuses it is taken to be 1000, because an open 0-10 V wire is full light (IEC 60929 Annex E);
        /// while the relay is open it is 0.
        /// </summary>
        public int LevelPermille { get; private set; }

        /// <summary>Whether the dimmer refuses.</summary>
        public bool IsDimmerFailed { get; private set; }

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
            _dimmerPermille = Unknown;
            _dimmerRetryMs = nowMs;
            _isRelayClosed = true;
            _hasRelayAnswered = false;
            _relayClosedAtMs = nowMs;
            _relayRetryMs = nowMs;
            _isRelayRefusing = false;
            _zeroSinceMs = nowMs;
            IsDimmerFailed = false;
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

            SetDimmer(nowMs);
            Settle(nowMs);
        }

        /// <summary>Puts a level out, and goes on with what was refused. Costs a few comparisons when there is nothing to do.</summary>
        /// <param name="nowMs">Milliseconds since start.</param>
        /// <param name="levelPermille">Level, 0 to 1000.</param>
        public void Apply(long nowMs, int levelPermille)
        {
            SetWanted(nowMs, levelPermille);
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

            if (_dimmerPermille != levelPermille || _outputPermille != Corrected())
            {
                SetDimmer(nowMs);
            }

            Settle(nowMs);
        }

        /// <summary>When something that was refused or has to wait is due; <see cref="Wake.Never"/> when nothing is.</summary>
        public long NextWakeMs()
        {
            long wakeMs = Wake.Never;
            if (_dimmerPermille != _wantedPermille)
            {
                wakeMs = _dimmerRetryMs;
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

        private void SetDimmer(long nowMs)
        {
            // While it refuses, every second and not with every step of a fade: a dead bus costs the loop its time-outs.
            if (IsDimmerFailed && nowMs < _dimmerRetryMs)
            {
                return;
            }

            bool isSet = false;
            try
            {
                _outputPermille = Corrected();
                isSet = _dimmer.TrySetLevel(_outputPermille);
            }
            catch (Exception)
            {
                // A dimmer that throws is a dimmer that refuses; the relay keeps the lamp lit.
                isSet = false;
            }

            IsDimmerFailed = !isSet;
            _dimmerPermille = isSet ? _wantedPermille : Unknown;
            _dimmerRetryMs = nowMs + RetryMs;
        }

        private int Corrected()
        {
            if (Correction == null || _wantedPermille == 0)
            {
                return _wantedPermille;
            }

            try
            {
                int outputPermille = Correction.OutputPermille(_wantedPermille);
                return outputPermille < 1 || outputPermille > 1000 ? _wantedPermille : outputPermille;
            }
            catch (Exception)
            {
                // Light as it was decided is better than none.
                return _wantedPermille;
            }
        }

        private void Settle(long nowMs)
        {
            int levelPermille = !_isRelayClosed ? 0 : IsDimmerFailed ? 1000 : _dimmerPermille;
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
