// The budgets of a pole: calls in a step and live objects, with everything fitted. Counted, because that is what an ESP32 pays; how fast .NET does it is
// shown by the benchmarks.
using System.Globalization;
using System.Text.RegularExpressions;
using PoleController;
using RepositoryFiles;
using Simulation.Running;
using Xunit;

namespace Budget.Tests;

public sealed partial class BudgetTests
{
    private const int MostCallsInAStep = 5_000;
    private const int MostLiveBytes = 48 * 1024;

    [Fact]
    public void Given_everything_fitted_When_a_pole_runs_for_a_day_Then_no_step_executes_more_than_5000_calls()
    {
        string[] lines = CountingController.Run(typeof(FittedRun), nameof(FittedRun.CountCalls)).Split('\n');

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join("\n", lines));
        Assert.InRange(long.Parse(lines[0], CultureInfo.InvariantCulture), 10_000, long.MaxValue);
        Assert.InRange(long.Parse(lines[1], CultureInfo.InvariantCulture), 100, MostCallsInAStep);
    }

    [Fact]
    public void Given_everything_fitted_Then_nothing_that_a_pole_can_have_is_missing_and_the_technician_gets_answers()
    {
        // What is measured here is measured with all of it, or the budgets say less than they seem to.
        using FleetRunner runner = FittedRun.Start(2);
        PoleHardware hardware = runner.Fleet.Poles[0].Parts.CreateHardware();
        string[] absent = [.. typeof(PoleHardware).GetProperties().Where(port => port.GetValue(hardware) is null).Select(port => port.Name)];
        Assert.Empty(absent.Except(s_notFitted));

        IReadOnlyList<string> answers = FittedRun.Work(runner, 1);
        Assert.DoesNotContain(answers, line => line.StartsWith("error", StringComparison.Ordinal));
        Assert.True(answers.Count > 200);
    }

    // The service port is plugged in by the technician; fleets have neither a watchdog nor a second channel.
    private static readonly string[] s_notFitted = [nameof(PoleHardware.Watchdog), nameof(PoleHardware.WarmDimmer), nameof(PoleHardware.WarmGear), nameof(PoleHardware.Service)];

    [Fact]
    public void Given_everything_fitted_When_a_pole_has_just_started_Then_objects_and_bytes_are_those_of_the_table()
    {
        using FleetRunner runner = FittedRun.Start(1);
        Dictionary<string, TableRow> table = Table();

        LiveObjects objects = Started(runner);
        IReadOnlyDictionary<string, LiveSum> byAssembly = Measured(objects);
        Assert.Equal(byAssembly.Keys.Order(StringComparer.Ordinal), table.Keys.Order(StringComparer.Ordinal));
        Assert.All(byAssembly, part => Assert.InRange(part.Value.Count, (table[part.Key].StartObjects * 9 / 10) - 3, table[part.Key].StartObjects));
        Assert.All(byAssembly, part => AssertKilobytes(table[part.Key].StartKilobytes, part.Value.Bytes));
    }

    [Fact]
    public void Given_everything_fitted_When_a_pole_has_run_for_half_a_day_Then_its_live_objects_are_those_of_its_start_and_under_48_KiB()
    {
        using FleetRunner runner = FittedRun.Start(12);
        LiveObjects started = Started(runner);
        FittedRun.Work(runner, 1);
        runner.Run(null, CancellationToken.None);
        Dictionary<string, TableRow> table = Table();

        LiveObjects objects = LiveObjects.Of(runner.Fleet.Poles[0].Controller!);
        IReadOnlyDictionary<string, LiveSum> byAssembly = Measured(objects);
        Assert.Equal((started.Count, started.Bytes), (objects.Count, objects.Bytes));
        Assert.Equal(byAssembly.Keys.Order(StringComparer.Ordinal), table.Keys.Order(StringComparer.Ordinal));
        Assert.All(byAssembly, part => AssertKilobytes(table[part.Key].LaterKilobytes, part.Value.Bytes));
    }

    // What a board does: the controller over its ports, and its start.
    private static LiveObjects Started(FleetRunner runner)
    {
        Controller controller = new(runner.Fleet.Poles[0].Parts.CreateHardware());
        controller.Start(0, isPowerReturn: true);
        return LiveObjects.Of(controller);
    }

    private static IReadOnlyDictionary<string, LiveSum> Measured(LiveObjects objects)
    {
        IReadOnlyDictionary<string, LiveSum> byAssembly = objects.ByAssembly();
        string lines = string.Join("\n", byAssembly.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Value.Count,5} {pair.Value.Bytes,7} {pair.Key}"));
        TestContext.Current.TestOutputHelper?.WriteLine($"{objects.Bytes} bytes in {objects.Count} objects\n{objects.ByOwner}\n{lines}");
        Assert.InRange(objects.Bytes, 10_000, MostLiveBytes);
        Assert.Equal((objects.Count, objects.Bytes), (byAssembly.Values.Sum(part => part.Count), byAssembly.Values.Sum(part => part.Bytes)));
        return byAssembly;
    }

    // The table of firmware/PoleController.Esp32/README.md says the truth: no more than that, and not much less.
    private static void AssertKilobytes(int listed, long bytes) => Assert.InRange(bytes, (listed * 750) - 700, listed * 1000);

    private static Dictionary<string, TableRow> Table() => LiveRow().Matches(File.ReadAllText(RepositoryRoot.PathOf("firmware", "PoleController.Esp32", "README.md")))
        .ToDictionary(row => row.Groups[1].Value, row => new TableRow(Number(row, 2), Number(row, 3), Number(row, 4)));

    private static int Number(Match row, int column) => int.Parse(row.Groups[column].Value, CultureInfo.InvariantCulture);

    private sealed record TableRow(int StartObjects, int StartKilobytes, int LaterKilobytes);

    [GeneratedRegex(@"^\| `(PoleController[A-Za-z.]*)` \| [0-9]+ \| ([0-9]+) \| ([0-9]+) \| ([0-9]+) \|$", RegexOptions.Multiline)]
    private static partial Regex LiveRow();

    [Fact]
    public void Given_the_assemblies_of_the_pole_When_a_class_is_looked_up_Then_a_file_that_is_named_goes_before_the_folder()
    {
        Assert.Equal("PoleController.Settings", ControllerAssemblies.NameOf(typeof(PoleController.Lighting.LightingProgram)));
        Assert.Equal("PoleController.Lighting", ControllerAssemblies.NameOf(typeof(PoleController.Lighting.LightingControl)));
        Assert.Equal("PoleController.Base", ControllerAssemblies.NameOf(typeof(PoleHardware)));
        Assert.Equal("PoleController", ControllerAssemblies.NameOf(typeof(Controller)));
    }

    [Fact]
    public void Given_many_controllers_When_the_runtime_is_asked_Then_it_says_the_same_as_the_sum()
    {
        // The judge of the sum: what the garbage collector says a hundred more poles take, ports and all, is more than the sum but not twice as much.
        using FleetRunner runner = FittedRun.Start(1);
        runner.Run(null, CancellationToken.None);
        long sum = LiveObjects.Of(runner.Fleet.Poles[0].Controller!).Bytes;
        Simulation.Engine.PoleParts parts = runner.Fleet.Poles[0].Parts;
        PoleHardware hardware = parts.CreateHardware();
        Controller[] controllers = new Controller[100];
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < controllers.Length; i++)
        {
            controllers[i] = new Controller(hardware);
        }

        long each = (GC.GetTotalMemory(forceFullCollection: true) - before) / controllers.Length;
        GC.KeepAlive(controllers);
        TestContext.Current.TestOutputHelper?.WriteLine($"{each} bytes by the collector, {sum} by the sum (with tables, and drivers)");
        Assert.InRange(each, sum / 2, sum);
    }
}
