// What the forwarders of a run did, in whole numbers.
namespace Simulation.Forwarding;

/// <summary>Counts of all virtual gateways together.</summary>
public sealed class ForwardingStatistics
{
    /// <summary>Uplinks that gateways received and handed to their server; each gateway counts.</summary>
    public long ForwardedCount { get; internal set; }

    /// <summary>Uplinks that were received while there was no connection to the server, or that it does not want to hear of.</summary>
    public long NotForwardedCount { get; internal set; }

    /// <summary>Messages to the server that it did not acknowledge in time (PUSH_DATA and PULL_DATA of Semtech's protocol).</summary>
    public long UnacknowledgedCount { get; internal set; }

    /// <summary>Transmissions the server asked for.</summary>
    public long RequestCount { get; internal set; }

    /// <summary>What became of them, by <see cref="TransmitError"/> (the index).</summary>
    public long[] RequestCounts { get; } = new long[8];

    /// <summary>Transmissions that no pole could have meant for it: polarisation not inverted, or nobody known under the address.</summary>
    public long UnheardCount { get; internal set; }

    /// <summary>Transmissions beyond the duty cycle: counted and sent for Semtech's protocol, refused for LoRa Basics Station.</summary>
    public long BeyondDutyCycleCount { get; internal set; }

    /// <summary>Messages of the server that could not be used; <see cref="ForwardingLog"/> has the first of them.</summary>
    public long MalformedCount { get; internal set; }

    /// <summary>Connections to the server that were made; Semtech's protocol has none.</summary>
    public long ConnectedCount { get; internal set; }

    /// <summary>Connections that failed or ended.</summary>
    public long DisconnectedCount { get; internal set; }

    /// <summary>
    /// Least time between a request and the start it asked for, among those that were not too late, in microseconds of the run; 0 when there was none.
    /// </summary>
    public long LeastLeadUs { get; internal set; }

    /// <summary>Counts a request.</summary>
    /// <param name="error">What became of it.</param>
    /// <param name="leadUs">Time from now to the start that was asked for; 0 when the gateway chose it.</param>
    internal void CountRequest(TransmitError error, long leadUs)
    {
        RequestCount++;
        RequestCounts[(int)error]++;
        if (error == TransmitError.None && leadUs > 0)
        {
            LeastLeadUs = LeastLeadUs == 0 ? leadUs : Math.Min(LeastLeadUs, leadUs);
        }
    }
}
