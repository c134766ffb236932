// The place of a part on an I2C bus: its wires with their failures, and whatever part is fitted at the moment.
using PoleController.Hal;

namespace Simulation.Parts.Sensors;

/// <summary>An address on an I2C bus. The part behind it can be taken out, put back or replaced by another type at any time.</summary>
public sealed class I2cSocket : II2cDevice
{
    /// <summary>Makes a socket.</summary>
    /// <param name="part">What is fitted; null for nothing.</param>
    public I2cSocket(I2cPart? part) => Part = part;

    /// <summary>What is fitted; null for nothing.</summary>
    public I2cPart? Part { get; set; }

    /// <summary>What is wrong with the wires.</summary>
    public I2cTrouble Trouble { get; } = new();

    /// <summary>Transfers so far.</summary>
    public int TransferCount { get; private set; }

    /// <inheritdoc/>
    public I2cResult Write(byte[] data, int length)
    {
        ArgumentNullException.ThrowIfNull(data);
        I2cResult? refusal = Begin(Span<byte>.Empty);
        return refusal ?? Part!.Write(data.AsSpan(0, length));
    }

    /// <inheritdoc/>
    public I2cResult Read(byte[] data, int length)
    {
        ArgumentNullException.ThrowIfNull(data);
        Span<byte> bytes = data.AsSpan(0, length);
        I2cResult? refusal = Begin(bytes);
        return refusal ?? Flip(Part!.Read(bytes), bytes);
    }

    /// <inheritdoc/>
    public I2cResult WriteRead(byte[] write, int writeLength, byte[] read, int readLength)
    {
        ArgumentNullException.ThrowIfNull(write);
        ArgumentNullException.ThrowIfNull(read);
        Span<byte> bytes = read.AsSpan(0, readLength);
        I2cResult? refusal = Begin(bytes);
        if (refusal is not null)
        {
            return refusal.Value;
        }

        I2cResult written = Part!.Write(write.AsSpan(0, writeLength));
        return written == I2cResult.Ok ? Flip(Part.Read(bytes), bytes) : written;
    }

    // What the wires make of a transfer before the part hears of it; null when it gets that far.
    private I2cResult? Begin(Span<byte> read)
    {
        int index = TransferCount++;
        Trouble.BeforeTransfer?.Invoke(index);
        switch (Trouble.Bus)
        {
            case I2cBusTrouble.Silent:
                return I2cResult.AddressNotAcknowledged;
            case I2cBusTrouble.Partial:
                return I2cResult.Partial;
            case I2cBusTrouble.ClockHeld:
                return I2cResult.ClockStretchTimeout;
            case I2cBusTrouble.Stuck:
                return I2cResult.BusFailed;
            case I2cBusTrouble.AlwaysZero:
                read.Clear();
                return I2cResult.Ok;
            case I2cBusTrouble.AlwaysOne:
                read.Fill(0xFF);
                return I2cResult.Ok;
            default:
                return Part is null ? I2cResult.AddressNotAcknowledged : null;
        }
    }

    private I2cResult Flip(I2cResult result, Span<byte> bytes)
    {
        for (int i = 0; Trouble.Flips is not null && i < bytes.Length; i++)
        {
            bytes[i] ^= Trouble.Flips(TransferCount - 1, i);
        }

        return result;
    }
}
