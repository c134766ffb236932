// Which downlinks may be on the air together: a gateway sends one at a time, and two that would destroy each other at a pole they are for
// are kept apart. It works with mean strengths, as a server knows them from the poles' uplinks.
using Simulation.Radio;

namespace Simulation.Network;

/// <summary>Keeps downlinks apart in time.</summary>
internal sealed class DownlinkCoordination
{
    private readonly DownlinkAir _air;
    private readonly double _ratio;

    /// <summary>Makes it.</summary>
    /// <param name="air">What was given to the gateways.</param>
    /// <param name="settings">Whether, and with what margin for fading, downlinks of different gateways are kept apart.</param>
    public DownlinkCoordination(DownlinkAir air, NetworkSettings settings)
    {
        _air = air;
        _ratio = settings.IsDownlinkCoordinated ? Decibel.ToRatio(settings.CoordinationMarginDecibel) : 0;
    }

    /// <summary>
    /// Time at which what stands in the way of a downlink has passed: the gateway transmits, or another gateway's downlink and this one
    /// would destroy each other. 0 when nothing does.
    /// </summary>
    /// <param name="plan">The downlink.</param>
    /// <param name="poles">For whom it is.</param>
    public long BlockedUntilUs(in DownlinkPlan plan, ReadOnlySpan<int> poles)
    {
        long endUs = plan.StartUs + plan.AirTimeUs;
        long blockedUntilUs = 0;
        IReadOnlyList<GatewayTransmission> active = _air.Active;
        for (int at = 0; at < active.Count; at++)
        {
            GatewayTransmission other = active[at];
            bool isBlocking = other.GatewayIndex == plan.GatewayIndex
                ? other.StartUs - DownlinkAir.GatewayGapUs < endUs && plan.StartUs < other.EndUs + DownlinkAir.GatewayGapUs
                : _ratio > 0 && other.FrequencyHz == plan.FrequencyHz && other.StartUs < endUs && plan.StartUs < other.EndUs
                    && Collide(plan, endUs, poles, other);
            if (isBlocking)
            {
                blockedUntilUs = Math.Max(blockedUntilUs, other.EndUs + DownlinkAir.GatewayGapUs);
            }
        }

        return blockedUntilUs;
    }

    /// <summary>Whether a planned downlink and one in the air would destroy each other, or one the other, at their mean strengths.</summary>
    private bool Collide(in DownlinkPlan plan, long endUs, ReadOnlySpan<int> poles, GatewayTransmission other)
    {
        double overlapUs = Math.Min(endUs, other.EndUs) - Math.Max(plan.StartUs, other.StartUs);
        Span<double> energies = stackalloc double[6];
        energies.Clear();
        foreach (int pole in poles)
        {
            energies[other.SpreadingFactor - 7] = SignalAt(pole, other) * overlapUs * _ratio;
            double signal = _air.SignalMilliwatt(pole, plan.GatewayIndex, plan.FrequencyHz);
            if (!SpreadingFactorIsolation.Survives(plan.SpreadingFactor, signal * plan.AirTimeUs, energies))
            {
                return true;
            }
        }

        foreach (DownlinkTransmission reception in other.ReceptionList)
        {
            if (!reception.IsAddressed)
            {
                continue;
            }

            reception.InterferenceEnergies.CopyTo(energies);
            energies[plan.SpreadingFactor - 7] += _air.SignalMilliwatt(reception.PoleIndex, plan.GatewayIndex, plan.FrequencyHz) * overlapUs * _ratio;
            if (!SpreadingFactorIsolation.Survives(other.SpreadingFactor, SignalAt(reception.PoleIndex, other) * (other.EndUs - other.StartUs), energies))
            {
                return true;
            }
        }

        return false;
    }

    private double SignalAt(int pole, GatewayTransmission transmission) =>
        _air.SignalMilliwatt(pole, transmission.GatewayIndex, transmission.FrequencyHz);
}
