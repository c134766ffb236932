// Blinks, so that somebody in the street can see which pole it is.
namespace PoleController.Lighting
{
    /// <summary>
    /// Commissioning blink: full light and a third of it in turn, a second each, for at most ten minutes. It is never dark, the relay rests, and half a cycle a
    /// second is far below the three flashes a second that may harm (W3C, WCAG 2.2, criterion 2.3.1).
    /// </summary>
    public sealed class IdentifyBlink : LightingDecider
    {
        /// <summary>Longest time, in seconds.</summary>
        public const int MaximumSeconds = 600;

        /// <summary>How long each of the two levels stays, in milliseconds.</summary>
        public const int HalfPeriodMs = 1000;

        /// <summary>The brighter level.</summary>
        public const int BrightPermille = 1000;

        /// <summary>The darker level.</summary>
        public const int DimPermille = 300;

        private readonly LightingOrders _orders;
        private long _beginMs;
        private long _endMs;

        /// <summary>Makes it.</summary>
        /// <param name="orders">Where orders are counted.</param>
        public IdentifyBlink(LightingOrders orders)
        {
            _orders = orders;
        }

        /// <summary>Whether it blinks, or did until its end, which no step has seen yet.</summary>
        public bool IsBlinking { get; private set; }

        /// <inheritdoc/>
        public override void Reset()
        {
            IsBlinking = false;
        }

        /// <summary>Begins to blink.</summary>
        /// <param name="nowMs">Milliseconds since start.</param>
        /// <param name="durationSeconds">How long; more than <see cref="MaximumSeconds"/> is cut to that. 0 or less ends it.</param>
        public void Begin(long nowMs, int durationSeconds)
        {
            _orders.Count++;
            _beginMs = nowMs;
            _endMs = nowMs + ((durationSeconds > MaximumSeconds ? MaximumSeconds : durationSeconds) * 1000L);
            IsBlinking = durationSeconds > 0;
        }

        /// <inheritdoc/>
        public override bool TryDecide(long nowMs, LightingDecision decision)
        {
            if (!IsBlinking || nowMs >= _endMs)
            {
                IsBlinking = false;
                return false;
            }

            long half = (nowMs - _beginMs) / HalfPeriodMs;
            decision.Ask(half % 2 == 0 ? BrightPermille : DimPermille, LevelCause.Identify, 0);
            decision.WakeBy(_beginMs + ((half + 1) * HalfPeriodMs));
            decision.WakeBy(_endMs);
            return true;
        }
    }
}
