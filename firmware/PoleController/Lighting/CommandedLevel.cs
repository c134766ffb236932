// The level of a command until its time-out: a level, or a scene. One at a time: the newest pre-empts.
using PoleController.Settings;

namespace PoleController.Lighting
{
    /// <summary>
    /// A commanded level or scene. It is counted in time since start, not in UTC, so setting the clock neither shortens nor prolongs it; it does not survive a
    /// restart.
    /// </summary>
    public sealed class CommandedLevel : LightingDecider
    {
        /// <summary>Longest time a command may ask for: 48 hours.</summary>
        public const int MaximumMinutes = 2880;

        private const int FullPermille = 1000;

        private readonly SceneSettings _scenes;
        private readonly LightingOrders _orders;
        private bool _isNew;
        private int _levelPermille;
        private LevelCause _cause;
        private int _fadeMs;
        private int _warmSharePermille;

        /// <summary>Makes it.</summary>
        public CommandedLevel(SceneSettings scenes, LightingOrders orders)
        {
            _scenes = scenes;
            _orders = orders;
        }

        /// <summary>Whether a command decides, or did until its time-out, which no step has seen yet.</summary>
        public bool IsSet { get; private set; }

        /// <summary>When it ends or ended, in ms since start; 0 when there was none.</summary>
        public long EndMs { get; private set; }

        /// <inheritdoc/>
        public override void Reset()
        {
            IsSet = false;
            EndMs = 0;
        }

        /// <summary>Sets a level.</summary>
        /// <param name="nowMs">Milliseconds since start.</param>
        /// <param name="levelPermille">Level; outside 0 to 1000 the nearest of the two is taken.</param>
        /// <param name="warmSharePermille">The warm channel's share, 0 to 1000, or <see cref="LightingDecision.WarmShareUnchanged"/>.</param>
        /// <param name="fadeMs">Fade to it, 0 or more.</param>
        /// <param name="durationMs">How long it lasts; more than <see cref="MaximumMinutes"/> is cut to that, 0 or less changes nothing but ends the one before.</param>
        public void Set(long nowMs, int levelPermille, int warmSharePermille, int fadeMs, long durationMs)
        {
            Begin(nowMs, levelPermille, warmSharePermille, fadeMs, durationMs);
            _cause = LevelCause.Override;
        }

        /// <summary>Recalls a scene.</summary>
        /// <param name="nowMs">Milliseconds since start.</param>
        /// <param name="scene">0 to 15.</param>
        /// <param name="durationMs">As of <see cref="Set"/>.</param>
        /// <returns>False when there is no such scene; nothing changes then.</returns>
        public bool TryRecall(long nowMs, int scene, long durationMs)
        {
            if (scene < 0 || scene >= _scenes.SceneCount || scene >= SceneSettings.MaximumCount)
            {
                return false;
            }

            int warmSharePermille = _scenes.SceneWarmSharePermille[scene];
            if (warmSharePermille == SceneSettings.WarmShareUnchanged)
            {
                warmSharePermille = LightingDecision.WarmShareUnchanged;
            }

            Begin(nowMs, _scenes.SceneLevelPermille[scene], warmSharePermille, _scenes.SceneFadeSeconds[scene] * 1000, durationMs);
            _cause = LevelCause.Scene;
            return true;
        }

        /// <summary>Ends it; without one it does nothing.</summary>
        public void End(long nowMs)
        {
            _orders.Count++;
            if (IsSet)
            {
                EndMs = nowMs;
            }

            IsSet = false;
        }

        /// <inheritdoc/>
        public override bool TryDecide(long nowMs, LightingDecision decision)
        {
            if (!IsSet || nowMs >= EndMs)
            {
                IsSet = false;
                return false;
            }

            decision.Ask(_levelPermille, _cause, _fadeMs);
            decision.WarmSharePermille = _warmSharePermille;
            decision.IsNew = _isNew;
            decision.WakeBy(EndMs);
            _isNew = false;
            return true;
        }

        private void Begin(long nowMs, int levelPermille, int warmSharePermille, int fadeMs, long durationMs)
        {
            _orders.Count++;
            if (durationMs > MaximumMinutes * 60000L)
            {
                durationMs = MaximumMinutes * 60000L;
            }

            IsSet = true;
            _isNew = true;
            _levelPermille = levelPermille < 0 ? 0 : levelPermille > FullPermille ? FullPermille : levelPermille;
            _warmSharePermille = warmSharePermille;
            _fadeMs = fadeMs;
            EndMs = nowMs + durationMs;
        }
    }
}
