// Measurements on their way: live at their interval, by the journal when the network is away, and not at all when they are switched off. And alarms: the most
// urgent first, with their size.
using System.Text.Json.Nodes;
using PoleController.Alarms;
using PoleController.Messages;
using PoleController.Settings;
using PoleController.Tests.Parts;
using Xunit;

namespace MessageGenerator.Tests.Controller;

public sealed class MeasurementTests
{
    private const long MinuteMs = 60_000;
    private const long HourMs = 3_600_000;

    [Fact]
    public void Given_a_meter_Then_the_luminaire_is_told_every_hour_at_the_poles_own_moment()
    {
        PoleBench bench = Joined();
        bench.Run(6 * HourMs);
        List<Heard> messages = Measurements(bench);
        Assert.InRange(messages.Count, 6, 7);
        Assert.All(messages, message => Assert.False(message.IsConfirmed));
        Assert.All(messages.Zip(messages.Skip(1)), pair => Assert.InRange(pair.Second.Get<long>("seconds") - pair.First.Get<long>("seconds"), 3599, 3601));
        Assert.All(messages, message => Assert.InRange(message.SentMs - HappenedMs(message.Get<long>("seconds")), -1000, 5 * MinuteMs));
        JsonObject entry = Entry(messages[^1], "luminaire");
        Assert.Equal("ok", entry["quality"]!.GetValue<string>());
        Assert.InRange(entry["energyWattHours"]!.GetValue<long>(), 0, bench.Pole.Luminaire.EnergyWattHours);
        Assert.Equal((int)Math.Round(bench.Pole.Luminaire.PowerMilliwatts / 100.0) * 100, entry["powerMilliwatts"]!.GetValue<long>());
        int moments = Enumerable.Range(1, 8).Select(seed => Measurements(Joined(seed).Run(HourMs + MinuteMs))[0].SentMs / MinuteMs % 60).Distinct().Count();
        Assert.InRange(moments, 5, 8);
    }

    [Fact]
    public void Given_a_kind_is_switched_off_over_the_air_Then_it_is_not_sent_not_stored_and_comes_back_when_it_is_switched_on()
    {
        PoleBench bench = Joined();
        bench.Run(HourMs);
        Assert.NotEmpty(Measurements(bench));
        SetLuminaireInterval(bench, 0);
        int sent = Measurements(bench).Count;
        bench.Run(3 * HourMs);
        bench.Operator.IsDown = true;
        bench.Run(6 * HourMs);
        bench.Operator.IsDown = false;
        bench.Run(2 * HourMs);
        Assert.Equal(sent, Measurements(bench).Count);
        Assert.Empty(Late(bench, "luminaire"));
        SetLuminaireInterval(bench, 600);
        bench.Run(HourMs);
        Assert.InRange(Measurements(bench).Count - sent, 4, 7);
    }

    [Fact]
    public void Given_traffic_is_switched_off_Then_neither_status_nor_journal_count_arrivals_and_the_light_reacts_as_before()
    {
        PoleBench bench = Joined();
        SetIntervals(bench, kind => kind == MeasurementKind.Traffic ? 0 : 3600);
        int before = bench.Statuses.Count;
        for (int i = 0; i < 5; i++)
        {
            bench.Pass();
            Assert.True(bench.Pole.Occupancy.IsOccupied);
            bench.Run(10 * MinuteMs);
        }

        bench.Operator.IsDown = true;
        bench.Run(3 * HourMs);
        bench.Pass();
        bench.Run(HourMs);
        bench.Operator.IsDown = false;
        bench.Run(2 * HourMs);
        Assert.All(bench.Statuses.Skip(before + 1), status => Assert.Equal(0, status.Get<long>("occupancyCount")));
        List<JsonObject> late = Late(bench, "interval");
        Assert.NotEmpty(late);
        Assert.All(late, interval => Assert.Equal(0, interval["occupancyCount"]!.GetValue<long>()));
    }

    [Fact]
    public void Given_the_network_is_away_Then_every_hour_comes_once_live_or_by_the_journal_but_for_those_in_doubt()
    {
        PoleBench bench = Joined();
        bench.Run(2 * HourMs);
        bench.Operator.IsDown = true;
        long downMs = bench.NowMs;
        bench.Run(12 * HourMs);
        bench.Operator.IsDown = false;
        bench.Run(4 * HourMs);
        List<long> live = [.. Measurements(bench).Select(message => message.Get<long>("seconds"))];
        List<long> late = [.. LateSeconds(bench, "luminaire")];
        long[] all = [.. live.Concat(late).Order()];
        Assert.Equal(all.Length, all.Distinct().Count());

        // An outage is noticed after 14 status intervals at most: until then measurements are sent into it.
        long[] gaps = [.. all.Zip(all.Skip(1)).Where(pair => pair.Second - pair.First > 3700).Select(pair => pair.Second - pair.First)];
        Assert.InRange(gaps.Sum(), 0, 4 * 3600);
        Assert.All(gaps, _ => Assert.InRange(HappenedMs(late.Min()) - downMs, 0, (long)(2.5 * HourMs) + HourMs));
        Assert.InRange(late.Count, 9, 12);
    }

    [Fact]
    public void Given_measurements_are_confirmed_When_nobody_acknowledges_Then_none_is_lost()
    {
        PoleBench bench = Joined();
        SetIntervals(bench, _ => 3600, isConfirmed: true);
        bench.Run(2 * HourMs);
        Assert.All(Measurements(bench).Skip(1), message => Assert.True(message.IsConfirmed));
        bench.Operator.IsDown = true;
        bench.Run(8 * HourMs);
        bench.Operator.IsDown = false;
        bench.Run(4 * HourMs);
        long[] all = [.. Measurements(bench).Select(message => message.Get<long>("seconds")).Concat(LateSeconds(bench, "luminaire")).Distinct().Order()];
        Assert.All(all.Zip(all.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 3595, 3605));
        Assert.InRange(all.Length, 14, 16);
    }

    [Fact]
    public void Given_every_sensor_Then_each_kind_is_told_with_what_its_sensor_says_and_when_switched_off_none_is_asked_or_told()
    {
        SimulatedRangeSensor fill = new() { Ping = _ => 560 };
        SimulatedRangeSensor water = new() { Ping = _ => 3000 };
        SimulatedParticulates particulates = new();
        StationClimate climate = new();
        SimulatedCarbonDioxide carbonDioxide = new();
        SimulatedAccelerometer accelerometer = new();
        PoleBench bench = new()
        {
            Fit = hardware =>
            {
                hardware.FillLevel = fill;
                hardware.WaterLevel = water;
                hardware.Particulates = particulates;
                hardware.Climate = climate;
                hardware.CarbonDioxide = carbonDioxide;
                hardware.Accelerometer = accelerometer;
                hardware.Presence = new SimulatedRadar();
            },
        };
        ControllerSettings settings = new();
        settings.FillLevel.EmptyDistanceMillimetres = 1360;
        settings.FillLevel.FullDistanceMillimetres = 360;
        settings.WaterLevel.SensorHeightMillimetres = 4200;
        Assert.True(new SettingsStore(bench.Store).TrySave(settings));
        bench.Start().RunUntil(() => bench.Statuses.Count > 0).Run(4 * HourMs);

        JsonObject Last(string kind) => Measurements(bench).SelectMany(message => (JsonArray)message.Values["entries"]!)
            .Select(entry => (JsonObject)entry!).Last(entry => entry["entry"]!.GetValue<string>() == kind);
        Assert.Equal(("ok", "yellow", 80L), (Last("fillLevel")["quality"]!.GetValue<string>(), Last("fillLevel")["state"]!.GetValue<string>(), Last("fillLevel")["fillPercent"]!.GetValue<long>()));
        Assert.Equal(("ok", 1200L), (Last("waterLevel")["quality"]!.GetValue<string>(), Last("waterLevel")["levelMillimetres"]!.GetValue<long>()));
        Assert.Equal(("ok", 100L), (Last("particulates")["pm25Quality"]!.GetValue<string>(), Last("particulates")["pm25DecimicrogramsPerCubicMetre"]!.GetValue<long>()));
        Assert.Null(Last("particulates")["pm4DecimicrogramsPerCubicMetre"]);
        Assert.Equal((1500L, 500L, 98000L), (Last("climate")["temperatureCentidegrees"]!.GetValue<long>(), Last("climate")["humidityPermille"]!.GetValue<long>(), Last("climate")["pressurePascals"]!.GetValue<long>()));
        Assert.Equal((430L, "notMeasured"), (Last("gas")["carbonDioxidePpm"]!.GetValue<long>(), Last("gas")["vocQuality"]!.GetValue<string>()));
        Assert.InRange(Last("traffic")["intervalSeconds"]!.GetValue<long>(), 3590, 3610);
        Assert.InRange(Last("pole")["tiltDecidegrees"]!.GetValue<long>(), 0, 10);

        int[] Asked() => [fill.RequestCount, water.RequestCount, particulates.RequestCount, climate.RequestCount, carbonDioxide.RequestCount, accelerometer.RequestCount];
        SetIntervals(bench, _ => 0);
        bench.Run(5 * MinuteMs);
        int[] before = Asked();
        int told = Measurements(bench).Count;
        bench.Operator.IsDown = true;
        bench.Run(4 * HourMs);
        Assert.Equal(before, Asked());
        bench.Operator.IsDown = false;
        bench.Run(2 * HourMs);
        Assert.Equal(told, Measurements(bench).Count);
        Assert.All(Repository.Schema.Uplinks.Single(uplink => uplink.Name == "measurement").Entries!.Kinds, kind => Assert.Empty(Late(bench, kind.Name)));
    }

    [Fact]
    public void Given_several_alarms_at_once_Then_what_endangers_people_is_told_first_and_each_has_its_size()
    {
        for (int seed = 1; seed <= 6; seed++)
        {
            PoleBench bench = Joined(seed).Run(2 * MinuteMs);
            AlarmBoard board = bench.Pole.Alarms;
            bench.Operator.Acknowledges = false;
            board.Set(AlarmKind.DoorOpen, true, PoleController.HealthReason.None, 0);
            bench.RunUntil(() => bench.Alarms.Any(alarm => alarm.Get<string>("kind") == "doorOpen"));

            // While that one is repeated the others have become due.
            board.Notice(AlarmKind.ContainerEmptied, 93);
            board.Set(AlarmKind.FillLevelAlarm, true, PoleController.HealthReason.None, 91);
            board.Set(AlarmKind.WaterAlarm, true, PoleController.HealthReason.None, -214);
            bench.Run(6000);
            bench.Operator.Acknowledges = true;
            string[] kinds = ["waterAlarm", "fillLevelAlarm", "containerEmptied"];
            Heard[] Told() => [.. bench.Alarms.Where(alarm => kinds.Contains(alarm.Get<string>("kind"))).DistinctBy(alarm => alarm.Get<string>("kind"))];
            bench.RunUntil(() => Told().Length == 3);
            Assert.Equal(kinds, Told().Select(alarm => alarm.Get<string>("kind")));
            Assert.Equal([-214L, 91, 93], Told().Select(alarm => alarm.Get<long>("value")));
        }
    }

    private static PoleBench Joined(int seed = 1)
    {
        PoleBench bench = new(seed);
        return bench.Start().RunUntil(() => bench.Statuses.Count > 0).Run(MinuteMs);
    }

    private static List<Heard> Measurements(PoleBench bench) => [.. bench.Operator.Uplinks.Where(uplink => uplink.FPort == MessagePort.Measurement)];

    private static JsonObject Entry(Heard message, string kind) =>
        (JsonObject)((JsonArray)message.Values["entries"]!).Single(entry => entry!["entry"]!.GetValue<string>() == kind)!;

    private static List<JsonObject> Late(PoleBench bench, string kind) =>
        [.. bench.Journals.SelectMany(message => (JsonArray)message.Values["entries"]!).Select(entry => (JsonObject)entry!).Where(entry => entry["entry"]!.GetValue<string>() == kind)];

    private static IEnumerable<long> LateSeconds(PoleBench bench, string kind) =>
        bench.Journals.SelectMany(message => ((JsonArray)message.Values["entries"]!)
            .Where(entry => entry!["entry"]!.GetValue<string>() == kind)
            .Select(entry => message.Get<long>("firstSeconds") + entry!["afterSeconds"]!.GetValue<long>())).Distinct();

    private static long HappenedMs(long seconds) => (seconds - OperatorNetwork.Epoch.ToUnixTimeSeconds()) * 1000;

    private static void SetLuminaireInterval(PoleBench bench, int seconds) => SetIntervals(bench, kind => kind == MeasurementKind.Luminaire ? seconds : 3600);

    private static void SetIntervals(PoleBench bench, Func<MeasurementKind, int> seconds, bool isConfirmed = false)
    {
        ControllerSettings settings = new();
        for (int i = 0; i < MeasurementSettings.KindCount; i++)
        {
            settings.Measurements.IntervalSeconds[i] = seconds(MeasurementSettings.FirstKind + i);
        }

        settings.Measurements.IsConfirmed = isConfirmed;
        byte[] payload = new byte[51];
        int length = SettingsCommand.Encode(settings, SettingsSection.Measurements, 0, 7, payload);
        int before = bench.Answers.Count;
        for (int tries = 0; tries < 5 && bench.Answers.Count == before; tries++)
        {
            // A pole that is sending does not hear.
            bench.Operator.Send(MessagePort.Command, payload[..length]);
            bench.Run(5000);
        }

        Assert.Equal("ok", bench.Answers[^1].Get<string>("error"));
    }
}
