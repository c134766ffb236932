// All requirements, in the order of the printed list.
using Simulation.Conformance.Cases;

namespace Simulation.Conformance;

/// <summary>How a requirement fared.</summary>
/// <param name="Case">The requirement.</param>
/// <param name="Failure">What was found wrong; null when it is met.</param>
public sealed record ConformanceResult(ConformanceCase Case, string? Failure)
{
    /// <summary>Whether it is met.</summary>
    public bool IsPassed => Failure is null;
}

/// <summary>The requirements of LoRaWAN 1.0.4 on an end device, as far as they are tried here.</summary>
public static class ConformanceSuite
{
    /// <summary>The cases, always in the same order.</summary>
    public static IReadOnlyList<ConformanceCase> Cases { get; } =
    [
        .. ActivationCases.All(),
        .. ReceiveWindowCases.All(),
        .. FrameCases.All(),
        .. CounterCases.All(),
        .. AcknowledgementCases.All(),
        .. AdaptiveDataRateCases.All(),
        .. CommandStreamCases.All(),
        .. LinkAdrCases.All(),
        .. ChannelCommandCases.All(),
        .. ReceiveCommandCases.All(),
        .. OtherCommandCases.All(),
        .. ClassCCases.All(),
        .. MulticastCases.All(),
        .. DutyCycleCases.All(),
        .. RegionCases.All(),
    ];

    /// <summary>Tries every case, each on a device of its own.</summary>
    public static IReadOnlyList<ConformanceResult> Run() => [.. Cases.Select(@case => new ConformanceResult(@case, @case.Try()))];
}
