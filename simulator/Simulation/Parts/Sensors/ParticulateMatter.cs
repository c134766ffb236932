// Particulate matter in the air at one place and time, as simulated particulate sensors see it.
namespace Simulation.Parts.Sensors;

/// <summary>Mass concentrations in micrograms per cubic metre.</summary>
/// <param name="Pm1">Up to 1 micrometre.</param>
/// <param name="Pm25">Up to 2.5 micrometres.</param>
/// <param name="Pm4">Up to 4 micrometres.</param>
/// <param name="Pm10">Up to 10 micrometres.</param>
public readonly record struct ParticulateMatter(double Pm1, double Pm25, double Pm4, double Pm10);
