// The frame around the messages of Semtech's UDP protocol, version 2 (Lora-net/packet_forwarder, PROTOCOL.TXT, sections 3 and 5). The JSON
// inside is read and written elsewhere.
using System.Buffers.Binary;

namespace Simulation.Forwarding.Semtech;

/// <summary>What a datagram is, its fourth byte.</summary>
public enum SemtechPacketType
{
    /// <summary>Gateway to server: what was received.</summary>
    PushData = 0,

    /// <summary>Server to gateway: PUSH_DATA arrived.</summary>
    PushAck = 1,

    /// <summary>Gateway to server: keeps the way back open.</summary>
    PullData = 2,

    /// <summary>Server to gateway: transmit.</summary>
    PullResp = 3,

    /// <summary>Server to gateway: PULL_DATA arrived.</summary>
    PullAck = 4,

    /// <summary>Gateway to server: what became of a PULL_RESP.</summary>
    TxAck = 5,
}

/// <summary>Reads and writes the first bytes of datagrams.</summary>
public static class SemtechPacket
{
    /// <summary>The protocol's version, first byte.</summary>
    public const byte Version = 2;

    /// <summary>Bytes before the JSON of a datagram from the server.</summary>
    public const int ServerHeaderLength = 4;

    /// <summary>Bytes before the JSON of a datagram from a gateway: version, token, type and EUI.</summary>
    public const int GatewayHeaderLength = 12;

    /// <summary>Reads version, token and type.</summary>
    /// <param name="datagram">Any bytes.</param>
    /// <param name="type">What it is.</param>
    /// <param name="token">Its token, the first byte in the upper half.</param>
    /// <returns>False when it is too short, of another version, or of no type that exists.</returns>
    public static bool TryReadHeader(ReadOnlySpan<byte> datagram, out SemtechPacketType type, out ushort token)
    {
        bool isHeader = datagram.Length >= ServerHeaderLength && datagram[0] == Version && datagram[3] <= (byte)SemtechPacketType.TxAck;
        type = isHeader ? (SemtechPacketType)datagram[3] : default;
        token = isHeader ? BinaryPrimitives.ReadUInt16BigEndian(datagram[1..]) : default;
        return isHeader;
    }

    /// <summary>Reads the EUI of a datagram from a gateway.</summary>
    /// <param name="datagram">A datagram whose header was read.</param>
    /// <param name="gatewayEui">The EUI.</param>
    public static bool TryReadGatewayEui(ReadOnlySpan<byte> datagram, out ulong gatewayEui)
    {
        bool isLongEnough = datagram.Length >= GatewayHeaderLength;
        gatewayEui = isLongEnough ? BinaryPrimitives.ReadUInt64BigEndian(datagram[ServerHeaderLength..]) : 0;
        return isLongEnough;
    }

    /// <summary>A datagram of a gateway.</summary>
    /// <param name="type">What it is.</param>
    /// <param name="token">Its token.</param>
    /// <param name="gatewayEui">Who sends it.</param>
    /// <param name="json">What follows; may be empty.</param>
    public static byte[] FromGateway(SemtechPacketType type, ushort token, ulong gatewayEui, ReadOnlySpan<byte> json)
    {
        byte[] datagram = new byte[GatewayHeaderLength + json.Length];
        WriteHeader(datagram, type, token);
        BinaryPrimitives.WriteUInt64BigEndian(datagram.AsSpan(ServerHeaderLength), gatewayEui);
        json.CopyTo(datagram.AsSpan(GatewayHeaderLength));
        return datagram;
    }

    /// <summary>A datagram of a server.</summary>
    /// <param name="type">What it is.</param>
    /// <param name="token">Its token; that of the datagram it acknowledges.</param>
    /// <param name="json">What follows; may be empty.</param>
    public static byte[] FromServer(SemtechPacketType type, ushort token, ReadOnlySpan<byte> json)
    {
        byte[] datagram = new byte[ServerHeaderLength + json.Length];
        WriteHeader(datagram, type, token);
        json.CopyTo(datagram.AsSpan(ServerHeaderLength));
        return datagram;
    }

    private static void WriteHeader(Span<byte> datagram, SemtechPacketType type, ushort token)
    {
        datagram[0] = Version;
        BinaryPrimitives.WriteUInt16BigEndian(datagram[1..], token);
        datagram[3] = (byte)type;
    }
}
