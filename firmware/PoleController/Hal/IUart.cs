// Port: one UART with one reader. Speed, parity and inversion are the board's; what the bytes mean is the driver's.
namespace PoleController.Hal
{
    /// <summary>
    /// A UART. The board keeps what arrives in a buffer of <see cref="ReceiveBufferLength"/> bytes; what arrives while it is full is lost, so a frame that
    /// was not read in time may be cut anywhere. A byte that arrives wakes the pole only where the board says so (the service port).
    /// </summary>
    public interface IUart
    {
        /// <summary>Bytes that the board keeps.</summary>
        int ReceiveBufferLength { get; }

        /// <summary>Takes bytes that have arrived, the oldest first.</summary>
        /// <param name="buffer">Receives them.</param>
        /// <param name="offset">Where in it.</param>
        /// <param name="count">How many at most, 1 or more.</param>
        /// <returns>How many were taken; 0 when none has arrived; -1 when the UART failed.</returns>
        int Read(byte[] buffer, int offset, int count);

        /// <summary>
        /// Forgets what has arrived, no more than <see cref="ReceiveBufferLength"/> bytes however many come meanwhile: a frame that is on its way is torn.
        /// </summary>
        /// <returns>False when the UART failed.</returns>
        bool TryDiscard();

        /// <summary>Begins to send bytes; they are copied before the call returns.</summary>
        /// <param name="data">Holds them.</param>
        /// <param name="length">How many, 1 to 256.</param>
        /// <returns>False when the UART did not take them.</returns>
        bool TryWrite(byte[] data, int length);
    }
}
