// The log-distance law that describes measurements best, and how well it does. Files are read in MeasurementFile.
namespace Simulation.Calibration;

/// <summary>What the fitted law says of one link.</summary>
/// <param name="Link">Its name.</param>
/// <param name="DistanceMetres">Its length.</param>
/// <param name="MeasurementCount">How many measurements it has.</param>
/// <param name="MeasuredDbm">Mean of the measured signal strengths.</param>
/// <param name="ModelledDbm">Signal strength by the law.</param>
/// <param name="DeviationDecibel">Standard deviation of the measurements on this link; 0 with a single one.</param>
public sealed record FittedLink(
    string Link, double DistanceMetres, int MeasurementCount, double MeasuredDbm, double ModelledDbm, double DeviationDecibel)
{
    /// <summary>Measured less modelled, in decibels: above 0 the link is better than others of its length.</summary>
    public double ResidualDecibel => MeasuredDbm - ModelledDbm;
}

/// <summary>
/// Least squares of loss = loss at 1 m + 10 x exponent x lg(distance / 1 m). A link counts once, however many measurements it has: shadowing is drawn
/// once for each link, and a node that reports more often tells no more about the law.
/// </summary>
public sealed record PathLossFit
{
    /// <summary>Fewest links from which a law and its spread can be told: two give a line, a third one says how far off it is.</summary>
    public const int MinimumLinkCount = 3;

    private const double LinkLengthTolerance = 1e-6;

    /// <summary>Path-loss exponent.</summary>
    public required double PathLossExponent { get; init; }

    /// <summary>Standard error of the exponent; 0 when the exponent was given.</summary>
    public required double PathLossExponentError { get; init; }

    /// <summary>Loss at one metre in decibels.</summary>
    public required double LossAtOneMetreDecibel { get; init; }

    /// <summary>Standard error of the loss at one metre in decibels.</summary>
    public required double LossAtOneMetreErrorDecibel { get; init; }

    /// <summary>Standard deviation of the links about the law in decibels, with links less fitted parameters as degrees of freedom.</summary>
    public required double ShadowingDecibel { get; init; }

    /// <summary>Standard deviation of measurements about their link's mean, over all links; null when no link has two measurements.</summary>
    public required double? FadingDecibel { get; init; }

    /// <summary>Number of measurements.</summary>
    public required int MeasurementCount { get; init; }

    /// <summary>The links, shortest first.</summary>
    public required IReadOnlyList<FittedLink> Links { get; init; }

    /// <summary>Root of the mean square of what another law would be off at these links, in decibels.</summary>
    /// <param name="pathLossExponent">The other law's exponent.</param>
    /// <param name="lossAtOneMetreDecibel">The other law's loss at one metre.</param>
    public double ErrorOf(double pathLossExponent, double lossAtOneMetreDecibel)
    {
        double differenceAtOneMetre = LossAtOneMetreDecibel - lossAtOneMetreDecibel;
        double differencePerDecade = 10.0 * (PathLossExponent - pathLossExponent);
        return Math.Sqrt(Links.Average(link =>
            Math.Pow(link.ResidualDecibel - differenceAtOneMetre - (differencePerDecade * Math.Log10(link.DistanceMetres)), 2)));
    }

    /// <summary>Fits the law.</summary>
    /// <param name="measurements">At least three links of two different lengths.</param>
    /// <param name="fixedExponent">An exponent to keep, fitting the loss at one metre alone; null to fit both.</param>
    /// <exception cref="ArgumentException">Says what the measurements lack.</exception>
    public static PathLossFit Of(IReadOnlyList<LinkMeasurement> measurements, double? fixedExponent = null)
    {
        ArgumentNullException.ThrowIfNull(measurements);
        Group[] groups = [.. measurements.GroupBy(measurement => measurement.Link, StringComparer.Ordinal).Select(link => new Group(link.Key, [.. link]))
            .OrderBy(group => group.Decades).ThenBy(group => group.Link, StringComparer.Ordinal)];
        if (FindLack(groups, fixedExponent is null) is string lack)
        {
            throw new ArgumentException(lack, nameof(measurements));
        }

        double meanDecades = groups.Average(group => group.Decades);
        double meanLoss = groups.Average(group => group.Loss);
        double squares = groups.Sum(group => Math.Pow(group.Decades - meanDecades, 2));
        double exponent = fixedExponent
            ?? groups.Sum(group => (group.Decades - meanDecades) * (group.Loss - meanLoss)) / squares / 10.0;
        double lossAtOneMetre = meanLoss - (10.0 * exponent * meanDecades);
        double residualSquares = groups.Sum(group => Math.Pow(group.Loss - lossAtOneMetre - (10.0 * exponent * group.Decades), 2));
        double shadowing = Math.Sqrt(residualSquares / (groups.Length - (fixedExponent is null ? 2 : 1)));
        double slopeShare = fixedExponent is null ? meanDecades * meanDecades / squares : 0;
        int repeated = measurements.Count - groups.Length;
        return new PathLossFit
        {
            PathLossExponent = exponent,
            PathLossExponentError = fixedExponent is null ? shadowing / Math.Sqrt(squares) / 10.0 : 0,
            LossAtOneMetreDecibel = lossAtOneMetre,
            LossAtOneMetreErrorDecibel = shadowing * Math.Sqrt((1.0 / groups.Length) + slopeShare),
            ShadowingDecibel = shadowing,
            FadingDecibel = repeated == 0 ? null : Math.Sqrt(groups.Sum(group => group.SquaresWithin) / repeated),
            MeasurementCount = measurements.Count,
            Links = [.. groups.Select(group => group.Fitted(lossAtOneMetre + (10.0 * exponent * group.Decades)))],
        };
    }

    // What keeps a law from being fitted; null when nothing does.
    private static string? FindLack(Group[] groups, bool isExponentFitted)
    {
        if (groups.Length < MinimumLinkCount)
        {
            return $"there are {groups.Length} links, and a law needs at least {MinimumLinkCount}";
        }

        return isExponentFitted && groups[^1].Decades - groups[0].Decades < LinkLengthTolerance
            ? "all links have the same length, which tells nothing about the exponent"
            : null;
    }

    // The measurements of one link.
    private sealed class Group
    {
        private readonly IReadOnlyList<LinkMeasurement> _measurements;
        private readonly double _signalDbm;

        public Group(string link, IReadOnlyList<LinkMeasurement> measurements)
        {
            Link = link;
            _measurements = measurements;
            Loss = measurements.Average(measurement => measurement.LossDecibel);
            _signalDbm = measurements.Average(measurement => measurement.SignalDbm);
            Decades = Math.Log10(measurements[0].DistanceMetres);
            SquaresWithin = measurements.Sum(measurement => Math.Pow(measurement.LossDecibel - Loss, 2));
        }

        public string Link { get; }

        public double Decades { get; }

        public double Loss { get; }

        public double SquaresWithin { get; }

        public FittedLink Fitted(double modelledLoss) => new(
            Link,
            _measurements[0].DistanceMetres,
            _measurements.Count,
            _signalDbm,
            _signalDbm + Loss - modelledLoss,
            _measurements.Count == 1 ? 0 : Math.Sqrt(SquaresWithin / (_measurements.Count - 1)));
    }
}
