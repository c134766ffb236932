// One reason for a level among several. Their order of precedence is LightingControl's.
namespace PoleController.Lighting
{
    /// <summary>Decides about the light, or leaves it to the next.</summary>
    public abstract class LightingDecider
    {
        /// <summary>Decides, or leaves it to the next. May throw: then the next is asked, as if this one had nothing to say.</summary>
        /// <param name="nowMs">Milliseconds since start.</param>
        /// <param name="decision">Receives the decision by <see cref="LightingDecision.Ask"/>, and by <see cref="LightingDecision.WakeBy"/> when it ends.</param>
        /// <returns>Whether it has decided.</returns>
        public abstract bool TryDecide(long nowMs, LightingDecision decision);

        /// <summary>Forgets every command: the controller has started.</summary>
        public virtual void Reset()
        {
        }
    }
}
