// Port: one device on an SPI bus, with its own chip select. Clock, mode and bit order are the board's; what the bytes mean is the driver's.
namespace PoleController.Hal
{
    /// <summary>A device on an SPI bus.</summary>
    public interface ISpiDevice
    {
        /// <summary>
        /// Selects the device, exchanges bytes in both directions and deselects it. The call lasts as long as the bytes take on the wire
        /// (258 bytes at 8 MHz: 0.3 ms), never longer.
        /// </summary>
        /// <param name="data">What is sent; afterwards, in the same places, what came back.</param>
        /// <param name="length">How many bytes of it, 1 to the array's length.</param>
        /// <returns>False when the bus failed; the array's content is then unknown. A device that does not answer is no failure of the bus.</returns>
        bool TryTransfer(byte[] data, int length);
    }
}
