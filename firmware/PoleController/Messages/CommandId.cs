// The commands a pole knows. The same numbers stand in messages.yaml.
namespace PoleController.Messages
{
    /// <summary>First byte of a command.</summary>
    public enum CommandId
    {
        /// <summary>No command.</summary>
        None = 0,

        /// <summary>Sets a level for some time.</summary>
        SetLevel = 1,

        /// <summary>Ends a level set by <see cref="SetLevel"/>.</summary>
        ResumeProgram = 2,

        /// <summary>Replaces one of the programs.</summary>
        SetProgram = 3,

        /// <summary>Sets what local time is.</summary>
        SetClockOffset = 4,

        /// <summary>Sets UTC.</summary>
        SetClock = 5,

        /// <summary>Sets over how long a multicast group spreads its answers.</summary>
        SetMulticastAnswerWindow = 6,

        /// <summary>Sets one section of the settings: <see cref="SettingsCommand"/>.</summary>
        SetSettings = 7,

        /// <summary>Restarts the controller.</summary>
        Restart = 8,

        /// <summary>Sets a level for some time at the poles of a lighting group.</summary>
        SetGroupLevel = 16,

        /// <summary>Recalls a scene for some time.</summary>
        RecallScene = 17,

        /// <summary>Raises the program for some time.</summary>
        Boost = 18,

        /// <summary>Calls or ends an emergency or crisis profile.</summary>
        CallEmergency = 19,

        /// <summary>Sets the step of load shedding for some time.</summary>
        ShedLoad = 20,

        /// <summary>Lets the pole blink so that it can be found.</summary>
        Identify = 21,
    }
}
