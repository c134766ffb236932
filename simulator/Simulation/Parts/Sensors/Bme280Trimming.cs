// The calibration of a simulated BME280 and the way from the world's values to its raw ones: the floating-point formulas of the data sheet (Bosch
// BST-BME280-DS002, section 8.1), turned round by halving.
namespace Simulation.Parts.Sensors;

/// <summary>Calibration of one BME280.</summary>
/// <param name="T">Three coefficients of temperature.</param>
/// <param name="P">Nine of pressure.</param>
/// <param name="H">Six of humidity.</param>
public sealed record Bme280Trimming(int[] T, int[] P, int[] H)
{
    // Of raw values: what temperature and pressure change by from one sample to the next.
    private const int FirstStep = 16;

    /// <summary>Temperature and pressure of Bosch's worked example (BST-BMP280-DS001, section 3.12), humidity of an ordinary part.</summary>
    public static Bme280Trimming Example { get; } = new(
        [27504, 26435, -1000], [36477, -10685, 3024, 2855, 140, -7, 15500, -14600, 6000], [75, 362, 0, 315, 50, 30]);

    /// <summary>Another part's.</summary>
    public static Bme280Trimming Other { get; } = new(
        [28485, 26735, 50], [36738, -10635, 3024, 6980, -4, -7, 9900, -10230, 4285], [75, 353, 0, 340, 0, 30]);

    /// <summary>Registers 0x88 to 0xA1.</summary>
    public byte[] Main { get; } =
    [
        .. T.Concat(P).SelectMany(word => new[] { (byte)word, (byte)(word >> 8) }), 0, (byte)H[0],
    ];

    /// <summary>Registers 0xE1 to 0xE7.</summary>
    public byte[] Humidity { get; } =
    [
        (byte)H[1], (byte)(H[1] >> 8), (byte)H[2], (byte)(H[3] >> 4), (byte)((H[3] & 0xF) | ((H[4] & 0xF) << 4)), (byte)(H[4] >> 4), (byte)H[5],
    ];

    /// <summary>The fine temperature of a raw one.</summary>
    public double Fine(int raw)
    {
        double first = ((raw / 16384.0) - (T[0] / 1024.0)) * T[1];
        double second = (raw / 131072.0) - (T[0] / 8192.0);
        return first + (second * second * T[2]);
    }

    /// <summary>Degrees Celsius.</summary>
    public double Celsius(int raw) => Fine(raw) / 5120;

    /// <summary>Pascals.</summary>
    public double Pascals(int raw, double fine)
    {
        double shifted = (fine / 2) - 64000;
        double offset = shifted * shifted * P[5] / 32768;
        offset += shifted * P[4] * 2;
        offset = (offset / 4) + (P[3] * 65536.0);
        double scale = ((P[2] * shifted * shifted / 524288) + (P[1] * shifted)) / 524288;
        scale = (1 + (scale / 32768)) * P[0];
        if (scale == 0)
        {
            return 0;
        }

        double pressure = (1048576.0 - raw - (offset / 4096)) * 6250 / scale;
        return pressure + (((P[8] * pressure * pressure / 2147483648) + (pressure * P[7] / 32768) + P[6]) / 16);
    }

    /// <summary>Percent of relative humidity.</summary>
    public double Percent(int raw, double fine)
    {
        double shifted = fine - 76800;
        double value = (raw - ((H[3] * 64.0) + (H[4] / 16384.0 * shifted)))
            * (H[1] / 65536.0 * (1 + (H[5] / 67108864.0 * shifted * (1 + (H[2] / 67108864.0 * shifted)))));
        return Math.Clamp(value * (1 - (H[0] * value / 524288)), 0, 100);
    }

    /// <summary>The raw value of a temperature.</summary>
    /// <param name="celsius">Degrees Celsius.</param>
    /// <param name="guess">A raw value that may be near; it changes how long the search takes, and nothing else.</param>
    public int RawTemperature(double celsius, int guess = 0) => Halve(1 << 20, guess, raw => Celsius(raw) < celsius);

    /// <summary>The raw value of a pressure; more pressure is less.</summary>
    /// <param name="pascals">Pascals.</param>
    /// <param name="fine">The fine temperature.</param>
    /// <param name="guess">A raw value that may be near.</param>
    public int RawPressure(double pascals, double fine, int guess = 0) => Halve(1 << 20, guess, raw => Pascals(raw, fine) > pascals);

    /// <summary>The raw value of a relative humidity.</summary>
    /// <param name="percent">Percent.</param>
    /// <param name="fine">The fine temperature.</param>
    /// <param name="guess">A raw value that may be near.</param>
    public int RawHumidity(double percent, double fine, int guess = 0) => Halve(1 << 16, guess, raw => Percent(raw, fine) < percent);

    // The first raw value that is not too low: looked for in steps that double, from the guess on, then by halving.
    private static int Halve(int end, int guess, Func<int, bool> isTooLow)
    {
        (int low, int high) = Bracket(end, Math.Clamp(guess, 0, end - 1), isTooLow);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = isTooLow(middle) ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static (int Low, int High) Bracket(int end, int guess, Func<int, bool> isTooLow)
    {
        int step = FirstStep;
        if (isTooLow(guess))
        {
            int low = Math.Min(guess + 1, end - 1);
            while (low + step < end && isTooLow(low + step))
            {
                low = Math.Min(low + step + 1, end - 1);
                step *= 2;
            }

            return (low, Math.Min(low + step, end - 1));
        }

        int high = guess;
        while (high - step > 0 && !isTooLow(high - step))
        {
            high -= step;
            step *= 2;
        }

        return (Math.Max(high - step, 0), high);
    }
}
