// The light while no program can say what it should be: the photocell, else full.
namespace PoleController.Lighting
{
    /// <summary>The light while there is no time or no position: by the photocell where it can be trusted, else full. It always decides.</summary>
    public sealed class UnscheduledLevel : LightingDecider
    {
        private const int FullPermille = 1000;

        private readonly PhotocellSwitch _photocell;

        /// <summary>Makes it.</summary>
        public UnscheduledLevel(PhotocellSwitch photocell)
        {
            _photocell = photocell;
        }

        /// <inheritdoc/>
        public override bool TryDecide(long nowMs, LightingDecision decision)
        {
            decision.WakeBy(_photocell.Update(nowMs));
            if (_photocell.CanDecide)
            {
                decision.Ask(_photocell.IsLightWanted ? FullPermille : 0, LevelCause.Photocell, 0);
            }
            else
            {
                decision.Ask(FullPermille, LevelCause.ClockUnknown, 0);
            }

            return true;
        }
    }
}
