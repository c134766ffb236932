// Serves both stand-ins on loopback until it is interrupted, so that polectl can be tried without a network server:
//   dotnet run --project tests/NetworkServers [-- [--chirpstack PORT] [--things-stack PORT] [--token TOKEN] [--webhook URL] [--no-validation]]
using System.Globalization;
using NetworkServers.ChirpStack;
using NetworkServers.Hosting;
using NetworkServers.ThingsStack;

const int ChirpStackPort = 18090;
const int ThingsStackPort = 11885;

string Option(string name, string usual) => Array.IndexOf(args, "--" + name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : usual;
int Port(string name, int usual) => int.Parse(Option(name, usual.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);

string token = Option("token", "stand-in-token");
bool validates = !args.Contains("--no-validation");
using ChirpStackStandIn chirpStack = new(token);
using ThingsStackStandIn thingsStack = new(token);
if (Option("webhook", "") is { Length: > 0 } webhook)
{
    chirpStack.Integrate(webhook);
    thingsStack.Integrate(webhook);
}

await using StandInHost first = await StandInHost.StartAsync(chirpStack, Port("chirpstack", ChirpStackPort), validates);
await using StandInHost second = await StandInHost.StartAsync(thingsStack, Port("things-stack", ThingsStackPort), validates);
first.Remembers = second.Remembers = false;
Console.WriteLine($"ChirpStack      {first.Address}   application {chirpStack.ApplicationId}");
Console.WriteLine($"The Things Stack {second.Address}   application {thingsStack.ApplicationId}");
Console.WriteLine($"token {token}; Ctrl-C ends it");

TaskCompletionSource end = new(TaskCreationOptions.RunContinuationsAsynchronously);
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    end.TrySetResult();
};
AppDomain.CurrentDomain.ProcessExit += (_, _) => end.TrySetResult();
await end.Task;
foreach ((string name, StandInHost host) in new[] { ("ChirpStack", first), ("The Things Stack", second) })
{
    Console.WriteLine($"{name}: {host.Counts.Values.Sum()} requests; not as described: {host.Violations.Count}");
    foreach (string violation in host.Violations.Take(10))
    {
        Console.WriteLine("  " + violation);
    }
}
