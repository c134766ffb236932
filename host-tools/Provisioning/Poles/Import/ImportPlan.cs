// Judges the rows of a file against the workspace: which poles are new, changed, as they were, and which rows are refused and why.
using System.Globalization;
using Provisioning.Problems;

namespace Provisioning.Poles.Import;

/// <summary>What becomes of each row, before anything is written.</summary>
internal sealed class ImportPlan
{
    private readonly Dictionary<string, Pole> _present;
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);
    private readonly PoleImportRequest _request;
    private readonly ColumnMapping _mapping;
    private readonly Func<string, int, Problem> _changedSince;

    public ImportPlan(List<Pole> present, PoleImportRequest request, ColumnMapping mapping, Func<string, int, Problem> changedSince)
    {
        _present = present.ToDictionary(pole => pole.Id, StringComparer.Ordinal);
        _request = request;
        _mapping = mapping;
        _changedSince = changedSince;
    }

    public List<Pole> New { get; } = [];

    public List<(Pole Before, Pole After)> Changed { get; } = [];

    public List<Problem> Refused { get; } = [];

    public int UnchangedCount { get; private set; }

    public void Add(FileRow row)
    {
        Problem? problem = row.Problem ?? Judge(row);
        if (problem is not null)
        {
            Refused.Add(problem with { File = _request.Path, Line = row.Line });
        }
    }

    private Problem? Judge(FileRow row)
    {
        (Pole? read, Problem? problem) = ReadPosition(row);
        if (read is null)
        {
            return problem;
        }

        string id = _mapping.Id >= 0 ? row.Values[_mapping.Id].Trim() : _request.MadeIdPrefix + Geohash.Of(read.Latitude, read.Longitude);
        if (PoleField.CheckId(id) is { } wrongId)
        {
            return wrongId;
        }

        if (!_lines.TryAdd(id, row.Line))
        {
            string key = _mapping.Id >= 0 ? "problem.pole.twice" : "problem.pole.samePlace";
            return new Problem(key, _lines[id].ToString(CultureInfo.InvariantCulture)) { Field = "id", Value = id };
        }

        Pole? before = _present.GetValueOrDefault(id);
        (Pole? after, problem) = ReadFields(row, before ?? read with { Id = id });
        return problem ?? (before is null ? AddNew(after!) : Compare(row, before, after!));
    }

    private Problem? AddNew(Pole pole)
    {
        if (!HasPosition)
        {
            return new Problem("problem.pole.positionMissing") { Field = "latitude" };
        }

        New.Add(pole);
        return null;
    }

    private Problem? Compare(FileRow row, Pole before, Pole after)
    {
        if (before == after)
        {
            UnchangedCount++;
            return null;
        }

        if (before.State == PoleState.Retired)
        {
            return new Problem("problem.pole.retired") { Field = "id", Value = before.Id };
        }

        string version = _mapping.Version >= 0 ? row.Values[_mapping.Version].Trim() : "";
        if (version.Length > 0 && (!int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out int seen) || seen != before.Version))
        {
            return int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out seen)
                ? _changedSince(before.Id, seen) with { Value = version }
                : new Problem("problem.number") { Field = ColumnMapping.VersionName, Value = version };
        }

        if (!_request.IsUpdate)
        {
            PoleField field = PoleField.All.First(candidate => candidate.Get(before) != candidate.Get(after));
            return new Problem("problem.pole.differs", before.Id, field.Get(before)) { Field = field.Name, Value = field.Get(after) };
        }

        Changed.Add((before, after));
        return null;
    }

    // The position comes first: it may be what the identifier is made of.
    private (Pole?, Problem?) ReadPosition(FileRow row)
    {
        (Pole?, Problem?) read = ReadFields(row, new Pole { Id = "", Latitude = 0, Longitude = 0 });
        return read.Item1 is { Latitude: 0, Longitude: 0 } && HasPosition
            ? (null, new Problem("problem.pole.nullIsland") { Field = "latitude", Value = "0" })
            : read;
    }

    private bool HasPosition => _mapping.Fields.Any(mapped => mapped.Field.Name == "latitude");

    private (Pole?, Problem?) ReadFields(FileRow row, Pole pole)
    {
        foreach ((PoleField field, int column) in _mapping.Fields)
        {
            (Pole? changed, Problem? problem) = field.Set(pole, row.Values[column]);
            if (changed is null)
            {
                return (null, problem);
            }

            pole = changed;
        }

        return (pole, null);
    }
}
