// What an energy meter is told that it measures.
using Simulation.Parts;
using Simulation.Parts.Sensors;

namespace Bench.Jig;

/// <summary>A load of a constant power; its energy grows with time.</summary>
internal sealed class ConstantLoad(PartClock clock, int powerMilliwatts, int voltageMillivolts, int powerFactorPermille) : IMeteredLoad
{
    private const long MicrosecondsPerHour = 3_600_000_000;

    private readonly long _sinceUs = clock.NowUs;

    /// <inheritdoc/>
    public int PowerMilliwatts => powerMilliwatts;

    /// <inheritdoc/>
    public int VoltageMillivolts => voltageMillivolts;

    /// <inheritdoc/>
    public int PowerFactorPermille => powerFactorPermille;

    /// <inheritdoc/>
    public int FrequencyCentihertz => 5000;

    /// <inheritdoc/>
    public long EnergyMilliwattHours => (clock.NowUs - _sinceUs) * powerMilliwatts / MicrosecondsPerHour;
}
