// Outages, faults, incidents and gateways of a scenario file.
using System.Globalization;
using SettingsFiles;

namespace Simulation.Scenarios;

/// <summary>Binds what happens in a run.</summary>
internal static class EventBinder
{
    public static IReadOnlyList<MainsOutage> BindOutages(SectionReader mains) =>
        [.. mains.List("outages").Select(outage => new MainsOutage { AtMs = Moment(outage), DurationMs = outage.DurationMs("duration", 1000), Poles = Poles(outage) })];

    public static IReadOnlyList<PartFault> BindFaults(SectionReader top) => [.. top.List("faults").Select(BindFault)];

    private static PartFault BindFault(SectionReader fault)
    {
        PartFault bound = new()
        {
            AtMs = Moment(fault),
            DurationMs = fault.Has("duration") ? fault.DurationMs("duration", 1000) : null,
            Kind = fault.Has("part") ? FaultKind.PartTrouble : fault.Word("kind", FaultKind.LampFailure),
            Part = fault.Word("part", PartName.Radar),
            Trouble = fault.Word("trouble", PartTrouble.Silent),
            Size = fault.Number("size", 0),
            Poles = Poles(fault),
        };
        IReadOnlyCollection<PartTrouble> troubles = PartTroubles.Of(bound.Part);
        bool isNamed = bound.Kind == FaultKind.PartTrouble && Enum.TryParse(fault.Text("part"), true, out PartName _) && Enum.TryParse(fault.Text("trouble"), true, out PartTrouble _);
        if (isNamed && !troubles.Contains(bound.Trouble))
        {
            fault.Complain("trouble", $"a {fault.Text("part")} cannot be {fault.Text("trouble")}", "It can be " + string.Join(", ", troubles.Select(static trouble => JsonWord(trouble.ToString()))) + ".");
        }

        return bound;
    }

    private static string JsonWord(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    public static IReadOnlyList<Incident> BindIncidents(SectionReader top)
    {
        List<Incident> incidents = [];
        foreach (SectionReader entry in top.List("incidents"))
        {
            IncidentKind kind = entry.Word("kind", IncidentKind.Knock);
            bool isKnown = entry.Text("kind") is { } text && Enum.TryParse(text, true, out IncidentKind _);
            if (isKnown && kind != IncidentKind.DoorOpen && entry.Number("size", 0) <= 0)
            {
                entry.ComplainHere("the size is missing", "Write size: of a knock in thousandths of standard gravity, of leaning in degrees, of a sag in volts, of heat in kelvin.");
            }

            if (kind == IncidentKind.Knock && entry.Has("duration"))
            {
                entry.Complain("duration", "a knock has no duration", "Leave it out.");
            }

            incidents.Add(new Incident
            {
                AtMs = Moment(entry),
                DurationMs = entry.Has("duration") ? entry.DurationMs("duration", 1000) : null,
                Kind = kind,
                Size = entry.Number("size", 0),
                Poles = Poles(entry),
            });
        }

        return incidents;
    }

    public static IReadOnlyList<GatewayModel> BindGateways(SectionReader top)
    {
        List<GatewayModel> gateways = [];
        GatewayModel fallback = new() { Id = "", Latitude = 0, Longitude = 0 };
        HashSet<string> ids = new(StringComparer.Ordinal);
        foreach (SectionReader gateway in top.List("gateways"))
        {
            string id = gateway.Text("id") ?? "";
            if (id.Length > 0 && !ids.Add(id))
            {
                gateway.Complain("id", "another gateway has this id", "Give every gateway an id of its own.");
            }

            double latitude = gateway.Number("latitude", 0);
            double longitude = gateway.Number("longitude", 0);
            if (gateway.Has("latitude") && gateway.Has("longitude") && latitude == 0 && longitude == 0)
            {
                gateway.ComplainHere("latitude 0, longitude 0 is in the sea", "Write the place of the gateway.");
            }

            gateways.Add(new GatewayModel
            {
                Id = id,
                Latitude = latitude,
                Longitude = longitude,
                ClockDriftPartsPerMillion = gateway.WholeNumber("clockDriftPartsPerMillion", fallback.ClockDriftPartsPerMillion),
                HasGpsTime = gateway.Boolean("hasGpsTime", fallback.HasGpsTime),
                BackhaulDelayMs = gateway.DurationIntMs("backhaulDelay", fallback.BackhaulDelayMs),
                Outages = [.. gateway.List("outages").Select(outage => new GatewayModelOutage { AtMs = Moment(outage), DurationMs = outage.DurationMs("duration", 1000) })],
            });
        }

        return gateways;
    }

    internal static long Moment(SectionReader section)
    {
        BinderContext context = section.Context;
        string text = section.Text("at") ?? "";
        long atMs;
        if (text.StartsWith('+') && Units.TryDuration(text[1..], out long milliseconds))
        {
            atMs = milliseconds;
        }
        else if (Units.TryClockTime(text, out int minuteOfDay))
        {
            DateTime first = context.StartLocal.Date.AddMinutes(minuteOfDay);
            first = first < context.StartLocal ? first.AddDays(1) : first;
            atMs = context.TimeZone.ToUtcMs(first) - context.StartUtcMs;
        }
        else if (Units.TryDateTime(text, out DateTime local))
        {
            atMs = context.TimeZone.ToUtcMs(local) - context.StartUtcMs;
        }
        else
        {
            if (text.Length is 16 or 19 && ScenarioSchema.Root.Property("start")!.Pattern!.IsMatch(text))
            {
                section.Complain("at", "there is no such day or time", "Write a date that exists, such as 2026-06-21T02:10.");
            }

            return 0;
        }

        if (atMs < 0 || atMs >= context.DurationMs)
        {
            DateTime end = context.TimeZone.ToLocal(context.StartUtcMs + context.DurationMs);
            string span = string.Create(CultureInfo.InvariantCulture, $"{context.StartLocal:yyyy-MM-dd'T'HH:mm} to {end:yyyy-MM-dd'T'HH:mm}");
            section.Complain("at", "the moment is not within the run", $"The run goes from {span} (start and duration).");
        }

        return Math.Max(0, atMs);
    }

    internal static PoleSelector Poles(SectionReader section)
    {
        SectionReader poles = section.Section("poles");
        YamlValue? node = section.Node("poles");
        return new PoleSelector
        {
            Group = poles.Text("group"),
            Street = poles.Text("street"),
            Ids = poles.Node("ids") is { Type: NodeType.List } ids ? [.. ids.Items.Select(id => id.Text)] : null,
            Count = poles.Has("count") ? poles.WholeNumber("count", 1) : null,
            Place = node is null ? null : new ScenarioPlace(section.Context.File, node.Line, node.Column, section.KeyPath("poles")),
        };
    }
}
