// What a sampled PWM says: duty and frequency over whole periods.
namespace Bench.Jig;

/// <summary>A PWM as it was seen.</summary>
/// <param name="DutyPermille">Share of the time in which it was high, in thousandths.</param>
/// <param name="Hertz">Frequency; 0 for a line that does not change.</param>
internal readonly record struct PwmWave(double DutyPermille, double Hertz)
{
    /// <summary>Measures from the first rising edge to the last; a line without two of them has the duty of its level.</summary>
    public static PwmWave Measure(bool[] samples, int samplesPerSecond)
    {
        int first = -1;
        int last = -1;
        int edges = 0;
        for (int i = 1; i < samples.Length; i++)
        {
            if (samples[i] && !samples[i - 1])
            {
                first = first < 0 ? i : first;
                last = i;
                edges++;
            }
        }

        if (edges < 2)
        {
            return new PwmWave(samples.Count(sample => sample) * 1000.0 / samples.Length, 0);
        }

        int high = samples.AsSpan(first, last - first).Count(true);
        return new PwmWave(high * 1000.0 / (last - first), (edges - 1) * (double)samplesPerSecond / (last - first));
    }
}
