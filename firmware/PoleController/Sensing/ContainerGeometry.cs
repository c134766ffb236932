// From the distance to the surface to how full a container is, by volume. Knows shapes, no sensors.
using System;
using PoleController.Settings;

namespace PoleController.Sensing
{
    /// <summary>The geometry of containers.</summary>
    public static class ContainerGeometry
    {
        /// <summary>How full the container is.</summary>
        /// <param name="container">The container; valid, with a known empty distance.</param>
        /// <param name="distanceMillimetres">Distance from the sensor to the surface.</param>
        /// <returns>Thousandths of the volume, 0 to 1000.</returns>
        public static int FillPermille(FillLevelSettings container, int distanceMillimetres)
        {
            if (container.Shape == (int)ContainerShape.Table)
            {
                return FromTable(container, distanceMillimetres);
            }

            int height = container.EmptyDistanceMillimetres - container.FullDistanceMillimetres;
            int filled = container.EmptyDistanceMillimetres - distanceMillimetres;
            if (filled <= 0 || height <= 0)
            {
                return 0;
            }

            if (filled >= height)
            {
                return 1000;
            }

            double part = filled / (double)height;
            switch (container.Shape)
            {
                case (int)ContainerShape.Cone:
                    part = OfCone(part, container.BottomWidthMillimetres, container.TopWidthMillimetres);
                    break;
                case (int)ContainerShape.LyingCylinder:
                    part = OfLyingCylinder(part);
                    break;
            }

            return (int)((part * 1000) + 0.5);
        }

        /// <summary>The volume below a height, as a part of the whole: the area goes with the square of the width, and the width with the height.</summary>
        private static double OfCone(double part, double bottom, double top)
        {
            double slope = top - bottom;
            double whole = (bottom * bottom) + (bottom * slope) + (slope * slope / 3);
            if (whole <= 0)
            {
                return part;
            }

            return part * ((bottom * bottom) + (part * ((bottom * slope) + (part * slope * slope / 3)))) / whole;
        }

        /// <summary>The segment of a circle below a height, as a part of the circle.</summary>
        private static double OfLyingCylinder(double part)
        {
            double cosine = 1 - (2 * part);
            double sine = 2 * Math.Sqrt(part * (1 - part));
            return (Math.Atan2(sine, cosine) - (sine * cosine)) / Math.PI;
        }

        private static int FromTable(FillLevelSettings container, int distanceMillimetres)
        {
            int last = container.PointCount - 1;
            if (last < 0 || distanceMillimetres >= container.PointDistanceMillimetres[0])
            {
                return last < 0 ? 0 : container.PointPercent[0] * 10;
            }

            for (int i = 1; i <= last; i++)
            {
                int far = container.PointDistanceMillimetres[i - 1];
                int near = container.PointDistanceMillimetres[i];
                if (distanceMillimetres >= near && far > near)
                {
                    int low = container.PointPercent[i - 1] * 10;
                    int high = container.PointPercent[i] * 10;
                    return low + ((high - low) * (far - distanceMillimetres) / (far - near));
                }
            }

            return container.PointPercent[last] * 10;
        }
    }
}
