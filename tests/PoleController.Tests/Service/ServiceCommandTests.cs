// What a technician gets out of an open service port: lines that a program can read, values, tests, and never a secret.
using System.Text;
using System.Text.RegularExpressions;
using PoleController.Alarms;
using PoleController.Hal;
using PoleController.Journal;
using PoleController.LoRaWan;
using PoleController.Tests.Parts;
using RepositoryFiles;
using Xunit;

namespace PoleController.Tests.Service;

public sealed partial class ServiceCommandTests
{
    private static readonly string[] EveryLine =
    [
        "help", "id", "health", "values", "boots", "alarms", "journal", "journal 300", "settings", "manifest", "time", "time 1800000000", "sensor climate",
        "sensor meter", "sensor gas", "light 300 10", "light program", "rejoin", "zero", "blink", "log", "x", "nonsense", "unlock", "unlock 00", "light", "light 1001 5", "journal 0", "sensor",
        "settings get neighbours", "settings hex neighbours", "settings get position", "settings get program 3", "settings get 24", "settings get nothing", "settings set position zz",
        "settings hex position", "settings set neighbours key=2b7e151628aed2a6abf7158809cf4f3", "settings set neighbours key=zz", "settings set position latitudeMicrodegrees=5 x=1",
        "settings set position latitudeMicrodegrees=90000001", "settings get calendar", "settings get measurements", "settings get scenes",
        "settings set position 00", "settings get program 300", "settings get program 1 1",
    ];

    [GeneratedRegex("^(ok|error|help|id|health|values|boots|alarms|journal|settings|manifest|sensor|log|unlock)( .*)?$")]
    private static partial Regex Line();

    [GeneratedRegex("^error code=[a-zA-Z]+ at=[a-zA-Z0-9.]+( [a-zA-Z]+=-?[0-9]+)* do=\"[^\"]+\"( [a-zA-Z]+=[^ \"]*)*$")]
    private static partial Regex ErrorLine();

    [GeneratedRegex("^[a-z]+( [a-zA-Z0-9]+=[^ =\"]*)+$")]
    private static partial Regex ValueLine();

    [Fact]
    public void Given_any_command_Then_its_answer_is_lines_of_key_and_value_and_ends_with_ok_or_error()
    {
        using ServiceBench bench = new ServiceBench().Opened();
        foreach (string line in EveryLine)
        {
            string[] answer = bench.Ask(line, line == "log" ? 500 : 130_000);
            if (line == "log")
            {
                // It goes on until the next line.
                continue;
            }

            Assert.NotEmpty(answer);
            foreach (string part in answer)
            {
                Assert.Matches(Line(), part);
                Assert.True(part.Length <= 254, part);
                if (part.StartsWith("error", StringComparison.Ordinal))
                {
                    Assert.Matches(ErrorLine(), part);
                }
                else if (!part.StartsWith("ok", StringComparison.Ordinal) && !part.StartsWith("help", StringComparison.Ordinal) && !part.StartsWith("manifest", StringComparison.Ordinal))
                {
                    Assert.Matches(ValueLine(), part);
                }
            }

            Assert.True(answer[^1].StartsWith("ok", StringComparison.Ordinal) || answer[^1].StartsWith("error", StringComparison.Ordinal) || line == "id", answer[^1]);
            Assert.Equal(0, bench.Controller.ExceptionCount);
            Assert.False(bench.Controller.Service.IsOverrun);
            if (!bench.Controller.Service.IsOpen)
            {
                bench.Opened();
            }
        }
    }

    [Fact]
    public void Given_every_command_Then_no_key_comes_out_in_any_form()
    {
        using ServiceBench bench = new ServiceBench().Opened();
        Session session = bench.Controller.Device.Session;
        session.IsActive = true;
        Convert.FromHexString("5555aaaa5555aaaa1234567890abcdef").CopyTo(session.NetworkSessionKey, 0);
        Convert.FromHexString("fedcba0987654321aaaa5555aaaa5555").CopyTo(session.ApplicationSessionKey, 0);
        StringBuilder output = new();
        foreach (string line in EveryLine)
        {
            output.AppendJoin('\n', bench.Ask(line, 5000));
        }

        string text = output.ToString();
        byte[][] keys = [ServiceBench.AppKey, ServiceBench.GenAppKey, ServiceBench.ServiceKey, session.NetworkSessionKey, session.ApplicationSessionKey];
        foreach (byte[] key in keys)
        {
            // Any four bytes of it in a row would be too much.
            for (int i = 0; i + 4 <= key.Length; i++)
            {
                Assert.DoesNotContain(Convert.ToHexString(key, i, 4), text, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain(Encoding.Latin1.GetString(key, i, 4), text, StringComparison.Ordinal);
            }

            for (int i = 0; i + 6 <= key.Length; i++)
            {
                Assert.DoesNotContain(Convert.ToBase64String(key, i, 6), text, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Given_a_sensor_test_Then_it_is_asked_and_its_values_come()
    {
        using ServiceBench bench = new ServiceBench().Opened();
        string[] answer = bench.Ask("sensor climate", 1000);
        Assert.Equal("sensor sensor=climate quality=ok ageSeconds=0 temperatureCentidegrees=2150 humidityPermille=430 pressurePascals=101325", answer[0]);
        Assert.Equal("ok sensor lines=1", answer[1]);
    }

    [Fact]
    public void Given_a_sensor_that_fails_Then_its_test_names_fault_and_register()
    {
        using ServiceBench bench = new ServiceBench().Opened();
        bench.Climate.IsSilent = true;
        bench.Uart.Arrive(Encoding.ASCII.GetBytes("sensor climate\r"));
        bench.Step();
        bench.Run(1000);
        bench.Climate.Fault(SensorFaultKind.WrongPart, 0xD0, 0x58);
        bench.Uart.TakeLines();
        bench.Run(1000);
        Assert.StartsWith("error code=wrongPart at=climate register=208 said=88 ", Assert.Single(bench.Uart.TakeLines()), StringComparison.Ordinal);
        Assert.Contains("health sensor=climate state=failed samples=0 faults=1 lastFault=wrongPart at=208 said=88", bench.Ask("health"));
    }

    [Fact]
    public void Given_a_sensor_that_says_nothing_Then_its_test_ends()
    {
        using ServiceBench bench = new ServiceBench().Opened();
        bench.Climate.IsSilent = true;
        Assert.StartsWith("error code=timedOut at=climate", Assert.Single(bench.Ask("sensor climate", 121_000)), StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_sensor_that_throws_Then_the_technician_is_told_and_the_port_goes_on()
    {
        using ServiceBench bench = new ServiceBench().Opened();
        bench.Climate.Throws = true;
        Assert.StartsWith("error code=exception", Assert.Single(bench.Ask("sensor climate", 61_000)), StringComparison.Ordinal);
        Assert.Contains("health component=service number=9 state=ok reason=none exceptions=1 lastException=invalidOperation", bench.Ask("health"));
    }

    [Fact]
    public void Given_a_component_that_threw_Then_health_says_which_and_what()
    {
        using ServiceBench bench = new ServiceBench().Opened();
        bench.Controller.Settings.HasPosition = true;
        bench.Controller.Clock.Set(bench.NowMs, 1_800_000_000_000, 0);
        bench.Step();
        bench.Controller.Settings.Programs[0] = null!;
        bench.Controller.Schedule.Invalidate();
        bench.Step();
        string line = Assert.Single(bench.Ask("health"), line => line.Contains("component=lighting", StringComparison.Ordinal));
        Assert.Equal("health component=lighting number=4 state=failed reason=exception exceptions=1 lastException=nullReference", line);
    }

    [Fact]
    public void Given_alarms_and_entries_Then_they_are_listed()
    {
        using ServiceBench bench = new ServiceBench().Opened();
        bench.Controller.Alarms.Set(AlarmKind.Tilt, true, HealthReason.None, 57);
        bench.Controller.Clock.Set(bench.NowMs, 1_800_000_000_000, 1000);
        bench.Controller.Journal.TryAdd(bench.NowMs, JournalClass.Event, 1, bench.NowMs, [0xDE, 0xAD], 2);
        Assert.Contains("alarms kind=tilt isRaised=1 reason=none value=57 changes=1", bench.Ask("alarms"));
        string entry = Assert.Single(bench.Ask("journal"), line => line.Contains("class=event", StringComparison.Ordinal));
        Assert.Equal("dead", ServiceBench.Field(entry, "values"));
        Assert.Equal("1800000000", ServiceBench.Field(entry, "utcSeconds"));
    }

    [Fact]
    public void Given_the_log_Then_events_come_as_they_happen_until_the_next_line_which_is_carried_out()
    {
        using ServiceBench bench = new ServiceBench().Opened();
        bench.Ask("log", 1000);
        bench.Controller.Alarms.Notice(AlarmKind.Impact, 900);
        bench.Run(500);
        Assert.Contains("event=alarm", Assert.Single(bench.Uart.TakeLines()), StringComparison.Ordinal);
        bench.Run(60_000);
        string[] answer = bench.Ask("time", 1000);
        Assert.StartsWith("ok log", answer[^2], StringComparison.Ordinal);
        Assert.StartsWith("ok time", answer[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_quantity_that_is_switched_off_Then_its_sensor_is_not_asked_and_the_manifest_says_so()
    {
        using ServiceBench bench = new ServiceBench().Opened();
        Assert.Contains(bench.Ask("manifest"), line => line.StartsWith("manifest quantity=climate isMeasured=1 switch=climate", StringComparison.Ordinal));
        bench.Controller.Settings.Measurements.IntervalSeconds[PoleController.Settings.MeasurementKind.Climate - PoleController.Settings.MeasurementSettings.FirstKind] = 0;
        int samples = bench.Climate.SampleCount;
        Assert.Contains(bench.Ask("manifest"), line => line.StartsWith("manifest quantity=climate isMeasured=0 switch=climate", StringComparison.Ordinal));
        Assert.StartsWith("error code=switchedOff at=climate", bench.AskOne("sensor climate"), StringComparison.Ordinal);
        Assert.Equal(samples, bench.Climate.SampleCount);
    }

    [Fact]
    public void Given_lines_that_are_too_long_garbled_or_half_Then_each_is_an_error_and_the_next_one_is_heard()
    {
        using ServiceBench bench = new();
        bench.Uart.Arrive(new byte[1]);
        Assert.StartsWith("error code=badCharacter", bench.AskOne("id"), StringComparison.Ordinal);
        Assert.StartsWith("id ", bench.AskOne("id"), StringComparison.Ordinal);

        for (int i = 0; i < 10; i++)
        {
            bench.Uart.Arrive(Encoding.ASCII.GetBytes(new string('a', 60)));
            bench.Step();
            bench.Run(20);
        }

        Assert.StartsWith("error code=lineTooLong", bench.AskOne(""), StringComparison.Ordinal);
        bench.Uart.Arrive(Encoding.ASCII.GetBytes("i"));
        bench.Step();
        bench.Run(61_000);
        Assert.StartsWith("error code=lineTimedOut", Assert.Single(bench.Uart.TakeLines()), StringComparison.Ordinal);
        Assert.StartsWith("id ", bench.AskOne("id"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id\r\nhelp\r\n")]
    [InlineData("id\nhelp\n")]
    [InlineData("  ix\bd  \rhelp\r")]
    public void Given_lines_in_any_fashion_Then_both_are_answered_in_order(string typed)
    {
        using ServiceBench bench = new();
        bench.Uart.Arrive(Encoding.ASCII.GetBytes(typed));
        bench.Step();
        bench.Run(2000);
        string[] lines = bench.Uart.TakeLines();
        Assert.StartsWith("id ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("ok help", lines[^1], StringComparison.Ordinal);
        Assert.Equal(1, lines.Count(line => line.StartsWith("ok", StringComparison.Ordinal)));
    }

    [Fact]
    public void Given_a_UART_that_fails_throws_or_takes_nothing_Then_the_rest_goes_on_and_the_port_is_back_with_it()
    {
        using ServiceBench bench = new();
        bench.Uart.Fails = true;
        bench.Run(10_000);
        Assert.Equal(HealthReason.NoAnswer, bench.Controller.Service.Health.Reason);
        bench.Uart.Fails = false;
        bench.Run(2000);
        Assert.Equal(HealthState.Ok, bench.Controller.Service.Health.State);
        bench.Uart.RefusesWrites = true;
        Assert.Empty(bench.Ask("id", 1000));
        bench.Uart.RefusesWrites = false;
        bench.Run(100);
        Assert.Single(bench.Uart.TakeLines());
        bench.Uart.Throws = true;
        bench.Run(1000);
        bench.Uart.Throws = false;
        bench.Run(61_000);
        Assert.StartsWith("id ", bench.AskOne("id"), StringComparison.Ordinal);
    }

    [Fact]
    public void Given_five_restarts_in_ten_minutes_Then_sensors_rest_for_an_hour_and_lamp_radio_and_service_go_on()
    {
        using ServiceBench bench = new();
        for (int i = 0; i < 5; i++)
        {
            bench.Run(60_000);
            bench.Boot();
        }

        Assert.True(bench.Controller.Components.AreSensorsOff);
        int meterReads = bench.Meter.ReadCount;
        bench.Run(1_800_000);
        Assert.Equal(meterReads, bench.Meter.ReadCount);
        Assert.True(bench.Radio.TransmitCount > 0);
        bench.Opened();
        string line = Assert.Single(bench.Ask("health"), line => line.Contains("component=luminaire", StringComparison.Ordinal));
        Assert.Contains("state=degraded reason=restartedTooOften", line, StringComparison.Ordinal);
        Assert.Equal(HealthReason.NotFitted, bench.Controller.WaterLevel.Health.Reason);
        Assert.StartsWith("ok light", bench.AskOne("light 400 60"), StringComparison.Ordinal);
        Assert.Equal(400, bench.Dimmer.LevelPermille);
        bench.Run(1_860_000);
        Assert.False(bench.Controller.Components.AreSensorsOff);
        Assert.True(bench.Meter.ReadCount > meterReads);
        Assert.Equal(HealthState.Ok, bench.Controller.Luminaire.Health.State);
        Assert.Equal(HealthReason.NotFitted, bench.Controller.WaterLevel.Health.Reason);
    }

    [Fact]
    public void Service_port_and_boot_journal_with_all_buffers_take_less_than_4_kB()
    {
        using ServiceBench bench = new();
        Controller pole = bench.Controller;
        PoleHardware hardware = new(bench.Dimmer, bench.Radio, bench.Aes, bench.Store, new SimulatedRandom(1)) { Service = bench.Uart };
        PoleController.Service.ServiceParts parts = new()
        {
            Hardware = hardware, Components = pole.Components, Alarms = pole.Alarms, Boots = pole.Boots, Journal = pole.Journal, Clock = pole.Clock, Identity = pole.Identity,
            Board = pole.Board, FillLevel = pole.FillLevel, WaterLevel = pole.WaterLevel, Air = pole.Air, Traffic = pole.Traffic, Guard = pole.Guard,
            Device = pole.Device, Lighting = pole.Lighting, Occupancy = pole.Occupancy, Luminaire = pole.Luminaire, Settings = pole.Settings, SettingsStore = pole.SettingsStore,
            Commands = pole.Commands,
        };
        _ = new PoleController.Service.ServicePort(parts);
        _ = new BootJournal(bench.Store, pole.Clock, pole.Alarms, true);
        long before = GC.GetAllocatedBytesForCurrentThread();
        PoleController.Service.ServicePort port = new(parts);
        long afterPort = GC.GetAllocatedBytesForCurrentThread();
        BootJournal boots = new(bench.Store, pole.Clock, pole.Alarms, true);
        long afterBoots = GC.GetAllocatedBytesForCurrentThread();
        GC.KeepAlive(port);
        GC.KeepAlive(boots);
        TestContext.Current.TestOutputHelper?.WriteLine($"service port {afterPort - before} bytes, boot journal {afterBoots - afterPort} bytes");
        Assert.InRange(afterPort - before, 500, 3328);
        Assert.InRange(afterBoots - afterPort, 200, 1024);
    }

    [Fact]
    public void The_firmware_version_is_that_of_the_project()
    {
        string properties = File.ReadAllText(RepositoryRoot.PathOf("Directory.Build.props"));
        Assert.Contains($"<Version>{ControllerVersion.Text}</Version>", properties, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_technician_at_work_Then_steps_allocate_nothing()
    {
        using ServiceBench bench = new ServiceBench().Opened();
        foreach (string line in new[] { "health", "values", "boots", "alarms", "help", "sensor climate" })
        {
            bench.Ask(line);
        }

        CountingUart uart = new(bench);
        Assert.Equal(0, uart.AllocatedBytes(
            "health\rvalues\rboots\ralarms\rhelp\rsensor climate\rlight 500 5\rsettings get fillLevel\rsettings set fillLevel pingCount=12\rsettings set fillLevel shape=cone x=1\r"));
        Assert.True(uart.SentCount > 2000);
    }

    /// <summary>Steps the service port alone over a UART that allocates nothing.</summary>
    private sealed class CountingUart(ServiceBench bench) : IUart
    {
        private byte[] _typed = [];
        private int _taken;

        public int ReceiveBufferLength => 256;

        public int SentCount { get; private set; }

        public long AllocatedBytes(string typed)
        {
            Controller controller = new(new PoleHardware(bench.Dimmer, new SilentRadio(), bench.Aes, bench.Store, new SimulatedRandom(2))
            {
                Climate = bench.Climate,
                Service = this,
            });
            controller.Start(0, false);
            controller.Step(0);
            _typed = Encoding.ASCII.GetBytes("unlock\r");
            _taken = 0;
            controller.Service.Step(100);
            controller.Service.Step(120);
            byte[] response = ServiceBench.Response(ServiceBench.ServiceKey, Convert.FromHexString(ServiceBench.Field(_last, "challenge")));
            _typed = Encoding.ASCII.GetBytes("unlock " + Convert.ToHexStringLower(response) + "\r");
            _taken = 0;
            for (int i = 0; i < 20; i++)
            {
                controller.Service.Step(200 + (i * 20));
            }

            Assert.True(controller.Service.IsOpen);
            _typed = Encoding.ASCII.GetBytes(typed);
            _taken = 0;
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 2000; i++)
            {
                controller.Service.Step(1000 + (i * 10));
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        private string _last = "";

        public int Read(byte[] buffer, int offset, int count)
        {
            int taken = Math.Min(count, _typed.Length - _taken);
            Array.Copy(_typed, _taken, buffer, offset, taken);
            _taken += taken;
            return taken;
        }

        public bool TryDiscard() => true;

        public bool TryWrite(byte[] data, int length)
        {
            SentCount += length;
            if (_last.Length == 0)
            {
                _last = Encoding.ASCII.GetString(data, 0, length - 2);
            }

            return true;
        }
    }
}
