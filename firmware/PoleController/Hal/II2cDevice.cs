// Port: one device on an I2C bus, at its address. Speed and pull-ups are the board's; what the bytes mean is the driver's.
namespace PoleController.Hal
{
    /// <summary>How a transfer on an I2C bus ended; the values of nanoFramework's I2cTransferStatus in the order of how much is known.</summary>
    public enum I2cResult
    {
        /// <summary>All bytes were transferred.</summary>
        Ok = 0,

        /// <summary>Nobody acknowledged the address: the part is missing, asleep or busy.</summary>
        AddressNotAcknowledged = 1,

        /// <summary>The part stopped acknowledging: it refused a byte.</summary>
        Partial = 2,

        /// <summary>The clock was held longer than the bus allows: somebody hangs on it.</summary>
        ClockStretchTimeout = 3,

        /// <summary>The bus failed: a line is stuck, arbitration was lost.</summary>
        BusFailed = 4,
    }

    /// <summary>A device on an I2C bus. A call lasts as long as the bytes take on the wire (64 bytes at 100 kHz: 6 ms), never longer.</summary>
    public interface II2cDevice
    {
        /// <summary>Writes bytes.</summary>
        /// <param name="data">Holds them.</param>
        /// <param name="length">How many, 1 or more.</param>
        I2cResult Write(byte[] data, int length);

        /// <summary>Reads bytes.</summary>
        /// <param name="data">Receives them; its content is unknown unless the result is <see cref="I2cResult.Ok"/>.</param>
        /// <param name="length">How many, 1 or more.</param>
        I2cResult Read(byte[] data, int length);

        /// <summary>Writes, then reads after a repeated start.</summary>
        /// <param name="write">Holds what is written.</param>
        /// <param name="writeLength">How many bytes of it, 1 or more.</param>
        /// <param name="read">Receives what is read; its content is unknown unless the result is <see cref="I2cResult.Ok"/>.</param>
        /// <param name="readLength">How many bytes, 1 or more.</param>
        I2cResult WriteRead(byte[] write, int writeLength, byte[] read, int readLength);
    }
}
