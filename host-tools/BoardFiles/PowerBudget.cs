// What the controller draws, added up from parts, rails and converters. Data and sums; reading is in Reading/.
namespace BoardFiles;

/// <summary>How a figure is known.</summary>
public enum FigureBasis
{
    /// <summary>Read in the data sheet, or in a public copy of it.</summary>
    DataSheet,

    /// <summary>The data sheet's figure at second hand; to be read again there before parts are ordered.</summary>
    Quoted,

    /// <summary>Measured by somebody, as the source says.</summary>
    Measured,

    /// <summary>Computed, as the source says.</summary>
    Calculated,

    /// <summary>Taken to be so, for the reason given.</summary>
    Assumed,
}

/// <summary>A converter: what it gives, and what it takes for that.</summary>
/// <param name="Rail">The rail it feeds.</param>
/// <param name="Part">Its part.</param>
/// <param name="From">The rail, or "mains", it is fed from.</param>
/// <param name="Millivolts">Output voltage.</param>
/// <param name="EfficiencyPercent">Output over input, without the standby share.</param>
/// <param name="StandbyMilliwatts">What it takes without load.</param>
/// <param name="RatedMilliwatts">The most it can give.</param>
/// <param name="Basis">How that is known.</param>
/// <param name="Source">Where it stands.</param>
/// <param name="Line">Line of the file.</param>
public sealed record Converter(
    string Rail, string Part, string From, int Millivolts, double EfficiencyPercent, double StandbyMilliwatts, int RatedMilliwatts, FigureBasis Basis, string Source, long Line);

/// <summary>One state of a part.</summary>
/// <param name="Part">The part.</param>
/// <param name="State">The state.</param>
/// <param name="Rail">The rail it draws from, or "mains".</param>
/// <param name="Milliwatts">What it draws from that rail in this state.</param>
/// <param name="SharePermille">Share of the time it is in it.</param>
/// <param name="Basis">How that is known.</param>
/// <param name="Source">Where it stands.</param>
/// <param name="Line">Line of the file.</param>
public sealed record Load(string Part, string State, string Rail, double Milliwatts, double SharePermille, FigureBasis Basis, string Source, long Line);

/// <summary>The power budget of a board.</summary>
public sealed record PowerBudget
{
    /// <summary>The rail name of the mains.</summary>
    public const string Mains = "mains";

    /// <summary>The file, as it was named.</summary>
    public required string File { get; init; }

    /// <summary>The board.</summary>
    public required string Board { get; init; }

    /// <summary>The average is rounded up to a multiple of this.</summary>
    public required int RoundUpToMilliwatts { get; init; }

    /// <summary>Converters, those nearest to the mains first.</summary>
    public required IReadOnlyList<Converter> Converters { get; init; }

    /// <summary>Loads.</summary>
    public required IReadOnlyList<Load> Loads { get; init; }

    /// <summary>Average draw from the mains in milliwatts.</summary>
    public double AverageMilliwatts => TakenFrom(Mains, AverageOf);

    /// <summary>Draw from the mains in milliwatts when every part is in its hungriest state at once.</summary>
    public double PeakMilliwatts => TakenFrom(Mains, PeakOf);

    /// <summary>The average, rounded up: what the simulator counts as the controller's own consumption.</summary>
    public int ControllerPowerMilliwatts => (int)Math.Ceiling(AverageMilliwatts / RoundUpToMilliwatts) * RoundUpToMilliwatts;

    /// <summary>What is taken from a rail on average, converters fed from it included.</summary>
    public double AverageFrom(string rail) => TakenFrom(rail, AverageOf);

    /// <summary>What is taken from a rail at most, converters fed from it included.</summary>
    public double PeakFrom(string rail) => TakenFrom(rail, PeakOf);

    private double TakenFrom(string rail, Func<string, double> loads) =>
        loads(rail) + Converters.Where(converter => converter.From == rail)
            .Sum(converter => converter.StandbyMilliwatts + (TakenFrom(converter.Rail, loads) * 100 / converter.EfficiencyPercent));

    private double AverageOf(string rail) => Loads.Where(load => load.Rail == rail).Sum(load => load.Milliwatts * load.SharePermille / 1000);

    private double PeakOf(string rail) => Loads.Where(load => load.Rail == rail).GroupBy(load => load.Part).Sum(states => states.Max(load => load.Milliwatts));
}
