// A simulated district behind a stand-in of ChirpStack or The Things Stack, for trying polectl against poles that join, report and obey.
using System.Runtime.InteropServices;
using NetworkServers.ChirpStack;
using NetworkServers.Hosting;
using NetworkServers.Radio;
using NetworkServers.ThingsStack;
using ServedDistrict;
using Simulation.Scenarios;

ServerOptions? options = ServerOptions.Read(args, Console.Error);
if (options is null)
{
    return 2;
}

try
{
    Scenario scenario = ScenarioLoader.Load(options.ScenarioPath);
    using ChirpStackStandIn chirpStack = new(options.Token);
    using ThingsStackStandIn thingsStack = new(options.Token);
    bool isChirpStack = options.Kind == ServerOptions.ChirpStack;
    IServerSide server = isChirpStack ? chirpStack : thingsStack;
    using District district = new(scenario, server, Environment.ProcessorCount);
    chirpStack.Radio = thingsStack.Radio = district;
    await using StandInHost host = await StandInHost.StartAsync(isChirpStack ? chirpStack : thingsStack, options.Port);
    host.Remembers = false;
    if (options.Webhook is { } webhook)
    {
        Dictionary<string, string> headers = new() { ["Authorization"] = "Bearer " + options.WebhookToken };
        if (isChirpStack)
        {
            chirpStack.Integrate(webhook, headers);
        }
        else
        {
            thingsStack.Integrate(webhook, headers);
        }
    }

    Console.WriteLine($"{options.Kind} at {host.Address}, application {(isChirpStack ? chirpStack.ApplicationId : thingsStack.ApplicationId)}, token {options.Token}");
    Console.WriteLine($"{district.PoleCount} poles, {options.Speed} simulated seconds a second. Ctrl-C ends it.");
    using CancellationTokenSource end = new();
    void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        end.Cancel();
    }

    using PosixSignalRegistration interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
    using PosixSignalRegistration terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    await new Pace(district, options.Speed, Console.Out).RunAsync(end.Token);
    int lost = isChirpStack ? chirpStack.LostEvents : thingsStack.LostEvents;
    Console.WriteLine($"{district.JoinCount} joins, {district.UplinkCount} uplinks, {lost} events that nobody took; {host.Counts.Values.Sum()} requests, {host.Violations.Count} not as described");
    foreach (string problem in host.Violations.Concat(district.Problems).Take(20))
    {
        Console.WriteLine("  " + problem);
    }

    return lost == 0 && host.Violations.Count == 0 && district.Problems.Count == 0 ? 0 : 1;
}
catch (ScenarioException wrong)
{
    foreach (ScenarioProblem problem in wrong.Problems)
    {
        Console.Error.WriteLine(problem);
    }

    return 2;
}
catch (IOException failure)
{
    Console.Error.WriteLine($"port {options.Port}: {failure.Message} Choose another with --port.");
    return 2;
}
