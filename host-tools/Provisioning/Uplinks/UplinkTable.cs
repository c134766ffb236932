// Uplinks in the database.
using System.Data.Common;
using System.Globalization;
using Provisioning.Storage;

namespace Provisioning.Uplinks;

/// <summary>An uplink as it is stored.</summary>
/// <param name="Number">Its number: the order in which uplinks were stored.</param>
/// <param name="Uplink">The uplink.</param>
/// <param name="State">What became of it.</param>
public sealed record StoredUplink(long Number, Uplink Uplink, UplinkState State);

/// <summary>Rows of uplinks.</summary>
internal static class UplinkTable
{
    private const string Columns = "uplink_number, dev_eui, session, frame_counter, received_at_utc_ms, f_port, payload, rssi_dbm, snr_db, source, state";
    private static readonly string[] s_columns = Columns.Split(", ");

    /// <summary>
    /// The same counter in the same session within this time is the same frame: one that was sent again, or handed over again. Later it is another: the network
    /// server has given the address to a new session.
    /// </summary>
    private const long SameFrameMs = 3_600_000;

    /// <summary>Inserts those uplinks that are not there yet.</summary>
    /// <returns>Them, with their numbers, in the order of the list.</returns>
    public static List<(long Number, Uplink Uplink)> InsertNew(DbConnection connection, IReadOnlyList<Uplink> uplinks, IntakeTotals totals, Func<string, bool> isKnown)
    {
        List<(long Number, Uplink Uplink)> numbered = [.. uplinks.Select(uplink => (totals.Next(IntakeTotals.LastUplink), uplink))];
        HashSet<long> inserted = connection.InsertNew("uplink", s_columns, [.. numbered.Select(one => Values(one.Number, one.Uplink, isKnown(one.Uplink.DevEui)))]);

        // What was refused is the same frame, or one of a session with the same name.
        List<(long Number, Uplink Uplink)> fresh = new(inserted.Count);
        foreach ((long number, Uplink uplink) in numbered)
        {
            if (inserted.Contains(number))
            {
                fresh.Add((number, uplink));
            }
            else if (FreeSession(connection, uplink) is { } session)
            {
                Uplink renamed = uplink with { Session = session };
                connection.InsertAll("uplink", s_columns, [Values(number, renamed, isKnown(uplink.DevEui))]);
                fresh.Add((number, renamed));
            }
        }

        return fresh;
    }

    public static void SetState(DbConnection connection, IReadOnlyList<long> numbers, UplinkState state)
    {
        foreach (long number in numbers)
        {
            connection.Execute("UPDATE uplink SET state = @state WHERE uplink_number = @number", ("@state", Word(state)), ("@number", number));
        }
    }

    /// <summary>Uplinks that wait for a controller that is there now.</summary>
    public static List<(long Number, Uplink Uplink)> Adoptable(DbConnection connection, int most) => [.. connection.Query(
        $"SELECT {Columns} FROM uplink WHERE state = 'unknown' AND dev_eui IN (SELECT dev_eui FROM controller) ORDER BY uplink_number LIMIT @most",
        Read, ("@most", most)).Select(stored => (stored.Number, stored.Uplink))];

    /// <summary>The newest uplinks, newest first.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="devEui">Of which controller; null for all.</param>
    /// <param name="state">In which state; null for any.</param>
    /// <param name="most">How many.</param>
    public static List<StoredUplink> Newest(DbConnection connection, string? devEui, UplinkState? state, int most)
    {
        List<(string, object?)> parameters = [("@most", most)];
        string where = "";
        if (devEui is not null)
        {
            where += " AND dev_eui = @eui";
            parameters.Add(("@eui", devEui));
        }

        if (state is { } wanted)
        {
            where += " AND state = @state";
            parameters.Add(("@state", Word(wanted)));
        }

        return connection.Query($"SELECT {Columns} FROM uplink WHERE 1 = 1{where} ORDER BY uplink_number DESC LIMIT @most", Read, [.. parameters]);
    }

    /// <summary>Uplinks of a controller on a port that came at or after a moment, in the order in which they came.</summary>
    public static List<StoredUplink> Since(DbConnection connection, string devEui, int fPort, long fromUtcMs) => connection.Query(
        $"SELECT {Columns} FROM uplink WHERE dev_eui = @eui AND f_port = @port AND received_at_utc_ms >= @from ORDER BY received_at_utc_ms, uplink_number",
        Read, ("@eui", devEui), ("@port", fPort), ("@from", fromUtcMs));

    /// <summary>Controllers that nobody knows: DevEUI, how many uplinks, when heard last.</summary>
    public static List<(string DevEui, long Count, long LastUtcMs)> Unknown(DbConnection connection) => connection.Query(
        "SELECT dev_eui, COUNT(*), MAX(received_at_utc_ms) FROM uplink WHERE state = 'unknown' GROUP BY dev_eui ORDER BY dev_eui",
        reader => (reader.GetString(0), Convert.ToInt64(reader.GetValue(1), CultureInfo.InvariantCulture), reader.GetInt64(2)));

    /// <summary>Word of a state in JSON and in the database.</summary>
    public static string Word(UplinkState state) => state switch
    {
        UplinkState.Undecodable => "undecodable",
        UplinkState.Unknown => "unknown",
        _ => "read",
    };

    // Null when the same frame is there.
    private static string? FreeSession(DbConnection connection, Uplink uplink)
    {
        int found = 0;
        bool isThere = false;
        connection.Each(
            "SELECT session, received_at_utc_ms FROM uplink WHERE dev_eui = @eui AND frame_counter = @counter",
            reader =>
            {
                string session = reader.GetString(0);
                if (session == uplink.Session || session.StartsWith(uplink.Session + "#", StringComparison.Ordinal))
                {
                    found++;
                    isThere |= Math.Abs(reader.GetInt64(1) - uplink.ReceivedAtUtcMs) <= SameFrameMs;
                }
            },
            ("@eui", uplink.DevEui), ("@counter", uplink.FrameCounter));
        return isThere ? null : string.Create(CultureInfo.InvariantCulture, $"{uplink.Session}#{found + 1}");
    }

    private static object?[] Values(long number, Uplink uplink, bool isKnown) =>
    [
        number, uplink.DevEui, uplink.Session, uplink.FrameCounter, uplink.ReceivedAtUtcMs, uplink.FPort, uplink.Payload, uplink.RssiDbm, uplink.SnrDb, uplink.Source,
        Word(isKnown ? UplinkState.Read : UplinkState.Unknown),
    ];

    private static StoredUplink Read(DbDataReader reader) => new(
        Convert.ToInt64(reader.GetValue(0), CultureInfo.InvariantCulture),
        new Uplink
        {
            DevEui = reader.GetString(1),
            Session = reader.GetString(2),
            FrameCounter = reader.GetInt64(3),
            ReceivedAtUtcMs = reader.GetInt64(4),
            FPort = reader.GetInt32(5),
            Payload = reader.GetBlob(6) ?? [],
            RssiDbm = reader.IsDBNull(7) ? null : reader.GetInt32(7),
            SnrDb = reader.GetNumber(8),
            Source = reader.GetString(9),
        },
        reader.GetString(10) switch
        {
            "undecodable" => UplinkState.Undecodable,
            "unknown" => UplinkState.Unknown,
            _ => UplinkState.Read,
        });
}
