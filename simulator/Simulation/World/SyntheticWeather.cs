// Made-up weather that hangs together: the sun's day warms and dries the air, clouds take from that, low pressure brings rain, rain washes the air,
// still nights keep in what traffic and stoves give off. Not measured anywhere; for runs without a file.
using Simulation.Scenarios;

namespace Simulation.World;

/// <summary>Made-up weather: the value at a moment is a function.</summary>
public sealed class SyntheticWeather
{
    /// <summary>Hour of solar time at which it is warmest.</summary>
    public const double WarmestHour = 15;

    /// <summary>Carbon dioxide of the background air in parts per million: the global mean of 2024 (NOAA GML) rounded up.</summary>
    public const double BackgroundCarbonDioxidePpm = 425;

    private const long HourUs = 3_600_000_000;
    private const double StandardGravity = 9.80665;
    private const double GasConstantOfDryAir = 287.05;

    private readonly WeatherPlan _plan;
    private readonly long _startUtcMs;
    private readonly TimeZoneRule _timeZone;
    private readonly double _latitude;
    private readonly double _longitude;
    private readonly double _rainThreshold;
    private readonly TimeNoise _airMass;
    private readonly TimeNoise _moisture;
    private readonly TimeNoise _pressure;
    private readonly TimeNoise _cloud;
    private readonly TimeNoise _rain;
    private readonly TimeNoise _wind;
    private readonly TimeNoise _haze;
    private readonly TimeNoise _gust;

    /// <summary>Makes it.</summary>
    /// <param name="plan">What it is like in the mean.</param>
    /// <param name="startUtcMs">Start of the run, milliseconds since 1970-01-01T00:00:00Z.</param>
    /// <param name="timeZone">Local time of the place: people drive and heat by it.</param>
    /// <param name="latitude">Latitude in degrees, north positive.</param>
    /// <param name="longitude">Longitude in degrees, east positive.</param>
    /// <param name="seed">The run's seed.</param>
    public SyntheticWeather(WeatherPlan plan, long startUtcMs, TimeZoneRule timeZone, double latitude, double longitude, long seed)
    {
        ArgumentNullException.ThrowIfNull(plan);
        _plan = plan;
        _startUtcMs = startUtcMs;
        _timeZone = timeZone;
        _latitude = latitude;
        _longitude = longitude;
        _rainThreshold = NormalQuantile(1 - Math.Clamp(plan.RainHoursPerDay / 24, 0, 1));
        _airMass = new TimeNoise(seed, "weather-air-mass", 0, 60 * HourUs);
        _moisture = new TimeNoise(seed, "weather-moisture", 0, 30 * HourUs);
        _pressure = new TimeNoise(seed, "weather-pressure", 0, 48 * HourUs);
        _cloud = new TimeNoise(seed, "weather-cloud", 0, 5 * HourUs);
        _rain = new TimeNoise(seed, "weather-rain", 0, 2 * HourUs);
        _wind = new TimeNoise(seed, "weather-wind", 0, 8 * HourUs);
        _haze = new TimeNoise(seed, "weather-haze", 0, 24 * HourUs);
        _gust = new TimeNoise(seed, "weather-gust", 0, HourUs / 2);
    }

    /// <summary>The air at a moment.</summary>
    /// <param name="timeUs">Microseconds after the start of the run; may be negative.</param>
    public AirSample At(long timeUs)
    {
        long utcMs = _startUtcMs + (timeUs / 1000);
        double cloud = Clouds(timeUs);
        double wind = Math.Clamp(3 * Math.Exp((0.5 * _wind.At(timeUs)) + (0.15 * _gust.At(timeUs))), 0.2, 30);
        double temperature = _plan.MeanDegrees + (1.5 * _airMass.At(timeUs)) + (_plan.SwingDegrees / 2 * (1 - (0.6 * cloud)) * SolarCourse(utcMs));
        double dewPoint = _plan.DewPointDegrees + (1.5 * _moisture.At(timeUs));
        double rain = RainAt(timeUs);

        // Rain brings its own moisture: the air below is nearly saturated while it falls. Where air cools to its dew point, dew falls and takes the rest.
        double humidity = MoistAir.HumidityPercent(temperature, dewPoint);
        humidity = Math.Clamp(rain > 0 ? Math.Max(humidity, 92) : humidity, 5, 100);
        double stillness = Stillness(utcMs, wind, cloud);
        double rush = RushHours(utcMs);
        return Particles(timeUs, stillness, rush) with
        {
            TemperatureDegrees = temperature,
            HumidityPercent = humidity,
            PressurePascals = StationPascals(temperature, timeUs),
            RainMillimetresPerHour = rain,
            WindMetresPerSecond = wind,
            CarbonDioxidePpm = BackgroundCarbonDioxidePpm + (45 * stillness) + (20 * rush * (0.5 + stillness)),
            VocFactor = 0.7 + (0.5 * stillness) + (0.6 * rush),
            NoxFactor = 0.5 + (0.5 * stillness) + (1.4 * rush * (0.5 + stillness)),
        };
    }

    /// <summary>Share of the sky under cloud, 0 to 1.</summary>
    public double Clouds(long timeUs) => 1 / (1 + Math.Exp((-1.8 * _cloud.At(timeUs)) + (1.2 * _pressure.At(timeUs))));

    private double RainAt(long timeUs)
    {
        // Low pressure brings rain: both courses weigh the same, and their sum is divided so that it is normal again.
        double wetness = (_rain.At(timeUs) - _pressure.At(timeUs)) / Math.Sqrt(2);
        return wetness > _rainThreshold ? 0.2 + (4 * (wetness - _rainThreshold)) : 0;
    }

    private AirSample Particles(long timeUs, double stillness, double rush)
    {
        // What rained in the last hours is missing in the air: scavenging of about a third by an hour of moderate rain.
        double washed = 1;
        for (int hoursAgo = 0; hoursAgo < 4; hoursAgo++)
        {
            washed *= Math.Exp(-0.15 * Math.Min(RainAt(timeUs - (hoursAgo * HourUs)), 4) / (1 + hoursAgo));
        }

        double fine = _plan.Pm25Micrograms * Math.Exp((0.45 * _haze.At(timeUs)) - 0.1) * (0.75 + (0.5 * stillness)) * washed * (1 + (0.25 * rush));
        double coarse = _plan.Pm25Micrograms * 0.5 * Math.Exp(0.3 * _gust.At(timeUs)) * (0.6 + (0.9 * rush)) * washed;
        return new AirSample(0, 0, 0, 0, 0, fine * 0.78, fine, fine + (coarse * 0.35), fine + coarse, 0, 0, 0);
    }

    // From -1 at three in the morning, solar time, to 1 at three in the afternoon; the night is longer than the day's warmth.
    private double SolarCourse(long utcMs)
    {
        double solarHours = (utcMs / 3_600_000.0) + (_longitude / 15);
        double phase = (solarHours - WarmestHour) / 24 * 2 * Math.PI;
        return Math.Cos(phase) + (0.15 * Math.Cos(2 * phase));
    }

    // A clear night without wind lies on the town like a lid.
    private double Stillness(long utcMs, double wind, double cloud)
    {
        double altitude = SunModel.AltitudeDegrees(utcMs, _latitude, _longitude);
        double night = 1 / (1 + Math.Exp((altitude - 5) / 6));
        return night * (1 - (0.5 * cloud)) / (1 + (wind / 4));
    }

    private double RushHours(long utcMs)
    {
        DateTime local = _timeZone.ToLocal(utcMs);
        bool isWeekend = local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
        double hour = local.TimeOfDay.TotalHours;
        double peaks = Math.Exp(-Math.Pow((hour - 7.75) / 1.2, 2)) + Math.Exp(-Math.Pow((hour - 17.25) / 1.6, 2));
        double day = hour is > 6 and < 21 ? 0.35 : 0.05;
        return (isWeekend ? 0.4 : 1) * Math.Min(1, day + peaks);
    }

    // International barometric formula for a layer of one temperature.
    private double StationPascals(double temperature, long timeUs)
    {
        double seaLevel = (_plan.PressureHectopascals * 100) + (700 * _pressure.At(timeUs));
        return seaLevel * Math.Exp(-_plan.ElevationMetres * StandardGravity / (GasConstantOfDryAir * (temperature + 273.15)));
    }

    // Inverse of the normal distribution (P. J. Acklam's rational approximation, relative error 1.2e-9, is not needed here: bisection of erfc's series is enough
    // for a number that is computed once).
    private static double NormalQuantile(double probability)
    {
        double low = -8;
        double high = 8;
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = NormalDistribution(middle) < probability ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    // Abramowitz and Stegun 26.2.17: within 7.5e-8.
    private static double NormalDistribution(double x)
    {
        double t = 1 / (1 + (0.2316419 * Math.Abs(x)));
        double tail = Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI)
            * t * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        return x >= 0 ? 1 - tail : tail;
    }
}
