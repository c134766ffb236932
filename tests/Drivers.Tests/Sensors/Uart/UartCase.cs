// One UART sensor for the tests that hold for all of them: its driver, its simulated part in a steady world, what a right sample is and what a possible one.
using PoleController.Drivers;
using PoleController.Hal;
using Simulation.Parts;
using Simulation.Parts.Sensors;
using Xunit;

namespace Drivers.Tests.Sensors.Uart;

internal sealed class UartCase
{
    public static readonly string[] Names = ["LD2410", "A02YYUW", "MB7389", "PMS5003", "SDS011", "SPS30", "BL0942", "CSE7766"];

    private UartCase(string name)
    {
        Name = name;
    }

    public string Name { get; }

    public required Func<PartClock, UartPart> CreatePart { get; init; }

    public required Func<IUart, UartSensor> CreateDriver { get; init; }

    /// <summary>Asserts that a sample is what the world is.</summary>
    public required Action<ISensor> AssertTrue { get; init; }

    /// <summary>Asserts that a sample is something that the part could have said.</summary>
    public required Action<ISensor> AssertPossible { get; init; }

    /// <summary>How long a sample may take from the request on, start included.</summary>
    public required int SampleMs { get; init; }

    /// <summary>Damages a frame so that the driver must notice.</summary>
    public Func<byte[], byte[]> Damage { get; init; } = frame =>
    {
        frame[frame.Length / 2] ^= 0x04;
        return frame;
    };

    /// <summary>What a line of damaged frames is called.</summary>
    public SensorFaultKind DamagedKind { get; init; } = SensorFaultKind.ChecksumWrong;

    /// <summary>Whether the part has to be told something before it answers.</summary>
    public bool IsAsked { get; init; } = true;

    public static UartCase Of(string name) => name switch
    {
        "LD2410" => new UartCase(name)
        {
            CreatePart = clock => new Ld2410Part(clock, _ => new RadarView(312, 77, 140, 55)),
            CreateDriver = uart => new Ld2410(uart, null, new Ld2410Settings()),
            SampleMs = 1500,
            Damage = frame =>
            {
                frame[^2] ^= 0x04;
                return frame;
            },
            AssertTrue = sensor =>
            {
                Ld2410 radar = (Ld2410)sensor;
                Assert.Equal((true, 312, 77), (radar.IsMoving, radar.MovingDistanceCentimetres, radar.MovingEnergy));
                Assert.Equal((true, 140, 55), (radar.IsStill, radar.StillDistanceCentimetres, radar.StillEnergy));
            },
            AssertPossible = sensor =>
            {
                Ld2410 radar = (Ld2410)sensor;
                Assert.InRange(radar.MovingDistanceCentimetres, 0, 675);
                Assert.InRange(radar.StillDistanceCentimetres, 0, 675);
                Assert.InRange(radar.MovingEnergy, 0, 100);
                Assert.InRange(radar.StillEnergy, 0, 100);
                Assert.InRange(radar.ReportCount, 0, 11);
            },
        },
        "A02YYUW" => Range(name, clock => new A02yyuwPart(clock, _ => 1953), uart => new A02yyuw(uart), 30, 4500),
        "MB7389" => Range(name, clock => new Mb738xPart(clock, _ => 1953), uart => new Mb738x(uart), 300, 5000),
        "PMS5003" => Particulates(name, clock => new Pms5003Part(clock, _ => new DustyAir(80, 130, 210)), uart => new Pms5003(uart), 80, 10000),
        "SDS011" => Particulates(name, clock => new Sds011Part(clock, _ => new DustyAir(80, 130, 210), 0xA160), uart => new Sds011(uart), -1, 9999),
        "SPS30" => new UartCase(name)
        {
            CreatePart = clock => new Sps30SerialPart(clock, _ => new ParticulateMatter(8.0, 13.04, 17.96, 21.0)),
            CreateDriver = uart => new Sps30Serial(uart),
            SampleMs = 33_000,
            AssertTrue = sensor =>
            {
                Sps30Serial particulates = (Sps30Serial)sensor;
                Assert.Equal((80, 130, 180, 210), (particulates.Pm1DecimicrogramsPerCubicMetre, particulates.Pm25DecimicrogramsPerCubicMetre,
                    particulates.Pm4DecimicrogramsPerCubicMetre, particulates.Pm10DecimicrogramsPerCubicMetre));
            },
            AssertPossible = sensor =>
            {
                Sps30Serial particulates = (Sps30Serial)sensor;
                Assert.InRange(particulates.Pm1DecimicrogramsPerCubicMetre, 0, 10_000);
                Assert.InRange(particulates.Pm25DecimicrogramsPerCubicMetre, 0, 10_000);
                Assert.InRange(particulates.Pm4DecimicrogramsPerCubicMetre, 0, 10_000);
                Assert.InRange(particulates.Pm10DecimicrogramsPerCubicMetre, 0, 10_000);
            },
        },
        "BL0942" => Meter(name, clock => new Bl0942Part(clock, new Load()), uart => new Bl0942(uart, new Bl0942Scale(), 0), true),
        "CSE7766" => Meter(name, clock => new Cse7766Part(clock, new Load()), uart => new Cse7766(uart), false),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    private static UartCase Range(string name, Func<PartClock, UartPart> createPart, Func<IUart, UartSensor> createDriver, int nearest, int farthest) =>
        new(name)
        {
            CreatePart = createPart,
            CreateDriver = createDriver,
            SampleMs = 1500,
            IsAsked = false,
            DamagedKind = name == "MB7389" ? SensorFaultKind.NoFrame : SensorFaultKind.ChecksumWrong,
            Damage = frame =>
            {
                frame[2] ^= 0x40;
                return frame;
            },
            AssertTrue = sensor =>
            {
                Assert.Equal(RangeOutcome.Distance, ((IRangeSensor)sensor).Outcome);
                Assert.Equal(1953, ((IRangeSensor)sensor).DistanceMillimetres);
            },
            AssertPossible = sensor =>
            {
                IRangeSensor range = (IRangeSensor)sensor;
                Assert.InRange(range.DistanceMillimetres, range.Outcome == RangeOutcome.Distance ? nearest : 0, farthest);
            },
        };

    private static UartCase Particulates(string name, Func<PartClock, UartPart> createPart, Func<IUart, UartSensor> createDriver, int pm1, int maximum) =>
        new(name)
        {
            CreatePart = createPart,
            CreateDriver = createDriver,
            SampleMs = 33_000,
            AssertTrue = sensor =>
            {
                IParticulateSensor particulates = (IParticulateSensor)sensor;
                Assert.Equal(pm1, particulates.Pm1DecimicrogramsPerCubicMetre);
                Assert.Equal(130, particulates.Pm25DecimicrogramsPerCubicMetre);
                Assert.Equal(-1, particulates.Pm4DecimicrogramsPerCubicMetre);
                Assert.Equal(210, particulates.Pm10DecimicrogramsPerCubicMetre);
            },
            AssertPossible = sensor =>
            {
                IParticulateSensor particulates = (IParticulateSensor)sensor;
                Assert.InRange(particulates.Pm1DecimicrogramsPerCubicMetre, -1, maximum);
                Assert.InRange(particulates.Pm25DecimicrogramsPerCubicMetre, 0, maximum);
                Assert.InRange(particulates.Pm10DecimicrogramsPerCubicMetre, 0, maximum);
            },
        };

    private static UartCase Meter(string name, Func<PartClock, UartPart> createPart, Func<IUart, UartSensor> createDriver, bool isAsked) => new(name)
    {
        CreatePart = createPart,
        CreateDriver = createDriver,
        SampleMs = 1000,
        IsAsked = isAsked,
        AssertTrue = sensor =>
        {
            LuminaireReading reading = ((ILuminaireMeter)sensor).Reading;
            Assert.InRange(reading.PowerMilliwatts, 41_990, 42_010);
            Assert.InRange(reading.VoltageMillivolts, 229_700, 230_300);
            Assert.InRange(reading.CurrentMilliamperes, 191, 193);
            Assert.InRange(reading.PowerFactorPermille, 945, 955);
            Assert.InRange(reading.FrequencyCentihertz, isAsked ? 4998 : -1, isAsked ? 5002 : -1);
        },
        AssertPossible = sensor =>
        {
            LuminaireReading reading = ((ILuminaireMeter)sensor).Reading;
            Assert.InRange(reading.PowerMilliwatts, 0, 1_000_000);
            Assert.InRange(reading.PowerFactorPermille, -1, 1000);
            Assert.True(reading.EnergyMilliwattHours >= 0);
        },
    };

    internal sealed class Load : IMeteredLoad
    {
        public int PowerMilliwatts { get; set; } = 42_000;

        public int VoltageMillivolts { get; set; } = 230_000;

        public int PowerFactorPermille { get; set; } = 950;

        public int FrequencyCentihertz { get; set; } = 5000;

        public long EnergyMilliwattHours { get; set; }
    }
}
