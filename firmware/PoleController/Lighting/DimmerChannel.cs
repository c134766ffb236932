// One dimming interface and what it was told last. It decides no level.
using System;
using PoleController.Hal;

namespace PoleController.Lighting
{
    /// <summary>A dimming interface that is called on a change of value alone, and every second while it refuses. One that throws is one that refuses.</summary>
    public sealed class DimmerChannel
    {
        /// <summary>Time between tries while it refuses, in milliseconds: a dead bus costs the loop its time-outs.</summary>
        public const int RetryMs = 1000;

        private const int Unknown = -1;

        private readonly IDimmerOutput _dimmer;
        private int _setPermille;
        private int _wantedPermille;
        private long _retryMs;

        /// <summary>Makes it.</summary>
        public DimmerChannel(IDimmerOutput dimmer)
        {
            _dimmer = dimmer;
        }

        /// <summary>Whether it refuses.</summary>
        public bool IsFailed { get; private set; }

        /// <summary>Starts; what it puts out is not known. Calls no port.</summary>
        public void Start(long nowMs)
        {
            _setPermille = Unknown;
            _wantedPermille = Unknown;
            _retryMs = nowMs;
            IsFailed = false;
        }

        /// <summary>Puts a level out. Costs two comparisons when it is out already.</summary>
        /// <param name="nowMs">Milliseconds since start.</param>
        /// <param name="levelPermille">Level, 0 to 1000.</param>
        public void Set(long nowMs, int levelPermille)
        {
            _wantedPermille = levelPermille;
            if (levelPermille == _setPermille || (IsFailed && nowMs < _retryMs))
            {
                return;
            }

            bool isSet = false;
            try
            {
                isSet = _dimmer.TrySetLevel(levelPermille);
            }
            catch (Exception)
            {
                // A dimmer that throws is a dimmer that refuses; the light must go on.
                isSet = false;
            }

            IsFailed = !isSet;
            _setPermille = isSet ? levelPermille : Unknown;
            _retryMs = nowMs + RetryMs;
        }

        /// <summary>When what was refused is due again; <see cref="Wake.Never"/> when nothing is.</summary>
        public long NextWakeMs()
        {
            return _setPermille == _wantedPermille ? Wake.Never : _retryMs;
        }
    }
}
