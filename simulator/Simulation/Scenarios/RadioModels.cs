// The radio channel and the gateways. Data only.
using Simulation.World;

namespace Simulation.Scenarios;

/// <summary>Log-distance path loss with shadowing: loss = lossAtOneMetre + 10 * exponent * log10(distance in metres) + shadowing + fading.</summary>
public sealed record RadioModel
{
    /// <summary>Path-loss exponent, 1.5 to 6. Default 3.19 (3GPP TR 38.901 table 7.4.1-1, UMi street canyon, non line of sight, optional form).</summary>
    public double PathLossExponent { get; init; } = 3.19;

    /// <summary>Loss at one metre in decibels, 20 to 130. Default 31.2: the same model's 32.4 + 20 log10(0.868 GHz).</summary>
    public double LossAtOneMetreDecibel { get; init; } = 31.2;

    /// <summary>Standard deviation of the shadowing in decibels, drawn once for each pole and gateway, 0 to 15. Default 8.2 (the same table).</summary>
    public double ShadowingDecibel { get; init; } = 8.2;

    /// <summary>Standard deviation of the fading in decibels, drawn for each frame, 0 to 10. Default 2.</summary>
    public double FadingDecibel { get; init; } = 2;
}

/// <summary>A gateway.</summary>
public sealed record GatewayModel
{
    /// <summary>Name, unique among the gateways.</summary>
    public required string Id { get; init; }

    /// <summary>Latitude in degrees, north positive.</summary>
    public required double Latitude { get; init; }

    /// <summary>Longitude in degrees, east positive.</summary>
    public required double Longitude { get; init; }

    /// <summary>How far its clock may be off, in parts per million, 0 to 50; each gateway's is drawn between this and less. Default 10.</summary>
    public int ClockDriftPartsPerMillion { get; init; } = 10;

    /// <summary>Whether it knows GPS time: then class C downlinks begin when the network server wants. Default false.</summary>
    public bool HasGpsTime { get; init; }

    /// <summary>How long a message takes between it and the network server, in the mean, 0 to 500 ms. Default 30.</summary>
    public int BackhaulDelayMs { get; init; } = 30;

    /// <summary>Times in which it neither hears nor sends, in the order of the file.</summary>
    public IReadOnlyList<GatewayModelOutage> Outages { get; init; } = [];

    /// <summary>The gateway of a scenario that names none: in the middle of the lamps.</summary>
    /// <param name="lamps">At least one lamp.</param>
    public static GatewayModel AtCentroidOf(IReadOnlyList<Lamp> lamps)
    {
        ArgumentNullException.ThrowIfNull(lamps);
        return new GatewayModel
        {
            Id = "gateway-1",
            Latitude = lamps.Average(lamp => lamp.Latitude),
            Longitude = lamps.Average(lamp => lamp.Longitude),
        };
    }
}

/// <summary>A time in which a gateway is away.</summary>
public sealed record GatewayModelOutage
{
    /// <summary>Beginning, milliseconds after the start.</summary>
    public required long AtMs { get; init; }

    /// <summary>Length, more than 0.</summary>
    public required long DurationMs { get; init; }
}
