// The web sockets of one gateway: asks the server's discovery (/router-info) where to go, goes there, and begins anew with growing pauses
// when it fails (lorabasics/basicstation, src/tc.c). What is said is StationForwarder's.
using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace Simulation.Forwarding.Station;

/// <summary>Web sockets to a server. A task of its own speaks; two bounded queues lie between it and the run.</summary>
public sealed class StationLink : IStationLink
{
    /// <summary>A message from the server may have so many bytes.</summary>
    public const int MaximumMessageLength = 256 * 1024;

    private const int MaximumWaiting = 256;
    private const int MaximumPauseS = 60;
    private static readonly TimeSpan s_answerTimeout = TimeSpan.FromSeconds(10);

    private readonly Uri _server;
    private readonly ulong _gatewayEui;
    private readonly string? _authorization;
    private readonly ForwardingLog _log;
    private readonly int _firstPauseMs;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<StationEvent> _happened = new();
    private readonly Channel<string> _outgoing = Channel.CreateBounded<string>(
        new BoundedChannelOptions(MaximumWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
    private readonly Task _task;
    private volatile bool _isConnected;

    /// <summary>Begins to connect.</summary>
    /// <param name="server">The server's discovery: ws://host:port or wss://host:port, with or without the path /router-info.</param>
    /// <param name="gatewayEui">Who connects.</param>
    /// <param name="authorization">Header Authorization; null for none.</param>
    /// <param name="log">Hears when a connection fails.</param>
    /// <param name="firstPauseMs">Pause after the first failure; it doubles up to a minute.</param>
    public StationLink(Uri server, ulong gatewayEui, string? authorization, ForwardingLog log, int firstPauseMs = 1000)
    {
        ArgumentNullException.ThrowIfNull(server);
        const string Discovery = "/router-info";
        _server = server.AbsolutePath.EndsWith(Discovery, StringComparison.Ordinal)
            ? server
            : new UriBuilder(server) { Path = server.AbsolutePath.TrimEnd('/') + Discovery }.Uri;
        _gatewayEui = gatewayEui;
        _authorization = authorization;
        _log = log;
        _firstPauseMs = firstPauseMs;
        _task = Task.Run(ConnectAgainAndAgain);
    }

    /// <inheritdoc/>
    public bool TryTake(out StationEvent happened) => _happened.TryDequeue(out happened);

    /// <inheritdoc/>
    public void Send(string message)
    {
        if (_isConnected)
        {
            _outgoing.Writer.TryWrite(message);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _task.GetAwaiter().GetResult();
        _stop.Dispose();
    }

    private async Task ConnectAgainAndAgain()
    {
        int failures = 0;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Uri data = await Discover().ConfigureAwait(false);
                failures = await Converse(data).ConfigureAwait(false) ? 0 : failures + 1;
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is WebSocketException or OperationCanceledException or StationLinkException or UriFormatException
                or IOException or InvalidOperationException or HttpRequestException)
            {
                failures++;
                string reason = failure is OperationCanceledException ? "no answer within 10 s" : failure.GetBaseException().Message;
                _log.Say("station", $"gateway {StationFrame.EuiText(_gatewayEui)}: {_server.Authority} {reason}. It is tried again.");
            }

            await Pause(failures).ConfigureAwait(false);
        }
    }

    private async Task Pause(int failures)
    {
        int pauseMs = (int)Math.Min(MaximumPauseS * 1000, _firstPauseMs * Math.Pow(2, Math.Min(16, Math.Max(0, failures - 1))));
        try
        {
            await Task.Delay(pauseMs, _stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The run is over; the loop sees it.
        }
    }

    private async Task<Uri> Discover()
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        limit.CancelAfter(s_answerTimeout);
        using ClientWebSocket socket = MakeSocket();
        await socket.ConnectAsync(_server, limit.Token).ConfigureAwait(false);
        await SendText(socket, $"{{\"router\":\"{StationFrame.Id6Text(_gatewayEui)}\"}}", limit.Token).ConfigureAwait(false);
        byte[] answer = await Receive(socket, new byte[MaximumMessageLength], limit.Token).ConfigureAwait(false)
            ?? throw new StationLinkException("closed the discovery without an answer");
        return ReadDiscovery(answer);
    }

    /// <summary>Reads the discovery's answer.</summary>
    /// <param name="answer">Any bytes.</param>
    /// <exception cref="StationLinkException">It cannot be used.</exception>
    internal static Uri ReadDiscovery(ReadOnlyMemory<byte> answer)
    {
        try
        {
            using JsonDocument document = ForeignJson.Parse(answer);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                JsonFields fields = new(document.RootElement);
                string error = fields.Text("error", "");
                if (error.Length > 0)
                {
                    throw new StationLinkException("refused this gateway: " + error);
                }

                if (Uri.TryCreate(fields.Text("uri"), UriKind.Absolute, out Uri? uri) && uri.Scheme is "ws" or "wss")
                {
                    return uri!;
                }
            }
        }
        catch (JsonException)
        {
            // Said below.
        }

        throw new StationLinkException("answered the discovery without a usable \"uri\"");
    }

    // Returns whether the server said anything: then the next attempt need not wait long.
    private async Task<bool> Converse(Uri data)
    {
        using ClientWebSocket socket = MakeSocket();
        using (CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token))
        {
            limit.CancelAfter(s_answerTimeout);
            await socket.ConnectAsync(data, limit.Token).ConfigureAwait(false);
        }

        while (_outgoing.Reader.TryRead(out _))
        {
            // What waited for the connection before this one is too old for the server.
        }

        _isConnected = true;
        Enqueue(new StationEvent(StationEventKind.Connected, default));
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        Task speaking = Speak(socket, end.Token);
        try
        {
            return await Listen(socket, end.Token).ConfigureAwait(false);
        }
        finally
        {
            _isConnected = false;
            await end.CancelAsync().ConfigureAwait(false);
            await speaking.ConfigureAwait(false);
            Enqueue(new StationEvent(StationEventKind.Disconnected, default));
        }
    }

    private async Task Speak(ClientWebSocket socket, CancellationToken end)
    {
        try
        {
            await foreach (string message in _outgoing.Reader.ReadAllAsync(end).ConfigureAwait(false))
            {
                await SendText(socket, message, end).ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or WebSocketException or IOException or InvalidOperationException)
        {
            // Whoever listens notices it too, and ends the conversation.
            socket.Abort();
        }
    }

    private async Task<bool> Listen(ClientWebSocket socket, CancellationToken end)
    {
        byte[] buffer = new byte[MaximumMessageLength];
        bool isAny = false;
        while (await Receive(socket, buffer, end).ConfigureAwait(false) is byte[] message)
        {
            isAny = true;
            Enqueue(new StationEvent(StationEventKind.Message, message));
        }

        _log.Say("station", $"gateway {StationFrame.EuiText(_gatewayEui)}: {_server.Authority} ended the connection. It is tried again.");
        return isAny;
    }

    // Whole messages only; null at the end.
    private static async Task<byte[]?> Receive(ClientWebSocket socket, byte[] buffer, CancellationToken end)
    {
        int length = 0;
        while (true)
        {
            ValueWebSocketReceiveResult part = await socket.ReceiveAsync(buffer.AsMemory(length), end).ConfigureAwait(false);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, end).ConfigureAwait(false);
                return null;
            }

            length += part.Count;
            if (part.EndOfMessage)
            {
                return buffer[..length];
            }

            if (length == buffer.Length)
            {
                throw new StationLinkException($"sent a message of more than {MaximumMessageLength} bytes");
            }
        }
    }

    // A server that floods a gateway loses what does not fit, never what says how the connection is.
    private void Enqueue(in StationEvent happened)
    {
        if (happened.Kind != StationEventKind.Message || _happened.Count < MaximumWaiting)
        {
            _happened.Enqueue(happened);
        }
        else
        {
            _log.Say("flood", $"gateway {StationFrame.EuiText(_gatewayEui)}: the server sends faster than the gateway can take it; messages are dropped");
        }
    }

    private ClientWebSocket MakeSocket()
    {
        ClientWebSocket socket = new();
        if (_authorization is not null)
        {
            socket.Options.SetRequestHeader("Authorization", _authorization);
        }

        return socket;
    }

    private static async Task SendText(ClientWebSocket socket, string text, CancellationToken end) =>
        await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, end).ConfigureAwait(false);
}

/// <summary>The server did something that ends the conversation.</summary>
/// <param name="message">What, as the rest of a sentence whose subject is the server.</param>
internal sealed class StationLinkException(string message) : Exception(message);
