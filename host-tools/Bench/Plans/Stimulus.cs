// What a step does to the controller.
using Bench.Boards;
using Bench.Jig;
using Simulation.Parts.Sensors;

namespace Bench.Plans;

/// <summary>A stimulus.</summary>
/// <param name="Signal">The jig's signal that it needs.</param>
internal abstract record Stimulus(string Signal)
{
    /// <summary>Does it.</summary>
    /// <exception cref="IOException">An instrument failed.</exception>
    public abstract void Apply(JigInstruments jig);
}

/// <summary>A contact is driven.</summary>
internal sealed record ContactStimulus(string Signal, bool IsActive) : Stimulus(Signal)
{
    /// <inheritdoc/>
    public override void Apply(JigInstruments jig) => jig.Drive(Signal, IsActive);
}

/// <summary>A voltage is put on.</summary>
internal sealed record VoltageStimulus(string Signal, int Millivolts) : Stimulus(Signal)
{
    /// <inheritdoc/>
    public override void Apply(JigInstruments jig) => jig.SetVoltage(Signal, Millivolts);
}

/// <summary>A radar is played.</summary>
internal sealed record RadarStimulus(RadarView View) : Stimulus(SignalNames.SerialUart)
{
    /// <inheritdoc/>
    public override void Apply(JigInstruments jig) => jig.Sensor!.Plug(new Ld2410Part(jig.Sensor.Time, _ => View));
}

/// <summary>An ultrasonic sensor above a container is played.</summary>
internal sealed record RangeStimulus(int DistanceMillimetres) : Stimulus(SignalNames.SerialUart)
{
    /// <inheritdoc/>
    public override void Apply(JigInstruments jig) => jig.Sensor!.Plug(new A02yyuwPart(jig.Sensor.Time, _ => DistanceMillimetres));
}

/// <summary>A water gauge is played.</summary>
internal sealed record GaugeStimulus(int DistanceMillimetres) : Stimulus(SignalNames.SerialUart)
{
    /// <inheritdoc/>
    public override void Apply(JigInstruments jig) => jig.Sensor!.Plug(new Mb738xPart(jig.Sensor.Time, _ => DistanceMillimetres));
}

/// <summary>An energy meter is played.</summary>
internal sealed record MeterStimulus(int PowerMilliwatts, int VoltageMillivolts, int PowerFactorPermille) : Stimulus(SignalNames.MeterUart)
{
    /// <inheritdoc/>
    public override void Apply(JigInstruments jig) =>
        jig.Meter!.Plug(new Bl0942Part(jig.Meter.Time, new ConstantLoad(jig.Meter.Time, PowerMilliwatts, VoltageMillivolts, PowerFactorPermille)));
}
