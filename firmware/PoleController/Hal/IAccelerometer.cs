// Port: acceleration in three axes, for tilt and impact.
namespace PoleController.Hal
{
    /// <summary>An accelerometer. A sample is the acceleration at rest, averaged; an impact is noticed by the part itself and wakes the pole.</summary>
    public interface IAccelerometer : ISensor
    {
        /// <summary>Acceleration along x in thousandths of standard gravity.</summary>
        int XMilligravities { get; }

        /// <summary>Acceleration along y in thousandths of standard gravity.</summary>
        int YMilligravities { get; }

        /// <summary>Acceleration along z in thousandths of standard gravity.</summary>
        int ZMilligravities { get; }

        /// <summary>Whether the part calls: its interrupt line says that it has noticed something. Read in every step; false where there is no line.</summary>
        bool IsCalling { get; }

        /// <summary>Counts impacts that the part has noticed since the start.</summary>
        int ImpactCount { get; }

        /// <summary>The largest acceleration of the last impact beside gravity, in thousandths of standard gravity.</summary>
        int ImpactMilligravities { get; }

        /// <summary>Sets from which acceleration beside gravity on the part notices an impact, in thousandths of standard gravity, 100 to 8,000.</summary>
        void SetImpactThreshold(int milligravities);
    }
}
