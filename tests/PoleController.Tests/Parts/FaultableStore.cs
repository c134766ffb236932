// A store in memory that tears, refuses or throws on demand.
using PoleController.Hal;

namespace PoleController.Tests.Parts;

internal sealed class FaultableStore : IStore
{
    public Dictionary<string, byte[]> Records { get; } = [];

    public int WriteCount { get; private set; }

    public bool Refuses { get; set; }

    public bool Throws { get; set; }

    /// <summary>Called after each write that was taken: record, what it held before, what it holds now, all records as they were before.</summary>
    public Action<string, byte[]?, byte[], Dictionary<string, byte[]>>? Written { get; set; }

    /// <summary>The power goes during the next write after so many bytes; the rest of the record stays as it was. -1: it does not.</summary>
    public int TearAfterBytes { get; set; } = -1;

    public int Read(string record, byte[] buffer)
    {
        ThrowIfAsked();
        if (!Records.TryGetValue(record, out byte[]? data))
        {
            return -1;
        }

        int length = Math.Min(data.Length, buffer.Length);
        Array.Copy(data, buffer, length);
        return length;
    }

    public bool TryWrite(string record, byte[] data, int length)
    {
        ThrowIfAsked();
        if (Refuses)
        {
            return false;
        }

        WriteCount++;
        if (TearAfterBytes >= 0)
        {
            Tear(record, data, length);
            return false;
        }

        Dictionary<string, byte[]>? before = Written is null ? null : new(Records);
        Records[record] = data[..length];
        Written?.Invoke(record, before!.GetValueOrDefault(record), Records[record], before!);
        return true;
    }

    private void Tear(string record, byte[] data, int length)
    {
        byte[] torn = Records.TryGetValue(record, out byte[]? old) ? (byte[])old.Clone() : [];
        int kept = Math.Min(TearAfterBytes, length);
        if (torn.Length < kept)
        {
            Array.Resize(ref torn, kept);
        }

        Array.Copy(data, torn, kept);
        Records[record] = torn;
    }

    private void ThrowIfAsked()
    {
        if (Throws)
        {
            throw new IOException("The store's driver failed.");
        }
    }
}
