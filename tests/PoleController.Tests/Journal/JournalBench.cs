// A journal over a store whose power can be cut at a chosen write, with a reader that looks at everything that waits.
using PoleController.Hal;
using PoleController.Journal;
using PoleController.Tests.Settings;
using PoleController.Time;
using Xunit;

namespace PoleController.Tests.Journal;

/// <summary>What a test knows of an entry.</summary>
internal sealed record Noted(uint Sequence, int Kind, long Seconds, bool IsUtc, string Values);

internal sealed class JournalBench : IStore
{
    public const long UtcStartMs = 1_780_000_000_000;

    private readonly byte[] _values = new byte[JournalEntry.MaximumValuesLength];

    public JournalBench()
    {
        Restart();
    }

    public FaultyStore Store { get; } = new();

    /// <summary>The write, from 1, at which the power goes; 0 for never.</summary>
    public int CutAtWrite { get; set; }

    public int CutAfterBytes { get; set; }

    public int WriteCount { get; private set; }

    public long WrittenBytes { get; private set; }

    public bool IsPowerGone { get; private set; }

    public PoleClock Clock { get; private set; } = null!;

    public PoleJournal Journal { get; private set; } = null!;

    public long NowMs { get; set; }

    int IStore.Read(string record, byte[] buffer) => Store.Read(record, buffer);

    bool IStore.TryWrite(string record, byte[] data, int length)
    {
        if (IsPowerGone)
        {
            return false;
        }

        WriteCount++;
        WrittenBytes += length;
        if (WriteCount != CutAtWrite)
        {
            return Store.TryWrite(record, data, length);
        }

        IsPowerGone = true;
        Store.CutAfterBytes = CutAfterBytes;
        try
        {
            return Store.TryWrite(record, data, length);
        }
        finally
        {
            Store.CutAfterBytes = null;
        }
    }

    /// <summary>Power on: a new controller over the same store, with or without the time.</summary>
    public JournalBench Restart(bool isClockKnown = true)
    {
        IsPowerGone = false;
        CutAtWrite = 0;
        NowMs = 0;
        Clock = new PoleClock();
        if (isClockKnown)
        {
            Clock.Set(0, UtcStartMs, 500);
        }

        Journal = new PoleJournal(this, Clock);
        Journal.Start(0);
        return this;
    }

    public bool Add(JournalClass entryClass, int number, int length = 9)
    {
        BitConverter.TryWriteBytes(_values, number);
        NowMs += 1000;
        return Journal.TryAdd(NowMs, entryClass, 1 + (number & 63), NowMs, _values, length);
    }

    /// <summary>Everything that waits in a class; reading it must not change what waits.</summary>
    public List<Noted> Waiting(JournalClass entryClass)
    {
        JournalEntry entry = new();
        List<Noted> list = [];
        uint first = Journal.FirstSequence(entryClass);
        long count = Journal.WaitingCount(entryClass);
        for (uint i = 0; i < count; i++)
        {
            if (Journal.TryRead(NowMs, entryClass, first + i, entry))
            {
                Assert.Equal(first + i, entry.Sequence);
                list.Add(new Noted(entry.Sequence, entry.Kind, entry.Seconds, entry.IsUtc, Convert.ToHexString(entry.Values, 0, entry.ValuesLength)));
            }
        }

        return list;
    }

    public List<int> Numbers(JournalClass entryClass) =>
        [.. Waiting(entryClass).Select(entry => BitConverter.ToInt32(Convert.FromHexString(entry.Values)))];
}
