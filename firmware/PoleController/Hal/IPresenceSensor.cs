// Port: a radar that says whether somebody moves or stands in front of it, and how far away. It can identify nobody.
namespace PoleController.Hal
{
    /// <summary>
    /// A presence radar. A part reports several times a second; a sample is all reports that came since the one before, with the time of each, so that
    /// direction and speed can be told without looking ten times a second. While somebody is there it samples by itself, about once a second; when nobody
    /// is, only when it is asked. The values are those of the last report.
    /// </summary>
    public interface IPresenceSensor : ISensor
    {
        /// <summary>Whether the part calls: its line says that somebody is there. Read in every step; false where there is no line.</summary>
        bool IsCalling { get; }

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

        /// <summary>Reports in the last sample, 1 or more; the oldest has index 0.</summary>
        int ReportCount { get; }

        /// <summary>When a report of the last sample was made, in milliseconds since start; later reports are never earlier.</summary>
        /// <param name="index">0 to <see cref="ReportCount"/> - 1.</param>
        long ReportMs(int index);

        /// <summary>Distance of what moved in a report of the last sample, in centimetres; -1 when nothing moved.</summary>
        /// <param name="index">0 to <see cref="ReportCount"/> - 1.</param>
        int ReportMovingDistanceCentimetres(int index);
    }
}
