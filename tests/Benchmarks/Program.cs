// Benchmarks of the pieces: dotnet run -c Release --project tests/Benchmarks -- --filter '*'
using BenchmarkDotNet.Running;

BenchmarkSwitcher.FromAssembly(typeof(Benchmarks.ControllerBenchmarks).Assembly).Run(args);
