// What happened to an emergency or crisis profile. The same numbers stand in messages.yaml.
namespace PoleController.Messages
{
    /// <summary>A moment in the life of a profile.</summary>
    public enum EmergencyPhase
    {
        /// <summary>A command called it.</summary>
        Called = 0,

        /// <summary>A command ended it.</summary>
        Ended = 1,

        /// <summary>Its time was over.</summary>
        TimedOut = 2,
    }
}
