// How good a value is. Every value that a pole measures carries one of these; the same numbers stand in messages.yaml.
namespace PoleController.Sensing
{
    /// <summary>How good a value is.</summary>
    public enum Quality
    {
        /// <summary>Measured as it should be.</summary>
        Ok = 0,

        /// <summary>The part heats up or learns its baseline: not to be used yet.</summary>
        WarmingUp = 1,

        /// <summary>Outside of what the part can measure, or a change that cannot be believed yet.</summary>
        OutOfRange = 2,

        /// <summary>Measured in air so humid that light scattering reads high.</summary>
        Humid = 3,

        /// <summary>Too old, or a mean over too little.</summary>
        Stale = 4,

        /// <summary>Made with a substitute for something that was not measured.</summary>
        Substituted = 5,

        /// <summary>Not measured: no part, switched off, or nothing yet.</summary>
        NotMeasured = 6,
    }
}
