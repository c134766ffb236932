// What is thrown into one container, in order: an inhomogeneous Poisson process of throws, most of them small, some bulky. Nothing is stored but where the
// random stream stands.
using Simulation.Engine;
using Simulation.Scenarios;

namespace Simulation.World;

/// <summary>The throws into one container. Not thread-safe: one owner.</summary>
public sealed class BinUse
{
    private readonly RandomStream _random;
    private readonly TrafficProfile _profile;
    private readonly BinUsePlan _plan;
    private double _expected;

    /// <summary>Makes it.</summary>
    /// <param name="plan">How it is used.</param>
    /// <param name="profile">Expected throws over the run.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="index">The pole's index.</param>
    public BinUse(BinUsePlan plan, TrafficProfile profile, long seed, int index)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(profile);
        _plan = plan;
        _profile = profile;
        _random = new RandomStream(seed, "bin-use", index);
        MoveNext();
    }

    /// <summary>When the next throw comes, microseconds after the start; <see cref="long.MaxValue"/> when none comes any more.</summary>
    public long TimeUs { get; private set; }

    /// <summary>Its volume in the container, in litres.</summary>
    public double Litres { get; private set; }

    /// <summary>Expected throws over a run: the day's shape, scaled to the throws that make up the day's litres.</summary>
    public static TrafficProfile ProfileOf(BinUsePlan plan, Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(scenario);
        double[] day = SyntheticDay.Make(new SyntheticTraffic { Kind = plan.Kind, TravellersPerDay = plan.LitresPerDay / plan.MeanThrowLitres });
        return new TrafficProfile(day, scenario.StartUtcMs, scenario.DurationMs, 0, scenario.TimeZone);
    }

    /// <summary>Goes on to the next throw.</summary>
    public void MoveNext()
    {
        do
        {
            // Time-change theorem, as for travellers.
            _expected += _random.NextExponential(1);
            TimeUs = _profile.TimeUsAt(_expected);
        }
        while (TimeUs < 0);

        double mean = _random.NextDouble() * 100 < _plan.BulkyPercent ? _plan.BulkyLitres : _plan.ItemLitres;

        // A gamma distribution of shape 2 (the sum of two exponential ones): never nothing, seldom three times the mean.
        Litres = _random.NextExponential(mean / 2) + _random.NextExponential(mean / 2);
    }
}
