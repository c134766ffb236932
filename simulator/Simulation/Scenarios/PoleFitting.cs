// What hangs at each pole, worked out from the entries of a scenario: where several mean a pole, the later holds.
using Simulation.World;

namespace Simulation.Scenarios;

/// <summary>What hangs at one pole beside what every pole has; null means nothing.</summary>
public sealed record PoleFitting
{
    /// <summary>Nothing beside what every pole has.</summary>
    public static PoleFitting None { get; } = new();

    /// <summary>What this pole's controller has of what every pole may have; null where it is as the scenario says for all.</summary>
    public ControllerModel? Hardware { get; init; }

    /// <summary>Sensors and interfaces.</summary>
    public SensorPlan? Sensors { get; init; }

    /// <summary>A container.</summary>
    public BinPlan? Bin { get; init; }

    /// <summary>A water gauge.</summary>
    public WaterPlan? Water { get; init; }

    /// <summary>An air station.</summary>
    public AirStationPlan? Air { get; init; }

    /// <summary>Whether a short-range radio hangs there.</summary>
    public bool HasNeighbourRadio { get; init; }

    /// <summary>What hangs at every pole, by index.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="lamps">The lamps.</param>
    /// <param name="seed">The run's seed.</param>
    public static PoleFitting[] Resolve(Scenario scenario, IReadOnlyList<Lamp> lamps, long seed)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(lamps);
        PoleFitting[] fittings = new PoleFitting[lamps.Count];
        for (int pole = 0; pole < fittings.Length; pole++)
        {
            fittings[pole] = lamps[pole].Files?.Fitting ?? None;
        }

        Apply(scenario.Sensors, static plan => plan.Poles, "sensors", static (fitting, plan) => fitting with { Sensors = plan });
        Apply(scenario.Bins, static plan => plan.Poles, "bins", static (fitting, plan) => fitting with { Bin = plan });
        Apply(scenario.Waters, static plan => plan.Poles, "water", static (fitting, plan) => fitting with { Water = plan });
        Apply(scenario.AirStations, static plan => plan.Poles, "air", static (fitting, plan) => fitting with { Air = plan });
        Apply(scenario.NeighbourLines, static plan => plan.Poles, "neighbours", static (fitting, _) => fitting with { HasNeighbourRadio = true });
        return fittings;

        void Apply<T>(IReadOnlyList<T> plans, Func<T, PoleSelector> poles, string purpose, Func<PoleFitting, T, PoleFitting> put)
        {
            for (int i = 0; i < plans.Count; i++)
            {
                foreach (int pole in poles(plans[i]).Select(lamps, seed, purpose, i))
                {
                    fittings[pole] = put(fittings[pole], plans[i]);
                }
            }
        }
    }

    /// <summary>Whether a part hangs at the pole that can be in such trouble.</summary>
    /// <param name="part">The part.</param>
    /// <param name="trouble">The trouble.</param>
    /// <param name="controller">What every pole has.</param>
    public bool CanHave(PartName part, PartTrouble trouble, ControllerModel controller) =>
        Has(part, controller) && PartTroubles.Of(part, Sensors?.Dimmer ?? DimmerKind.Port, Sensors?.Meter ?? MeterKind.Bl0942).Contains(trouble);

    /// <summary>Whether a part that can be in trouble hangs at the pole.</summary>
    /// <param name="part">The part.</param>
    /// <param name="controller">What every pole has.</param>
    public bool Has(PartName part, ControllerModel controller)
    {
        ArgumentNullException.ThrowIfNull(controller);
        return part switch
        {
            PartName.Radar => Sensors is { HasRadar: true },
            PartName.Photocell => (Hardware ?? controller).HasPhotocell,
            PartName.Meter => (Hardware ?? controller).HasMeter,
            PartName.Dimmer => Sensors is { Dimmer: not DimmerKind.Port },
            PartName.Gear or PartName.Relay => true,
            PartName.SupplyVoltage or PartName.BoardTemperature => Sensors is { HasBoardSensors: true },
            PartName.FillLevel => Bin is not null,
            PartName.WaterLevel => Water is not null,
            PartName.Particulates => Air is { Particulates: not null },
            PartName.Climate => Air is { HasClimate: true },
            PartName.CarbonDioxide => Air is { HasCarbonDioxide: true },
            PartName.Gas => Air is { HasGas: true },
            PartName.Accelerometer => Sensors is { HasAccelerometer: true },
            PartName.NeighbourRadio => HasNeighbourRadio,
            _ => false,
        };
    }
}
