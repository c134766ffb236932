// The way of one gateway to a server of the LNS protocol and back, as its forwarder sees it.
namespace Simulation.Forwarding.Station;

/// <summary>What happened on the way to the server.</summary>
public enum StationEventKind
{
    /// <summary>The connection stands; nothing was said yet.</summary>
    Connected,

    /// <summary>The server said something.</summary>
    Message,

    /// <summary>The connection has ended.</summary>
    Disconnected,
}

/// <summary>Something that happened.</summary>
/// <param name="Kind">What.</param>
/// <param name="Message">What the server said, any bytes; empty otherwise.</param>
public readonly record struct StationEvent(StationEventKind Kind, ReadOnlyMemory<byte> Message);

/// <summary>Connects by itself, again and again. Its members never block.</summary>
public interface IStationLink : IDisposable
{
    /// <summary>Takes what happened next.</summary>
    /// <param name="happened">What happened.</param>
    /// <returns>False when nothing happened.</returns>
    bool TryTake(out StationEvent happened);

    /// <summary>Sends a message, or drops it when there is no connection.</summary>
    /// <param name="message">JSON.</param>
    void Send(string message);
}
