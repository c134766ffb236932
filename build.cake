// The one place for build, test, simulate and benchmark: dotnet tool restore, then dotnet cake --target=NAME.
// Short targets are for every day; those that run for many minutes say so in their description.

var target = Argument("target", "Test");
var configuration = Argument("configuration", "Release");
var scenario = Argument("scenario", "simulator/scenarios/district.yaml");
var report = Argument("report", "artifacts/report");

const string Solution = "nanoFramework.sln";
const string Polesim = "simulator/Polesim/Polesim.csproj";
const string MessageGenerator = "host-tools/MessageGenerator/MessageGenerator.csproj";
const string BoardFiles = "host-tools/BoardFiles/BoardFiles.csproj";
const string Benchmarks = "tests/Benchmarks/Benchmarks.csproj";

void RunProject(string project, string arguments) =>
    DotNetRun(project, arguments, new DotNetRunSettings { Configuration = configuration });

Task("Clean")
    .Description("Removes what builds and runs have made.")
    .Does(() => CleanDirectories(new[] { "artifacts" }));

Task("Build")
    .Description("Builds everything; a warning is an error, and so is anything nanoFramework cannot do in PoleController.")
    .Does(() => DotNetBuild(Solution, new DotNetBuildSettings { Configuration = configuration }));

Task("Test")
    .Description("Runs all tests; results go to artifacts/test-results.")
    .Does(() => DotNetTest(Solution, new DotNetTestSettings()));

Task("Simulate")
    .Description("Runs a scenario (--scenario=FILE) and writes its report (--report=FOLDER).")
    .Does(() => RunProject(Polesim, $"run {scenario} --report {report}"));

Task("Simulate-Montpellier")
    .Description("Runs 2,000 real lamps with real counts; needs the data in ../shared. Minutes.")
    .Does(() => RunProject(Polesim, "run simulator/scenarios/montpellier.yaml --report artifacts/report-montpellier"));

Task("Simulate-Cities")
    .Description("Runs the scenarios named after cities and the one that breaks every part; reports in artifacts. Minutes.")
    .Does(() =>
    {
        foreach (string name in new[] { "karlsruhe", "aachen", "luebeck", "braunschweig", "broken-parts", "heidelberg" })
        {
            RunProject(Polesim, $"run simulator/scenarios/{name}.yaml --report artifacts/report-{name}");
        }
    });

Task("Benchmark")
    .Description("Measures the whole fleet and the pieces. Minutes.")
    .Does(() =>
    {
        EnsureDirectoryExists("artifacts");
        RunProject(Polesim, "bench --json artifacts/bench.json");
        RunProject(Benchmarks, "--filter * --artifacts artifacts/benchmarks");
    });

Task("Calibrate")
    .Description("Compares the channel with ns-3 on the reference workload, 24 h of 1,000, 10,000 and 100,000 devices; fails where it is off. Minutes.")
    .Does(() =>
    {
        EnsureDirectoryExists("artifacts");
        foreach (int devices in new[] { 1_000, 10_000, 100_000 })
        {
            RunProject(Polesim, $"bench lorawan --devices {devices} --json artifacts/lorawan-{devices}.json");
        }
    });

Task("Fuzz")
    .Description("Feeds hostile frames (--frames=N, --seed=N) to end device and network server; 100 million by default. Many minutes.")
    .Does(() => RunProject(Polesim, $"fuzz --frames {Argument("frames", "100000000")} --seed {Argument("seed", "1")}"));

Task("Generate")
    .Description("Writes everything that is made from a description: message pages, golden vectors, payload codec, scenario pages, wiring tables.")
    .Does(() =>
    {
        RunProject(MessageGenerator, "write");
        RunProject(BoardFiles, "write");
        RunProject(Polesim, "docs scenario --output docs/scenario");
        RunProject(Polesim, "docs conformance --output docs/lorawan-conformance.md");
    });

RunTarget(target);
