// The options of sending to poles as a multicast group, and how that is told.
using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Polectl.Cli;
using Provisioning.Downlinks.Multicast;
using Provisioning.NetworkServers.ThingsStack;
using Provisioning.Problems;
using Provisioning.Workspaces;

namespace Polectl.Commands;

/// <summary>Options of multicast.</summary>
/// <param name="make">Makes options.</param>
/// <param name="how">The options of sending.</param>
internal sealed class MulticastOptions(CommandMaker make, SendOptions how)
{
    private readonly Option<bool> _multicast = make.Flag("multicast");
    private readonly Option<string[]> _gateways = make.Texts("multicast-gateway", "gateway");

    public IReadOnlyList<Symbol> All => [_multicast, _gateways];

    /// <summary>For a verb that is about groups alone: it has no flag that says so.</summary>
    public IReadOnlyList<Symbol> Gateways => [_gateways];

    /// <summary>What was asked for; null when each pole is sent to alone.</summary>
    /// <exception cref="ProblemException">The keys are locked, or the server must be told through which gateways.</exception>
    public MulticastRequest? Read(Run run, Workspace workspace, VaultLease vault) => run.Get(_multicast) ? ReadAlways(run, workspace, vault) : null;

    /// <summary>As <see cref="Read"/>, without asking for the flag.</summary>
    public MulticastRequest ReadAlways(Run run, Workspace workspace, VaultLease vault)
    {
        string[] gateways = run.Get(_gateways) ?? [];
        if (!run.IsDryRun && gateways.Length == 0 && how.ServerKind(run, workspace) == ThingsStackServer.Kind)
        {
            throw new ProblemException(new Problem("problem.multicast.gateways") { Kind = ProblemKind.WrongUse, Field = "--multicast-gateway" });
        }

        return new MulticastRequest(vault.Open(), gateways);
    }

    /// <summary>Adds the deliveries to what is told of an order.</summary>
    public static Outcome Tell(Run run, Outcome outcome, MulticastOrder ordered)
    {
        JsonObject result = outcome.Result as JsonObject ?? [];
        result["deliveries"] = new JsonArray([.. ordered.Deliveries.Select(delivery => (JsonNode)new JsonObject
        {
            ["group"] = delivery.Selection,
            ["title"] = delivery.Title,
            ["poles"] = delivery.PoleCount,
            ["setups"] = delivery.SetupCount,
            ["frames"] = delivery.FrameCount,
            ["airtimeMs"] = delivery.AirtimeUs / 1000,
            ["form"] = delivery.IsBlock ? "block" : "commands",
        })]);
        return outcome with
        {
            Lines =
            [
                .. outcome.Lines,
                .. ordered.Deliveries.Select(delivery => run.Words.Format(
                    "multicast.delivery", delivery.Selection, delivery.Title, $"{delivery.PoleCount}", $"{delivery.FrameCount}",
                    (delivery.AirtimeUs / 1e6).ToString("0.0", CultureInfo.InvariantCulture), $"{delivery.SetupCount}")),
            ],
            Problems = [.. ordered.Problems, .. outcome.Problems],
            Result = result,
            ExitCode = ordered.Problems.Count > 0 && outcome.ExitCode == ExitCode.Done ? ExitCode.PartlyDone : outcome.ExitCode,
        };
    }
}
