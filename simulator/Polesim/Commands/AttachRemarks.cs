// What an attached run says of its server: before it begins, what was agreed; after it, how the two got along.
using System.Globalization;
using Simulation.Engine;
using Simulation.Forwarding;
using Simulation.Forwarding.Semtech;

namespace Polesim.Commands;

/// <summary>Lines about an attached run.</summary>
internal static class AttachRemarks
{
    private const int MaximumGateways = 10;

    /// <summary>Before the run: server, gateways, time budget, and what does not happen.</summary>
    public static IEnumerable<string> Before(Fleet fleet, ServerAttachment attachment, AttachSettings settings, Pacer pacer)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        yield return string.Create(culture, $"Attached to {settings.Target}, {pacer.Speed:0.##} simulated seconds a second.");
        yield return string.Create(
            culture,
            $"The server has {Math.Max(0, pacer.LatencyBudgetMs(1)):0} ms to answer in the first window of 1 s, {Math.Max(0, pacer.LatencyBudgetMs(5)):0} ms where its delay is 5 s.");
        foreach (VirtualGateway gateway in attachment.Gateways.Take(MaximumGateways))
        {
            yield return $"Gateway {gateway.Name}: {gateway.EuiText}";
        }

        if (attachment.Gateways.Count > MaximumGateways)
        {
            yield return string.Create(culture, $"and {attachment.Gateways.Count - MaximumGateways} more that count on from there");
        }

        if (fleet.Scenario.Commands.Count > 0)
        {
            yield return string.Create(
                culture, $"The scenario's {fleet.Scenario.Commands.Count} commands are not given: behind this server stands another operator. Checks that depend on the application are not judged.");
        }
    }

    /// <summary>After the run: counts.</summary>
    public static IEnumerable<string> After(Fleet fleet, ServerAttachment attachment, Pacer pacer)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        ForwardingStatistics counts = attachment.Statistics;
        int joined = fleet.Poles.Count(pole => pole.Controller?.Device.IsJoined == true);
        yield return string.Create(culture, $"Attached: {joined:#,0} of {fleet.Poles.Length:#,0} poles are joined");
        yield return string.Create(
            culture,
            $"  up    {counts.ForwardedCount:#,0} frames handed to the server, {counts.NotForwardedCount:#,0} kept back, {counts.UnacknowledgedCount:#,0} messages not acknowledged");
        yield return string.Create(culture, $"  down  {counts.RequestCount:#,0} transmissions asked for: {Requests(counts)}");
        if (counts.LeastLeadUs > 0)
        {
            yield return string.Create(
                culture,
                $"  time  least time in hand {counts.LeastLeadUs / 1000.0 / pacer.Speed:0} ms; the run was at worst {pacer.WorstLagUs / 1000.0 / pacer.Speed:0} ms behind the clock");
        }

        long trouble = counts.MalformedCount + counts.BeyondDutyCycleCount + counts.UnheardCount + counts.DisconnectedCount;
        if (trouble > 0)
        {
            yield return string.Create(
                culture,
                $"  also  {counts.MalformedCount:#,0} unusable messages, {counts.BeyondDutyCycleCount:#,0} beyond the duty cycle, {counts.UnheardCount:#,0} for nobody, {counts.DisconnectedCount:#,0} connections ended");
        }
    }

    private static string Requests(ForwardingStatistics counts)
    {
        List<string> parts = [];
        for (int at = 0; at < counts.RequestCounts.Length; at++)
        {
            if (counts.RequestCounts[at] > 0)
            {
                string name = PullResp.NameOf((TransmitError)at);
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{counts.RequestCounts[at]:#,0} {(at == 0 ? "accepted" : name)}"));
            }
        }

        return parts.Count == 0 ? "none" : string.Join(", ", parts);
    }
}
