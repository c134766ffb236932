// What a server wants to be transmitted: "dnmsg" and the entries of "dnsched" of the LNS protocol (lorabasics/basicstation, src/s2e.c). Any
// JSON: what cannot be used is refused with a reason.
using System.Text.Json;

namespace Simulation.Forwarding.Station;

/// <summary>A window of a downlink.</summary>
/// <param name="FrequencyHz">Its frequency.</param>
/// <param name="DataRate">Its data rate's number.</param>
public readonly record struct StationWindow(int FrequencyHz, int DataRate);

/// <summary>A downlink as the server says it.</summary>
public sealed record StationDownlink
{
    /// <summary>Class A: RX1, else RX2.</summary>
    public const int ClassA = 0;

    /// <summary>Class B: at a GPS time.</summary>
    public const int ClassB = 1;

    /// <summary>Class C: RX1 if there is one, else as soon as possible.</summary>
    public const int ClassC = 2;

    /// <summary>For which device, 0 when the server does not say (multicast): then nothing is reported of it.</summary>
    public ulong DevEui { get; init; }

    /// <summary>Class A, B or C.</summary>
    public int DeviceClass { get; init; }

    /// <summary>The server's number for it.</summary>
    public long Id { get; init; }

    /// <summary>The PHY payload.</summary>
    public required byte[] Frame { get; init; }

    /// <summary>The gateway's clock from which RX1 is counted; 0 when the server does not give it.</summary>
    public long XTime { get; init; }

    /// <summary>GPS time in microseconds at which to transmit; 0 when the server does not give it.</summary>
    public long GpsUs { get; init; }

    /// <summary>RX1's delay in seconds, 0 to 15.</summary>
    public int ReceiveDelayS { get; init; }

    /// <summary>RX1, or the only window.</summary>
    public StationWindow? First { get; init; }

    /// <summary>RX2.</summary>
    public StationWindow? Second { get; init; }

    /// <summary>Reads "dnmsg".</summary>
    /// <param name="message">The whole message.</param>
    /// <param name="downlink">The downlink; null when it cannot be used.</param>
    /// <returns>What is wrong; null when nothing is.</returns>
    public static string? ReadMessage(JsonElement message, out StationDownlink? downlink)
    {
        JsonFields fields = new(message);
        ulong devEui = ReadEui(fields);
        int deviceClass = (int)fields.Whole("dC", 0, 2);
        long id = fields.Whole(fields.Has("diid") ? "diid" : "seqno", long.MinValue, long.MaxValue);
        byte[] frame = ReadFrame(fields);

        // "DR" and "Freq" are the single window of a ping slot; then the delay is 0 (station's words for class B).
        bool isSingle = fields.Has("DR") || fields.Has("Freq");
        StationWindow? first = ReadWindow(fields, isSingle ? "Freq" : "RX1Freq", isSingle ? "DR" : "RX1DR");
        StationWindow? second = ReadWindow(fields, "RX2Freq", "RX2DR");
        if (first is null && second is null)
        {
            fields.Refuse("it has neither RX1 nor RX2");
        }

        downlink = new StationDownlink
        {
            DevEui = devEui,
            DeviceClass = deviceClass,
            Id = id,
            Frame = frame,
            XTime = fields.Whole("xtime", long.MinValue, long.MaxValue, 0),
            GpsUs = fields.Whole("gpstime", 0, long.MaxValue, 0),
            ReceiveDelayS = isSingle ? 0 : (int)Math.Max(1, fields.Whole("RxDelay", 0, 15, 1)),
            First = first,
            Second = second,
        };
        downlink = fields.Problem is null ? downlink : null;
        return fields.Problem;
    }

    /// <summary>Reads an entry of "dnsched".</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="downlink">The downlink; null when it cannot be used.</param>
    /// <returns>What is wrong; null when nothing is.</returns>
    public static string? ReadScheduled(JsonElement entry, out StationDownlink? downlink)
    {
        downlink = null;
        if (entry.ValueKind != JsonValueKind.Object)
        {
            return "\"schedule\" has to be a list of objects";
        }

        JsonFields fields = new(entry);
        byte[] frame = ReadFrame(fields);
        StationWindow? window = ReadWindow(fields, "Freq", "DR");
        if (window is null)
        {
            fields.Refuse("\"Freq\" and \"DR\" are missing");
        }

        long gpsUs = fields.Has("ontime") ? fields.Whole("ontime", 0, long.MaxValue / 1_000_000) * 1_000_000 : fields.Whole("gpstime", 0, long.MaxValue, 0);
        long xTime = fields.Whole("xtime", long.MinValue, long.MaxValue, 0);
        if (gpsUs == 0 && xTime == 0)
        {
            fields.Refuse("it has neither \"gpstime\" nor \"xtime\"");
        }

        downlink = new StationDownlink
        {
            DeviceClass = gpsUs != 0 ? ClassB : ClassA,
            Id = fields.Whole("diid", long.MinValue, long.MaxValue, 0),
            Frame = frame,
            GpsUs = gpsUs,
            XTime = xTime,
            First = window,
        };
        downlink = fields.Problem is null ? downlink : null;
        return fields.Problem;
    }

    private static StationWindow? ReadWindow(JsonFields fields, string frequencyName, string dataRateName)
    {
        if (!fields.Has(frequencyName) && !fields.Has(dataRateName))
        {
            return null;
        }

        return new StationWindow((int)fields.Whole(frequencyName, 1, int.MaxValue), (int)fields.Whole(dataRateName, 0, 15));
    }

    private static byte[] ReadFrame(JsonFields fields)
    {
        string hex = fields.Text("pdu");
        if (hex.Length is 0 or > 510 || hex.Length % 2 != 0 || !hex.All(char.IsAsciiHexDigit))
        {
            fields.Refuse("\"pdu\" has to be 1 to 255 bytes in hexadecimal digits");
            return [];
        }

        return Convert.FromHexString(hex);
    }

    // A text with hyphens, or a number; station takes both.
    private static ulong ReadEui(JsonFields fields)
    {
        string name = fields.Has("DevEui") ? "DevEui" : "DevEUI";
        string text = fields.Text(name);
        string digits = text.Replace("-", "", StringComparison.Ordinal).Replace(":", "", StringComparison.Ordinal);
        if (ulong.TryParse(digits, System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out ulong eui))
        {
            return eui;
        }

        fields.Refuse($"\"{name}\" has to be an EUI such as 02-00-00-00-00-00-00-01");
        return 0;
    }
}
