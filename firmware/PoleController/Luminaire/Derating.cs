// Takes light away while something is too hot, and gives it back. Which temperatures there are, and what the light is, is said from outside.
using PoleController.Settings;

namespace PoleController.Luminaire
{
    /// <summary>
    /// Derating: a step down every minute while any temperature is above its limit, a step up every minute once all are below theirs by the hysteresis,
    /// nothing between. Never below the operator's floor. What is not known is not too hot: without a thermometer the light comes back step by step.
    /// </summary>
    public sealed class Derating
    {
        /// <summary>Time between steps, in milliseconds: gear and heat sinks follow within minutes.</summary>
        public const int StepMs = 60000;

        /// <summary>A temperature that is not known.</summary>
        public const int Unknown = int.MinValue;

        private const int FullPermille = 1000;

        private readonly ControllerSettings _settings;
        private long _nextStepMs;

        /// <summary>Makes it, at full light.</summary>
        public Derating(ControllerSettings settings)
        {
            _settings = settings;
            Permille = FullPermille;
        }

        /// <summary>What is left of the light, from the operator's floor to 1000 permille.</summary>
        public int Permille { get; private set; }

        /// <summary>Whether a temperature was above its limit and not all are below theirs by the hysteresis since.</summary>
        public bool IsTooHot { get; private set; }

        /// <summary>The temperature that is farthest above its limit, or least below it, in degrees; <see cref="Unknown"/> without any.</summary>
        public int HottestDegrees { get; private set; } = Unknown;

        /// <summary>Takes the temperatures, in degrees Celsius or <see cref="Unknown"/>; a gear that reduces the light itself counts as being at its limit.</summary>
        public void Update(long nowMs, int gearDegrees, int lampDegrees, int boardDegrees, bool isGearDerating)
        {
            SupervisionSettings limits = _settings.Supervision;
            int excess = Unknown;
            HottestDegrees = Unknown;
            excess = Worse(excess, gearDegrees, limits.GearLimitDegrees);
            excess = Worse(excess, lampDegrees, limits.LampLimitDegrees);
            excess = Worse(excess, boardDegrees, limits.BoardLimitDegrees);
            bool isOver = excess > 0;
            bool isCool = !isGearDerating && (excess == Unknown || excess <= -limits.TemperatureHysteresisDegrees);
            IsTooHot = isOver || (IsTooHot && !isCool);

            LightOutputSettings output = _settings.LightOutput;
            if (nowMs >= _nextStepMs && (isOver || isCool))
            {
                _nextStepMs = nowMs + StepMs;
                Permille += isOver ? -output.DeratingStepPermille : output.DeratingStepPermille;
            }

            Permille = Permille < output.DeratingFloorPermille ? output.DeratingFloorPermille : Permille > FullPermille ? FullPermille : Permille;
        }

        private int Worse(int excess, int degrees, int limitDegrees)
        {
            if (degrees == Unknown || degrees - limitDegrees <= excess)
            {
                return excess;
            }

            HottestDegrees = degrees;
            return degrees - limitDegrees;
        }
    }
}
