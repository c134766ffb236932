// A report such as a run would fill it: streets of poles through a short summer night, with everything in it that a page can show.
// Made up, but consistent in itself: sums agree with their parts.
using PoleController.Lighting;
using Simulation.Engine;
using Simulation.Reports;

namespace Simulation.Tests.Reports;

/// <summary>Makes sample reports; the same arguments give the same report.</summary>
internal sealed class SampleReport
{
    private const int BinSeconds = 300;
    private const int PolesPerStreet = 16;
    private const double DurationSeconds = 14 * 3600;
    private const double SunsetSeconds = (4 * 3600) + (36 * 60);
    private const double DuskSeconds = SunsetSeconds + (42 * 60);
    private const double SunriseSeconds = (12 * 3600) + (20 * 60);
    private const double DawnSeconds = SunriseSeconds - (42 * 60);

    private static readonly string[] Streets =
        ["Lindenweg", "Am Bahndamm", "Schulstraße", "Gärtnerstraße", "Marktplatz", "Uferpromenade", "Talweg", "Mühlgasse", "Kirchsteig", "Ostring"];

    private readonly RandomStream _random;
    private readonly int _poleCount;
    private readonly int _bins = (int)(DurationSeconds / BinSeconds);
    private readonly RunReport _report;

    private SampleReport(int poleCount, long seed)
    {
        _poleCount = poleCount;
        _random = new RandomStream(seed, "sample report", 0);
        _report = new RunReport
        {
            SeriesBinSeconds = BinSeconds,
            Scenario = new ScenarioReport
            {
                Name = "Sample district",
                Description = "A made-up district through one short summer night: dimmed after 23:00, full light while somebody is there.",
                Seed = seed,
                StartUtc = new DateTime(2026, 6, 20, 15, 0, 0, DateTimeKind.Utc),
                UtcOffsetMinutes = 120,
                DurationSeconds = DurationSeconds,
                SimulatedSeconds = DurationSeconds,
                IsComplete = true,
                ToolVersion = "0.1.0",
                ReplayCommand = "polesim run district.yaml --seed " + seed,
            },
            Nights =
            [
                new NightReport { SunsetSeconds = SunsetSeconds, DuskSeconds = DuskSeconds, DawnSeconds = DawnSeconds, SunriseSeconds = SunriseSeconds },
            ],
        };
    }

    /// <summary>A run in which some promises did not hold.</summary>
    public static RunReport Create(int poleCount = 152, long seed = 7)
    {
        SampleReport sample = new(poleCount, seed);
        sample.AddPoles();
        sample.AddEnergyAndTotals();
        sample.AddRadio();
        sample.AddEvents();
        sample.AddChecks();
        if (poleCount > 0)
        {
            sample._report.Sensors = SampleSensors.Create([.. sample._report.Poles.Select(pole => pole.Id)], DurationSeconds, new RandomStream(seed, "sample sensors", 0));
        }

        return sample._report;
    }

    /// <summary>The same in which everything held.</summary>
    public static RunReport CreatePassed(int poleCount = 152, long seed = 7)
    {
        RunReport report = Create(poleCount, seed);
        foreach (PoleReport pole in report.Poles.Where(pole => pole.Outcome is PoleOutcome.Dark or PoleOutcome.CheckFailed))
        {
            pole.Outcome = PoleOutcome.Ok;
            pole.DarkSeconds = 0;
        }

        foreach (CheckReport check in report.Checks)
        {
            check.IsPassed = true;
            check.Failures = [];
            check.FailureCount = 0;
            check.ReplayCommand = "";
        }

        return report;
    }

    private void AddPoles()
    {
        List<PoleReport> poles = [];
        for (int index = 0; index < _poleCount; index++)
        {
            poles.Add(CreatePole(index, index / PolesPerStreet, index % PolesPerStreet));
        }

        _report.Poles = poles;
    }

    private PoleReport CreatePole(int index, int street, int number)
    {
        // Blocks of ten streets, six blocks in a row. Even streets run east, odd ones north, each a little bent; about 28 m from pole to pole.
        int block = street / Streets.Length;
        double along = (number * 28.0) - 20;
        double across = ((street % Streets.Length / 2) * 90.0) + 30 + (14 * Math.Sin((number * 0.35) + block)) + _random.NextGaussian();
        (double eastMetres, double northMetres) = street % 2 == 0 ? (along, across) : (across, along);
        eastMetres += (block % 6 * 520.0) - 60;
        northMetres += block / 6 * 500.0;
        PoleReport pole = new()
        {
            Id = $"L-{index + 1:0000}",
            Latitude = 49.4033 + (northMetres / 111_320.0),
            Longitude = 8.6512 + (eastMetres / (111_320.0 * 0.6508)),
            Street = Streets[street % Streets.Length] + (block > 0 ? " " + block : ""),
            Group = street % 3 == 0 ? "main road" : "residential",
            FullPowerWatts = street % 3 == 0 ? 58 : 29,
            Outcome = Outcome(index),
            JoinedAfterSeconds = index == 61 ? null : 20 + (600 * _random.NextDouble()),
            StatusSent = 84,
            SpreadingFactor = 7 + (int)(Math.Pow(_random.NextDouble(), 3) * 5.99),
            LevelSeries = new byte[_bins],
            OccupancySeries = new byte[_bins],
            CauseSeries = new byte[_bins],
        };
        FillSeries(pole);
        pole.StatusDelivered = pole.JoinedAfterSeconds is null ? 0 : pole.StatusSent - (int)(_random.NextDouble() * _random.NextDouble() * 9);
        pole.Alarms = pole.Outcome == PoleOutcome.Alarm ? 1 : 0;
        pole.Responses = pole.Counted / 2;
        pole.WorstResponseMs = pole.Responses > 0 ? 180 + (500 * _random.NextDouble()) + (pole.Outcome == PoleOutcome.CheckFailed ? 900 : 0) : null;
        return pole;
    }

    private static PoleOutcome Outcome(int index) => index switch
    {
        23 => PoleOutcome.Dark,
        61 => PoleOutcome.Silent,
        40 or 97 => PoleOutcome.CheckFailed,
        12 or 71 or 118 => PoleOutcome.Alarm,
        _ => PoleOutcome.Ok,
    };

    private void FillSeries(PoleReport pole)
    {
        double arrivalsPerBin = pole.Group == "main road" ? 3.5 : 1.1;
        for (int bin = 0; bin < _bins; bin++)
        {
            double seconds = (bin + 0.5) * BinSeconds;
            double hour = (17 + (seconds / 3600)) % 24;
            double busyness = hour is > 1 and < 4.5 ? 0.08 : hour is >= 4.5 and < 17 ? 0.7 : hour >= 23 || hour <= 1 ? 0.4 : 1.6;
            int arrivals = Poisson(arrivalsPerBin * busyness);
            pole.Arrivals += arrivals;
            pole.Counted += arrivals;
            pole.OccupancySeries[bin] = (byte)Math.Min(255, arrivals);

            bool isNight = seconds is > DuskSeconds and < DawnSeconds;
            bool isDark = pole.Outcome == PoleOutcome.Dark && seconds is > 30_000 and < 34_500;
            LevelCause cause = LevelCause.Program;
            double level = 0;
            if (isNight && !isDark)
            {
                double programLevel = hour is >= 23 or < 5 ? 60 : 140;
                double occupiedShare = Math.Min(1, arrivals * 0.22);
                bool isOverridden = pole.Group == "main road" && seconds is > 23_400 and < 27_000;
                level = isOverridden ? 200 : (programLevel * (1 - occupiedShare)) + (200 * occupiedShare);
                cause = isOverridden ? LevelCause.Override : occupiedShare > 0.5 ? LevelCause.Occupancy : LevelCause.Program;
            }

            pole.LevelSeries[bin] = (byte)Math.Round(level);
            pole.CauseSeries[bin] = (byte)cause;
            pole.SecondsByCause.Add(cause, BinSeconds);
            double hours = BinSeconds / 3600.0;
            pole.LampEnergyWattHours += pole.FullPowerWatts * level / 200 * hours;
            pole.UndimmedEnergyWattHours += isNight ? pole.FullPowerWatts * hours : 0;
            pole.TimerEnergyWattHours += isNight ? pole.FullPowerWatts * hours * (hour is >= 23 or < 5 ? 0.5 : 1) : 0;
            pole.ControllerEnergyWattHours += 0.45 * hours;
            pole.LampOnSeconds += level > 0 ? BinSeconds : 0;
            pole.DarkSeconds += isNight && isDark ? BinSeconds : 0;
            pole.UnexplainedDarkSeconds = pole.DarkSeconds;
        }
    }

    private int Poisson(double mean)
    {
        double limit = Math.Exp(-mean);
        double product = _random.NextDouble();
        int count = 0;
        while (product > limit && count < 300)
        {
            product *= _random.NextDouble();
            count++;
        }

        return count;
    }

    private void AddEnergyAndTotals()
    {
        IReadOnlyList<PoleReport> poles = _report.Poles;
        _report.Energy = new EnergyReport
        {
            UndimmedWattHours = poles.Sum(pole => pole.UndimmedEnergyWattHours),
            TimerWattHours = poles.Sum(pole => pole.TimerEnergyWattHours),
            LampWattHours = poles.Sum(pole => pole.LampEnergyWattHours),
            ControllersWattHours = poles.Sum(pole => pole.ControllerEnergyWattHours),
        };
        _report.Totals = new TotalsReport
        {
            Poles = poles.Count,
            Arrivals = poles.Sum(pole => pole.Arrivals),
            Frames = poles.Sum(pole => pole.StatusSent) + (2 * poles.Count),
        };
    }

    private void AddRadio()
    {
        double[] airtimeMsPerFrame = [66.8, 123.4, 226.3, 411.6, 823.3, 1482.8];
        List<SpreadingFactorReport> rows = [];
        foreach (IGrouping<int, PoleReport> group in _report.Poles.GroupBy(pole => pole.SpreadingFactor).OrderBy(group => group.Key))
        {
            long sent = group.Sum(pole => pole.StatusSent);
            long lost = sent - group.Sum(pole => pole.StatusDelivered);
            long belowSensitivity = group.Key == 12 ? lost / 2 : lost / 8;
            long noDemodulator = lost / 20;
            long transmitting = lost / 12;
            rows.Add(new SpreadingFactorReport
            {
                SpreadingFactor = group.Key,
                Sent = sent,
                Delivered = sent - lost,
                BelowSensitivity = belowSensitivity,
                NoDemodulator = noDemodulator,
                GatewayTransmitting = transmitting,
                Interference = lost - belowSensitivity - noDemodulator - transmitting,
                AirtimeMs = sent * airtimeMsPerFrame[group.Key - 7],
            });
        }

        _report.Journal = new JournalReport
        {
            Messages = 31,
            Intervals = 402,
            Arrivals = 1730,
            Alarms = 2,
            AlreadyKnown = 17,
            MedianDelaySeconds = 8130,
            LongestDelaySeconds = 17_460,
            Lost = 3,
        };
        _report.Neighbours = new NeighboursReport
        {
            Lines = 2,
            Poles = 24,
            Coming = 812,
            Ahead = 797,
            Broadcasts = 3104,
            Offered = 6010,
            Heard = 5903,
            TooWeak = 2210,
            NotListening = 640,
            Sending = 35,
            Collided = 12,
            OtherTraffic = 1580,
            Overflowed = 1,
            HopMedianMs = 43,
            Hop95PercentMs = 166,
            Delays =
            [
                new NeighbourDelayReport { PolesAhead = 1, Rises = 620, MedianMs = 96, Percent95Ms = 220, LongestMs = 460 },
                new NeighbourDelayReport { PolesAhead = 2, Rises = 540, MedianMs = 110, Percent95Ms = 310, LongestMs = 520 },
            ],
        };
        _report.Radio = new RadioReport
        {
            StatusSent = _report.Poles.Sum(pole => pole.StatusSent),
            StatusDelivered = _report.Poles.Sum(pole => pole.StatusDelivered),
            BySpreadingFactor = rows,
            JoinRequests = _report.Poles.Count + 11,
            JoinAccepts = _report.Poles.Count - 1,
            DownlinksSent = 420,
            DownlinksReceived = 413,
            DownlinksLost = 7,
            Gateways =
            [
                new GatewayReport
                {
                    Id = "gw-town-hall", Latitude = 49.4046, Longitude = 8.6530, Received = rows.Sum(row => row.Delivered) - 400, Transmitted = 290,
                    AirtimeMs = 31_400, DutyCycleBudgetPermille = 6.1,
                },
                new GatewayReport
                {
                    Id = "gw-school", Latitude = 49.4068, Longitude = 8.6502, Received = rows.Sum(row => row.Delivered) / 2, Transmitted = 130,
                    AirtimeMs = 14_050, DutyCycleBudgetPermille = 2.7,
                },
            ],
        };
    }

    private void AddEvents()
    {
        string At(double seconds) => _report.Scenario.LocalTimeAt(seconds);
        string Id(int index) => _report.Poles[index % _poleCount].Id;
        _report.Commands =
        [
            new CommandReport
            {
                AtSeconds = 23_400, LocalTime = At(23_400), Kind = "setLevel", Target = "main road: 100 % for 60 min, fade 3 s", PolesAddressed = 64,
                Obeyed = 63, Refused = 0, Unanswered = 1, SecondsUntil50Percent = 3.2, SecondsUntil95Percent = 9.8, SecondsUntil99Percent = null,
                SecondsUntil100Percent = null,
            },
            new CommandReport
            {
                AtSeconds = 28_800, LocalTime = At(28_800), Kind = "setProgram", Target = "all: program 2", PolesAddressed = _poleCount,
                Obeyed = _poleCount - 1, Refused = 1, Unanswered = 0, SecondsUntil50Percent = 6.5, SecondsUntil95Percent = 41.2,
                SecondsUntil99Percent = 63.9, SecondsUntil100Percent = null,
            },
        ];
        _report.Alarms =
        [
            new AlarmReport
            {
                AtSeconds = 20_112.4, LocalTime = At(20_112.4), PoleId = Id(12), Kind = "lampFailure", IsRaised = true, LevelPermille = 700,
                PowerWatts = 0.4, ReceivedAfterSeconds = 1.8,
            },
            new AlarmReport
            {
                AtSeconds = 23_710, LocalTime = At(23_710), PoleId = Id(71), Kind = "powerTooHigh", IsRaised = true, LevelPermille = 300,
                PowerWatts = 31.7, ReceivedAfterSeconds = 2.3,
            },
            new AlarmReport
            {
                AtSeconds = 27_003, LocalTime = At(27_003), PoleId = Id(71), Kind = "powerTooHigh", IsRaised = false, LevelPermille = 300,
                PowerWatts = 9.1, ReceivedAfterSeconds = 1.4,
            },
            new AlarmReport
            {
                AtSeconds = 47_950, LocalTime = At(47_950), PoleId = Id(118), Kind = "dayBurner", IsRaised = true, LevelPermille = 0,
                PowerWatts = 28.8, ReceivedAfterSeconds = null,
            },
        ];
        _report.Faults =
        [
            new FaultReport { AtSeconds = 20_100, LocalTime = At(20_100), PoleId = Id(12), Kind = "lampOpenCircuit", DetectedAfterSeconds = 12.4 },
            new FaultReport { AtSeconds = 23_700, LocalTime = At(23_700), PoleId = Id(71), Kind = "driverOverpower", DetectedAfterSeconds = 10 },
            new FaultReport { AtSeconds = 30_000, LocalTime = At(30_000), PoleId = Id(23), Kind = "relayStuckOpen", DetectedAfterSeconds = null },
            new FaultReport { AtSeconds = 47_900, LocalTime = At(47_900), PoleId = Id(118), Kind = "relayWelded", DetectedAfterSeconds = 50 },
        ];
        _report.RejectedRows =
        [
            new RejectedRowReport { File = "lamps.csv", Line = 48, Value = "49.4O51", Reason = "latitude is not a number" },
            new RejectedRowReport { File = "lamps.csv", Line = 112, Value = "L-0031", Reason = "a pole with this id stands in line 32 already" },
        ];
        _report.Warnings = ["counts.csv has no counts for 02:00 to 03:00: the hour before was repeated"];
    }

    private void AddChecks()
    {
        string At(double seconds) => _report.Scenario.LocalTimeAt(seconds);
        string Id(int index) => _report.Poles[index % _poleCount].Id;
        _report.Checks =
        [
            new CheckReport
            {
                Name = "noLampDarkAtNight", Title = "No lamp is dark between civil dusk and dawn", IsPassed = false, Expectation = "0 poles dark for more than 5 s",
                Measured = "1 pole, longest 1 h 15 min", FailureCount = 1, ReplayCommand = "polesim run district.yaml --seed 7 --only L-0024",
                Failures = [new CheckFailureReport { PoleId = Id(23), AtSeconds = 30_000, LocalTime = At(30_000), Text = "dark for 1 h 15 min with the mains on" }],
            },
            new CheckReport
            {
                Name = "levelUpAfterArrival", Title = "Level up within one second of an arrival", IsPassed = false, Expectation = "at most 1000 ms",
                Measured = "worst 1412 ms of 9310 arrivals", FailureCount = 137, ReplayCommand = "polesim run district.yaml --seed 7 --only L-0041,L-0098",
                Failures = [.. Enumerable.Range(0, 100).Select(number => new CheckFailureReport
                {
                    PoleId = Id(number % 2 == 0 ? 40 : 97), AtSeconds = 20_000 + (number * 130), LocalTime = At(20_000 + (number * 130)),
                    Text = $"level up after {1001 + (number * 4)} ms",
                })],
            },
            new CheckReport
            {
                Name = "statusDelivery", Title = "95 % of status messages are delivered", IsPassed = true, Expectation = "at least 95 %",
                Measured = FormattableString.Invariant($"{_report.Radio.StatusDeliveryPercent:0.0} %"),
            },
            new CheckReport
            {
                Name = "joined", Title = "Every pole joins within one hour", IsPassed = true, Expectation = "at most 3600 s", Measured = "worst 619 s",
            },
            new CheckReport
            {
                Name = "dutyCycle", Title = "No transmitter exceeds its duty cycle", IsPassed = true, Expectation = "at most 10 ‰ in any hour", Measured = "worst 6.1 ‰",
            },
        ];
    }
}
