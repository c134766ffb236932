// The workload of polesim bench: streets of 25 poles 30 m apart, sixty metres between streets, one gateway per thousand poles.
using System.Globalization;
using SettingsFiles;
using Simulation.Scenarios;
using Simulation.World;

namespace Polesim.Commands;

/// <summary>Makes the workload.</summary>
/// <param name="PoleCount">Poles.</param>
/// <param name="Hours">Simulated hours.</param>
/// <param name="CountsPath">A count file; null for the synthetic day.</param>
/// <param name="Column">The count file's column.</param>
/// <param name="Day">The count file's day.</param>
/// <param name="TravellersPerDay">Travellers that pass every pole on the synthetic day.</param>
/// <param name="IsFitted">Whether every pole has every sensor.</param>
internal sealed record BenchWorkload(int PoleCount, int Hours, string? CountsPath, string? Column, string? Day, int TravellersPerDay, bool IsFitted)
{
    /// <summary>Travellers that pass a pole of an arterial road in a day: what a fleet is measured with if nothing else is said.</summary>
    public const int ArterialTravellers = 3700;

    private const double MiddleLatitude = 51.0;
    private const double MiddleLongitude = 9.0;
    private const int PolesPerStreet = 25;
    private const double MetresPerDegreeLatitude = 111_200;
    private const double MetresPerDegreeLongitude = 70_000;

    /// <summary>Makes scenario and lamps.</summary>
    public bool TryCreate(out Scenario scenario, out LampImportResult lamps, out string problem)
    {
        problem = "";
        scenario = null!;
        lamps = null!;
        DateOnly day = default;
        if (CountsPath is not null && (Column is null || !DateOnly.TryParseExact(Day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day)))
        {
            problem = "--counts needs --column and --day (as YYYY-MM-DD).";
            return false;
        }

        if (CountsPath is null && (Column is not null || Day is not null))
        {
            problem = "--column and --day say what to take from a count file. Name it with --counts, or leave them out.";
            return false;
        }

        List<Lamp> list = [.. Enumerable.Range(0, PoleCount).Select(MakeLamp)];
        lamps = new LampImportResult
        {
            Lamps = list,
            Rejected = [],
            Warnings = [],
            RowCount = PoleCount,
            OutsideCount = 0,
            OverLimitCount = 0,
            RowNoun = "row",
        };
        DateTime start = new(2026, 6, 20, 12, 0, 0, DateTimeKind.Unspecified);
        TimeZoneRule timeZone = new();
        scenario = new Scenario
        {
            Name = "bench",
            StartLocal = start,
            StartUtcMs = timeZone.ToUtcMs(start),
            DurationMs = Hours * 3_600_000L,
            Lamps = new LampSource { FilePath = "" },
            Traffic = CountsPath is null
                ? new TrafficSource { Synthetic = new SyntheticTraffic { Kind = SyntheticTrafficKind.Arterial, TravellersPerDay = TravellersPerDay } }
                : new TrafficSource { Counts = new CountsSource { FilePath = CountsPath, Column = Column!, Day = day } },
            Programs = [MakeProgram()],
            Sensors = IsFitted ? [new SensorPlan { HasRadar = true, HasAccelerometer = true, HasDoorContact = true, HasBoardSensors = true }] : [],
            Bins = IsFitted ? [new BinPlan()] : [],
            Waters = IsFitted ? [new WaterPlan()] : [],
            AirStations = IsFitted ? [new AirStationPlan()] : [],
            Gateways = [.. Enumerable.Range(0, ((PoleCount - 1) / 1000) + 1).Select(MakeGateway)],
        };
        return true;
    }

    private static DimmingProgram MakeProgram() => new()
    {
        Name = "adaptive",
        FadeSeconds = 10,
        Points =
        [
            new ProgramPoint { Reference = PoleController.Lighting.SwitchingReference.CivilDusk, OffsetMinutes = -5, LevelPermille = 500, OccupancyLevelPermille = 1000 },
            new ProgramPoint { Reference = PoleController.Lighting.SwitchingReference.Clock, OffsetMinutes = 23 * 60, LevelPermille = 200, OccupancyLevelPermille = 700 },
            new ProgramPoint { Reference = PoleController.Lighting.SwitchingReference.CivilDawn, OffsetMinutes = 5, LevelPermille = 0 },
        ],
    };

    private Lamp MakeLamp(int index)
    {
        int street = index / PolesPerStreet;
        int streetCount = ((PoleCount - 1) / PolesPerStreet) + 1;
        int columns = (int)Math.Ceiling(Math.Sqrt(streetCount / 12.0));
        double eastMetres = ((street % columns * 800) + (index % PolesPerStreet * 30)) - (columns * 400);
        double northMetres = (street / columns * 60) - (streetCount / columns * 30);
        return new Lamp
        {
            Id = "pole-" + (index + 1).ToString("00000", CultureInfo.InvariantCulture),
            Latitude = MiddleLatitude + (northMetres / MetresPerDegreeLatitude),
            Longitude = MiddleLongitude + (eastMetres / MetresPerDegreeLongitude),
            Street = "street-" + (street + 1).ToString(CultureInfo.InvariantCulture),
        };
    }

    private static GatewayModel MakeGateway(int index) => new()
    {
        Id = "gateway-" + (index + 1).ToString(CultureInfo.InvariantCulture),
        Latitude = MiddleLatitude + (index % 3 * 0.01),
        Longitude = MiddleLongitude + (index / 3 * 0.01),
    };
}
