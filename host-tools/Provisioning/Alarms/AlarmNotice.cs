// What a recipient is told, in words and as JSON.
using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Provisioning.Controllers;
using Provisioning.Language;
using Provisioning.Poles;

namespace Provisioning.Alarms;

/// <summary>What is told.</summary>
/// <param name="Delivery">The delivery.</param>
/// <param name="Recipient">To whom.</param>
/// <param name="Text">For people, in their language: a line.</param>
/// <param name="More">More lines for people; none for a single alarm.</param>
/// <param name="Json">For programs, UTF-8.</param>
internal sealed record AlarmNotice(AlarmDelivery Delivery, Recipient Recipient, string Text, IReadOnlyList<string> More, byte[] Json);

/// <summary>Writes what is told.</summary>
/// <param name="connection">The database.</param>
/// <param name="workspace">Identifier of the workspace.</param>
/// <param name="nowUtcMs">The moment for which silence is counted, milliseconds since 1970 (UTC).</param>
internal sealed class AlarmNoticeWriter(DbConnection connection, string workspace, long nowUtcMs)
{
    // Of a circuit that is gone in part so many poles are named; the JSON has all.
    private const int MostNamed = 20;

    // How many poles of each circuit have a controller.
    private readonly Lazy<Dictionary<string, int>> _circuits = new(() => CountCircuits(connection));

    private readonly Lazy<bool> _isNobodyHeard = new(() => HeardController.All(connection).TrueForAll(heard => heard.SilentFromUtcMs <= nowUtcMs));

    /// <summary>All poles by identifier.</summary>
    public IReadOnlyDictionary<string, Pole> Poles { get; } = PoleTable.All(connection).ToDictionary(pole => pole.Id);

    /// <summary>When a phase of an alarm was, milliseconds since 1970 (UTC).</summary>
    public static long MomentOf(AlarmEpisode alarm, string phase) => phase == AlarmDelivery.Ended ? alarm.EndedUtcMs ?? alarm.ChangedUtcMs : alarm.BeganUtcMs;

    /// <summary>Writes a message.</summary>
    public AlarmNotice Write(AlarmDelivery delivery, Recipient recipient, IReadOnlyList<AlarmEpisode> alarms) =>
        alarms.Count == 1 ? OfOne(delivery, recipient, alarms[0]) : OfMany(delivery, recipient, alarms);

    private static Dictionary<string, int> CountCircuits(DbConnection connection)
    {
        Dictionary<string, string> controllers = ControllerTable.ByPole(connection);
        return PoleTable.All(connection).Where(pole => controllers.ContainsKey(pole.Id)).GroupBy(pole => pole.Circuit ?? "").ToDictionary(circuit => circuit.Key, circuit => circuit.Count());
    }

    private AlarmNotice OfOne(AlarmDelivery delivery, Recipient recipient, AlarmEpisode alarm)
    {
        TextCatalog texts = TextsOf(recipient);
        Pole? pole = PoleOf(alarm);
        long at = MomentOf(alarm, delivery.Phase);
        JsonObject json = new()
        {
            ["key"] = delivery.Key,
            ["workspace"] = workspace,
            ["phase"] = delivery.Phase,
            ["number"] = alarm.Number,
            ["alarm"] = AlarmKinds.Word(alarm.Kind),
            ["size"] = alarm.Size,
            ["pole"] = alarm.PoleId,
            ["devEui"] = alarm.DevEui,
            ["street"] = pole?.Street,
            ["latitude"] = pole?.Latitude,
            ["longitude"] = pole?.Longitude,
            ["criticality"] = pole is null ? null : PoleField.ToText(pole.Criticality),
            ["at"] = UtcText.Seconds(at),
        };
        string text = texts.Format("notice." + delivery.Phase, PlaceOf(alarm), pole?.Street ?? "", KindOf(texts, alarm), Moment(at, recipient));
        return new AlarmNotice(delivery, recipient, text, [], Bytes(json));
    }

    private AlarmNotice OfMany(AlarmDelivery delivery, Recipient recipient, IReadOnlyList<AlarmEpisode> alarms)
    {
        TextCatalog texts = TextsOf(recipient);
        long from = alarms.Min(alarm => MomentOf(alarm, delivery.Phase));
        long to = alarms.Max(alarm => MomentOf(alarm, delivery.Phase));
        List<(string Name, List<string> Places, int Whole)> circuits =
        [
            .. alarms.GroupBy(alarm => PoleOf(alarm)?.Circuit ?? "").OrderBy(circuit => circuit.Key, StringComparer.Ordinal)
                .Select(circuit => (circuit.Key, circuit.Select(PlaceOf).Distinct().Order(StringComparer.Ordinal).ToList(), _circuits.Value.GetValueOrDefault(circuit.Key))),
        ];
        int places = circuits.Sum(circuit => circuit.Places.Count);
        int whole = _circuits.Value.Values.Sum();
        bool isNobodyHeard = alarms[0].Kind == AlarmKinds.Silent && delivery.Phase == AlarmDelivery.Began && _isNobodyHeard.Value;
        JsonObject json = new()
        {
            ["key"] = delivery.Key,
            ["workspace"] = workspace,
            ["phase"] = delivery.Phase,
            ["alarm"] = AlarmKinds.Word(alarms[0].Kind),
            ["poles"] = places,
            ["ofPoles"] = whole,
            ["isNoPoleHeard"] = isNobodyHeard,
            ["from"] = UtcText.Seconds(from),
            ["to"] = UtcText.Seconds(to),
            ["circuits"] = new JsonArray([.. circuits.Select(circuit => (JsonNode)new JsonObject
            {
                ["circuit"] = circuit.Name.Length == 0 ? null : circuit.Name,
                ["poles"] = circuit.Places.Count,
                ["ofPoles"] = circuit.Whole,
            })]),
            ["alarms"] = new JsonArray([.. alarms.Select(alarm => (JsonNode)new JsonObject
            {
                ["number"] = alarm.Number,
                ["pole"] = alarm.PoleId,
                ["devEui"] = alarm.DevEui,
                ["size"] = alarm.Size,
                ["at"] = UtcText.Seconds(MomentOf(alarm, delivery.Phase)),
            })]),
        };
        string text = texts.Format($"notice.many.{delivery.Phase}", $"{places}", $"{whole}", KindOf(texts, alarms[0]), Moment(from, recipient), Moment(to, recipient));
        return new AlarmNotice(
            delivery, recipient, text, [.. isNobodyHeard ? [texts["notice.nobodyHeard"]] : (string[])[], .. circuits.Select(circuit => Circuit(texts, circuit))], Bytes(json));
    }

    private static string Circuit(TextCatalog texts, (string Name, List<string> Places, int Whole) circuit)
    {
        string name = circuit.Name.Length == 0 ? texts["notice.noCircuit"] : texts.Format("notice.circuit", circuit.Name);
        string named = circuit.Places.Count == circuit.Whole ? texts["notice.all"] : string.Join(", ", circuit.Places.Take(MostNamed)) + (circuit.Places.Count > MostNamed ? " ..." : "");
        return texts.Format("notice.ofCircuit", name, $"{circuit.Places.Count}", $"{circuit.Whole}", named);
    }

    private Pole? PoleOf(AlarmEpisode alarm) => alarm.PoleId is { } id ? Poles.GetValueOrDefault(id) : null;

    private static string PlaceOf(AlarmEpisode alarm) => alarm.PoleId ?? alarm.DevEui;

    private static string KindOf(TextCatalog texts, AlarmEpisode alarm) => texts["alarmKind." + AlarmKinds.Word(alarm.Kind)];

    private static TextCatalog TextsOf(Recipient recipient) =>
        TextCatalog.Load(typeof(AlarmNoticeWriter).Assembly, recipient.Language == "de" ? TextLanguage.German : TextLanguage.English);

    private static string Moment(long utcMs, Recipient recipient) =>
        DateTimeOffset.FromUnixTimeMilliseconds(utcMs).ToString(recipient.Language == "de" ? "dd.MM.yyyy HH:mm 'UTC'" : "yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static byte[] Bytes(JsonObject json) => Encoding.UTF8.GetBytes(json.ToJsonString(JsonSerializerOptions.Web));
}
