// Recordings of Semtech's drivers in tests/golden/radio.
using System.Text.Json;

namespace Drivers.Tests.Reference;

/// <summary>What a reference driver sends for one operation.</summary>
internal sealed record RecordedOperation(
    int FrequencyHz, int SpreadingFactor, int BandwidthHz, int PowerDbm, int Length, int WindowMs, IReadOnlyList<string> Transfers)
{
    public IEnumerable<byte[]> Bytes => Transfers.Select(Convert.FromHexString);
}

internal sealed record Recording(string Source, IReadOnlyList<string> Start, IReadOnlyList<RecordedOperation> Transmit, IReadOnlyList<RecordedOperation> Receive)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public IEnumerable<byte[]> StartBytes => Start.Select(Convert.FromHexString);

    public static Recording Load(string name) =>
        JsonSerializer.Deserialize<Recording>(File.ReadAllText(RepositoryFiles.RepositoryRoot.PathOf("tests", "golden", "radio", name)), Options)!;
}
