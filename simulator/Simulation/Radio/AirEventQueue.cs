// What is going to happen in the air, in order of time; at one time ends before starts, then in order of arrival.
namespace Simulation.Radio;

/// <summary>What happens. The order is the order at one time.</summary>
internal enum AirEventKind
{
    /// <summary>An uplink ends.</summary>
    UplinkEnd,

    /// <summary>A downlink ends.</summary>
    DownlinkEnd,

    /// <summary>A gateway comes back.</summary>
    OutageEnd,

    /// <summary>A gateway fails.</summary>
    OutageStart,

    /// <summary>A downlink starts.</summary>
    DownlinkStart,
}

/// <summary>One thing that happens.</summary>
internal readonly record struct AirEvent(AirEventKind Kind, int GatewayIndex, AirFrame? Frame, GatewayTransmission? Downlink);

/// <summary>A queue by time.</summary>
internal sealed class AirEventQueue
{
    private readonly PriorityQueue<AirEvent, Order> _queue = new();
    private long _sequence;

    /// <summary>Time of the first event; <see cref="long.MaxValue"/> when there is none.</summary>
    public long NextTimeUs => _queue.TryPeek(out _, out Order order) ? order.TimeUs : long.MaxValue;

    /// <summary>Adds an event.</summary>
    public void Add(long timeUs, AirEventKind kind, int gatewayIndex, AirFrame? frame = null, GatewayTransmission? downlink = null) =>
        _queue.Enqueue(new AirEvent(kind, gatewayIndex, frame, downlink), new Order(timeUs, kind, _sequence++));

    /// <summary>Takes the first event.</summary>
    public AirEvent Take() => _queue.Dequeue();

    private readonly record struct Order(long TimeUs, AirEventKind Kind, long Sequence) : IComparable<Order>
    {
        public int CompareTo(Order other)
        {
            int byTime = TimeUs.CompareTo(other.TimeUs);
            if (byTime != 0)
            {
                return byTime;
            }

            int byKind = ((int)Kind).CompareTo((int)other.Kind);
            return byKind != 0 ? byKind : Sequence.CompareTo(other.Sequence);
        }
    }
}
