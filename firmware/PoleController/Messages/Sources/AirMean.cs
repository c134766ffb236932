// The mean of a quantity as messages say it: with their own value for what is not known.
using PoleController.Sensing;

namespace PoleController.Messages.Sources
{
    /// <summary>Reads hourly means.</summary>
    internal static class AirMean
    {
        /// <summary>The mean of the last whole hour.</summary>
        /// <param name="means">The means.</param>
        /// <param name="quantity">Which.</param>
        /// <param name="unknown">What stands for a value that is not known.</param>
        public static int Of(HourlyMeans means, AirQuantity quantity, int unknown)
        {
            int mean = means.Mean(quantity);
            return mean == AirValues.Unknown ? unknown : mean;
        }
    }
}
