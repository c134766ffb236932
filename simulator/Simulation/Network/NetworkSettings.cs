// What the operator of the network server decides, and the defaults with their reasons.
using PoleController.LoRaWan;

namespace Simulation.Network;

/// <summary>Settings of the embedded network server.</summary>
public sealed record NetworkSettings
{
    /// <summary>The region. Settings for another than EU868 are made by <see cref="For"/>, as the other defaults are EU868's.</summary>
    public RegionId Region { get; init; } = RegionId.Eu868;

    /// <summary>NetID, 24 bits. Default 1: with 0 the value for experimental and private networks (LoRaWAN Backend Interfaces 1.0, section 20).</summary>
    public int NetId { get; init; } = 1;

    /// <summary>
    /// Data rate of the second receive window and of class C after the join, a downlink data rate of the region, sent in the join-accept. Default 3 (SF9), as The
    /// Things Stack does in EU868: the region's 0 (SF12) makes a dimming command ten times as long.
    /// </summary>
    public int Rx2DataRate { get; init; } = 3;

    /// <summary>
    /// After an uplink below this data rate the second window is tried first. Default 3: there 869.525 MHz at SF9 with 27 dBm ERP reaches
    /// further than the first window at SF12 with 14 dBm, in a seventh of the time. 0 always prefers the first window.
    /// </summary>
    public int PreferRx2BelowDataRate { get; init; } = 3;

    /// <summary>
    /// The second window is tried first, too, when the first one's downlink would be less than this above what the pole needs, in decibels.
    /// Default 5: what fading takes at times. -100 never prefers it for that reason.
    /// </summary>
    public int PreferRx2BelowMarginDecibel { get; init; } = 5;

    /// <summary>Whether poles listen outside the class A windows (class C) once their first uplink of a session was heard.</summary>
    public bool IsClassC { get; init; } = true;

    /// <summary>Whether downlinks of different gateways are kept apart in time where they would destroy each other at a pole.</summary>
    public bool IsDownlinkCoordinated { get; init; } = true;

    /// <summary>
    /// By how many decibels a disturbing downlink is taken for stronger than its mean when downlinks are kept apart, 0 to 30. Default 10:
    /// the difference of two links that each fade by 2 dB stays below that in all but one of 5,000 frames.
    /// </summary>
    public int CoordinationMarginDecibel { get; init; } = 10;

    /// <summary>Share of a gateway's duty cycle that class C may use, in thousandths; the rest is kept for answers. Default 900.</summary>
    public int ClassCDutyCyclePermille { get; init; } = 900;

    /// <summary>
    /// How long a message between a gateway and the server takes at most, as far as the server reckons, in milliseconds, 0 to 1,000. Default
    /// 60. A class C downlink of a gateway without GPS time may begin so much off its plan, and downlinks that must not overlap keep that
    /// apart; one that comes too late at its gateway is refused and asked for again.
    /// </summary>
    public int AssumedBackhaulDelayMs { get; init; } = 60;

    /// <summary>Whether every pole is registered with its keys from the start. If not, <see cref="FleetNetwork.Register"/> makes it known. Default true.</summary>
    public bool KnowsDevices { get; init; } = true;

    /// <summary>
    /// Whether the server speaks the application-layer packages itself (TS003, TS004, TS005). If not, their ports are the application's, as with network servers that leave
    /// them to it. Default true.
    /// </summary>
    public bool SpeaksPackages { get; init; } = true;

    /// <summary>How often a pole is asked for battery and margin (DevStatusReq), in seconds, 0 (never) to a week. Default a day.</summary>
    public int DevStatusIntervalS { get; init; } = 86_400;

    /// <summary>
    /// The channels that poles get besides the three of every device, at most five. Default 867.1 to 867.9 MHz, as in The Things Stack and ChirpStack
    /// (RP002-1.0.4, section 2.4.5).
    /// </summary>
    public IReadOnlyList<int> ChannelPlanHz { get; init; } = [867_100_000, 867_300_000, 867_500_000, 867_700_000, 867_900_000];

    /// <summary>Whether they are told them in the join-accept (CFList); else by NewChannelReq after it. Default true.</summary>
    public bool HasCfList { get; init; } = true;

    /// <summary>RECEIVE_DELAY1 after a join, in seconds, 1 to 15. Default 1.</summary>
    public int ReceiveDelayS { get; init; } = 1;

    /// <summary>How long a class C pole has to acknowledge, in seconds. Default 30.</summary>
    public int AcknowledgeTimeoutS { get; init; } = 30;

    /// <summary>How often a confirmed downlink that was not acknowledged is sent again. Default 3.</summary>
    public int ConfirmedRetryCount { get; init; } = 3;

    /// <summary>How long an application downlink waits for its transmission, in seconds. Default 600.</summary>
    public int DownlinkLifetimeS { get; init; } = 600;

    /// <summary>Application downlinks that wait for one pole at most. Default 8.</summary>
    public int DownlinkQueueLength { get; init; } = 8;

    /// <summary>Messages that wait for one multicast group at most. Default 32.</summary>
    public int MulticastQueueLength { get; init; } = 32;

    /// <summary>The multicast groups; none by default.</summary>
    public IReadOnlyList<MulticastGroupPlan> MulticastGroups { get; init; } = [];

    /// <summary>Whether the server steers data rate and power of poles that ask for it.</summary>
    public bool IsAdaptiveDataRate { get; init; } = true;

    /// <summary>Signal-to-noise ratio kept in hand by ADR, in decibels. Default 10: Semtech's recommended algorithm, section 2.</summary>
    public int AdrMarginDecibel { get; init; } = 10;

    /// <summary>
    /// A pole at full power whose best ratio of five or more uplinks is less than this above its need is asked to go one data rate lower.
    /// Default 5: such a pole loses more than a tenth of its frames to fading of 2 dB, and as some arrive, its own back-off never acts.
    /// Semtech's algorithm has no such rule; -100 turns it off.
    /// </summary>
    public int AdrLowMarginDecibel { get; init; } = 5;

    /// <summary>
    /// Uplinks of a session after which ADR may change the data rate the first time, 1 to 20. Default 1: poles do not move and the margin
    /// covers what one sample can be off. Later changes, and those of the power alone, wait for 20 as recommended. A district that has
    /// just got its power back has to leave SF12 soon.
    /// </summary>
    public int FirstAdrUplinkCount { get; init; } = 1;

    /// <summary>Seconds that GPS time is ahead of UTC. Default 18, since 2017 (IERS bulletin C).</summary>
    public int GpsLeapSeconds { get; init; } = 18;

    /// <summary>The defaults for a region.</summary>
    public static NetworkSettings For(RegionId id)
    {
        if (id == RegionId.Eu868)
        {
            return new NetworkSettings();
        }

        Region region = new(id);
        int[] plan = FurtherChannelsHz(region);
        return new NetworkSettings
        {
            Region = id,
            Rx2DataRate = region.Rx2DataRate,

            // RX2 is no faster and has no more power than RX1 here.
            PreferRx2BelowDataRate = 0,
            ChannelPlanHz = plan,
            HasCfList = plan.Length > 0,

            // The server's ADR reckons with SF12 at DR0; US915 begins with SF10.
            IsAdaptiveDataRate = id != RegionId.Us915,
        };
    }

    /// <summary>Refuses numbers outside their range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the setting.</exception>
    public void Validate()
    {
        CheckRange(NetId, 0, 0xFFFFFF, nameof(NetId));
        RegionalParameters region = new Region(Region).Parameters;
        CheckRange(Rx2DataRate, region.MinimumDownlinkDataRate, region.MaximumDownlinkDataRate, nameof(Rx2DataRate));
        CheckRange(PreferRx2BelowDataRate, 0, 6, nameof(PreferRx2BelowDataRate));
        CheckRange(CoordinationMarginDecibel, 0, 30, nameof(CoordinationMarginDecibel));
        CheckRange(PreferRx2BelowMarginDecibel, -100, 100, nameof(PreferRx2BelowMarginDecibel));
        CheckRange(AdrLowMarginDecibel, -100, 30, nameof(AdrLowMarginDecibel));
        CheckRange(ClassCDutyCyclePermille, 0, 1000, nameof(ClassCDutyCyclePermille));
        CheckRange(AssumedBackhaulDelayMs, 0, 1000, nameof(AssumedBackhaulDelayMs));
        CheckRange(DevStatusIntervalS, 0, 604_800, nameof(DevStatusIntervalS));
        CheckRange(ChannelPlanHz.Count, 0, 5, nameof(ChannelPlanHz));
        CheckRange(ReceiveDelayS, 1, 15, nameof(ReceiveDelayS));
        CheckRange(AcknowledgeTimeoutS, 5, 86_400, nameof(AcknowledgeTimeoutS));
        CheckRange(ConfirmedRetryCount, 0, 15, nameof(ConfirmedRetryCount));
        CheckRange(DownlinkLifetimeS, 1, 7 * 86_400, nameof(DownlinkLifetimeS));
        CheckRange(DownlinkQueueLength, 1, 1000, nameof(DownlinkQueueLength));
        CheckRange(MulticastQueueLength, 1, 1000, nameof(MulticastQueueLength));
        CheckRange(AdrMarginDecibel, 0, 30, nameof(AdrMarginDecibel));
        CheckRange(FirstAdrUplinkCount, 1, AdrHistory.Length, nameof(FirstAdrUplinkCount));
        CheckRange(GpsLeapSeconds, 0, 60, nameof(GpsLeapSeconds));
    }

    // 200 kHz apart behind the default channels. IN865 has no further ones that are usual, a fixed channel plan none at all.
    private static int[] FurtherChannelsHz(Region region)
    {
        if (region.IsFixedChannelPlan || region.Id == RegionId.In865)
        {
            return [];
        }

        int[] defaults = region.Parameters.DefaultFrequenciesHz;
        return [.. Enumerable.Range(1, 5).Select(i => defaults[^1] + (200_000 * i)).Where(region.IsDownlinkFrequency)];
    }

    private static void CheckRange(int value, int minimum, int maximum, string name)
    {
        if (value < minimum || value > maximum)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be from {minimum} to {maximum}.");
        }
    }
}
