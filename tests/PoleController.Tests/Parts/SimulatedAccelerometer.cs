// An accelerometer on a pole: where gravity points is a function of the time, or as a test leans it.
using PoleController.Hal;

namespace PoleController.Tests.Parts;

internal sealed class SimulatedAccelerometer : SimulatedSensor, IAccelerometer
{
    private readonly Random _random = new(1);

    public int XMilligravities { get; private set; }

    public int YMilligravities { get; private set; }

    public int ZMilligravities { get; private set; }

    public int ImpactCount { get; set; }

    public bool IsCalling => ImpactCount > 0;

    public int ImpactMilligravities { get; set; }

    public int Threshold { get; private set; }

    public int NoiseMilligravities { get; set; } = 5;

    /// <summary>Direction of gravity at a time, in units of it, as the part is mounted.</summary>
    public Func<long, (double X, double Y, double Z)> Gravity { get; set; } = _ => (0.1, -0.2, 0.97);

    public void SetImpactThreshold(int milligravities) => Threshold = milligravities;

    /// <summary>Leans the pole about one axis.</summary>
    public static (double X, double Y, double Z) Leaning(double degrees)
    {
        double mounted = 12 + degrees;
        return (Math.Sin(mounted * Math.PI / 180), 0, Math.Cos(mounted * Math.PI / 180));
    }

    protected override void TakeSample(long nowMs)
    {
        (double x, double y, double z) = Gravity(nowMs);
        XMilligravities = (int)Math.Round(x * 1000) + _random.Next(-NoiseMilligravities, NoiseMilligravities + 1);
        YMilligravities = (int)Math.Round(y * 1000) + _random.Next(-NoiseMilligravities, NoiseMilligravities + 1);
        ZMilligravities = (int)Math.Round(z * 1000) + _random.Next(-NoiseMilligravities, NoiseMilligravities + 1);
    }
}
