// What lies between the level that was decided and what the dimmer is told.
namespace PoleController.Lighting
{
    /// <summary>From the level that was decided to what is put out for it: constant light output, virtual power output, derating.</summary>
    public interface ILevelCorrection
    {
        /// <summary>What is put out now for a level.</summary>
        /// <param name="levelPermille">The level that was decided, 0 to 1000.</param>
        /// <returns>0 to 1000, and 0 for 0 alone: a correction never makes it dark.</returns>
        int OutputPermille(int levelPermille);
    }
}
