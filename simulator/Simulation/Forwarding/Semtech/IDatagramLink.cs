// The way to a server of Semtech's protocol and back: datagrams, no connection, nothing promised.
using System.Net;
using System.Net.Sockets;

namespace Simulation.Forwarding.Semtech;

/// <summary>Sends and takes datagrams; never blocks.</summary>
public interface IDatagramLink : IDisposable
{
    /// <summary>Sends one, or drops it.</summary>
    /// <param name="datagram">The datagram.</param>
    void Send(ReadOnlySpan<byte> datagram);

    /// <summary>Takes one that has arrived.</summary>
    /// <param name="buffer">Receives it; 65,535 bytes or more.</param>
    /// <param name="length">Its length.</param>
    /// <returns>False when none is there.</returns>
    bool TryReceive(byte[] buffer, out int length);
}

/// <summary>A UDP socket of one gateway. It takes datagrams from its server only.</summary>
public sealed class UdpLink : IDatagramLink
{
    private readonly Socket _socket;
    private readonly ForwardingLog _log;
    private readonly string _server;

    /// <summary>Opens a socket.</summary>
    /// <param name="server">The server.</param>
    /// <param name="log">Hears when the network refuses.</param>
    /// <exception cref="SocketException">No socket, or no way there.</exception>
    public UdpLink(IPEndPoint server, ForwardingLog log)
    {
        ArgumentNullException.ThrowIfNull(server);
        _log = log;
        _server = server.ToString();
        _socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            _socket.Connect(server);
            _socket.Blocking = false;
        }
        catch (SocketException)
        {
            _socket.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Send(ReadOnlySpan<byte> datagram)
    {
        try
        {
            _socket.Send(datagram);
        }
        catch (SocketException failure)
        {
            Say(failure);
        }
    }

    /// <inheritdoc/>
    public bool TryReceive(byte[] buffer, out int length)
    {
        length = 0;
        try
        {
            if (_socket.Available == 0)
            {
                return false;
            }

            length = _socket.Receive(buffer);
            return true;
        }
        catch (SocketException failure)
        {
            // Somebody on the way said that the server is not there; the gateway goes on asking, as a real one does.
            if (failure.SocketErrorCode != SocketError.WouldBlock)
            {
                Say(failure);
            }

            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private void Say(SocketException failure) =>
        _log.Say("udp", $"{_server} cannot be reached: {failure.Message}. Is the server running there, and is this its UDP port?");
}
