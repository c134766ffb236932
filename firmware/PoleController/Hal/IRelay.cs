// Port: the relay that feeds the luminaire. It must rest closed: a dead controller leaves the light on.
namespace PoleController.Hal
{
    /// <summary>The relay in the luminaire's feed. Its resting position is closed, so that a dead controller means light.</summary>
    public interface IRelay
    {
        /// <summary>Closes (light possible) or opens (no power) the relay.</summary>
        /// <returns>False when the board could not switch it.</returns>
        bool TrySwitch(bool isClosed);
    }
}
