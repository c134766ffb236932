// What a LoRaWAN data frame costs: built by a device (header, encryption, MIC) and opened by a network server (header, MIC, decryption).
using BenchmarkDotNet.Attributes;
using Simulation.Reference;

namespace Benchmarks;

/// <summary>Frames of the reference workload, 33 bytes, from a thousand devices in turn. The column Allocated must be empty.</summary>
[MemoryDiagnoser]
public class FrameBenchmarks
{
    private const int BatchCount = 1000;

    private readonly FrameWork _frames = new();

    /// <summary>A frame built: the device keeps its expanded keys.</summary>
    [Benchmark(OperationsPerInvoke = BatchCount)]
    public void Build() => _frames.Build(BatchCount);

    /// <summary>A frame opened: other keys for every frame, expanded anew.</summary>
    [Benchmark(OperationsPerInvoke = BatchCount)]
    public int Open() => _frames.Open(BatchCount);
}
