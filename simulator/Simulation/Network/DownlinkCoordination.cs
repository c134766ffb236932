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
    /// <param name="uncertaintyUs">By how much it may begin earlier or later than planned.</param>
    public long BlockedUntilUs(in DownlinkPlan plan, ReadOnlySpan<int> poles, long uncertaintyUs)
    {
        long endUs = plan.StartUs + plan.AirTimeUs;
        long blockedUntilUs = 0;
        IReadOnlyList<GatewayTransmission> active = _air.Active;
        for (int at = 0; at < active.Count; at++)
        {
            GatewayTransmission other = active[at];
            long otherEndUs = other.PlannedStartUs + (other.EndUs - other.StartUs);
            long apartUs = other.GatewayIndex == plan.GatewayIndex ? DownlinkAir.GatewayGapUs : uncertaintyUs + other.UncertaintyUs;
            bool isNear = other.PlannedStartUs - apartUs < endUs && plan.StartUs < otherEndUs + apartUs;
            bool isBlocking = isNear && (other.GatewayIndex == plan.GatewayIndex
                || (_ratio > 0 && other.FrequencyHz == plan.FrequencyHz && Collide(plan, endUs, poles, other, uncertaintyUs)));
            if (isBlocking)
            {
                blockedUntilUs = Math.Max(blockedUntilUs, otherEndUs + Math.Max(apartUs, DownlinkAir.GatewayGapUs));
            }
        }

        return blockedUntilUs;
    }

    /// <summary>Whether a planned downlink and one in the air would destroy each other, or one the other, at their mean strengths.</summary>
    private bool Collide(in DownlinkPlan plan, long endUs, ReadOnlySpan<int> poles, GatewayTransmission other, long uncertaintyUs)
    {
        // Where the clocks leave it open, the frames are taken to overlap for as long as they can.
        double overlapUs = Math.Min(endUs - plan.StartUs, other.EndUs - other.StartUs);
        if (other.UncertaintyUs == 0 && uncertaintyUs == 0)
        {
            overlapUs = Math.Min(endUs, other.EndUs) - Math.Max(plan.StartUs, other.StartUs);
        }

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
