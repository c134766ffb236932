// polesim bench steps: how long the dearest step of a controller with everything fitted takes. The run is deterministic, so the same step comes in every
// repetition: its least time is what it costs, the rest is what else the machine did, and the compiler: a path that is taken once a run needs some thirty runs
// until it is compiled for good. Simulated parts are in the times, behind their drivers.
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Simulation.Engine;
using Simulation.Running;
using Simulation.Scenarios;
using Simulation.World;

namespace Polesim.Commands;

/// <summary>Measures single steps.</summary>
internal static class StepBenchCommand
{
    private static readonly string[] Examples =
    [
        "polesim bench steps                                  a pole with every sensor, a day, 120 times",
        "polesim bench steps --repetitions 50",
    ];

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Option<int> repetitions = WholeNumberOption.Create("--repetitions", "How often the same run is measured.", 2, 1000, 120);
        Option<int> hours = WholeNumberOption.Create("--hours", "Simulated hours.", 1, 24 * 7, 24);
        ExampleCommand command = new(
            "steps", "Measures the steps of one controller with everything fitted: the median, and the dearest one.", Examples)
        {
            repetitions, hours,
        };
        command.SetAction(parsed => Run(parsed.GetValue(repetitions), parsed.GetValue(hours)));
        return command;
    }

    private static int Run(int repetitions, int hours)
    {
        if (!new BenchWorkload(1, hours, null, null, null, BenchWorkload.ArterialTravellers, IsFitted: true).TryCreate(out Scenario scenario, out LampImportResult lamps, out string problem))
        {
            Console.Error.WriteLine("polesim: " + problem);
            return ExitCode.WrongUse;
        }

        scenario = scenario with { Controller = new ControllerModel { RadioForm = RadioForm.Chip, HasPhotocell = true } };
        StepStopwatch watch = new();
        for (int i = 0; i < repetitions; i++)
        {
            using FleetRunner runner = new(FleetBuilder.Build(scenario, scenario.Seed, lamps), new RunOptions { ThreadCount = 1 });
            runner.Fleet.Poles[0].StepObserver = watch;
            watch.Begin();
            runner.Run(null, CancellationToken.None);
        }

        Print(watch, scenario, repetitions, hours);
        return ExitCode.Done;
    }

    private static void Print(StepStopwatch watch, Scenario scenario, int repetitions, int hours)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        (long TimeUs, double Microseconds)[] steps = [.. watch.Steps.OrderBy(static step => step.Microseconds)];
        (long timeUs, double dearest) = steps[^1];
        DateTime at = scenario.StartLocal.AddMilliseconds(timeUs / 1000);
        Console.WriteLine(string.Create(culture, $"workload      1 pole with every sensor, each chip behind its driver, {hours} h, {repetitions} times; the least time of each step"));
        Console.WriteLine(string.Create(culture, $"steps         {steps.Length:#,0}"));
        Console.WriteLine(string.Create(
            culture,
            $"of them took  half {Quantile(steps, 0.5):0.00} us or less, 99 % {Quantile(steps, 0.99):0.00}, 99.9 % {Quantile(steps, 0.999):0.00}; the clock itself {StepStopwatch.OverheadMicroseconds:0.00} us"));
        Console.WriteLine(string.Create(culture, $"dearest       {dearest:0.00} us, at {at:HH:mm:ss.fff} of the run"));
    }

    private static double Quantile((long TimeUs, double Microseconds)[] sorted, double part) => sorted[(int)((sorted.Length - 1) * part)].Microseconds;

    private sealed class StepStopwatch : IStepObserver
    {
        private readonly List<(long TimeUs, long Ticks)> _least = [];
        private int _index;
        private long _startTicks;
        private long _timeUs;

        public IEnumerable<(long TimeUs, double Microseconds)> Steps =>
            _least.Select(static step => (step.TimeUs, step.Ticks * 1e6 / Stopwatch.Frequency));

        public static double OverheadMicroseconds
        {
            get
            {
                long least = long.MaxValue;
                for (int i = 0; i < 1000; i++)
                {
                    long ticks = Stopwatch.GetTimestamp();
                    least = Math.Min(least, Stopwatch.GetTimestamp() - ticks);
                }

                return least * 1e6 / Stopwatch.Frequency;
            }
        }

        public void Begin() => _index = 0;

        public void BeforeStep(long timeUs)
        {
            _timeUs = timeUs;
            _startTicks = Stopwatch.GetTimestamp();
        }

        public void AfterStep()
        {
            long ticks = Stopwatch.GetTimestamp() - _startTicks;
            if (_index == _least.Count)
            {
                _least.Add((_timeUs, ticks));
            }
            else if (_least[_index].TimeUs != _timeUs)
            {
                throw new InvalidOperationException($"Step {_index} came at {_timeUs} us, in the first run at {_least[_index].TimeUs} us: the run is not deterministic.");
            }
            else if (ticks < _least[_index].Ticks)
            {
                _least[_index] = (_timeUs, ticks);
            }

            _index++;
        }
    }
}
