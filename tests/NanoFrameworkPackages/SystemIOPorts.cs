// Of System.IO.Ports.
using NanoFrameworkPackages;

namespace System.IO.Ports;

public enum Parity
{
    None = 0,
}

public enum StopBits
{
    One = 1,
}

public sealed class SerialPort
{
    private readonly SimulatedUart _uart;

    public SerialPort(string portName, int baudRate, Parity parity, int dataBits, StopBits stopBits)
    {
        PortName = portName;
        BaudRate = baudRate;
        Parity = parity;
        _uart = SimulatedChip.Current.UartAt(portName);
        _ = dataBits;
        _ = stopBits;
    }

    internal string PortName { get; }

    internal int BaudRate { get; }

    internal Parity Parity { get; }

    public int ReadBufferSize { get; set; } = 256;

    public int ReadTimeout { get; set; }

    public int WriteTimeout { get; set; }

    public bool InvertSignalLevels { get; set; }

    public bool IsOpen { get; private set; }

    public int BytesToRead
    {
        get
        {
            Check();
            return _uart.Arrived.Count;
        }
    }

    public void Open()
    {
        if (_uart.IsBroken || IsOpen)
        {
            throw new InvalidOperationException();
        }

        _uart.Opens++;
        IsOpen = true;
    }

    public void Close() => IsOpen = false;

    // Waits for bytes that are not there, until the time-out: in a test that is a fault at once.
    public int Read(byte[] buffer, int offset, int count)
    {
        Check();
        if (count > _uart.Arrived.Count)
        {
            throw new TimeoutException();
        }

        for (int i = 0; i < count; i++)
        {
            buffer[offset + i] = _uart.Arrived.Dequeue();
        }

        _uart.Babble(count);

        return count;
    }

    public void Write(byte[] buffer, int offset, int count)
    {
        Check();
        _uart.Sent.AddRange(buffer.AsSpan(offset, count));
    }

    private void Check()
    {
        if (_uart.IsBroken || !IsOpen)
        {
            throw new InvalidOperationException();
        }
    }
}
