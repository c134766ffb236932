// The report of a time: energy and hours by group, saving against a stated reference with the electronics' own consumption counted, availability, alarms. Poles
// and hours that were not heard are told as that and never counted as zero.
using System.Data.Common;
using System.Globalization;
using PoleController;
using Provisioning.Alarms;
using Provisioning.Poles;
using Provisioning.Storage;
using Provisioning.Workspaces;

namespace Provisioning.Reports;

/// <summary>What a report is asked for.</summary>
public sealed record ReportRequest
{
    /// <summary>Beginning, milliseconds since 1970 (UTC).</summary>
    public required long FromUtcMs { get; init; }

    /// <summary>End, itself not meant.</summary>
    public required long ToUtcMs { get; init; }

    /// <summary>Which poles.</summary>
    public PoleFilter Filter { get; init; } = new();

    /// <summary>By which field of the pole it is divided: group, district, street or circuit.</summary>
    public string By { get; init; } = "group";

    /// <summary>What each luminaire of the reference draws all night, in watts; null for the pole's own luminaire, undimmed.</summary>
    public double? ReferenceWatts { get; init; }
}

/// <summary>A line of the report: a group, or the whole.</summary>
public sealed record ReportLine
{
    /// <summary>The group; empty for poles that have none, and for the whole.</summary>
    public required string Name { get; init; }

    /// <summary>Poles in service.</summary>
    public int Poles { get; set; }

    /// <summary>Of them those of which there is any energy.</summary>
    public int ReportingPoles { get; set; }

    /// <summary>Energy of the luminaires in the time that is covered, in watt hours.</summary>
    public double LuminaireWattHours { get; set; }

    /// <summary>Energy of the luminaires in gaps, of which nobody knows when in the gap it was used.</summary>
    public double GapWattHours { get; set; }

    /// <summary>Energy of the controllers in the same time.</summary>
    public double ControllerWattHours { get; set; }

    /// <summary>Of the reporting poles those whose controller's energy is assumed, because it was not told.</summary>
    public int AssumedControllers { get; set; }

    /// <summary>Energy of the reference in the nights of the time that is covered; poles without known watts are not in it.</summary>
    public double ReferenceWattHours { get; set; }

    /// <summary>Energy, controllers included, of the poles that are in the reference.</summary>
    public double ComparedWattHours { get; set; }

    /// <summary>Hours the lamps were lit, as they counted.</summary>
    public double LampHours { get; set; }

    /// <summary>Milliseconds of pole time that are covered.</summary>
    public double CoveredMs { get; set; }

    /// <summary>Milliseconds of pole time in the whole time.</summary>
    public double WholeMs { get; set; }

    /// <summary>Milliseconds of pole time in which an alarm said that there was no light.</summary>
    public double DarkMs { get; set; }

    /// <summary>Alarms that began in the time.</summary>
    public int Alarms { get; set; }

    /// <summary>Saving against the reference in percent; null when there is none.</summary>
    public double? SavingPercent => ReferenceWattHours > 0 ? 100 * (1 - (ComparedWattHours / ReferenceWattHours)) : null;

    /// <summary>Share of the time that is covered, in percent.</summary>
    public double CoveredPercent => WholeMs > 0 ? 100 * CoveredMs / WholeMs : 0;

    /// <summary>Share of the time without an alarm that says that there was no light, in percent.</summary>
    public double LightAvailabilityPercent => WholeMs > 0 ? 100 * (1 - (DarkMs / WholeMs)) : 0;

    internal void Add(ReportLine other)
    {
        Poles += other.Poles;
        ReportingPoles += other.ReportingPoles;
        LuminaireWattHours += other.LuminaireWattHours;
        GapWattHours += other.GapWattHours;
        ControllerWattHours += other.ControllerWattHours;
        AssumedControllers += other.AssumedControllers;
        ReferenceWattHours += other.ReferenceWattHours;
        ComparedWattHours += other.ComparedWattHours;
        LampHours += other.LampHours;
        CoveredMs += other.CoveredMs;
        WholeMs += other.WholeMs;
        DarkMs += other.DarkMs;
        Alarms += other.Alarms;
    }
}

/// <summary>A step of the report's plot.</summary>
/// <param name="FromUtcMs">Beginning of the step.</param>
/// <param name="MeanWatts">Mean power of the poles that are covered; null where too few are.</param>
/// <param name="CoveredPercent">Share of the poles' time that is covered.</param>
public sealed record ReportStep(long FromUtcMs, double? MeanWatts, double CoveredPercent);

/// <summary>A report.</summary>
public sealed record FleetReport
{
    /// <summary>What was asked for.</summary>
    public required ReportRequest Request { get; init; }

    /// <summary>The whole.</summary>
    public required ReportLine Whole { get; init; }

    /// <summary>The groups by name.</summary>
    public required IReadOnlyList<ReportLine> Groups { get; init; }

    /// <summary>The plot.</summary>
    public required IReadOnlyList<ReportStep> Steps { get; init; }

    /// <summary>Length of a step in milliseconds.</summary>
    public required long StepMs { get; init; }

    /// <summary>How often each kind of alarm began, most first.</summary>
    public required IReadOnlyList<(string Kind, int Count)> AlarmKinds { get; init; }

    /// <summary>Makes a report.</summary>
    public static FleetReport Make(Workspace workspace, ReportRequest request)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(request);
        return workspace.Read(connection => new ReportBuilder(connection, request).Build());
    }
}

/// <summary>Makes a report of the rows.</summary>
internal sealed class ReportBuilder(DbConnection connection, ReportRequest request)
{
    private const long HourMs = 3_600_000;
    private const int MostSteps = 400;
    private const double EnoughPercent = 50;

    private readonly NightHours _nights = new();
    private readonly long _stepMs = Math.Max(1, (long)Math.Ceiling((request.ToUtcMs - request.FromUtcMs) / (double)HourMs / MostSteps)) * HourMs;

    public FleetReport Build()
    {
        List<Pole> poles = [.. PoleTable.All(connection).Where(request.Filter.Matches)];
        ILookup<string, CounterHour> hours = Hours().Where(hour => hour.PoleId is not null).ToLookup(hour => hour.PoleId!);
        ILookup<string, AlarmEpisode> alarms = AlarmRows.Within(connection, request.FromUtcMs, request.ToUtcMs).Where(alarm => alarm.PoleId is not null).ToLookup(alarm => alarm.PoleId!);
        (double WattHours, double CoveredMs)[] steps = new (double, double)[(int)((request.ToUtcMs - request.FromUtcMs + _stepMs - 1) / _stepMs)];
        Dictionary<string, ReportLine> groups = [];
        foreach (Pole pole in poles)
        {
            ReportLine line = Line(pole, hours[pole.Id], [.. alarms[pole.Id]], steps);
            if (!groups.TryGetValue(line.Name, out ReportLine? group))
            {
                groups[line.Name] = group = new ReportLine { Name = line.Name };
            }

            group.Add(line);
        }

        ReportLine whole = new() { Name = "" };
        foreach (ReportLine group in groups.Values)
        {
            whole.Add(group);
        }

        HashSet<string> chosen = [.. poles.Select(pole => pole.Id)];
        return new FleetReport
        {
            Request = request,
            Whole = whole,
            Groups = [.. groups.Values.OrderBy(group => group.Name, StringComparer.Ordinal)],
            Steps = [.. steps.Select((step, index) => Step(index, step, poles.Count))],
            StepMs = _stepMs,
            AlarmKinds = [.. alarms.Where(group => chosen.Contains(group.Key)).SelectMany(group => group).Where(Began).GroupBy(alarm => Provisioning.Alarms.AlarmKinds.Word(alarm.Kind))
                .Select(group => (group.Key, group.Count())).OrderByDescending(pair => pair.Item2).ThenBy(pair => pair.Key, StringComparer.Ordinal)],
        };
    }

    private bool Began(AlarmEpisode alarm) => alarm.BeganUtcMs >= request.FromUtcMs && alarm.BeganUtcMs < request.ToUtcMs;

    private ReportStep Step(int index, (double WattHours, double CoveredMs) step, int poles)
    {
        long from = request.FromUtcMs + (index * _stepMs);
        double covered = poles == 0 ? 0 : 100 * step.CoveredMs / (poles * (double)(Math.Min(request.ToUtcMs, from + _stepMs) - from));
        return new ReportStep(from, covered >= EnoughPercent ? step.WattHours / (step.CoveredMs / HourMs) : null, Math.Min(100, covered));
    }

    private ReportLine Line(Pole pole, IEnumerable<CounterHour> hours, IReadOnlyList<AlarmEpisode> alarms, (double WattHours, double CoveredMs)[] steps)
    {
        ReportLine line = new() { Name = GroupOf(pole), Poles = 1, WholeMs = request.ToUtcMs - request.FromUtcMs, Alarms = alarms.Count(Began) };
        line.DarkMs = alarms.Where(alarm => Provisioning.Alarms.AlarmKinds.MeansDark(alarm.Kind)).Select(InTime).DefaultIfEmpty().Max();

        // A controller that was replaced has an account of its own.
        foreach (IGrouping<string, CounterHour> controller in hours.GroupBy(hour => hour.DevEui))
        {
            Count(line, pole, EnergyAccount.Of([.. controller.OrderBy(hour => hour.HourUtc)], request.FromUtcMs), steps);
        }

        line.ReportingPoles = line.CoveredMs > 0 ? 1 : 0;
        return line;
    }

    private double InTime(AlarmEpisode alarm) => Math.Max(0, Math.Min(alarm.EndedUtcMs ?? long.MaxValue, request.ToUtcMs) - Math.Max(alarm.BeganUtcMs, request.FromUtcMs));

    private void Count(ReportLine line, Pole pole, EnergyAccount account, (double WattHours, double CoveredMs)[] steps)
    {
        double coveredMs = account.CoveredMs;
        if (coveredMs <= 0)
        {
            return;
        }

        // What the controller told of itself may be of another length of time: its power holds for what is covered.
        double controller = account.Controller is { Ms: > 0 } told
            ? told.WattHours * coveredMs / told.Ms
            : PoleHardware.DefaultControllerMilliwatts / 1000.0 * coveredMs / HourMs;
        line.LuminaireWattHours += account.WattHours;
        line.GapWattHours += account.GapWattHours;
        line.ControllerWattHours += controller;
        line.AssumedControllers = account.Controller is { Ms: > 0 } ? line.AssumedControllers : 1;
        line.LampHours += account.LampHours ?? 0;
        line.CoveredMs += coveredMs;
        if ((request.ReferenceWatts ?? pole.FullPowerWatts) is { } watts)
        {
            line.ReferenceWattHours += account.Pieces.Sum(piece => _nights.NightMs(pole.Latitude, pole.Longitude, piece.FromUtcMs, piece.ToUtcMs)) / (double)HourMs * watts;
            line.ComparedWattHours += account.WattHours + controller;
        }

        Spread(account, steps);
    }

    private void Spread(EnergyAccount account, (double WattHours, double CoveredMs)[] steps)
    {
        foreach (CoveredPiece piece in account.Pieces)
        {
            long at = piece.FromUtcMs;
            while (at < Math.Min(piece.ToUtcMs, request.ToUtcMs))
            {
                int index = (int)((at - request.FromUtcMs) / _stepMs);
                long end = Math.Min(piece.ToUtcMs, request.FromUtcMs + ((index + 1) * _stepMs));
                double share = (end - at) / (double)(piece.ToUtcMs - piece.FromUtcMs);
                steps[index] = (steps[index].WattHours + (piece.WattHours * share), steps[index].CoveredMs + end - at);
                at = end;
            }
        }
    }

    private string GroupOf(Pole pole) => (request.By switch
    {
        "district" => pole.District,
        "street" => pole.Street,
        "circuit" => pole.Circuit,
        _ => pole.Group,
    }) ?? "";

    // Days that are kept by the day only count as one long hour.
    private List<CounterHour> Hours()
    {
        int fromHour = (int)(request.FromUtcMs / HourMs) - 2;
        int toHour = (int)((request.ToUtcMs + HourMs - 1) / HourMs);
        const string Columns = "dev_eui, pole_id, first_at_utc_ms, first_energy_watt_hours, last_at_utc_ms, last_energy_watt_hours, lamp_on_hours, controller_watt_hours";
        return
        [
            .. connection.Query($"SELECT day_utc * 24, {Columns} FROM pole_day WHERE day_utc >= @from AND day_utc < @to", Read, ("@from", fromHour / 24), ("@to", toHour / 24)),
            .. connection.Query($"SELECT hour_utc, {Columns} FROM pole_hour WHERE hour_utc >= @from AND hour_utc < @to", Read, ("@from", fromHour), ("@to", toHour)),
        ];
    }

    private static CounterHour Read(DbDataReader reader) => new(
        Convert.ToInt32(reader.GetValue(0), CultureInfo.InvariantCulture), reader.GetString(1), reader.GetText(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5), reader.GetInt64(6),
        reader.IsDBNull(7) ? null : reader.GetInt64(7), reader.IsDBNull(8) ? null : reader.GetInt64(8));
}
