// Fill histories of real bins: between two emptyings of Edinburgh's litter bins (../shared/data/bins) the level rises by throws, more by day than by night, and the
// sensor sees it through noise, foam, hands and lids. Every crossing has to be found within one interval, no emptying may be missed or invented, and the forecast's
// error is measured.
using System.Globalization;
using PoleController.Alarms;
using PoleController.Sensing;
using PoleController.Settings;
using PoleController.Tests.Parts;
using RepositoryFiles;
using Xunit;

namespace PoleController.Tests.Sensing;

public sealed class FillHistoryTests(ITestOutputHelper output)
{
    private const int BottomMillimetres = 1300;
    private const int HeightMillimetres = 1000;
    private const int BinCount = 40;

    [Fact]
    public void Given_fill_histories_of_real_bins_Then_crossings_are_told_at_once_emptyings_exactly_and_the_forecast_helps()
    {
        List<double> forecastErrors = [];
        List<double> shares = [];
        int crossings = 0;
        int emptyings = 0;
        List<double> delays = [];
        List<(string Bin, List<(double Hours, int Percent)> Cycles)> bins = Read();
        Assert.Equal(BinCount, bins.Count);
        for (int i = 0; i < bins.Count; i++)
        {
            Bin bin = new(bins[i].Cycles, i);
            Run run = new(bin);
            run.Go();
            Assert.True(run.TrueEmptied == run.EmptiedTold, $"Bin {i}: {run.TrueEmptied} emptyings, {run.EmptiedTold} told.");
            Assert.True(run.RedTold >= run.LastingRed && run.RedTold <= run.TrueRed, $"Bin {i}: {run.TrueRed} times red, {run.LastingRed} for long, {run.RedTold} told.");
            delays.AddRange(run.DelaySeconds);
            crossings += run.TrueRed;
            emptyings += run.TrueEmptied;
            forecastErrors.AddRange(run.ForecastErrorHours);
            shares.AddRange(run.ForecastErrorShares);
        }

        delays.Sort();
        forecastErrors.Sort();
        shares.Sort();
        output.WriteLine($"{bins.Count} bins, {crossings} crossings of red, told after {Quantile(delays, 0.5):F0} s in the median, 99 % within {Quantile(delays, 0.99):F0} s, "
            + $"worst {delays[^1]:F0} s; {emptyings} emptyings.");
        output.WriteLine($"{forecastErrors.Count} forecasts: median error {Quantile(forecastErrors, 0.5):F1} h, 90 % within {Quantile(forecastErrors, 0.9):F1} h; "
            + $"of the time left: median {Quantile(shares, 0.5):P0}, 90 % within {Quantile(shares, 0.9):P0}.");
        Assert.True(crossings > 200 && emptyings > 400 && forecastErrors.Count > 1000, "Too little happened to prove anything.");
        Assert.InRange(delays[^1], 0, 900 + 45);
        Assert.InRange(Quantile(forecastErrors, 0.5), 0, 6);
        Assert.InRange(Quantile(forecastErrors, 0.9), 0, 24);
    }

    private static double Quantile(List<double> sorted, double part) => sorted[(int)((sorted.Count - 1) * part)];

    private static List<(string Bin, List<(double Hours, int Percent)> Cycles)> Read()
    {
        string path = RepositoryRoot.SharedPathOrSkip("data", "bins", "edinburgh_litter_bin_sensors_2016.csv");
        return
        [
            .. File.ReadLines(path).Skip(1).Select(line => line.Split(','))
                .Select(f => (Bin: f[^3], At: DateTime.Parse(f[^10], CultureInfo.InvariantCulture), Percent: int.Parse(f[^8], CultureInfo.InvariantCulture)))
                .GroupBy(row => row.Bin)
                .Where(group => group.Count() >= 12)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Take(BinCount)
                .Select(group => (group.Key, Cycles(group.OrderBy(row => row.At).ToList()))),
        ];

        static List<(double Hours, int Percent)> Cycles(List<(string Bin, DateTime At, int Percent)> rows) =>
            [.. rows.Zip(rows.Skip(1), (a, b) => ((b.At - a.At).TotalHours, b.Percent)).Where(cycle => cycle.TotalHours >= 6 && cycle.Percent >= 40)];
    }

    /// <summary>A bin whose level rises by throws of a few percent from 7 to 23 o'clock; a function of the time.</summary>
    private sealed class Bin
    {
        private const double DayBegins = 7;
        private const double DayEnds = 23;

        private readonly List<(double StartHour, double EndHour, (double Hour, int Millimetres)[] Throws)> _cycles = [];
        private readonly Random _noise;

        public Bin(List<(double Hours, int Percent)> cycles, int seed)
        {
            Random random = new(seed);
            _noise = new Random(seed + 1000);
            double start = DayBegins;
            foreach ((double hours, int percent) in cycles)
            {
                double end = start + hours;
                List<double> times = [];
                while (times.Count < percent)
                {
                    double hour = start + (random.NextDouble() * hours);
                    if (hour % 24 is >= DayBegins and < DayEnds || random.Next(10) == 0)
                    {
                        times.Add(hour);
                    }
                }

                times.Sort();
                int level = 0;
                _cycles.Add((start, end, [.. times.Select(hour => (hour, level += 10))]));
                start = end;
            }
        }

        public double EndHour => _cycles[^1].EndHour;

        public IEnumerable<(double StartHour, double EndHour, (double Hour, int Millimetres)[] Throws)> Cycles => _cycles;

        public int LevelAt(double hour)
        {
            (double start, _, (double Hour, int Millimetres)[] throws) = _cycles[CycleAt(hour)];
            _ = start;
            int low = 0;
            int high = throws.Length;
            while (low < high)
            {
                int middle = (low + high) / 2;
                (low, high) = throws[middle].Hour <= hour ? (middle + 1, high) : (low, middle);
            }

            return low == 0 ? 0 : throws[low - 1].Millimetres;
        }

        public int CycleAt(double hour)
        {
            int index = _cycles.FindIndex(cycle => hour < cycle.EndHour);
            return index < 0 ? _cycles.Count - 1 : index;
        }

        /// <summary>
        /// One ping: 3 mm of noise; of a hundred, seven hit a wall or what hangs in, three take a detour, ten are swallowed by foam; a fortieth of the time there is a
        /// lid or a hand.
        /// </summary>
        public int Ping(long nowMs)
        {
            double hour = nowMs / 3600000.0;
            int kind = _noise.Next(100);
            int surface = BottomMillimetres - LevelAt(hour);
            bool isHandInside = nowMs / 8000 % 40 == 7;
            if (kind < 7 || isHandInside)
            {
                return 200 + _noise.Next(surface - 199);
            }

            if (kind < 10)
            {
                return surface + _noise.Next(surface);
            }

            double gauss = Math.Sqrt(-2 * Math.Log(1 - _noise.NextDouble())) * Math.Cos(2 * Math.PI * _noise.NextDouble());
            return kind < 20 ? -1 : surface + (int)Math.Round(3 * gauss);
        }
    }

    private sealed class Run
    {
        private readonly Bin _bin;
        private readonly AlarmBoard _board = new();
        private readonly FillLevelMonitor _monitor;
        private readonly ComponentClock _clock;
        private int _measured;

        public Run(Bin bin)
        {
            _bin = bin;
            ControllerSettings settings = new();
            settings.FillLevel.EmptyDistanceMillimetres = BottomMillimetres;
            settings.FillLevel.FullDistanceMillimetres = BottomMillimetres - HeightMillimetres;
            settings.FillLevel.AlarmPercent = 80;
            settings.FillLevel.WarningPercent = 65;
            _monitor = new FillLevelMonitor(new SimulatedRangeSensor { Ping = bin.Ping }, settings, new KnownAir(), _board);
            _clock = new ComponentClock(_monitor, 7 * 3600000L);
        }

        public int TrueRed { get; private set; }

        /// <summary>Of these, those that were not emptied within an interval.</summary>
        public int LastingRed { get; private set; }

        public int RedTold { get; private set; }

        public int TrueEmptied { get; private set; }

        public int EmptiedTold => _monitor.EmptiedCount;

        /// <summary>From the throw that takes the level clearly (a centimetre, three times the pings' noise) above the threshold until red is told; 0 when it was told before.</summary>
        public List<double> DelaySeconds { get; } = [];

        public List<double> ForecastErrorHours { get; } = [];

        public List<double> ForecastErrorShares { get; } = [];

        public void Go()
        {
            bool isRed = false;
            int cycle = 0;
            _clock.Check = () =>
            {
                double hour = _clock.NowMs / 3600000.0;
                bool isRedTold = _board.IsRaised(AlarmKind.FillLevelAlarm);
                if (isRedTold && !isRed)
                {
                    RedTold++;
                    (double Hour, int Millimetres) crossing = _bin.Cycles.ElementAt(_bin.CycleAt(hour)).Throws.First(t => t.Millimetres >= 800);
                    if (crossing.Hour > hour + 0.6)
                    {
                        Assert.Fail($"Told {crossing.Hour - hour:F2} h before it was so, at {_monitor.FillPermille} instead of {_bin.LevelAt(hour)}, "
                            + $"{hour - _bin.Cycles.ElementAt(_bin.CycleAt(hour)).StartHour:F2} h after the emptying.");
                    }


                    double clear = _bin.Cycles.ElementAt(_bin.CycleAt(hour)).Throws.FirstOrDefault(t => t.Millimetres >= 810, (Hour: hour, Millimetres: 0)).Hour;
                    DelaySeconds.Add(Math.Max(0, (hour - clear) * 3600));
                }

                isRed = isRedTold;
                if (_monitor.MeasurementCount != _measured)
                {
                    _measured = _monitor.MeasurementCount;
                    JudgeForecast(hour);
                }

                cycle = _bin.CycleAt(hour);
            };
            _clock.Start().Run((long)((_bin.EndHour - 7.0) * 3600000) - 1000);
            List<(double StartHour, double EndHour, (double Hour, int Millimetres)[] Throws)> cycles = [.. _bin.Cycles];
            for (int i = 0; i < cycles.Count; i++)
            {
                int full = cycles[i].Throws[^1].Millimetres;
                TrueRed += full >= 800 ? 1 : 0;
                LastingRed += full >= 800 && cycles[i].Throws.First(t => t.Millimetres >= 800).Hour < cycles[i].EndHour - 0.27 ? 1 : 0;
                TrueEmptied += i < cycles.Count - 1 ? 1 : 0;
            }
        }

        /// <summary>Every six hours from half a day after the emptying on, where the bin did become full: how far off was the time of being full?</summary>
        private void JudgeForecast(double hour)
        {
            (double start, _, (double Hour, int Millimetres)[] throws) = _bin.Cycles.ElementAt(_bin.CycleAt(hour));
            if (throws[^1].Millimetres < 1000 || hour - start < 12 || _monitor.HoursUntilFull < 0)
            {
                return;
            }

            double left = throws.First(t => t.Millimetres >= 1000).Hour - hour;
            if (left > 0)
            {
                ForecastErrorHours.Add(Math.Abs(_monitor.HoursUntilFull - left));
                ForecastErrorShares.Add(Math.Abs(_monitor.HoursUntilFull - left) / left);
            }
        }
    }
}
