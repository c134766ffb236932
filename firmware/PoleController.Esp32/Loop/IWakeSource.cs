// What may make the loop step before the time it was asked for.
namespace PoleController.Esp32.Loop
{
    /// <summary>Something that is looked at while the loop rests.</summary>
    public interface IWakeSource
    {
        /// <summary>Whether there is something that a step should see. Looks only, and makes no mistake by being asked often.</summary>
        /// <param name="nowMs">Milliseconds since start.</param>
        bool HasNews(long nowMs);
    }
}
