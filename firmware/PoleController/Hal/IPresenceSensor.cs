// Port: a radar that says whether somebody moves or stands in front of it, and how far away. It can identify nobody.
namespace PoleController.Hal
{
    /// <summary>A presence radar. While presence is reported it samples by itself; a sample is one report of the part.</summary>
    public interface IPresenceSensor : ISensor
    {
        /// <summary>Whether something moves.</summary>
        bool IsMoving { get; }

        /// <summary>Whether something is there that does not move (breathing counts).</summary>
        bool IsStill { get; }

        /// <summary>Distance of what moves, in centimetres; meaningless unless <see cref="IsMoving"/>.</summary>
        int MovingDistanceCentimetres { get; }

        /// <summary>Strength of the moving echo, 0 to 100.</summary>
        int MovingEnergy { get; }

        /// <summary>Distance of what stands, in centimetres; meaningless unless <see cref="IsStill"/>.</summary>
        int StillDistanceCentimetres { get; }

        /// <summary>Strength of the still echo, 0 to 100.</summary>
        int StillEnergy { get; }

        /// <summary>The distance of detection, in centimetres.</summary>
        int DetectionDistanceCentimetres { get; }
    }
}
