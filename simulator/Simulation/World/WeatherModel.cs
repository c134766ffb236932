// The weather of a run: the same for the whole district, a table made once. Where the numbers come from is SyntheticWeather's and WeatherFile's.
using Simulation.Scenarios;

namespace Simulation.World;

/// <summary>The weather of a run. Read only after it is made, so it can be shared by threads.</summary>
public sealed class WeatherModel
{
    /// <summary>Time between two rows of the table; in between values change evenly.</summary>
    public const long StepUs = 300_000_000;

    private readonly AirSample[] _samples;

    private WeatherModel(AirSample[] samples, IReadOnlyList<string> warnings)
    {
        _samples = samples;
        Warnings = warnings;
    }

    /// <summary>What was noticed about the file, such as gaps that were filled.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Makes the weather of a scenario; reads the file when there is one.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="latitude">Latitude of the district's middle in degrees.</param>
    /// <param name="longitude">Longitude of the district's middle in degrees.</param>
    /// <param name="seed">The run's seed.</param>
    /// <exception cref="ScenarioException">The file cannot be used.</exception>
    public static WeatherModel Create(Scenario scenario, double latitude, double longitude, long seed)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        WeatherPlan plan = scenario.Weather;
        SyntheticWeather synthetic = new(plan, scenario.StartUtcMs, scenario.TimeZone, latitude, longitude, seed);
        List<string> warnings = [];
        WeatherFile? file = plan.File is null ? null : WeatherFile.Load(plan.File, scenario, warnings);
        AirSample[] samples = new AirSample[checked((int)(scenario.DurationMs * 1000 / StepUs) + 2)];
        for (int i = 0; i < samples.Length; i++)
        {
            AirSample sample = synthetic.At(i * StepUs);
            samples[i] = file is null ? sample : file.Replace(sample, i * StepUs);
        }

        foreach (FogSpan fog in plan.Fogs)
        {
            ApplyFog(samples, fog);
        }

        return new WeatherModel(samples, warnings);
    }

    /// <summary>The air at a moment of the run; before it and after its end the nearest value holds.</summary>
    /// <param name="timeUs">Microseconds after the start of the run.</param>
    public AirSample At(long timeUs)
    {
        int index = IndexAt(timeUs, out double part);
        return AirSample.Between(_samples[index], _samples[index + 1], part);
    }

    /// <summary><see cref="AirSample.VocFactor"/> of <see cref="At"/>: whoever measures nothing but gas asks every few seconds.</summary>
    /// <param name="timeUs">Microseconds after the start of the run.</param>
    public double VocFactorAt(long timeUs)
    {
        int index = IndexAt(timeUs, out double part);
        return AirSample.Mix(_samples[index].VocFactor, _samples[index + 1].VocFactor, part);
    }

    /// <summary><see cref="AirSample.NoxFactor"/> of <see cref="At"/>.</summary>
    /// <param name="timeUs">Microseconds after the start of the run.</param>
    public double NoxFactorAt(long timeUs)
    {
        int index = IndexAt(timeUs, out double part);
        return AirSample.Mix(_samples[index].NoxFactor, _samples[index + 1].NoxFactor, part);
    }

    private int IndexAt(long timeUs, out double part)
    {
        double at = Math.Clamp((double)timeUs / StepUs, 0, _samples.Length - 1.0001);
        int index = (int)at;
        part = at - index;
        return index;
    }

    // In fog the air is saturated; it comes and goes within one step of the table.
    private static void ApplyFog(AirSample[] samples, FogSpan fog)
    {
        long fromUs = fog.AtMs * 1000;
        long toUs = fromUs + (fog.DurationMs * 1000);
        for (int i = 0; i < samples.Length; i++)
        {
            if (i * StepUs >= fromUs && i * StepUs <= toUs)
            {
                samples[i] = samples[i] with { HumidityPercent = 99.5, WindMetresPerSecond = Math.Min(samples[i].WindMetresPerSecond, 1) };
            }
        }
    }
}
