// The sensors of an air station: what they say is a function of the time, or as a test sets it.
using PoleController.Hal;

namespace PoleController.Tests.Parts;

internal sealed class SimulatedParticulates : SimulatedSensor, IParticulateSensor
{
    public int Pm1DecimicrogramsPerCubicMetre => Pm25DecimicrogramsPerCubicMetre < 0 ? -1 : Pm25DecimicrogramsPerCubicMetre / 2;

    public int Pm25DecimicrogramsPerCubicMetre { get; private set; } = -1;

    public int Pm4DecimicrogramsPerCubicMetre => -1;

    public int Pm10DecimicrogramsPerCubicMetre => Pm25DecimicrogramsPerCubicMetre < 0 ? -1 : Pm25DecimicrogramsPerCubicMetre * 3 / 2;

    public int MaximumDecimicrogramsPerCubicMetre => 10000;

    /// <summary>PM2.5 in tenths of a microgram at a time.</summary>
    public Func<long, int> Pm25 { get; set; } = _ => 100;

    protected override void TakeSample(long nowMs) => Pm25DecimicrogramsPerCubicMetre = Pm25(nowMs);
}

internal sealed class StationClimate : SimulatedSensor, IClimateSensor
{
    public int TemperatureCentidegrees { get; set; } = 1500;

    public int HumidityPermille { get; set; } = 500;

    public int PressurePascals { get; set; } = 98000;

    public Action<long>? Weather { get; set; }

    protected override void TakeSample(long nowMs) => Weather?.Invoke(nowMs);
}

internal sealed class SimulatedCarbonDioxide : SimulatedSensor, ICarbonDioxideSensor
{
    public int CarbonDioxidePpm { get; set; } = 430;

    public int TemperatureCentidegrees { get; set; } = 1800;

    public int HumidityPermille { get; set; } = 450;

    public int Pascals { get; private set; }

    public void SetPressure(int pascals) => Pascals = pascals;

    protected override void TakeSample(long nowMs)
    {
    }
}

internal sealed class SimulatedGas : SimulatedSensor, IGasSensor
{
    public int VocTicks { get; set; } = 30000;

    public int NoxTicks { get; set; } = 15000;

    public (int Centidegrees, int Permille) Compensation { get; private set; }

    public void SetCompensation(int temperatureCentidegrees, int humidityPermille) => Compensation = (temperatureCentidegrees, humidityPermille);

    protected override void TakeSample(long nowMs)
    {
    }
}
