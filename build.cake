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
const string Bench = "host-tools/Bench/Bench.csproj";
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
        RunProject(Bench, "wiring " + string.Join(" ", GetFiles("host-tools/Bench/boards/*.yaml").Select(file => MakeAbsolute(Directory(".")).GetRelativePath(file).FullPath)));
        RunProject(Polesim, "docs scenario --output docs/scenario");
        RunProject(Polesim, "docs conformance --output docs/lorawan-conformance.md");
    });

Task("Firmware")
    .Description("Builds the image for the ESP32 where the nanoFramework build components are; says what is missing where they are not.")
    .Does(() =>
    {
        // Where Visual Studio's extension puts them, beside the MSBuild that is used; NanoFrameworkProjectSystemPath names another place.
        var msbuild = IsRunningOnWindows() ? VSWhereLatest(new VSWhereLatestSettings { Requires = "Microsoft.Component.MSBuild" }) : null;
        var given = EnvironmentVariable("NanoFrameworkProjectSystemPath");
        var components = !string.IsNullOrEmpty(given) ? Directory(given)
            : msbuild is not null ? msbuild.Combine("MSBuild/nanoFramework/v1.0") : Directory("/usr/lib/mono/msbuild/nanoFramework/v1.0");
        var targets = ((DirectoryPath)components).CombineWithFilePath("NFProjectSystem.CSharp.targets");
        var nuget = Context.Tools.Resolve("nuget.exe") ?? Context.Tools.Resolve("nuget");
        var missing = new List<string>();
        if (!FileExists(targets)) missing.Add($"the nanoFramework build components ({targets})");
        if (nuget is null) missing.Add("nuget in the path");
        if (missing.Count > 0) throw new CakeException("No image: missing are " + string.Join(" and ", missing) + ". See firmware/PoleController.Esp32/README.md.");

        foreach (var packages in GetFiles("firmware/PoleController.Esp32/**/packages.config"))
        {
            NuGetRestore(packages, new NuGetRestoreSettings { PackagesDirectory = "packages" });
        }

        MSBuild("firmware/PoleController.Esp32/PoleController.Esp32.nfproj", settings => settings
            .SetConfiguration(configuration)
            .WithProperty("NanoFrameworkProjectSystemPath", ((DirectoryPath)components).FullPath + "/")
            .WithTarget("Build"));
        Information($"firmware/PoleController.Esp32/bin/{configuration}/PoleController.Esp32.bin");
    });

Task("Bench")
    .Description("Builds polebench for a Raspberry Pi or another Linux board into artifacts/bench; says what is missing where a package cannot be restored.")
    .Does(() =>
    {
        var restored = StartProcess("dotnet", new ProcessSettings { Arguments = "restore " + Bench, RedirectStandardOutput = true }, out var lines);
        if (restored != 0)
        {
            var missing = lines.Where(line => line.Contains("error NU")).Select(line => line.Substring(line.IndexOf("error NU"))).Distinct().ToList();
            throw new CakeException("No polebench: " + (missing.Count > 0 ? missing[0] : "dotnet restore failed") + ". See host-tools/Bench/README.md.");
        }

        DotNetPublish(Bench, new DotNetPublishSettings { Configuration = configuration, OutputDirectory = "artifacts/bench", NoRestore = true });
        Information("artifacts/bench: dotnet polebench.dll --help");
    });

RunTarget(target);
