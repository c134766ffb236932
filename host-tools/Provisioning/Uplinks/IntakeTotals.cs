// Numbers that go on for the life of a workspace, whatever is pruned: how many uplinks were stored, were there already, came from controllers that nobody knows,
// could not be read; and the last number given to an uplink and to an alarm.
using System.Data.Common;
using Provisioning.Storage;

namespace Provisioning.Uplinks;

/// <summary>Totals of the intake, read once and written once in a transaction.</summary>
internal sealed class IntakeTotals
{
    public const string LastUplink = "lastUplink";
    public const string LastAlarm = "lastAlarm";
    public const string Stored = "stored";
    public const string Duplicates = "duplicates";
    public const string Unknown = "unknown";
    public const string Undecodable = "undecodable";

    private static readonly string[] s_columns = ["name", "total"];

    private readonly Dictionary<string, long> _totals = [];
    private readonly HashSet<string> _changed = [];

    private IntakeTotals()
    {
    }

    public static IntakeTotals Read(DbConnection connection)
    {
        IntakeTotals totals = new();
        connection.Each("SELECT name, total FROM intake_total", reader => totals._totals[reader.GetString(0)] = reader.GetInt64(1));
        return totals;
    }

    public long Of(string name) => _totals.GetValueOrDefault(name);

    public long Next(string name)
    {
        Add(name, 1);
        return Of(name);
    }

    public void Add(string name, long count)
    {
        if (count != 0)
        {
            _totals[name] = Of(name) + count;
            _changed.Add(name);
        }
    }

    public void Save(DbConnection connection) => connection.InsertAll(
        "intake_total", s_columns, [.. _changed.Order(StringComparer.Ordinal).Select(name => (object?[])[name, Of(name)])], " ON CONFLICT (name) DO UPDATE SET total = excluded.total");
}
