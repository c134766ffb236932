// The weather of a scenario: made up, from a file, with fog. Data only: World/WeatherModel makes air of it.
namespace Simulation.Scenarios;

/// <summary>What the weather is like.</summary>
public sealed record WeatherPlan
{
    /// <summary>Mean temperature in degrees Celsius, -40 to 45. Default 14.</summary>
    public double MeanDegrees { get; init; } = 14;

    /// <summary>From the night's lowest to the day's highest temperature under a clear sky, in kelvin, 0 to 30. Default 11.</summary>
    public double SwingDegrees { get; init; } = 11;

    /// <summary>Mean dew point in degrees Celsius, -40 to 30. Default 9.</summary>
    public double DewPointDegrees { get; init; } = 9;

    /// <summary>Mean pressure at sea level in hectopascals, 950 to 1050. Default 1015.</summary>
    public double PressureHectopascals { get; init; } = 1015;

    /// <summary>Height of the place above the sea in metres, -400 to 4000. Default 120.</summary>
    public double ElevationMetres { get; init; } = 120;

    /// <summary>Hours with rain in a mean day, 0 to 24. Default 2.</summary>
    public double RainHoursPerDay { get; init; } = 2;

    /// <summary>Mean of PM2.5 in micrograms per cubic metre, 0 to 500. Default 10.</summary>
    public double Pm25Micrograms { get; init; } = 10;

    /// <summary>Measured weather; null when all is made up.</summary>
    public WeatherSource? File { get; init; }

    /// <summary>Times of fog, in the order of the file.</summary>
    public IReadOnlyList<FogSpan> Fogs { get; init; } = [];
}

/// <summary>A file of measured weather. A column that is not named stays made up.</summary>
public sealed record WeatherSource
{
    /// <summary>Full path of the file.</summary>
    public required string FilePath { get; init; }

    /// <summary>Column with the local time; null means the first column.</summary>
    public string? TimeColumn { get; init; }

    /// <summary>Column with degrees Celsius.</summary>
    public string? TemperatureColumn { get; init; }

    /// <summary>Column with percent of relative humidity.</summary>
    public string? HumidityColumn { get; init; }

    /// <summary>Column with hectopascals.</summary>
    public string? PressureColumn { get; init; }

    /// <summary>Column with millimetres of rain per hour.</summary>
    public string? RainColumn { get; init; }

    /// <summary>Column with PM2.5 in micrograms per cubic metre.</summary>
    public string? Pm25Column { get; init; }

    /// <summary>Column with PM10 in micrograms per cubic metre.</summary>
    public string? Pm10Column { get; init; }

    /// <summary>Column with parts per million of carbon dioxide.</summary>
    public string? CarbonDioxideColumn { get; init; }
}

/// <summary>A time of fog: the air is saturated.</summary>
public sealed record FogSpan
{
    /// <summary>Beginning, milliseconds after the start.</summary>
    public required long AtMs { get; init; }

    /// <summary>Length, more than 0.</summary>
    public required long DurationMs { get; init; }
}
