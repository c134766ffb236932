// Port: the DALI bus as times between edges. What the edges mean (bits, frames) is the driver's; the board makes and measures them (RMT on an ESP32).
namespace PoleController.Hal
{
    /// <summary>
    /// A DALI bus (IEC 62386-101). At rest the bus is high (active low is 0 V on the bus). Durations are in microseconds and belong to levels that alternate; the
    /// first is a low one.
    /// </summary>
    public interface IDaliLine
    {
        /// <summary>Begins to send.</summary>
        /// <param name="durationsUs">Low, high, low ...; copied before the call returns.</param>
        /// <param name="count">How many, odd: the bus is high again after the last.</param>
        /// <returns>False when the board could not, or a transmission goes on.</returns>
        bool TryTransmit(short[] durationsUs, int count);

        /// <summary>Whether a transmission goes on.</summary>
        bool IsTransmitting { get; }

        /// <summary>Whether the bus has been low for longer than a frame can be: no supply (system failure, IEC 62386-101: over 500 ms), or a short.</summary>
        bool IsLow { get; }

        /// <summary>
        /// Takes what was received since the end of the last transmission, once, when the bus has been high for at least 2 ms after the last edge.
        /// </summary>
        /// <param name="durationsUs">Receives low, high, low ...</param>
        /// <param name="delayUs">Time from the end of the transmission to the first edge.</param>
        /// <returns>How many durations, odd; 0 when nothing was received yet; -1 when more edges came than fit.</returns>
        int Receive(short[] durationsUs, out int delayUs);
    }
}
