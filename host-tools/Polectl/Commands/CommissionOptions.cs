// Options of polectl commission run.
using System.CommandLine;
using Polectl.Cli;
using Provisioning.Commissioning;
using Provisioning.Commissioning.Place;
using Provisioning.Problems;

namespace Polectl.Commands;

/// <summary>What is asked of a commissioning on the command line.</summary>
internal sealed class CommissionOptions
{
    private const int LongestWaitSeconds = 900;
    private const int LargestDistance = 10_000;
    private const int SmallestTolerance = 5;
    private const int LargestTolerance = 60;
    private const int SlowestBaud = 1_200;
    private const int FastestBaud = 921_600;
    private const int UsualBaud = 9_600;

    private readonly Option<string?> _pole;
    private readonly Option<string?> _answers;
    private readonly Option<bool> _unattended;
    private readonly Option<string?> _position;
    private readonly Option<string?> _gnss;
    private readonly Option<int?> _gnssBaud;
    private readonly Option<int?> _largestDistance;
    private readonly Option<int?> _tolerance;
    private readonly Option<int?> _network;
    private readonly Option<bool> _anew;
    private readonly Option<string?> _output;

    public CommissionOptions(CommandMaker make)
    {
        _pole = make.Text("pole", "pole");
        _answers = make.Text("answers", "file");
        _unattended = make.Flag("unattended");
        _position = make.Text("position", "position");
        _gnss = make.Text("gnss", "portOrFile");
        _gnssBaud = make.Number("gnss-baud", SlowestBaud, FastestBaud);
        _largestDistance = make.Number("max-distance", 1, LargestDistance);
        _tolerance = make.Number("tolerance", SmallestTolerance, LargestTolerance);
        _network = make.Number("network-seconds", 0, LongestWaitSeconds);
        _anew = make.Flag("anew");
        _output = make.Text("output", "folder");
        Secret = new SecretOptions(make);
    }

    public SecretOptions Secret { get; }

    public IReadOnlyList<Symbol> All =>
        [_pole, _answers, _unattended, _position, _gnss, _gnssBaud, _largestDistance, _tolerance, _network, _anew, _output, .. Secret.All];

    public string Output(Run run) => run.Get(_output) ?? ".";

    public TechnicianPrompt Technician(Run run) => new(run.Words, run.Get(_unattended) ? null : run.Surroundings.AskLine, run.Get(_answers));

    /// <exception cref="ProblemException">A position was given twice, or is none.</exception>
    public CommissioningRequest Read(Run run)
    {
        CommissioningRequest usual = new();
        return usual with
        {
            PoleId = run.Get(_pole),
            IsAnew = run.Get(_anew),
            NetworkSeconds = run.Get(_network) ?? usual.NetworkSeconds,
            TolerancePercent = run.Get(_tolerance) ?? usual.TolerancePercent,
            LargestDistanceMetres = run.Get(_largestDistance) ?? usual.LargestDistanceMetres,
            Position = PositionOf(run),
        };
    }

    private Func<(double Latitude, double Longitude)?>? PositionOf(Run run)
    {
        string? text = run.Get(_position);
        string? receiver = run.Get(_gnss);
        if (text is not null && (receiver is not null || GeoPoint.Parse(text) is null))
        {
            throw new ProblemException(new Problem("problem.position") { Kind = ProblemKind.WrongUse, Field = "--position", Value = text });
        }

        int baud = run.Get(_gnssBaud) ?? UsualBaud;
        return text is not null ? () => GeoPoint.Parse(text)
            : receiver is not null ? () => GnssSource.Read(receiver, baud)
            : null;
    }
}
