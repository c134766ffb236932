// Shows how a run goes on, on standard error: a bar on a terminal, a plain line now and then elsewhere (and on a
// terminal that cannot move its cursor). Wall time lives here and nowhere in the simulation.
using System.Diagnostics;
using System.Globalization;
using Simulation.Running;
using Spectre.Console;

namespace Polesim.Commands;

/// <summary>Runs a fleet with progress.</summary>
internal static class RunProgress
{
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BarInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs to the end or until cancelled.</summary>
    public static void Show(FleetRunner runner, CancellationToken cancellation)
    {
        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{runner.Fleet.Scenario.Name}: {runner.Fleet.Poles.Length} poles, {Hours(runner.EndUs)} from {runner.Fleet.Scenario.StartLocal:yyyy-MM-dd HH:mm}, seed {runner.Fleet.Seed}"));
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (Console.IsErrorRedirected || !console.Profile.Capabilities.Ansi)
        {
            ShowLines(runner, cancellation);
        }
        else
        {
            ShowBar(console, runner, cancellation);
        }
    }

    private static void ShowLines(FleetRunner runner, CancellationToken cancellation)
    {
        long startTicks = Stopwatch.GetTimestamp();
        TimeSpan shownAt = TimeSpan.Zero;
        runner.Run(
            timeUs =>
            {
                TimeSpan elapsed = Stopwatch.GetElapsedTime(startTicks);
                if (elapsed - shownAt >= PlainInterval)
                {
                    shownAt = elapsed;
                    Console.Error.WriteLine(Line(runner, timeUs, elapsed));
                }
            },
            cancellation);
        Console.Error.WriteLine(Line(runner, runner.Simulation.TimeUs, Stopwatch.GetElapsedTime(startTicks)));
    }

    private static void ShowBar(IAnsiConsole console, FleetRunner runner, CancellationToken cancellation)
    {
        console.Progress()
            .AutoClear(false)
            .Columns(new ProgressBarColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context =>
            {
                ProgressTask task = context.AddTask("starting", maxValue: Math.Max(1, runner.EndUs));
                long startTicks = Stopwatch.GetTimestamp();
                TimeSpan shownAt = TimeSpan.MinValue;
                runner.Run(
                    timeUs =>
                    {
                        TimeSpan elapsed = Stopwatch.GetElapsedTime(startTicks);
                        if (shownAt == TimeSpan.MinValue || elapsed - shownAt >= BarInterval || timeUs >= runner.EndUs)
                        {
                            shownAt = elapsed;
                            task.Value = timeUs;
                            task.Description = Markup.Escape(Line(runner, timeUs, elapsed));
                        }
                    },
                    cancellation);
            });
    }

    private static string Line(FleetRunner runner, long timeUs, TimeSpan elapsed)
    {
        double share = runner.EndUs == 0 ? 1 : (double)timeUs / runner.EndUs;
        double speed = elapsed.TotalSeconds > 0 ? timeUs / 1e6 / elapsed.TotalSeconds : 0;
        TimeSpan left = share > 0 ? elapsed * ((1 - share) / share) : TimeSpan.Zero;
        DateTime local = runner.Fleet.Scenario.TimeZone.ToLocal(runner.Fleet.Scenario.StartUtcMs + (timeUs / 1000));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{local:ddd HH:mm}  {share * 100,3:0} %  {speed:#,0}x real time, {Seconds(left)} left");
    }

    private static string Seconds(TimeSpan time) =>
        time.TotalSeconds < 100
            ? time.TotalSeconds.ToString("0", CultureInfo.InvariantCulture) + " s"
            : time.TotalMinutes.ToString("0", CultureInfo.InvariantCulture) + " min";

    private static string Hours(long timeUs) => (timeUs / 3.6e9).ToString("0.##", CultureInfo.InvariantCulture) + " h";
}
