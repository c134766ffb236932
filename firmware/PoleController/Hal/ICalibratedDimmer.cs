// Port: a dimming interface whose output can be fitted to the control gear at its end.
namespace PoleController.Hal
{
    /// <summary>A dimming interface (0-10 V) with calibration points: which duty gives which level.</summary>
    public interface ICalibratedDimmer : IDimmerOutput
    {
        /// <summary>Takes the points over, copies them, and puts the present level out anew.</summary>
        /// <param name="levelPermille">Levels, rising, 1 to 1,000.</param>
        /// <param name="dutyTenThousandths">Duty of each, not falling, 0 to 10,000.</param>
        /// <param name="count">How many; 0 for the straight line of IEC 60929 Annex E.</param>
        void SetCalibration(ushort[] levelPermille, ushort[] dutyTenThousandths, int count);
    }
}
