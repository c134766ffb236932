// The numbers of the channel and of the receivers, each with its source. README.md in this folder has the formulas.
namespace Simulation.Radio;

/// <summary>The channel, the gateways' and the poles' receivers. Defaults: a built-up area in EU868.</summary>
public sealed record RadioSettings
{
    /// <summary>Loss at one metre in decibels. Default 7.7: Petajajarvi et al. 2015 as used by ns-3's lorawan module.</summary>
    public double ReferenceLossDecibel { get; init; } = 7.7;

    /// <summary>Path-loss exponent. Default 3.76: urban, as used by ns-3's lorawan module.</summary>
    public double PathLossExponent { get; init; } = 3.76;

    /// <summary>Standard deviation of the loss between equal distances, constant per link, in decibels.</summary>
    public double ShadowingDecibel { get; init; } = 6.0;

    /// <summary>Standard deviation of the loss from frame to frame on one link, in decibels; 0 for none.</summary>
    public double FadingDecibel { get; init; }
}
