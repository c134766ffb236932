// A fleet in which one pole has another part than the builder gave it, such as one that throws.
using PoleController.Hal;
using Simulation.Engine;

namespace Simulation.Tests.Runs;

internal static class PartSwap
{
    /// <summary>The same fleet with another AES block or random source at one pole, which has mains all the time.</summary>
    public static Fleet Replace(Fleet fleet, int index, IAesBlock? aes = null, IRandom? random = null)
    {
        SimulatedPole[] poles = [.. fleet.Poles];
        PoleParts parts = poles[index].Parts;
        PoleParts swapped = new()
        {
            Recorder = parts.Recorder,
            Responses = parts.Responses,
            Excuses = parts.Excuses,
            Crystal = parts.Crystal,
            Luminaire = parts.Luminaire,
            Radio = parts.Radio,
            Store = parts.Store,
            Aes = aes ?? parts.Aes,
            Random = random ?? parts.Random,
            Pir = parts.Pir,
            Clock = parts.Clock,
            Fittings = parts.Fittings,
            Surroundings = parts.Surroundings,
        };
        poles[index] = new SimulatedPole(index, swapped, [new WorldEvent(0, null, false)]);
        return new Fleet
        {
            Scenario = fleet.Scenario,
            Seed = fleet.Seed,
            Import = fleet.Import,
            Poles = poles,
            Nights = fleet.Nights,
            Outages = fleet.Outages,
            Faults = fleet.Faults,
            Gateways = fleet.Gateways,
            Network = fleet.Network,
            Traffic = fleet.Traffic,
            Operator = fleet.Operator,
            BinSeconds = fleet.BinSeconds,
            Warnings = fleet.Warnings,
        };
    }
}
