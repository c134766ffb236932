// The non-volatile store of a simulated pole: survives power cuts, counts its writes (flash wears out).
using PoleController.Hal;

namespace Simulation.Parts;

/// <summary>Named records in memory. A handful of them: a list is smaller and faster than a dictionary.</summary>
public sealed class MemoryStore : IStore
{
    private string[] _names = new string[4];
    private byte[][] _records = new byte[4][];
    private int _count;

    /// <summary>Writes so far.</summary>
    public int WriteCount { get; private set; }

    /// <inheritdoc/>
    public int Read(string record, byte[] buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        int index = IndexOf(record);
        if (index < 0)
        {
            return -1;
        }

        int length = Math.Min(_records[index].Length, buffer.Length);
        Array.Copy(_records[index], buffer, length);
        return length;
    }

    /// <inheritdoc/>
    public bool TryWrite(string record, byte[] data, int length)
    {
        ArgumentNullException.ThrowIfNull(data);
        int index = IndexOf(record);
        if (index < 0)
        {
            index = Add(record);
        }

        if (_records[index] is null || _records[index].Length != length)
        {
            _records[index] = new byte[length];
        }

        Array.Copy(data, _records[index], length);
        WriteCount++;
        return true;
    }

    private int IndexOf(string record)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_names[i] == record)
            {
                return i;
            }
        }

        return -1;
    }

    private int Add(string record)
    {
        if (_count == _names.Length)
        {
            Array.Resize(ref _names, _count * 2);
            Array.Resize(ref _records, _count * 2);
        }

        _names[_count] = record;
        return _count++;
    }
}
