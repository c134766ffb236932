// polesim listen: a network server for the workbench. A real gateway sends to this machine, and what it hears is shown, decoded where the key is known.
using System.CommandLine;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MessageSchemas;
using PoleController.LoRaWan;
using Simulation.Forwarding;
using Simulation.Workbench;

namespace Polesim.Commands;

/// <summary>Listens to packet forwarders.</summary>
internal static class ListenCommand
{
    private const int StepMs = 5;
    private const int DatagramsOfAStep = 256;

    private static readonly string[] Examples =
    [
        "polesim listen --bind 0.0.0.0                             everything a gateway hears, without keys",
        "polesim listen --bind 0.0.0.0 --keys poles.csv            lets these poles join, and shows what they say",
        "polesim listen --keys poles.csv | jq 'select(.message==\"alarm\")'",
    ];

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Option<int> port = WholeNumberOption.Create("--port", "UDP port; 0 takes a free one.", 0, 65_535, AttachTarget.SemtechPort);
        Option<string> bind = new("--bind") { Description = "Address to listen on; 0.0.0.0 for gateways elsewhere.", HelpName = "ADDRESS", DefaultValueFactory = _ => "127.0.0.1" };
        Option<RegionId> region = new("--region")
        {
            Description = "LoRaWAN region of gateways and poles, the words of a scenario's network.region: " + string.Join(", ", Enum.GetValues<RegionId>().Select(Word)) + ".",
            HelpName = "REGION",
            DefaultValueFactory = _ => RegionId.Eu868,
            CustomParser = ReadRegion,
        };
        Option<string?> keys = new("--keys") { Description = "CSV or JSON file with devEui, joinEui, appKey (and name) of the poles that may join.", HelpName = "FILE" };
        Option<string?> state = new("--state") { Description = "File for nonces and sessions; the file of keys and '.state' when not given. It holds session keys.", HelpName = "FILE" };
        ExampleCommand command = new("listen", "A network server for the workbench: real gateways send here, JSON lines come out.", Examples) { port, bind, region, keys, state };
        command.SetAction(parsed => Run(parsed.GetValue(port), parsed.GetRequiredValue(bind), parsed.GetValue(region), parsed.GetValue(keys), parsed.GetValue(state)));
        return command;
    }

    private static int Run(int port, string bind, RegionId region, string? keysPath, string? statePath)
    {
        if (!IPAddress.TryParse(bind, out IPAddress? address))
        {
            Console.Error.WriteLine($"polesim: --bind '{bind}' is no IP address. Write one of this machine's, 127.0.0.1 or 0.0.0.0.");
            return ExitCode.WrongUse;
        }

        try
        {
            using Socket socket = new(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            IReadOnlyList<KnownDevice> known = keysPath is null ? [] : KnownDevices.Read(keysPath);
            Dictionary<ulong, EndPoint> gateways = [];
            ForwardingLog log = new(Console.Error.WriteLine);
            ListenServer server = new(
                known, statePath ?? (keysPath is null ? null : keysPath + ".state"), DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
                new ListenLines(SchemaReader.ReadEmbedded(), Console.Out, log),
                (eui, datagram) => Send(socket, gateways.GetValueOrDefault(eui), datagram, log), region);
            socket.Bind(new IPEndPoint(address, port));
            Console.Error.WriteLine($"Listening on {socket.LocalEndPoint} (Semtech UDP, {Word(region)}), {known.Count} device keys. Ctrl-C ends.");
            using Interruption interruption = new();
            Listen(socket, server, gateways, log, interruption.Token);
            return ExitCode.Done;
        }
        catch (Exception wrong) when (wrong is KnownDevicesException or SessionFileException)
        {
            Console.Error.WriteLine("polesim: " + wrong.Message);
        }
        catch (SocketException failure)
        {
            Console.Error.WriteLine($"polesim: {bind} port {port}: {failure.Message}. Choose another --port or --bind, or stop what uses it.");
        }

        return ExitCode.WrongUse;
    }

    private static string Word(RegionId region) => char.ToLowerInvariant(region.ToString()[0]) + region.ToString()[1..];

    private static RegionId ReadRegion(System.CommandLine.Parsing.ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        foreach (RegionId region in Enum.GetValues<RegionId>())
        {
            if (string.Equals(text, region.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return region;
            }
        }

        result.AddError($"--region '{text}' is no region. Write one of {string.Join(", ", Enum.GetValues<RegionId>().Select(Word))}.");
        return RegionId.Eu868;
    }

    private static void Listen(Socket socket, ListenServer server, Dictionary<ulong, EndPoint> gateways, ForwardingLog log, CancellationToken end)
    {
        byte[] buffer = new byte[65_536];
        EndPoint anyone = new IPEndPoint(socket.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
        long startTicks = Stopwatch.GetTimestamp();
        while (!end.IsCancellationRequested)
        {
            for (int count = 0; count < DatagramsOfAStep && socket.Available > 0; count++)
            {
                EndPoint from = anyone;
                int length = Receive(socket, buffer, ref from);
                if (length < 0)
                {
                    continue;
                }

                server.Take(buffer.AsMemory(0, length), NowUs(startTicks), out byte[]? reply, out ulong? pullsFrom);
                if (pullsFrom is ulong eui)
                {
                    gateways[eui] = from;
                }

                Send(socket, reply is null ? null : from, reply ?? [], log);
            }

            server.Run(NowUs(startTicks));
            end.WaitHandle.WaitOne(StepMs);
        }
    }

    private static long NowUs(long startTicks) => (long)Stopwatch.GetElapsedTime(startTicks).TotalMicroseconds;

    private static int Receive(Socket socket, byte[] buffer, ref EndPoint from)
    {
        try
        {
            return socket.ReceiveFrom(buffer, ref from);
        }
        catch (SocketException)
        {
            return -1; // somebody we sent to has gone: it says so when it is back
        }
    }

    private static void Send(Socket socket, EndPoint? to, byte[] datagram, ForwardingLog log)
    {
        if (to is null)
        {
            return;
        }

        try
        {
            socket.SendTo(datagram, to);
        }
        catch (SocketException failure)
        {
            log.Say("send", $"{to} cannot be reached: {failure.Message}");
        }
    }
}
