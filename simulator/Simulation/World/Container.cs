// The inside of a container: how high its content stands when it is so full. Written apart from the controller's geometry, as its judge: there a height is
// turned into a share, here a share into a height.
namespace Simulation.World;

/// <summary>Shapes of containers.</summary>
public enum ContainerForm
{
    /// <summary>The same width at every height.</summary>
    Straight,

    /// <summary>Wider at the top than at the bottom, round: a frustum.</summary>
    Cone,

    /// <summary>A cylinder on its side.</summary>
    LyingCylinder,
}

/// <summary>A container with a sensor in its lid.</summary>
public sealed record Container
{
    /// <summary>The form.</summary>
    public ContainerForm Form { get; init; }

    /// <summary>Height inside, from the bottom to where it counts as full, in millimetres.</summary>
    public double HeightMillimetres { get; init; } = 1000;

    /// <summary>How far the sensor is above that, in millimetres.</summary>
    public double SensorAboveMillimetres { get; init; } = 300;

    /// <summary>Volume in litres.</summary>
    public double VolumeLitres { get; init; } = 120;

    /// <summary>Of a cone: width at the bottom as a share of the width at the top, more than 0 to 1.</summary>
    public double BottomShare { get; init; } = 0.7;

    /// <summary>How high the content stands.</summary>
    /// <param name="fill">Share of the volume, 0 to 1; what is more lies on top as in a straight container.</param>
    /// <returns>Millimetres above the bottom.</returns>
    public double ContentMillimetres(double fill) => fill switch
    {
        <= 0 => 0,
        >= 1 => HeightMillimetres * fill,
        _ => Form switch
        {
            ContainerForm.Cone => HeightMillimetres * ConeShare(fill),
            ContainerForm.LyingCylinder => HeightMillimetres * CylinderShare(fill),
            _ => HeightMillimetres * fill,
        },
    };

    /// <summary>Distance from the sensor to the content, in millimetres.</summary>
    /// <param name="fill">Share of the volume.</param>
    public double DistanceMillimetres(double fill) => HeightMillimetres + SensorAboveMillimetres - ContentMillimetres(fill);

    // Volume of a frustum up to share x of its height, width going evenly from b to 1: (w(x)^3 - b^3) / (1 - b^3). Solved for x.
    private double ConeShare(double fill)
    {
        double bottom = BottomShare;
        if (bottom > 0.999)
        {
            return fill;
        }

        double cube = bottom * bottom * bottom;
        return (Math.Cbrt(cube + (fill * (1 - cube))) - bottom) / (1 - bottom);
    }

    // Area of a circle's segment with the central angle a: (a - sin a) / 2 pi. Bisection: the angle has no closed form.
    private static double CylinderShare(double fill)
    {
        double low = 0;
        double high = 2 * Math.PI;
        for (int i = 0; i < 50; i++)
        {
            double angle = (low + high) / 2;
            (low, high) = (angle - Math.Sin(angle)) / (2 * Math.PI) < fill ? (angle, high) : (low, angle);
        }

        return (1 - Math.Cos(low / 2)) / 2;
    }
}
