// A store in memory that can refuse, and whose power can be cut in the middle of a write.
using PoleController.Hal;

namespace LoRaWan.Tests.Bench;

internal enum Tear
{
    Old,
    New,
    Short,
    Damaged,
}

internal sealed class PowerCutException : Exception;

internal sealed class TestStore : IStore
{
    public Dictionary<string, byte[]> Records { get; } = [];

    public int WriteCount { get; private set; }

    /// <summary>The write (counted from 1) that is cut; 0: none.</summary>
    public int CutAtWrite { get; set; }

    public Tear Tear { get; set; }

    public bool IsRefusing { get; set; }

    /// <summary>Called before a write is done or refused.</summary>
    public Action? OnWrite { get; set; }

    public int Read(string record, byte[] buffer)
    {
        if (!Records.TryGetValue(record, out byte[]? data))
        {
            return -1;
        }

        int count = Math.Min(data.Length, buffer.Length);
        data.AsSpan(0, count).CopyTo(buffer);
        return count;
    }

    public bool TryWrite(string record, byte[] data, int length)
    {
        Assert_name(record);
        OnWrite?.Invoke();
        if (IsRefusing)
        {
            return false;
        }

        WriteCount++;
        if (WriteCount == CutAtWrite)
        {
            TearRecord(record, data, length);
            throw new PowerCutException();
        }

        // Rewrites in place: the allocation test counts every byte.
        if (Records.TryGetValue(record, out byte[]? old) && old.Length == length)
        {
            data.AsSpan(0, length).CopyTo(old);
            return true;
        }

        Records[record] = data[..length];
        return true;
    }

    private static void Assert_name(string record)
    {
        foreach (char c in record)
        {
            if (record.Length is < 1 or > 16 || !(c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))
            {
                throw new ArgumentException(record);
            }
        }
    }

    private void TearRecord(string record, byte[] data, int length)
    {
        switch (Tear)
        {
            case Tear.New:
                Records[record] = data[..length];
                break;
            case Tear.Short:
                Records[record] = data[..(length / 2)];
                break;
            case Tear.Damaged:
                byte[] damaged = data[..length];
                damaged[length / 3] ^= 0x10;
                Records[record] = damaged;
                break;
            case Tear.Old:
                break;
            default:
                throw new InvalidOperationException();
        }
    }
}
