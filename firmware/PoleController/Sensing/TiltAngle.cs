// The angle between two accelerations: how far a pole leans against how it stood. Knows vectors, no sensors.
using System;

namespace PoleController.Sensing
{
    /// <summary>Angles between vectors of three axes, each up to 20,000 in its unit.</summary>
    public static class TiltAngle
    {
        /// <summary>The angle in tenths of a degree, 0 to 1800; exact also where it is small, as an arc cosine would not be.</summary>
        public static int Between(int x1, int y1, int z1, int x2, int y2, int z2)
        {
            double crossX = ((double)y1 * z2) - ((double)z1 * y2);
            double crossY = ((double)z1 * x2) - ((double)x1 * z2);
            double crossZ = ((double)x1 * y2) - ((double)y1 * x2);
            double dot = ((double)x1 * x2) + ((double)y1 * y2) + ((double)z1 * z2);
            double cross = Math.Sqrt((crossX * crossX) + (crossY * crossY) + (crossZ * crossZ));
            return (int)((Math.Atan2(cross, dot) * 1800 / Math.PI) + 0.5);
        }
    }
}
