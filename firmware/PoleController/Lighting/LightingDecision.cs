// What a decider is told of the lamp, and what it asks for. Data only.
namespace PoleController.Lighting
{
    /// <summary>One decision about the light. Made once; filled with every step.</summary>
    public sealed class LightingDecision
    {
        /// <summary>In <see cref="WarmSharePermille"/>: what the dark-sky profile says.</summary>
        public const int WarmShareUnchanged = -1;

        /// <summary>Told: the level the fade has reached, 0 to 1000.</summary>
        public int PresentPermille;

        /// <summary>Told: the cause of the decision before.</summary>
        public LevelCause PresentCause;

        /// <summary>Told: when the fade that runs ends, in ms since start; <see cref="Wake.Never"/> when none runs.</summary>
        public long FadeEndMs;

        /// <summary>Asked for: the level, 0 to 1000.</summary>
        public int LevelPermille;

        /// <summary>Asked for: why.</summary>
        public LevelCause Cause;

        /// <summary>Asked for: how long the way there takes, 0 or more.</summary>
        public int FadeMs;

        /// <summary>Asked for: begin the way there anew, though the level may be the one asked for before.</summary>
        public bool IsNew;

        /// <summary>Asked for: the warm channel's share, 0 to 1000, or <see cref="WarmShareUnchanged"/>.</summary>
        public int WarmSharePermille;

        /// <summary>Asked for: when to decide again though nothing happens, in ms since start.</summary>
        public long WakeMs;

        /// <summary>Begins a decision.</summary>
        public void Begin(int presentPermille, LevelCause presentCause, long fadeEndMs)
        {
            PresentPermille = presentPermille;
            PresentCause = presentCause;
            FadeEndMs = fadeEndMs;
            WakeMs = Wake.Never;
        }

        /// <summary>Decides.</summary>
        public void Ask(int levelPermille, LevelCause cause, int fadeMs)
        {
            LevelPermille = levelPermille;
            Cause = cause;
            FadeMs = fadeMs;
            IsNew = false;
            WarmSharePermille = WarmShareUnchanged;
        }

        /// <summary>Says that it may be different from a time on.</summary>
        public void WakeBy(long timeMs)
        {
            if (timeMs < WakeMs)
            {
                WakeMs = timeMs;
            }
        }
    }
}
