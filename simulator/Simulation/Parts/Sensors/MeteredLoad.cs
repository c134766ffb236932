// What an energy meter measures, as it truly is.
namespace Simulation.Parts.Sensors;

/// <summary>The load behind a meter.</summary>
public interface IMeteredLoad
{
    /// <summary>Active power in milliwatts, with the error of a real meter already in it.</summary>
    int PowerMilliwatts { get; }

    /// <summary>Voltage in millivolts.</summary>
    int VoltageMillivolts { get; }

    /// <summary>Active power by apparent power in thousandths, 1 to 1000.</summary>
    int PowerFactorPermille { get; }

    /// <summary>Frequency in hundredths of a hertz.</summary>
    int FrequencyCentihertz { get; }

    /// <summary>Energy since the beginning in milliwatt-hours.</summary>
    long EnergyMilliwattHours { get; }

    /// <summary>The same in microjoules, for meters whose steps are finer than a milliwatt-hour.</summary>
    long EnergyMicrojoules => EnergyMilliwattHours * 3_600_000;
}
