// Poles with controllers in a workspace of either kind, and the documents in which network servers hand over what such controllers send.
using System.Globalization;
using System.Text;
using PoleController.Alarms;
using PoleController.Messages;
using PoleController.Messages.Entries;
using Provisioning.Controllers;
using Provisioning.Keys;
using Provisioning.Members;
using Provisioning.Poles;
using Provisioning.Storage;
using Provisioning.Uplinks;
using Provisioning.Workspaces;

namespace Provisioning.Tests.Fleet;

/// <summary>Documents and payloads.</summary>
internal static class FleetBench
{
    /// <summary>A moment on a winter's night.</summary>
    public static readonly DateTimeOffset Night = new(2026, 1, 15, 22, 0, 0, TimeSpan.Zero);

    public static long NightMs => Night.ToUnixTimeMilliseconds();

    public static string DevEui(int number) => "70b3d5" + number.ToString("x10", CultureInfo.InvariantCulture);

    /// <summary>Makes poles P-1 ... with a controller in each, 70b3d50000000001 ...</summary>
    public static void Fill(Workspace workspace, TemporaryFolder folder, int count)
    {
        StringBuilder list = new("id,lat,lon,street,district,watts,group\n");
        for (int number = 1; number <= count; number++)
        {
            list.Append(CultureInfo.InvariantCulture, $"P-{number},{49 + (number * 0.0003):0.0000},8.4,Weg {number % 2},Ost,40,{(number % 2 == 0 ? "even" : "odd")}\n");
        }

        StoreTests.Import(workspace, folder.Write($"fleet-{Guid.NewGuid():N}.csv", list.ToString()));
        UnlockSecret secret = new("correct horse battery staple", null);
        workspace.Write(Permission.Administer, false, writer =>
        {
            KeyVault.AddWay(writer, "way", secret, null, 1_000);
            return true;
        });
        using KeyVault vault = KeyVault.Open(workspace, secret);
        IdentityRequest request = new() { JoinEui = "70b3d57ed0000001", Board = "b", Region = "eu868", EuiPrefix = "70b3d5", Poles = new PoleFilter() };
        workspace.Write(Permission.Plan, false, writer => IdentityFactory.Make(writer, vault, request));
    }

    public static byte[] Status(long energyWattHours, bool isLampFailure = false, int levelPermille = 500, int settingsHash = 0xBEEF, int intervalSeconds = 600)
    {
        byte[] bytes = new byte[StatusMessage.Length];
        new StatusMessage
        {
            LevelPermille = levelPermille,
            TargetLevelPermille = levelPermille,
            Cause = PoleController.Lighting.LevelCause.Program,
            EnergyWattHours = energyWattHours,
            IsLampFailure = isLampFailure,
            HasPosition = true,
            ClockAccuracy = ClockAccuracy.Within1Second,
            PowerMilliwatts = 20_000,
            LampOnHours = 100,
            OccupancyIntervalSeconds = intervalSeconds,
            SettingsHash = settingsHash,
        }.Encode(bytes);
        return bytes;
    }

    public static byte[] Alarm(AlarmKind kind, bool isRaised, int ageSeconds = 2, int size = 0)
    {
        byte[] bytes = new byte[AlarmMessage.Length];
        new AlarmMessage { Kind = kind, IsRaised = isRaised, ChangeCount = 1, AgeSeconds = ageSeconds, PowerMilliwatts = -1, Value = size }.Encode(bytes);
        return bytes;
    }

    /// <summary>A measurement message with one entry.</summary>
    public static byte[] Measurement(MeasurementEntry entry, long atUtcMs)
    {
        byte[] bytes = new byte[Uplink.LongestPayload];
        byte[] values = new byte[entry.Length];
        entry.Encode(values, 0);
        int length = new MeasurementMessage { ClockAccuracy = ClockAccuracy.Within1Second, Seconds = atUtcMs / 1000 }.EncodeHeader(bytes);
        length = MeasurementMessage.AppendEntry(bytes, length, (int)entry.Kind, values, 0, values.Length);
        return bytes[..length];
    }

    /// <summary>A journal message with one alarm.</summary>
    public static byte[] JournalAlarm(AlarmKind kind, bool isRaised, long atUtcMs, int size = 0)
    {
        byte[] values = new byte[PoleController.Messages.JournalAlarm.Length];
        new JournalAlarm { Kind = kind, IsRaised = isRaised, ChangeCount = 1, PowerMilliwatts = -1, Value = size }.Encode(values, 0);
        return Journal(JournalEntryKind.ValuedAlarm, PoleController.Journal.JournalClass.Event, values, atUtcMs);
    }

    /// <summary>A journal message with one interval.</summary>
    public static byte[] JournalInterval(long energyWattHours, long atUtcMs)
    {
        byte[] values = new byte[PoleController.Messages.JournalInterval.Length];
        new JournalInterval { EnergyWattHours = energyWattHours, OccupancyIntervalSeconds = 600 }.Encode(values, 0);
        return Journal(JournalEntryKind.Interval, PoleController.Journal.JournalClass.Measurement, values, atUtcMs);
    }

    /// <summary>An uplink event as ChirpStack's HTTP integration sends it (chirpstack.io, "Event types"), with fields that are of no use here.</summary>
    public static string ChirpStack(string devEui, long atUtcMs, long counter, int port, byte[] payload, string devAddr = "00189440") => $$$$"""
        {"deduplicationId":"3ac7e3c4-4401-4b8d-9386-a5c902f9202d","time":"{{{{Iso(atUtcMs)}}}}","deviceInfo":{"tenantId":"52f14cd4-c6f1-4fbd-8f87-4025e1d49242","tenantName":"City","applicationId":"17c82e96-be03-4f38-aef3-f83d48582d97","applicationName":"Poles","deviceProfileId":"14855bf7-d10d-4aee-b618-ebfcb64dc7ad","deviceProfileName":"Pole","deviceName":"a pole","devEui":"{{{{devEui}}}}","tags":{"key":"value"}},"devAddr":"{{{{devAddr}}}}","adr":true,"dr":1,"fCnt":{{{{counter}}}},"fPort":{{{{port}}}},"confirmed":false,"data":"{{{{Convert.ToBase64String(payload)}}}}","rxInfo":[{"gatewayId":"0016c001f153a14c","uplinkId":4217106255,"rssi":-108,"snr":-2.5,"context":"E3OWOQ=="},{"gatewayId":"0016c001f153a14d","uplinkId":4217106256,"rssi":-97,"snr":7.2}],"txInfo":{"frequency":868100000,"modulation":{"lora":{"bandwidth":125000,"spreadingFactor":11,"codeRate":"CR_4_5"} } } }
        """;

    public static string ChirpStackJoin(string devEui, long atUtcMs) => $$$$"""
        {"deduplicationId":"c9dbe358-2578-4fb7-b295-66b44edc45a6","time":"{{{{Iso(atUtcMs)}}}}","deviceInfo":{"tenantId":"52f14cd4-c6f1-4fbd-8f87-4025e1d49242","applicationId":"17c82e96-be03-4f38-aef3-f83d48582d97","devEui":"{{{{devEui}}}}"},"devAddr":"00189440"}
        """;

    /// <summary>An uplink message as The Things Stack's webhooks send it (thethingsindustries.com/docs, "Data formats"): zeros are left out.</summary>
    public static string ThingsStack(string devEui, long atUtcMs, long counter, int port, byte[] payload) => $$$$"""
        {"end_device_ids":{"device_id":"pole","application_ids":{"application_id":"poles"},"dev_eui":"{{{{devEui.ToUpperInvariant()}}}}","join_eui":"70B3D57ED0000001","dev_addr":"00BCB929"},"correlation_ids":["as:up:01"],"received_at":"{{{{Iso(atUtcMs + 300)}}}}","uplink_message":{"session_key_id":"AXA50tHUl6ucVhUSdtlzVw==","f_port":{{{{port}}}},{{{{(counter == 0 ? "" : $"\"f_cnt\":{counter},")}}}}"frm_payload":"{{{{Convert.ToBase64String(payload)}}}}","rx_metadata":[{"gateway_ids":{"gateway_id":"gtw1","eui":"9C5C8E00001A05C4"},"time":"2020-02-12T15:15:45.787Z","timestamp":2463457000,"rssi":-35,"channel_rssi":-35,"snr":5.2}],"settings":{"data_rate":{"lora":{"bandwidth":125000,"spreading_factor":7}},"frequency":"868300000"},"received_at":"{{{{Iso(atUtcMs).Replace("Z", "123456Z", StringComparison.Ordinal)}}}}","consumed_airtime":"1.48s"}}
        """;

    public static IReadOnlyList<NetworkEvent> Events(params IEnumerable<string> documents) => [.. documents.Select(document => NetworkEventReader.Read(Encoding.UTF8.GetBytes(document)))];

    public static IntakeCounts Take(Workspace workspace, params IReadOnlyList<string> documents) =>
        workspace.Write(Permission.Intake, false, writer => UplinkStore.Take(writer, Events(documents)));

    private static string Iso(long utcMs) => DateTimeOffset.FromUnixTimeMilliseconds(utcMs).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static byte[] Journal(JournalEntryKind kind, PoleController.Journal.JournalClass entryClass, byte[] values, long atUtcMs)
    {
        byte[] bytes = new byte[Uplink.LongestPayload];
        int length = new JournalMessage { EntryClass = entryClass, ClockAccuracy = ClockAccuracy.Within1Second, FirstSeconds = atUtcMs / 1000 }.EncodeHeader(bytes);
        length = JournalMessage.AppendEntry(bytes, length, (int)kind, 0, values, values.Length);
        return bytes[..length];
    }
}

/// <summary>Tests of the fleet that run on either kind of store.</summary>
public abstract class AnyStore : IDisposable
{
    internal TemporaryFolder Folder { get; } = new();

    protected static Author Anna { get; } = new("anna", "anna@test");

    protected abstract WorkspaceAddress NewPlace();

    /// <summary>A workspace with poles that have controllers.</summary>
    protected Workspace NewFleet(int count)
    {
        WorkspaceAddress address = NewPlace();
        WorkspaceSetup.Create(address, Anna, false);
        Workspace workspace = Workspace.Open(address, Anna);
        FleetBench.Fill(workspace, Folder, count);
        return workspace;
    }

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }
}
