// Bytes that others have published or recorded from real parts, and what they mean: the judges of drivers and of simulated parts alike.
using PoleController.Drivers;
using PoleController.Hal;
using Xunit;

namespace Drivers.Tests.Sensors.Uart;

public class PublishedFrameTests
{
    // Serial Communication Protocol V1.02, 2.2: enable, version, parameters as they leave the factory (also arendst/Tasmota xsns_102_ld2410.ino), end.
    private const string Ld2410Enabled = "FD FC FB FA 08 00 FF 01 00 00 01 00 40 00 04 03 02 01";
    private const string Ld2410Version = "FD FC FB FA 0C 00 A0 01 00 00 00 01 02 01 16 24 06 22 04 03 02 01";
    private const string Ld2410Parameters =
        "FD FC FB FA 1C 00 61 01 00 00 AA 08 08 08 32 32 28 1E 14 0F 0F 0F 0F 00 00 28 28 1E 1E 14 14 14 05 00 04 03 02 01";
    private const string Ld2410Ended = "FD FC FB FA 04 00 FE 01 00 00 04 03 02 01";

    // Recorded from a radar by Tasmota's author, and the protocol's own example (2.3.2); with what they say.
    [Theory]
    [InlineData("F4 F3 F2 F1 0D 00 02 AA 00 00 00 00 00 00 37 00 00 55 00 F8 F7 F6 F5", false, 0, false, 0, 0x37)]
    [InlineData("F4 F3 F2 F1 0D 00 02 AA 00 45 00 3E 00 00 3A 00 00 55 00 F8 F7 F6 F5", false, 69, false, 0, 0x3A)]
    [InlineData("F4 F3 F2 F1 0D 00 02 AA 03 46 00 34 00 00 3C 00 00 55 00 F8 F7 F6 F5", true, 70, true, 0, 0x3C)]
    [InlineData("F4 F3 F2 F1 0D 00 02 AA 02 54 00 00 00 00 64 00 00 55 00 F8 F7 F6 F5", false, 84, true, 0, 100)]
    [InlineData("F4 F3 F2 F1 0D 00 02 AA 02 51 00 00 00 00 3B 00 00 55 00 F8 F7 F6 F5", false, 81, true, 0, 59)]
    [InlineData("F4 F3 F2 F1 0D 00 02 AA 03 4F 00 64 4C 00 64 32 00 55 00 F8 F7 F6 F5", true, 79, true, 76, 100)]
    public void Given_recorded_reports_of_an_LD2410_Then_they_mean_this(string report, bool isMoving, int moving, bool isStill, int still, int stillEnergy)
    {
        ScriptedPart? part = null;
        UartBench bench = new(
            clock => part = Radar(clock).Say(400, report).Say(500, report).Say(900, report),
            uart => new Ld2410(uart, null, new Ld2410Settings { NoOneSeconds = 5 }));
        bench.Sample(2000);
        Ld2410 radar = (Ld2410)bench.Sensor;
        Assert.Equal((isMoving, moving), (radar.IsMoving, radar.MovingDistanceCentimetres));
        Assert.Equal((isStill, still, stillEnergy), (radar.IsStill, radar.StillDistanceCentimetres, radar.StillEnergy));
        Assert.Equal(0x0102, radar.FirmwareVersion);

        // The settings were the wanted ones: nothing was written. The commands are those of the protocol's examples.
        Assert.Equal(0, radar.WriteCount);
        Assert.Equal(
            ["FDFCFBFA0400FF00010004030201", "FDFCFBFA0200A00004030201", "FDFCFBFA0200610004030201", "FDFCFBFA0200FE0004030201"], part!.Heard);
    }

    // Protocol V1.02, 2.2.3 and 2.2.7: gates 8 and 8 with 5 s; sensitivity 40 of all gates.
    [Fact]
    public void Given_other_settings_than_wanted_When_an_LD2410_starts_Then_the_commands_are_those_of_the_protocol()
    {
        ScriptedPart? part = null;
        UartBench bench = new(
            clock => part = Radar(clock, Ld2410Parameters.Replace("AA 08 08 08", "AA 08 06 08", StringComparison.Ordinal)),
            uart => new Ld2410(uart, null, new Ld2410Settings { NoOneSeconds = 5, MovingSensitivity = 40, StillSensitivity = 40 }));
        bench.RunFor(1000);
        Assert.Contains("FDFCFBFA1400600000000800000001000800000002000500000004030201", part!.Heard);
        Assert.Contains("FDFCFBFA140064000000FFFF00000100280000000200280000000403 0201".Replace(" ", string.Empty, StringComparison.Ordinal), part.Heard);
        Assert.Equal(2, ((Ld2410)bench.Sensor).WriteCount);
    }

    // DFRobot's wiki (SEN0311, SEN0312): FF 07 A1 A7 is 1953 mm.
    [Theory]
    [InlineData("FF 07 A1 A7", RangeOutcome.Distance, 1953)]
    [InlineData("FF 00 1D 1C", RangeOutcome.TooNear, 0)]
    [InlineData("FF 00 1E 1D", RangeOutcome.Distance, 30)]
    [InlineData("FF 00 00 FF", RangeOutcome.NoEcho, 0)]
    [InlineData("FF 11 94 A4", RangeOutcome.Distance, 4500)]
    [InlineData("FF 11 95 A5", RangeOutcome.NoEcho, 0)]
    [InlineData("FF FF FD FB", RangeOutcome.NoEcho, 0)]
    public void Given_frames_of_an_A02YYUW_Then_they_mean_this(string frame, RangeOutcome outcome, int millimetres)
    {
        UartBench bench = new(clock => new ScriptedPart(clock, 9600).Say(100, frame).Say(200, frame).Say(300, frame), uart => new A02yyuw(uart));
        bench.Sample(1000);
        A02yyuw sensor = (A02yyuw)bench.Sensor;
        Assert.Equal((outcome, millimetres), (sensor.Outcome, sensor.DistanceMillimetres));
    }

    // MaxBotix PD11500: R0300 is 300 mm or nearer, R5000 nothing; what the part says after its supply came (EnviroDIY/ModularSensors, MaxBotixSonar.cpp).
    [Theory]
    [InlineData("R1234\r", RangeOutcome.Distance, 1234)]
    [InlineData("R0300\r", RangeOutcome.TooNear, 0)]
    [InlineData("R0301\r", RangeOutcome.Distance, 301)]
    [InlineData("R4999\r", RangeOutcome.Distance, 4999)]
    [InlineData("R5000\r", RangeOutcome.NoEcho, 0)]
    [InlineData("HRXL-MaxSonar-WRL\rPN:MB7386\rCopyright 2011-2013 MaxBotix Inc.\rRoHS 1.8b090\r0713 TempI\rR1111\r", RangeOutcome.Distance, 1111)]
    public void Given_lines_of_an_MB7389_Then_they_mean_this(string text, RangeOutcome outcome, int millimetres)
    {
        UartBench bench = new(
            clock => new ScriptedPart(clock, 9600).Say(100, Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(text))), uart => new Mb738x(uart));
        bench.Sample(1000);
        Mb738x sensor = (Mb738x)bench.Sensor;
        Assert.Equal((outcome, millimetres), (sensor.Outcome, sensor.DistanceMillimetres));
    }

    [Fact]
    public void Given_ranges_that_an_MB7389_cannot_say_Then_it_is_not_the_part()
    {
        UartBench bench = new(
            clock => Enumerable.Range(1, 9).Aggregate(new ScriptedPart(clock, 9600), (part, i) => part.Say(i * 148, "52 39 39 39 39 0D")), uart => new Mb738x(uart));
        bench.RunUntilFailed(3000);
        Assert.Equal((SensorFaultKind.Implausible, 9999), (bench.Sensor.LastFault.Kind, bench.Sensor.LastFault.Value));
    }

    // Recorded from a PMS7003 (avaldebe/PyPMS, tests/captured_data/PMSx003.hexdump and .csv); commands and the answer to them as several public drivers have them.
    [Theory]
    [InlineData("42 4d 00 1c 00 00 00 08 00 08 00 00 00 08 00 08 00 d2 00 46 00 2d 00 1e 00 00 00 00 97 00 02 c5", 0, 80, 80)]
    [InlineData("42 4d 00 1c 00 00 00 07 00 07 00 00 00 07 00 07 00 bd 00 3f 00 2a 00 1b 00 00 00 00 97 00 02 9f", 0, 70, 70)]
    [InlineData("42 4d 00 1c 00 00 00 06 00 06 00 00 00 06 00 06 00 b4 00 3c 00 1d 00 15 00 00 00 00 97 00 02 7c", 0, 60, 60)]
    [InlineData("42 4d 00 1c 00 00 00 05 00 05 00 00 00 05 00 05 00 8a 00 2e 00 17 00 0f 00 00 00 00 97 00 02 34", 0, 50, 50)]
    public void Given_recorded_frames_of_a_PMS7003_Then_they_mean_this(string frame, int pm1, int pm25, int pm10)
    {
        ScriptedPart? part = null;
        UartBench bench = new(
            clock => part = new ScriptedPart(clock, 9600, 10, heard => heard switch
            {
                "424DE400010174" => string.Empty,
                "424DE100000170" => "42 4D 00 04 E1 00 01 74",
                "424DE200000171" => frame,
                "424DE400000173" => "42 4D 00 04 E4 00 01 77",
                _ => null,
            }),
            uart => new Pms5003(uart));
        bench.Sample(40_000);
        bench.RunFor(1000);
        Pms5003 sensor = (Pms5003)bench.Sensor;
        Assert.Equal(
            (pm1, pm25, pm10),
            (sensor.Pm1DecimicrogramsPerCubicMetre, sensor.Pm25DecimicrogramsPerCubicMetre, sensor.Pm10DecimicrogramsPerCubicMetre));
        Assert.Equal(["424DE400010174", "424DE100000170", "424DE200000171", "424DE200000171", "424DE400000173"], part!.Heard);
        Assert.Equal(SensorState.Resting, sensor.State);
    }

    // Nova Fitness Control Protocol V1.3: all commands and answers are its examples (part A160, firmware of 15-07-10); then two frames recorded from a part 58D9
    // (avaldebe/PyPMS, tests/captured_data/SDS01x.hexdump and .csv).
    [Theory]
    [InlineData("AA C0 D4 04 3A 0A A1 60 1D AB", 1236, 2618)]
    [InlineData("aa c0 06 00 06 00 58 d9 3d ab", 6, 6)]
    [InlineData("aa c0 09 00 09 00 58 d9 43 ab", 9, 9)]
    public void Given_published_frames_of_an_SDS011_Then_they_mean_this(string frame, int pm25, int pm10)
    {
        string number = frame.Replace(" ", string.Empty, StringComparison.Ordinal).Substring(12, 4).ToUpperInvariant();
        string Answer(string body) => WithSum("AA C5" + body + number);
        ScriptedPart? part = null;
        UartBench bench = new(
            clock => part = new ScriptedPart(clock, 9600, 10, heard => heard switch
            {
                "AAB406010100000000000000000000FFFF06AB" => Answer("06010100"),
                "AAB402000000000000000000000000FFFF00AB" => Answer("02000000"),
                "AAB402010100000000000000000000FFFF02AB" => Answer("02010100"),
                "AAB407000000000000000000000000FFFF05AB" => Answer("070F070A"),
                "AAB404000000000000000000000000FFFF02AB" => frame,
                "AAB406010000000000000000000000FFFF05AB" => Answer("06010000"),
                _ => null,
            }),
            uart => new Sds011(uart));
        bench.Sample(40_000);
        bench.RunFor(1000);
        Sds011 sensor = (Sds011)bench.Sensor;
        Assert.Equal((pm25, pm10), (sensor.Pm25DecimicrogramsPerCubicMetre, sensor.Pm10DecimicrogramsPerCubicMetre));
        Assert.Equal((Convert.ToInt32(number, 16), 0x0F070A), (sensor.PartNumber, sensor.FirmwareDate));
        Assert.Equal(6, part!.Heard.Count);
        Assert.Equal(SensorState.Resting, sensor.State);
        if (number == "A160")
        {
            Assert.Equal("AAC502010100A16005AB", Answer("02010100"));
            Assert.Equal("AAC5070F070AA16028AB", Answer("070F070A"));
        }
    }

    // Recorded on the line of a BL0942 (esphome/esphome issue 10136), with zeros between the packets; what its owner's driver made of the first: 214.108 V, 0.14863 A,
    // 2.73993 W, 2.06378 kWh, 49.96502 Hz were those of another packet; so here the conversion is the data sheet's, in floating point.
    [Theory]
    [InlineData("00 55 F4 91 00 86 E4 33 B5 7D 00 82 06 00 A4 1A 00 36 4E 00 00 01 00 33")]
    [InlineData("00 55 C3 91 00 DD E8 33 E7 7E 00 6B 06 00 A4 1A 00 2E 4E 00 00 01 00 F5")]
    [InlineData("00 55 D9 91 00 43 DD 33 AD 7D 00 79 06 00 A4 1A 00 36 4E 00 00 01 00 A9")]
    public void Given_recorded_packets_of_a_BL0942_Then_they_mean_this(string packet)
    {
        UartBench bench = new(
            clock => new ScriptedPart(clock, 4800, 10, heard => heard switch
            {
                // Mode after a reset: 87; complement of 58 + 19 + 87.
                "5819" => "87 00 00 07",
                "58AA" => packet,
                _ => null,
            }),
            uart => new Bl0942(uart, new Bl0942Scale(), 0));
        bench.Sample(1000);
        byte[] bytes = ScriptedPart.Bytes(packet)[1..];
        int Word(int offset) => bytes[offset] | (bytes[offset + 1] << 8) | (bytes[offset + 2] << 16);
        const double Reference = 1.218;
        const double PinMillivoltsPerVolt = 1000 * 510.0 / 1_950_510;
        LuminaireReading reading = ((Bl0942)bench.Sensor).Reading;
        Assert.Equal(Word(1) * Reference / 305978 * 1000, reading.CurrentMilliamperes, 1.0);
        Assert.Equal(Word(4) * Reference / 73989 / PinMillivoltsPerVolt * 1000, reading.VoltageMillivolts, 2.0);
        Assert.Equal(Word(10) * Reference * Reference / 3537 / PinMillivoltsPerVolt * 1000, reading.PowerMilliwatts, 2.0);
        Assert.Equal(Word(13) * Reference * Reference / 3537 / PinMillivoltsPerVolt * 1638.4 * 256 / 3.6, reading.EnergyMilliwattHours, 100.0);
        Assert.Equal(100e6 / (bytes[16] | (bytes[17] << 8)), reading.FrequencyCentihertz, 1.0);
        Assert.InRange(reading.FrequencyCentihertz, 4990, 5000);
        Assert.InRange(reading.VoltageMillivolts, 212_000, 216_000);
    }

    // esphome's constants for the same chip and shunt: 251213.46 counts per ampere, 596 per watt, 3304.6 pulses per kilowatt-hour measured or 5347 by the data sheet;
    // its divider is a little different, so watts and volts agree within five percent.
    [Fact]
    public void Given_the_scale_of_the_application_guide_Then_it_agrees_with_the_constants_of_other_drivers()
    {
        Bl0942Scale scale = new();
        Assert.Equal(1000, scale.CurrentMilliamperes(251_213), 1.0);
        Assert.Equal(1_000_000_000 / 596.0, scale.NanowattsPerCount, 0.05 * 1_000_000_000 / 596);
        Assert.Equal(230_000, scale.VoltageMillivolts((int)(230 * 15873.36)), 1000.0);
        Assert.Equal(1_000_000, scale.EnergyMilliwattHours(5347), 5000.0);
        Assert.Equal(4999, Bl0942Scale.FrequencyCentihertz(20002), 1.0);
        Assert.Equal(-1, Bl0942Scale.FrequencyCentihertz(0));
    }

    // Recorded from CSE7766s (arendst/Tasmota, xnrg_02_cse7766.ino, with its remarks); what they mean in floating point, coefficient by cycle.
    [Theory]
    [InlineData("F2 5A 02 F7 60 00 03 61 00 40 10 05 72 40 51 A6 58 63 10 1B E1 7F 4D 4E", 194400.0 / 865, 0, 16400.0 / 0x057240)]
    [InlineData("55 5A 02 F7 60 00 03 5A 00 40 10 04 8B 9F 51 A6 58 18 72 75 61 AC A1 30", 194400.0 / 858, 0, 16400.0 / 0x048B9F)]
    [InlineData("55 5A 02 F7 60 00 03 AB 00 40 10 02 60 5D 51 A6 58 03 E9 EF 71 0B 7A 36", 194400.0 / 939, 5351000.0 / 0x03E9EF, 16400.0 / 0x02605D)]
    [InlineData("55 5A 02 F1 E8 00 07 9D 00 3F 3E 00 35 F8 50 DB 38 00 B2 A2 F1 D6 97 3E", 193000.0 / 0x079D, 5299000.0 / 0xB2A2, 16190.0 / 0x35F8)]
    public void Given_recorded_frames_of_a_CSE7766_Then_they_mean_this(string frame, double volts, double watts, double amperes)
    {
        UartBench bench = new(
            clock => Enumerable.Range(1, 50).Aggregate(new ScriptedPart(clock, 4800, 11), (part, i) => part.Say(i * 55, frame)), uart => new Cse7766(uart));
        bench.Sample(3000);
        LuminaireReading reading = ((Cse7766)bench.Sensor).Reading;
        Assert.Equal(volts * 1000, reading.VoltageMillivolts, 1.0);
        Assert.Equal(watts * 1000, reading.PowerMilliwatts, 1.0);
        Assert.Equal(amperes * 1000, reading.CurrentMilliamperes, 1.0);
    }

    [Theory]
    [InlineData("AA 5A 02 F7 60 00 03 AB 00 40 10 02 60 5D 51 A6 58 03 E9 EF 71 0B 7A 36", 0xAA)]
    [InlineData("FD 5A 02 F7 60 00 03 AB 00 40 10 02 60 5D 51 A6 58 03 E9 EF 71 0B 7A 36", 0xFD)]
    public void Given_a_CSE7766_that_says_it_is_uncalibrated_or_defect_Then_that_is_the_fault(string frame, int state)
    {
        UartBench bench = new(
            clock => Enumerable.Range(1, 9).Aggregate(new ScriptedPart(clock, 4800, 11), (part, i) => part.Say(i * 55, frame)), uart => new Cse7766(uart));
        bench.RunUntilFailed(3000);
        Assert.Equal((SensorFaultKind.PartDefect, state), (bench.Sensor.LastFault.Kind, bench.Sensor.LastFault.Value));
    }

    private static ScriptedPart Radar(Simulation.Parts.PartClock clock, string parameters = Ld2410Parameters) => new(clock, 256_000, 10, heard => heard switch
    {
        "FDFCFBFA0400FF00010004030201" => Ld2410Enabled,
        "FDFCFBFA0200A00004030201" => Ld2410Version,
        "FDFCFBFA0200610004030201" => parameters,
        "FDFCFBFA0200FE0004030201" => Ld2410Ended,
        _ when heard.StartsWith("FDFCFBFA14006000", StringComparison.Ordinal) && heard.Length == 60 => "FD FC FB FA 04 00 60 01 00 00 04 03 02 01",
        _ when heard.StartsWith("FDFCFBFA14006400", StringComparison.Ordinal) && heard.Length == 60 => "FD FC FB FA 04 00 64 01 00 00 04 03 02 01",
        _ => null,
    });

    private static string WithSum(string head)
    {
        byte[] bytes = ScriptedPart.Bytes(head);
        int sum = 0;
        for (int i = 2; i < bytes.Length; i++)
        {
            sum += bytes[i];
        }

        return Convert.ToHexString(bytes) + ((byte)sum).ToString("X2", System.Globalization.CultureInfo.InvariantCulture) + "AB";
    }
}
