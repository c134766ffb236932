// The newest values of a pole as named columns, for lists: CSV and GeoJSON have the same names. A value that is unknown or of bad quality is empty, never 0.
using System.Globalization;
using Provisioning.FleetState;
using Provisioning.Language;

namespace Provisioning.Exports;

/// <summary>The columns.</summary>
internal static class SnapshotColumns
{
    /// <summary>Name and value of each column, in order; numbers, texts, or null.</summary>
    public static IReadOnlyList<(string Name, Func<PoleSnapshot, object?> Value)> All { get; } =
    [
        ("id", pole => pole.Pole.Id),
        ("latitude", pole => pole.Pole.Latitude),
        ("longitude", pole => pole.Pole.Longitude),
        ("street", pole => pole.Pole.Street),
        ("district", pole => pole.Pole.District),
        ("group", pole => pole.Pole.Group),
        ("circuit", pole => pole.Pole.Circuit),
        ("devEui", pole => pole.DevEui),
        ("findings", pole => string.Join(' ', FleetStatus.Words.Where(pair => (pole.State.Findings & pair.Finding) != 0).Select(pair => pair.Word))),
        ("lastHeard", pole => Iso(pole.State.LastHeardUtcMs)),
        ("levelPercent", pole => pole.Status?.LevelPermille / 10),
        ("powerWatts", pole => pole.Status is { PowerMilliwatts: >= 0 } status ? status.PowerMilliwatts / 1000.0 : null),
        ("energyWattHours", pole => pole.Status?.EnergyWattHours),
        ("lampOnHours", pole => pole.Status?.LampOnHours),
        ("fillPercent", pole => pole.State.FillPercent),
        ("tiltDegrees", pole => pole.State.TiltDecidegrees / 10.0),
        ("waterLevelMetres", pole => pole.WaterLevel is { Message: { } water } ? PoleSnapshot.Good(water.Quality, water.LevelMillimetres, 0.001) : null),
        ("pm25MicrogramsPerCubicMetre", pole => pole.Particulates is { Message: { } air } ? PoleSnapshot.Good(air.Pm25CorrectedQuality, air.Pm25CorrectedDecimicrogramsPerCubicMetre, 0.1) : null),
        ("pm10MicrogramsPerCubicMetre", pole => pole.Particulates is { Message: { } air } ? PoleSnapshot.Good(air.Pm10CorrectedQuality, air.Pm10CorrectedDecimicrogramsPerCubicMetre, 0.1) : null),
        ("temperatureDegrees", pole => pole.Climate is { Message: { } climate } ? PoleSnapshot.Good(climate.TemperatureQuality, climate.TemperatureCentidegrees, 0.01) : null),
        ("humidityPercent", pole => pole.Climate is { Message: { } climate } ? PoleSnapshot.Good(climate.HumidityQuality, climate.HumidityPermille, 0.1) : null),
        ("carbonDioxidePpm", pole => pole.Gas is { Message: { } gas } ? PoleSnapshot.Good(gas.CarbonDioxideQuality, gas.CarbonDioxidePpm, 1) : null),
    ];

    /// <summary>A moment (RFC 3339); null stays null.</summary>
    public static string? Iso(long? utcMs) => utcMs is { } known ? UtcText.Seconds(known) : null;

    /// <summary>A value as text: as short as it reads back, at most six decimals.</summary>
    public static string Text(object? value) => value switch
    {
        null => "",
        double number => number.ToString("0.#######", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
