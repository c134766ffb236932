// Hangs the parts of a scenario at a pole: each simulated at the level of its bytes, in the world around the pole, behind the controller's own driver.
using PoleController;
using PoleController.Drivers;
using PoleController.Hal;
using Simulation.Parts;
using Simulation.Parts.Sensors;
using Simulation.Scenarios;
using Simulation.World;

namespace Simulation.Engine.Fittings;

/// <summary>Makes what hangs at one pole.</summary>
internal sealed class FittingFactory
{
    private readonly PartClock _clock;
    private readonly PoleSurroundings _surroundings;
    private readonly long _seed;
    private readonly int _index;
    private readonly List<Fitting> _fittings = [];

    /// <summary>Begins with nothing.</summary>
    /// <param name="clock">The time at the pole.</param>
    /// <param name="surroundings">What it has around it.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="index">The pole's index.</param>
    public FittingFactory(PartClock clock, PoleSurroundings surroundings, long seed, int index)
    {
        _clock = clock;
        _surroundings = surroundings;
        _seed = seed;
        _index = index;
    }

    /// <summary>What has been made.</summary>
    public IReadOnlyList<Fitting> Fittings => _fittings;

    /// <summary>Hangs everything at the pole that it has.</summary>
    /// <param name="model">What every pole has.</param>
    /// <param name="fitting">What this one has beside it.</param>
    /// <param name="daylight">The daylight.</param>
    /// <param name="luminaire">The luminaire.</param>
    /// <param name="recorder">The instruments around it.</param>
    public FittingFactory Hang(ControllerModel model, PoleFitting fitting, DaylightModel daylight, LuminairePart luminaire, PoleRecorder recorder)
    {
        if (fitting.Sensors is { } plan)
        {
            AddInterface(plan, luminaire);
        }

        if (model.HasPhotocell)
        {
            AddI2c(PartName.Photocell, new Veml7700Part(_clock, daylight.IlluminanceMillilux), static (hardware, bus) => hardware.Photocell = new Veml7700(bus));
        }

        if (model.HasMeter)
        {
            AddMeter(fitting.Sensors?.Meter ?? MeterKind.Bl0942, new LuminaireLoad(_clock, luminaire, recorder, _surroundings.Mains, Stream("meter")));
        }

        if (fitting.Sensors is { } sensors)
        {
            AddSensors(sensors);
        }

        if (_surroundings.Bin is { } bin)
        {
            AddRange(PartName.FillLevel, bin.Plan.Sensor, bin.DistanceMillimetresAt, static (hardware, sensor) => hardware.FillLevel = sensor);
        }

        if (_surroundings.Water is { } water)
        {
            AddRange(PartName.WaterLevel, water.Plan.Sensor, water.DistanceMillimetresAt, static (hardware, sensor) => hardware.WaterLevel = sensor);
        }

        if (fitting.Air is { } air)
        {
            AddAirStation(air);
        }

        return this;
    }

    // First of all: it is what keeps the lamp lit.
    private void AddInterface(SensorPlan plan, LuminairePart luminaire)
    {
        LuminaireWarmth warmth = new(_clock, luminaire, _surroundings);
        if (plan.Dimmer == DimmerKind.Analog)
        {
            _fittings.Add(new AnalogFitting(luminaire));
        }
        else if (plan.Dimmer == DimmerKind.Dali)
        {
            _fittings.Add(new DaliFitting(_clock, luminaire, warmth, Stream("dali")));
        }

        if (plan.HasBoardSensors)
        {
            _fittings.Add(new SupplyFitting(_clock, _surroundings.Mains, Stream("supply")));
            _fittings.Add(new BoardThermometerFitting(warmth));
        }
    }

    private void AddSensors(SensorPlan sensors)
    {
        if (_surroundings.Radar is { } scene)
        {
            _fittings.Add(new RadarFitting(_clock, scene, Stream("radar-line")));
        }

        if (sensors.HasAccelerometer)
        {
            _fittings.Add(new AccelerometerFitting(_clock, _surroundings.Motion));
        }

        if (sensors.HasDoorContact)
        {
            _fittings.Add(new ContactFitting(_surroundings.Incidents));
        }
    }

    private void AddMeter(MeterKind kind, IMeteredLoad load)
    {
        if (kind == MeterKind.Bl0937)
        {
            _fittings.Add(new PulseMeterFitting(new PulseMeterPart(_clock, load)));
        }
        else if (kind == MeterKind.Bl0942)
        {
            AddUart(
                PartName.Meter, new Bl0942Part(_clock, load), () => new Cse7766Part(_clock, load),
                static (hardware, uart) => hardware.Meter = new Bl0942(uart, new Bl0942Scale(), 0));
        }
        else
        {
            AddUart(PartName.Meter, new Cse7766Part(_clock, load), () => new Bl0942Part(_clock, load), static (hardware, uart) => hardware.Meter = new Cse7766(uart));
        }
    }

    private void AddRange(PartName name, RangePart kind, Func<long, double> millimetres, Action<PoleHardware, IRangeSensor> connect)
    {
        bool isA02yyuw = kind == RangePart.A02yyuw;

        // The A02YYUW computes with one speed of sound, that of 20 degrees; the MB738x measures its own temperature.
        RangeScene scene = new(millimetres, _surroundings.Air, isA02yyuw ? A02yyuw.AssumedReferenceCentidegrees / 100.0 : null, Stream("echoes-" + name));
        UartPart MakeA02yyuw() => new A02yyuwPart(_clock, scene.MillimetresAt);
        UartPart MakeMb738x() => new Mb738xPart(_clock, scene.MillimetresAt);
        AddUart(
            name,
            isA02yyuw ? MakeA02yyuw() : MakeMb738x(),
            isA02yyuw ? MakeMb738x : MakeA02yyuw,
            (hardware, uart) => connect(hardware, isA02yyuw ? new A02yyuw(uart) : new Mb738x(uart)),
            (trouble, isBegin, size) => scene.DriftPercent = trouble == PartTrouble.Drifting && isBegin ? size : 0);
    }

    private void AddAirStation(AirStationPlan plan)
    {
        LocalAir air = _surroundings.Air;
        if (plan.Particulates is ParticulatePart particulates)
        {
            AddParticulates(particulates);
        }

        if (plan.HasClimate)
        {
            // Noise of the part by its data sheet: 0.005 K, 0.03 % RH, 1.3 Pa.
            RandomStream noise = Stream("climate");
            AddI2c(
                PartName.Climate,
                new Bme280Part(
                    _clock,
                    us => air.At(us).TemperatureDegrees + (0.005 * noise.NextGaussian()),
                    us => Math.Clamp(air.At(us).HumidityPercent + (0.03 * noise.NextGaussian()), 0, 100),
                    us => air.At(us).PressurePascals + (1.3 * noise.NextGaussian())),
                static (hardware, bus) => hardware.Climate = new Bme280(bus),
                makeOther: () => new Bme280Part(_clock, us => air.At(us).TemperatureDegrees, static _ => 0, us => air.At(us).PressurePascals, null, isBmp280: true));
        }

        if (plan.HasCarbonDioxide)
        {
            AddCarbonDioxide(air);
        }

        if (plan.HasGas)
        {
            // Signals of the pixels as resistances: the VOC pixel's falls, the NOx pixel's rises with the gas, both with its logarithm.
            double Voc(long us) => 30_000 - (3_000 * Math.Log(air.VocFactorAt(us)));
            double Nox(long us) => 15_000 + (1_500 * Math.Log(air.NoxFactorAt(us)));
            AddI2c(PartName.Gas, new Sgp41Part(_clock, Voc, Nox), static (hardware, bus) => hardware.Gas = new Sgp41(bus), makeOther: () => new Sgp41Part(_clock, Voc, Nox, isSgp40: true));
        }
    }

    private void AddCarbonDioxide(LocalAir air)
    {
        double factor = 1;
        double Ppm(long us) => air.At(us).CarbonDioxidePpm * factor;
        AddI2c(
            PartName.CarbonDioxide,
            new Scd41Part(_clock, Ppm, us => air.At(us).TemperatureDegrees, us => air.At(us).HumidityPercent) { PressurePascals = air.At(0).PressurePascals },
            static (hardware, bus) => hardware.CarbonDioxide = new Scd41(bus),
            (trouble, isBegin, size) => factor = trouble == PartTrouble.Drifting && isBegin ? 1 + (size / 100) : 1);
    }

    private void AddParticulates(ParticulatePart kind)
    {
        DustScene dust = new(_surroundings.Air, Stream("dust"));
        void SetInside(PartTrouble trouble, bool isBegin, double size) => dust.SetTrouble(trouble, isBegin);
        UartPart MakePms5003() => new Pms5003Part(_clock, dust.DustyAt);
        UartPart MakeSds011() => new Sds011Part(_clock, dust.DustyAt, 0x1234 + _index);
        switch (kind)
        {
            case ParticulatePart.Pms5003:
                AddUart(PartName.Particulates, MakePms5003(), MakeSds011, static (hardware, uart) => hardware.Particulates = new Pms5003(uart), SetInside);
                break;
            case ParticulatePart.Sds011:
                AddUart(PartName.Particulates, MakeSds011(), MakePms5003, static (hardware, uart) => hardware.Particulates = new Sds011(uart), SetInside);
                break;
            case ParticulatePart.Sps30Uart:
                Sps30SerialPart serial = new(_clock, dust.MatterAt);
                AddUart(PartName.Particulates, serial, MakePms5003, static (hardware, uart) => hardware.Particulates = new Sps30Serial(uart), SetCore(serial.Core));
                break;
            default:
                Sps30Part part = new(_clock, dust.MatterAt);
                AddI2c(PartName.Particulates, part, static (hardware, bus) => hardware.Particulates = new Sps30(bus), SetCore(part.Core));
                break;
        }
    }

    // An SPS30 knows of its fan and its laser.
    private static Action<PartTrouble, bool, double> SetCore(Sps30Core core) => (trouble, isBegin, _) =>
    {
        core.IsLaserWorn = trouble == PartTrouble.Worn ? isBegin : core.IsLaserWorn;
        core.IsFanBlocked = trouble == PartTrouble.Blocked ? isBegin : core.IsFanBlocked;
    };

    private void AddUart(
        PartName name, UartPart part, Func<UartPart> makeOther, Action<PoleHardware, IUart> connect, Action<PartTrouble, bool, double>? setInside = null) =>
        _fittings.Add(new UartFitting(name, new UartPort(_clock, part), part, makeOther, connect, setInside, Stream("line-" + name)));

    private void AddI2c(
        PartName name, I2cPart part, Action<PoleHardware, II2cDevice> connect, Action<PartTrouble, bool, double>? setInside = null, Func<I2cPart>? makeOther = null) =>
        _fittings.Add(new I2cFitting(name, part, makeOther ?? (() => new SilentPart(_clock)), connect, setInside));

    private RandomStream Stream(string name) => new(_seed, name, _index);
}
