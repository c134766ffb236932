// Received frames as LoRa Basics Station tells a server of them (LNS protocol; lorabasics/basicstation, src/lora.c and src/s2e.c): parsed
// into fields, in the order and with the digits in which station writes them.
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Simulation.Forwarding.Station;

/// <summary>How a frame was received, for "upinfo" and what stands beside it.</summary>
/// <param name="DataRate">Its data rate in the server's table.</param>
/// <param name="FrequencyHz">Centre frequency.</param>
/// <param name="XTime">The gateway's clock at the frame's end.</param>
/// <param name="GpsUs">GPS time at the frame's end in microseconds; 0 when not known.</param>
/// <param name="RssiDbm">Signal strength.</param>
/// <param name="SnrQuarterDecibel">Signal-to-noise ratio in quarters of a decibel.</param>
/// <param name="ReceivedUtcUs">UTC at the frame's end in microseconds since 1970.</param>
/// <param name="ReferenceTime">The server's own clock (MuxTime), carried on; 0 when it never gave it.</param>
public readonly record struct StationReception(
    int DataRate, int FrequencyHz, long XTime, long GpsUs, int RssiDbm, int SnrQuarterDecibel, long ReceivedUtcUs, double ReferenceTime);

/// <summary>Writes frames.</summary>
public static class StationFrame
{
    private const int TypeMask = 0xE0;
    private const int ReservedAndMajorMask = 0x1F;
    private const int JoinRequest = 0x00;
    private const int JoinAccept = 0x20;
    private const int ConfirmedDown = 0xA0;
    private const int UnconfirmedDown = 0x60;
    private const int RejoinRequest = 0xC0;
    private const int Proprietary = 0xE0;
    private const int JoinRequestLength = 23;
    private const int LeastDataLength = 12;

    /// <summary>Writes a received frame.</summary>
    /// <param name="frame">The PHY payload: any bytes.</param>
    /// <param name="reception">How it was received.</param>
    /// <param name="config">The server's filters.</param>
    /// <returns>The message; null when it is no LoRaWAN frame, or one that the server does not want.</returns>
    public static string? Write(ReadOnlySpan<byte> frame, in StationReception reception, RouterConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        StringBuilder json = new("{");
        if (!TryWriteFields(json, frame, config))
        {
            return null;
        }

        CultureInfo culture = CultureInfo.InvariantCulture;
        json.Append(culture, $",\"RefTime\":{reception.ReferenceTime:0.000000},\"DR\":{reception.DataRate},\"Freq\":{reception.FrequencyHz}");
        json.Append(culture, $",\"upinfo\":{{\"rctx\":0,\"xtime\":{reception.XTime},\"gpstime\":{reception.GpsUs},\"fts\":-1");
        json.Append(culture, $",\"rssi\":{reception.RssiDbm},\"snr\":{reception.SnrQuarterDecibel / 4.0:0.##}");
        json.Append(culture, $",\"rxtime\":{reception.ReceivedUtcUs / 1_000_000}.{reception.ReceivedUtcUs % 1_000_000:000000}}}}}");
        return json.ToString();
    }

    /// <summary>An EUI as station writes it: 02-00-00-FF-FE-00-00-01.</summary>
    /// <param name="eui">The EUI.</param>
    public static string EuiText(ulong eui)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, eui);
        return BitConverter.ToString(bytes.ToArray());
    }

    /// <summary>An EUI in station's shorter form, "ID6": four groups of hexadecimal digits, zeros in the middle or at an end left out.</summary>
    /// <param name="eui">The EUI.</param>
    public static string Id6Text(ulong eui)
    {
        uint[] groups = [(ushort)(eui >> 48), (ushort)(eui >> 32), (ushort)(eui >> 16), (ushort)eui];
        CultureInfo culture = CultureInfo.InvariantCulture;
        if (groups[0] == 0 && groups[1] == 0)
        {
            return groups[2] == 0 ? string.Create(culture, $"::{groups[3]:x}") : string.Create(culture, $"::{groups[2]:x}:{groups[3]:x}");
        }

        if (groups[2] == 0 && groups[3] == 0)
        {
            return groups[1] == 0 ? string.Create(culture, $"{groups[0]:x}::") : string.Create(culture, $"{groups[0]:x}:{groups[1]:x}::");
        }

        return groups[1] == 0 && groups[2] == 0
            ? string.Create(culture, $"{groups[0]:x}::{groups[3]:x}")
            : string.Create(culture, $"{groups[0]:x}:{groups[1]:x}:{groups[2]:x}:{groups[3]:x}");
    }

    private static bool TryWriteFields(StringBuilder json, ReadOnlySpan<byte> frame, RouterConfig config)
    {
        if (frame.Length == 0 || (frame[0] & ReservedAndMajorMask) != 0)
        {
            return false;
        }

        switch (frame[0] & TypeMask)
        {
            case Proprietary:
                json.Append(CultureInfo.InvariantCulture, $"\"msgtype\":\"propdf\",\"FRMPayload\":\"{Convert.ToHexString(frame)}\"");
                return true;
            case JoinAccept when frame.Length >= LeastDataLength:
                json.Append(CultureInfo.InvariantCulture, $"\"msgtype\":\"jacc\",\"FRMPayload\":\"{Convert.ToHexString(frame)}\"");
                return true;
            case JoinRequest or RejoinRequest:
                return TryWriteJoin(json, frame, config);
            default:
                return TryWriteData(json, frame, config);
        }
    }

    private static bool TryWriteJoin(StringBuilder json, ReadOnlySpan<byte> frame, RouterConfig config)
    {
        if (frame.Length != JoinRequestLength)
        {
            return false;
        }

        ulong joinEui = BinaryPrimitives.ReadUInt64LittleEndian(frame[1..]);
        if (!config.IsJoinEuiWanted(joinEui))
        {
            return false;
        }

        string type = (frame[0] & TypeMask) == JoinRequest ? "jreq" : "rejoin";
        ulong devEui = BinaryPrimitives.ReadUInt64LittleEndian(frame[9..]);
        CultureInfo culture = CultureInfo.InvariantCulture;
        json.Append(culture, $"\"msgtype\":\"{type}\",\"MHdr\":{frame[0]},\"JoinEui\":\"{EuiText(joinEui)}\",\"DevEui\":\"{EuiText(devEui)}\"");
        json.Append(culture, $",\"DevNonce\":{BinaryPrimitives.ReadUInt16LittleEndian(frame[17..])},\"MIC\":{Mic(frame)}");
        return true;
    }

    private static bool TryWriteData(StringBuilder json, ReadOnlySpan<byte> frame, RouterConfig config)
    {
        if (frame.Length < LeastDataLength)
        {
            return false;
        }

        int optionsLength = frame[5] & 0x0F;
        int portAt = 8 + optionsLength;
        int endAt = frame.Length - 4;
        uint devAddr = BinaryPrimitives.ReadUInt32LittleEndian(frame[1..]);
        if (portAt > endAt || !config.IsDevAddrWanted(devAddr))
        {
            return false;
        }

        string type = (frame[0] & TypeMask) is UnconfirmedDown or ConfirmedDown ? "dndf" : "updf";
        ReadOnlySpan<byte> payload = portAt < endAt ? frame[(portAt + 1)..endAt] : [];
        CultureInfo culture = CultureInfo.InvariantCulture;
        json.Append(culture, $"\"msgtype\":\"{type}\",\"MHdr\":{frame[0]},\"DevAddr\":{(int)devAddr},\"FCtrl\":{frame[5]}");
        json.Append(culture, $",\"FCnt\":{BinaryPrimitives.ReadUInt16LittleEndian(frame[6..])},\"FOpts\":\"{Convert.ToHexString(frame[8..portAt])}\"");
        json.Append(culture, $",\"FPort\":{(portAt < endAt ? frame[portAt] : -1)},\"FRMPayload\":\"{Convert.ToHexString(payload)}\",\"MIC\":{Mic(frame)}");
        return true;
    }

    private static int Mic(ReadOnlySpan<byte> frame) => BinaryPrimitives.ReadInt32LittleEndian(frame[^4..]);
}
