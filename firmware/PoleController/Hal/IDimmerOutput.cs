// Port: the dimming interface to the control gear (0-10 V, DALI). It sets a level; switching the mains off is the relay's.
namespace PoleController.Hal
{
    /// <summary>The dimming interface to the luminaire's control gear.</summary>
    public interface IDimmerOutput
    {
        /// <summary>Sets the output.</summary>
        /// <param name="levelPermille">Level, 0 (lowest the gear can do) to 1000 (full light).</param>
        /// <returns>False when the interface refused or did not answer; the level is then unknown.</returns>
        bool TrySetLevel(int levelPermille);
    }
}
