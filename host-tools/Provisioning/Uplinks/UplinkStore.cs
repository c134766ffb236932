// Taking uplinks in: a batch is stored with all that it changes, or nothing of it. Uplinks are observations, not changes of the plan, so they make no journal
// entries: who could write them anyway is whoever has the network server, and a million lines a day would bury what people did.
using System.Data.Common;
using Provisioning.Alarms;
using Provisioning.Controllers;
using Provisioning.FleetState;
using Provisioning.Members;
using Provisioning.Workspaces;

namespace Provisioning.Uplinks;

/// <summary>What became of a batch.</summary>
/// <param name="Stored">Uplinks that are new.</param>
/// <param name="Duplicates">Uplinks that were there already.</param>
/// <param name="Unknown">Of the new ones, those of controllers that the workspace does not know.</param>
/// <param name="Undecodable">Of the new ones, those whose payload could not be read.</param>
public sealed record IntakeCounts(long Stored, long Duplicates, long Unknown, long Undecodable)
{
    /// <summary>Nothing.</summary>
    public static IntakeCounts None { get; } = new(0, 0, 0, 0);

    /// <summary>The sum of two.</summary>
    public IntakeCounts Add(IntakeCounts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new IntakeCounts(Stored + other.Stored, Duplicates + other.Duplicates, Unknown + other.Unknown, Undecodable + other.Undecodable);
    }
}

/// <summary>Stores uplinks.</summary>
public static class UplinkStore
{
    /// <summary>Most uplinks in a batch: what is lost in work when one fails, and what is gained by the next larger one, are both small there.</summary>
    public const int LargestBatch = 5_000;

    /// <summary>Takes a batch in.</summary>
    /// <param name="writer">The change.</param>
    /// <param name="events">What network servers said.</param>
    public static IntakeCounts Take(WorkspaceWriter writer, IReadOnlyList<NetworkEvent> events)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(events);
        writer.Require(Permission.Intake);
        List<Uplink> uplinks = [.. events.Where(one => one.Uplink is not null).Select(one => one.Uplink!)];
        List<JoinedEvent> joins = [.. events.Where(one => one.Joined is not null).Select(one => one.Joined!)];
        Batch batch = new(writer, [.. uplinks.Select(uplink => uplink.DevEui).Concat(joins.Select(join => join.DevEui)).Distinct()]);
        List<(long Number, Uplink Uplink)> fresh = UplinkTable.InsertNew(writer.Connection, uplinks, batch.Totals, batch.Poles.ContainsKey);
        IntakeCounts counts = batch.Apply(fresh, joins) with { Duplicates = uplinks.Count - fresh.Count };
        batch.Totals.Add(IntakeTotals.Stored, counts.Stored);
        batch.Totals.Add(IntakeTotals.Duplicates, counts.Duplicates);
        batch.Totals.Add(IntakeTotals.Unknown, counts.Unknown);
        batch.Totals.Add(IntakeTotals.Undecodable, counts.Undecodable);
        batch.Totals.Save(writer.Connection);
        return counts;
    }

    /// <summary>Reads the kept uplinks of controllers that were not known when these came, and are now.</summary>
    /// <returns>How many.</returns>
    public static int Adopt(WorkspaceWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Require(Permission.Intake);
        int adopted = 0;
        while (true)
        {
            List<(long Number, Uplink Uplink)> waiting = UplinkTable.Adoptable(writer.Connection, LargestBatch);
            if (waiting.Count == 0)
            {
                return adopted;
            }

            UplinkTable.SetState(writer.Connection, [.. waiting.Select(one => one.Number)], UplinkState.Read);
            Batch batch = new(writer, [.. waiting.Select(one => one.Uplink.DevEui).Distinct()]);
            IntakeCounts counts = batch.Apply(waiting, []);
            batch.Totals.Add(IntakeTotals.Undecodable, counts.Undecodable);
            batch.Totals.Save(writer.Connection);
            adopted += waiting.Count;
        }
    }

    private sealed class Batch
    {
        private readonly DbConnection _connection;
        private readonly AlarmChange _alarms;
        private readonly SilenceChange _silences;
        private readonly FleetChange _fleet;
        private readonly long _nowUtcMs;

        public Batch(WorkspaceWriter writer, IReadOnlyList<string> devEuis)
        {
            DbConnection connection = writer.Connection;
            _connection = connection;
            _nowUtcMs = writer.NowUtcMs;
            Totals = IntakeTotals.Read(connection);
            Poles = ControllerTable.Poles(connection, devEuis);
            _alarms = new AlarmChange(Poles, Totals);
            _silences = new SilenceChange(connection);
            _fleet = new FleetChange(Poles, _alarms);
        }

        public IntakeTotals Totals { get; }

        /// <summary>Pole of each known controller of the batch.</summary>
        public Dictionary<string, string?> Poles { get; }

        public IntakeCounts Apply(List<(long Number, Uplink Uplink)> fresh, List<JoinedEvent> joins)
        {
            MessageReader reader = new(_fleet);
            List<long> undecodable = [];
            int unknown = 0;
            foreach ((long number, Uplink uplink) in fresh)
            {
                if (!Poles.ContainsKey(uplink.DevEui))
                {
                    unknown++;
                    continue;
                }

                UplinkState state = reader.Read(uplink);
                _fleet.Note(uplink, state);
                _silences.Heard(uplink.DevEui, uplink.ReceivedAtUtcMs);
                if (state == UplinkState.Undecodable)
                {
                    undecodable.Add(number);
                }
            }

            foreach (JoinedEvent joined in joins.Where(joined => Poles.ContainsKey(joined.DevEui)))
            {
                _fleet.Joined(joined);
                _silences.Heard(joined.DevEui, joined.AtUtcMs);
            }

            UplinkTable.SetState(_connection, undecodable, UplinkState.Undecodable);
            _fleet.Save(_connection);
            _alarms.Save(_connection);
            _silences.Save(_nowUtcMs);
            return new IntakeCounts(fresh.Count, 0, unknown, undecodable.Count);
        }
    }
}
