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
/// <param name="IsOption">Whether not every board has the part: it counts for the peak, and its average is told apart.</param>
/// <param name="Basis">How that is known.</param>
/// <param name="Source">Where it stands.</param>
/// <param name="Line">Line of the file.</param>
public sealed record Load(string Part, string State, string Rail, double Milliwatts, double SharePermille, bool IsOption, FigureBasis Basis, string Source, long Line);

/// <summary>How long a board goes on when the mains are gone.</summary>
/// <param name="Rail">The rail that goes on.</param>
/// <param name="Farads">Capacity when new, as named.</param>
/// <param name="CapacityPercent">What is left of it in the worst case.</param>
/// <param name="FromMillivolts">Voltage it is charged to.</param>
/// <param name="ToMillivolts">Voltage it can be used down to.</param>
/// <param name="EfficiencyPercent">What arrives at the rail.</param>
/// <param name="MessageMillijoules">What one message takes beyond the average.</param>
/// <param name="AtLeastSeconds">How long it has to last.</param>
/// <param name="Basis">How that is known.</param>
/// <param name="Source">Where it stands.</param>
/// <param name="Line">Line of the file.</param>
public sealed record HoldUp(
    string Rail,
    double Farads,
    double CapacityPercent,
    int FromMillivolts,
    int ToMillivolts,
    double EfficiencyPercent,
    double MessageMillijoules,
    int AtLeastSeconds,
    FigureBasis Basis,
    string Source,
    long Line);

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

    /// <summary>What the board does when the mains are gone; null when it stops.</summary>
    public required HoldUp? HoldUp { get; init; }

    /// <summary>The parts that not every board has.</summary>
    public IEnumerable<string> Options => Loads.Where(load => load.IsOption).Select(load => load.Part).Distinct();

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

    /// <summary>What an optional part adds to the average draw from the mains, in milliwatts.</summary>
    public double OptionMilliwatts(string part) =>
        Loads.Where(load => load.IsOption && load.Part == part).Sum(load => AtMains(load.Rail, load.Milliwatts * load.SharePermille / 1000));

    /// <summary>How long the rail goes on after the mains, with one message sent, in seconds.</summary>
    public double HoldUpSeconds => HoldUp is HoldUp hold
        ? ((UsableJoules(hold) * 1000) - hold.MessageMillijoules) / Math.Max(0.001, AverageFrom(hold.Rail))
        : 0;

    private static double UsableJoules(HoldUp hold) =>
        hold.Farads * hold.CapacityPercent / 100 / 2 * (Math.Pow(hold.FromMillivolts / 1000.0, 2) - Math.Pow(hold.ToMillivolts / 1000.0, 2)) * hold.EfficiencyPercent / 100;

    private double AtMains(string rail, double milliwatts) =>
        Converters.FirstOrDefault(converter => converter.Rail == rail) is Converter converter ? AtMains(converter.From, milliwatts * 100 / converter.EfficiencyPercent) : milliwatts;

    private double TakenFrom(string rail, Func<string, double> loads) =>
        loads(rail) + Converters.Where(converter => converter.From == rail)
            .Sum(converter => converter.StandbyMilliwatts + (TakenFrom(converter.Rail, loads) * 100 / converter.EfficiencyPercent));

    private double AverageOf(string rail) => Loads.Where(load => load.Rail == rail && !load.IsOption).Sum(load => load.Milliwatts * load.SharePermille / 1000);

    private double PeakOf(string rail) => Loads.Where(load => load.Rail == rail).GroupBy(load => load.Part).Sum(states => states.Max(load => load.Milliwatts));
}
