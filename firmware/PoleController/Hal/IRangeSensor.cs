// Port: a distance to whatever is in front: the fill of a container, the surface of water.
namespace PoleController.Hal
{
    /// <summary>What a ranging sensor's sample is.</summary>
    public enum RangeOutcome
    {
        /// <summary>A distance.</summary>
        Distance = 0,

        /// <summary>Something is nearer than the sensor can measure (its blind zone).</summary>
        TooNear = 1,

        /// <summary>No echo came back: nothing is in range, or what is there swallows sound.</summary>
        NoEcho = 2,
    }

    /// <summary>A ranging sensor. One sample is one ping.</summary>
    public interface IRangeSensor : ISensor
    {
        /// <summary>What the last sample is.</summary>
        RangeOutcome Outcome { get; }

        /// <summary>
        /// Distance of the last sample in millimetres, as the part says it, when <see cref="Outcome"/> is <see cref="RangeOutcome.Distance"/>.
        /// </summary>
        int DistanceMillimetres { get; }

        /// <summary>Nearest distance that the part can measure, in millimetres.</summary>
        int BlindZoneMillimetres { get; }

        /// <summary>Farthest distance that the part can measure, in millimetres.</summary>
        int MaximumMillimetres { get; }

        /// <summary>
        /// The air temperature at which the part's own distance is right, in hundredths of a degree Celsius, because it computes with a fixed speed of
        /// sound; <see cref="int.MinValue"/> when the part compensates for temperature itself.
        /// </summary>
        int ReferenceCentidegrees { get; }
    }
}
