// Who has something to do in which second: a ring of lists, so that to put a device into it and to take it out costs the same for ten devices
// and for a hundred thousand.
using System.Runtime.InteropServices;

namespace Simulation.Reference;

/// <summary>Devices by the window of time in which they run next. Within a window their order is free: they do not touch each other.</summary>
internal sealed class DeviceWheel
{
    private const long Never = long.MaxValue;

    // A power of two, and more than the 600 windows between two messages: hardly any device goes round twice.
    private const int SlotCount = 1024;

    private readonly List<int>[] _slots = new List<int>[SlotCount];
    private readonly long[] _windowOf;
    private List<int> _due = [];

    /// <summary>Makes an empty wheel at window 0.</summary>
    public DeviceWheel(int deviceCount)
    {
        for (int slot = 0; slot < SlotCount; slot++)
        {
            _slots[slot] = [];
        }

        _windowOf = new long[deviceCount];
        Array.Fill(_windowOf, Never);
    }

    /// <summary>Puts a device into a window; what was said of it before no longer holds.</summary>
    /// <param name="device">The device.</param>
    /// <param name="window">Its window; after more than a turn of the wheel it comes up too early, which does no harm.</param>
    /// <param name="nowWindow">The window in work, before <paramref name="window"/> or the same.</param>
    public void Put(int device, long window, long nowWindow)
    {
        window = Math.Min(window, nowWindow + SlotCount - 1);
        if (_windowOf[device] != window)
        {
            _windowOf[device] = window;
            _slots[window % SlotCount].Add(device);
        }
    }

    /// <summary>Takes the devices of a window, which have to be put in again. Windows are taken one after the other.</summary>
    public ReadOnlySpan<int> Take(long window)
    {
        List<int> slot = _slots[window % SlotCount];
        _slots[window % SlotCount] = _due;
        _due.Clear();
        _due = slot;
        Span<int> devices = CollectionsMarshal.AsSpan(slot);
        int count = 0;
        foreach (int device in devices)
        {
            // An entry from before the device was put elsewhere does not count.
            if (_windowOf[device] == window)
            {
                _windowOf[device] = Never;
                devices[count++] = device;
            }
        }

        return devices[..count];
    }
}
