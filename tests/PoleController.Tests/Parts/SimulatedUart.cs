// A UART with a technician at its end: 256 bytes of receive buffer, what comes while it is full is lost.
using System.Text;
using PoleController.Hal;

namespace PoleController.Tests.Parts;

internal sealed class SimulatedUart : IUart
{
    private readonly Queue<byte> _received = new();
    private readonly List<byte> _sent = [];

    public int ReceiveBufferLength => 256;

    public bool Throws { get; set; }

    public bool Fails { get; set; }

    public bool RefusesWrites { get; set; }

    public byte[] Sent => [.. _sent];

    public void Arrive(params byte[] bytes)
    {
        foreach (byte value in bytes)
        {
            if (_received.Count < ReceiveBufferLength)
            {
                _received.Enqueue(value);
            }
        }
    }

    /// <summary>What has been sent since the last call, as lines; the last one has to have an end.</summary>
    public string[] TakeLines()
    {
        string text = Encoding.Latin1.GetString(Sent);
        _sent.Clear();
        return text.Length == 0 ? [] : text[..^2].Split("\r\n");
    }

    public int Read(byte[] buffer, int offset, int count)
    {
        ThrowIfAsked();
        if (Fails)
        {
            return -1;
        }

        int taken = Math.Min(count, _received.Count);
        for (int i = 0; i < taken; i++)
        {
            buffer[offset + i] = _received.Dequeue();
        }

        return taken;
    }

    public bool TryDiscard()
    {
        ThrowIfAsked();
        _received.Clear();
        return !Fails;
    }

    public bool TryWrite(byte[] data, int length)
    {
        ThrowIfAsked();
        if (RefusesWrites || length is < 1 or > 256)
        {
            return false;
        }

        for (int i = 0; i < length; i++)
        {
            _sent.Add(data[i]);
        }

        return true;
    }

    private void ThrowIfAsked()
    {
        if (Throws)
        {
            throw new InvalidOperationException("The UART failed.");
        }
    }
}
