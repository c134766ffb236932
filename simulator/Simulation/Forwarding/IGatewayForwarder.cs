// What speaks for one virtual gateway to its server.
namespace Simulation.Forwarding;

/// <summary>One gateway's forwarder. Called by one thread, window by window; never blocks.</summary>
public interface IGatewayForwarder : IDisposable
{
    /// <summary>The gateway received a frame; it goes out with the next <see cref="Run"/> at the latest.</summary>
    /// <param name="uplink">The frame.</param>
    void Forward(ReceivedUplink uplink);

    /// <summary>Sends what is due and takes what the server sent.</summary>
    /// <param name="nowUs">Simulated time.</param>
    /// <param name="wallMs">Wall time in milliseconds since some moment: servers measure keep-alives and time-outs by it.</param>
    void Run(long nowUs, long wallMs);

    /// <summary>A transmission that the forwarder planned begins.</summary>
    /// <param name="planned">The transmission.</param>
    /// <param name="nowUs">Simulated time.</param>
    void OnTransmitted(PlannedTransmission planned, long nowUs);
}
