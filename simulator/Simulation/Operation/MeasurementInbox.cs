// What poles have measured, as it arrived: live, or later by their journals; each once.
using PoleController.Messages;
using PoleController.Messages.Entries;
using PoleController.Settings;

namespace Simulation.Operation;

/// <summary>Takes measurement messages, and the measurements in journals, of all poles.</summary>
public sealed class MeasurementInbox
{
    private readonly long _startUtcMs;
    private readonly MeasurementMessage _message = new();
    private readonly List<ReceivedMeasurement> _received = [];
    private readonly HashSet<(int PoleIndex, int Kind, long Seconds)> _known = [];

    /// <summary>Makes it.</summary>
    /// <param name="startUtcMs">UTC at the start of the run, in milliseconds since 1970.</param>
    public MeasurementInbox(long startUtcMs) => _startUtcMs = startUtcMs;

    /// <summary>What arrived, in the order of arrival.</summary>
    public IReadOnlyList<ReceivedMeasurement> Received => _received;

    /// <summary>Messages that arrived live.</summary>
    public long MessageCount { get; private set; }

    /// <summary>Measurements that came by the journal and no other way.</summary>
    public int LateCount { get; private set; }

    /// <summary>Measurements that were known already.</summary>
    public int KnownCount { get; private set; }

    /// <summary>Takes a live message.</summary>
    /// <returns>Whether it could be read.</returns>
    internal bool TryTake(int poleIndex, long timeUs, byte[] payload, int length)
    {
        if (_message.Decode(payload, length) != CommandError.Ok)
        {
            return false;
        }

        MessageCount++;
        bool isDated = _message.ClockAccuracy != ClockAccuracy.Unknown;
        while (_message.MoveNext(payload, length))
        {
            Add(poleIndex, timeUs, _message.Entry!, _message.Seconds, isDated, isLate: false);
        }

        return true;
    }

    /// <summary>Takes a measurement out of a journal.</summary>
    /// <returns>Whether it is new.</returns>
    internal bool TryTakeLate(int poleIndex, long timeUs, MeasurementEntry entry, long seconds, bool isDated)
    {
        bool isNew = Add(poleIndex, timeUs, entry, seconds, isDated, isLate: true);
        LateCount += isNew ? 1 : 0;
        return isNew;
    }

    // Times without a date may be the same in several starts of a controller; those in journals have been told apart by their sequence numbers.
    private bool Add(int poleIndex, long timeUs, MeasurementEntry entry, long seconds, bool isDated, bool isLate)
    {
        if (isDated && !_known.Add((poleIndex, (int)entry.Kind, seconds)))
        {
            KnownCount++;
            return false;
        }

        byte[] values = new byte[entry.Length];
        entry.Encode(values, 0);
        long takenUs = isDated ? ((seconds * 1000) - _startUtcMs) * 1000 : timeUs;
        _received.Add(new ReceivedMeasurement(poleIndex, entry.Kind, takenUs, timeUs, values) { IsLate = isLate, IsDated = isDated });
        return true;
    }
}

/// <summary>A measurement as the operator got it.</summary>
/// <param name="PoleIndex">Which pole.</param>
/// <param name="Kind">Which kind.</param>
/// <param name="TakenUs">When its values were taken, in simulated time; when it arrived, if that is not known.</param>
/// <param name="ReceivedUs">When it arrived.</param>
/// <param name="Values">Its values as sent.</param>
public sealed record ReceivedMeasurement(int PoleIndex, MeasurementKind Kind, long TakenUs, long ReceivedUs, byte[] Values)
{
    /// <summary>Whether it came by the pole's journal.</summary>
    public bool IsLate { get; init; }

    /// <summary>Whether it is known when its values were taken.</summary>
    public bool IsDated { get; init; } = true;

    /// <summary>Its values.</summary>
    /// <typeparam name="TEntry">The entry of its kind.</typeparam>
    public TEntry Read<TEntry>()
        where TEntry : MeasurementEntry, new()
    {
        TEntry entry = new();
        return entry.Kind == Kind && entry.TryDecode(Values, 0) ? entry : throw new InvalidOperationException($"{Kind} is not what {typeof(TEntry).Name} holds.");
    }
}
