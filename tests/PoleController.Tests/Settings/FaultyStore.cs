// A store whose power is cut in the middle of a write, or that refuses or throws.
using PoleController.Hal;

namespace PoleController.Tests.Settings;

/// <summary>What a cut leaves of the record that was being written.</summary>
public enum Torn
{
    /// <summary>The new record's first bytes, then the old one's rest.</summary>
    NewThenOld,

    /// <summary>The new record's first bytes only.</summary>
    NewPrefix,

    /// <summary>The old record's first bytes only.</summary>
    OldPrefix,

    /// <summary>The new record's first bytes, then erased flash.</summary>
    NewThenErased,

    /// <summary>The new record's first bytes, then anything.</summary>
    NewThenGarbage,

    /// <summary>An empty record.</summary>
    Empty,

    /// <summary>No record.</summary>
    Missing,
}

internal sealed class PowerCutException : Exception;

internal sealed class FaultyStore : IStore
{
    public Dictionary<string, byte[]> Records { get; } = [];

    public List<string> Writes { get; } = [];

    /// <summary>After how many bytes of the next write the power goes; null for never.</summary>
    public int? CutAfterBytes { get; set; }

    public Torn Torn { get; set; }

    public bool IsRefusing { get; set; }

    public bool IsThrowing { get; set; }

    /// <summary>Says no although it has written.</summary>
    public bool IsLying { get; set; }

    /// <summary>Says yes although it has not written.</summary>
    public bool IsForgetting { get; set; }

    public int Read(string record, byte[] buffer)
    {
        if (IsThrowing)
        {
            throw new InvalidOperationException("store");
        }

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
        Writes.Add(record);
        byte[] after = data[..length];
        if (IsThrowing)
        {
            throw new InvalidOperationException("store");
        }

        if (CutAfterBytes is int cut)
        {
            byte[] before = Records.GetValueOrDefault(record, []);
            Leave(record, before, after, Math.Min(cut, length));
            throw new PowerCutException();
        }

        if (IsRefusing)
        {
            return false;
        }

        if (!IsForgetting)
        {
            Records[record] = after;
        }

        return !IsLying;
    }

    private void Leave(string record, byte[] before, byte[] after, int cut)
    {
        byte[] garbage = new byte[after.Length - cut];
        new Random(cut).NextBytes(garbage);
        Records[record] = Torn switch
        {
            Torn.NewThenOld => [.. after[..cut], .. before.Skip(cut)],
            Torn.NewPrefix => after[..cut],
            Torn.OldPrefix => [.. before.Take(cut)],
            Torn.NewThenErased => [.. after[..cut], .. Enumerable.Repeat((byte)0xFF, after.Length - cut)],
            Torn.NewThenGarbage => [.. after[..cut], .. garbage],
            _ => [],
        };
        if (Torn == Torn.Missing)
        {
            Records.Remove(record);
        }
    }
}
