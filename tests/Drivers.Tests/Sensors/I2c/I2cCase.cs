// One I2C sensor for the tests that hold for all of them: its driver, its simulated part in a steady world, what a right sample is and what a possible one.
using PoleController.Drivers;
using PoleController.Hal;
using Simulation.Parts;
using Simulation.Parts.Sensors;
using Xunit;

namespace Drivers.Tests.Sensors.I2c;

internal sealed class I2cCase
{
    public static readonly string[] Names = ["SPS30", "SCD41", "SGP41", "BME280", "VEML7700", "LIS3DH"];

    private I2cCase(string name) => Name = name;

    public string Name { get; }

    public required Func<PartClock, I2cPart> CreatePart { get; init; }

    public required Func<II2cDevice, SensorDriver> CreateDriver { get; init; }

    /// <summary>Asserts that a sample is what the world is.</summary>
    public required Action<ISensor> AssertTrue { get; init; }

    /// <summary>Asserts that a sample is something that the part could have said.</summary>
    public required Action<ISensor> AssertPossible { get; init; }

    /// <summary>How long a sample may take from the request on, start included.</summary>
    public required int SampleMs { get; init; }

    /// <summary>What a line that damages every byte is called.</summary>
    public SensorFaultKind DamagedKind { get; init; } = SensorFaultKind.ChecksumWrong;

    /// <summary>Whether the driver can tell that the part has restarted.</summary>
    public bool NoticesRestart { get; init; } = true;

    public I2cBench CreateBench() => new(CreatePart, CreateDriver);

    public static I2cCase Of(string name) => name switch
    {
        "SPS30" => new I2cCase(name)
        {
            CreatePart = clock => new Sps30Part(clock, _ => new ParticulateMatter(4.25, 12.5, 15.04, 18.96)),
            CreateDriver = device => new Sps30(device),
            SampleMs = 32_000,
            AssertTrue = sensor =>
            {
                Sps30 driver = (Sps30)sensor;
                Assert.Equal((43, 125, 150, 190), (driver.Pm1DecimicrogramsPerCubicMetre, driver.Pm25DecimicrogramsPerCubicMetre,
                    driver.Pm4DecimicrogramsPerCubicMetre, driver.Pm10DecimicrogramsPerCubicMetre));
            },
            AssertPossible = sensor =>
            {
                Sps30 driver = (Sps30)sensor;
                Assert.InRange(driver.Pm1DecimicrogramsPerCubicMetre, 0, 10_000);
                Assert.InRange(driver.Pm25DecimicrogramsPerCubicMetre, 0, 10_000);
                Assert.InRange(driver.Pm4DecimicrogramsPerCubicMetre, 0, 10_000);
                Assert.InRange(driver.Pm10DecimicrogramsPerCubicMetre, 0, 10_000);
            },
        },
        "SCD41" => new I2cCase(name)
        {
            CreatePart = clock => new Scd41Part(clock, _ => 612, _ => 18.4, _ => 55.5),
            CreateDriver = device =>
            {
                Scd41 driver = new(device);
                driver.SetPressure(101_300);
                return driver;
            },
            SampleMs = 12_000,
            AssertTrue = sensor =>
            {
                Scd41 driver = (Scd41)sensor;
                Assert.InRange(driver.CarbonDioxidePpm, 611, 613);
                Assert.Equal((1840, 555), (driver.TemperatureCentidegrees, driver.HumidityPermille));
            },
            AssertPossible = sensor =>
            {
                Scd41 driver = (Scd41)sensor;
                Assert.InRange(driver.CarbonDioxidePpm, 0, 40_000);
                Assert.InRange(driver.TemperatureCentidegrees, -4500, 13_000);
                Assert.InRange(driver.HumidityPermille, 0, 1000);
            },
        },
        "SGP41" => new I2cCase(name)
        {
            CreatePart = clock => new Sgp41Part(clock, _ => 30_521, _ => 15_233),
            CreateDriver = device => new Sgp41(device),
            SampleMs = 12_000,
            NoticesRestart = false,
            AssertTrue = sensor => Assert.Equal((30_521, 15_233), (((Sgp41)sensor).VocTicks, ((Sgp41)sensor).NoxTicks)),
            AssertPossible = sensor =>
            {
                Assert.InRange(((Sgp41)sensor).VocTicks, 0, 65_534);
                Assert.InRange(((Sgp41)sensor).NoxTicks, -1, 65_534);
            },
        },
        "BME280" => new I2cCase(name)
        {
            CreatePart = clock => new Bme280Part(clock, _ => 21.37, _ => 48.2, _ => 98_765),
            CreateDriver = device => new Bme280(device),
            SampleMs = 200,
            DamagedKind = SensorFaultKind.WrongPart,
            AssertTrue = sensor =>
            {
                Bme280 driver = (Bme280)sensor;
                Assert.InRange(driver.TemperatureCentidegrees, 2136, 2138);
                Assert.InRange(driver.HumidityPermille, 481, 483);
                Assert.InRange(driver.PressurePascals, 98_764, 98_766);
            },
            AssertPossible = sensor =>
            {
                Bme280 driver = (Bme280)sensor;
                Assert.InRange(driver.TemperatureCentidegrees, -4000, 8500);
                Assert.InRange(driver.HumidityPermille, 0, 1000);
                Assert.True(driver.PressurePascals is -1 or (>= 30_000 and <= 110_000));
            },
        },
        "VEML7700" => new I2cCase(name)
        {
            CreatePart = clock => new Veml7700Part(clock, _ => 25_000),
            CreateDriver = device => new Veml7700(device),
            SampleMs = 1500,
            DamagedKind = SensorFaultKind.WrongPart,
            AssertTrue = sensor => Assert.InRange(((Veml7700)sensor).IlluminanceMillilux, 24_980, 25_000),
            AssertPossible = sensor => Assert.InRange(((Veml7700)sensor).IlluminanceMillilux, 0, 140_000_000),
        },
        "LIS3DH" => new I2cCase(name)
        {
            CreatePart = clock => new Lis3dhPart(clock, _ => new Acceleration(100, -52, 992)),
            CreateDriver = device => new Lis3dh(device, null),
            SampleMs = 400,
            DamagedKind = SensorFaultKind.WrongPart,
            AssertTrue = sensor =>
            {
                Lis3dh driver = (Lis3dh)sensor;
                Assert.InRange(driver.XMilligravities, 98, 102);
                Assert.InRange(driver.YMilligravities, -54, -50);
                Assert.InRange(driver.ZMilligravities, 990, 994);
            },
            AssertPossible = sensor =>
            {
                Lis3dh driver = (Lis3dh)sensor;
                Assert.InRange(driver.XMilligravities, -8192, 8188);
                Assert.InRange(driver.YMilligravities, -8192, 8188);
                Assert.InRange(driver.ZMilligravities, -8192, 8188);
                Assert.InRange(driver.ImpactMilligravities, 0, 28_400);
            },
        },
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
