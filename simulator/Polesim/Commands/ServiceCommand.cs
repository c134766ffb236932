// polesim service: a terminal on the service port of one simulated pole, so that a technician's tool can be tried without hardware.
using System.CommandLine;
using System.Globalization;
using Simulation.Engine;
using Simulation.Running;
using Simulation.Scenarios;
using Simulation.Servicing;

namespace Polesim.Commands;

/// <summary>Opens a service port on standard input and output.</summary>
internal static class ServiceCommand
{
    private const string WaitWord = "#wait ";

    private static readonly string[] Examples =
    [
        "polesim service --scenario district.yaml --pole 17 --unlock          then help, health, values ...",
        "printf 'health\\n#wait 1h\\nboots\\n' | polesim service --scenario district.yaml --pole 17 --at 22:30 --unlock",
        "polesim service --scenario district.yaml --pole 17 --pty pole.port    then, elsewhere: polectl service identify pole.port",
    ];

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Option<string> scenario = new("--scenario") { Description = "The scenario's file.", HelpName = "SCENARIO.yaml", Required = true };
        Option<string> pole = new("--pole") { Description = "The lamp's id in the scenario's file of lamps, or its index (#0 is the first).", HelpName = "ID", Required = true };
        Option<string?> at = new("--at") { Description = "When the technician arrives: a time after the start (90min) or a local clock time (22:30). A minute after the start when not given.", HelpName = "TIME" };
        Option<long?> seed = WholeNumberOption.CreateOptional("--seed", "Seed of everything random; the scenario's own when not given.", 0, RunCommand.MaximumSeed);
        Option<bool> unlock = new("--unlock") { Description = "Open the port first, with the simulated pole's key." };
        Option<string?> pty = new("--pty")
        {
            Description = "Serve the port behind a pseudo-terminal of this name instead (Linux, macOS), in real time: programs open it as a serial port.", HelpName = "PATH",
        };
        Option<long?> speed = WholeNumberOption.CreateOptional("--speed", "With --pty: simulated seconds per second; 1 when not given.", 1, (long)TerminalServer.FastestSpeed);
        ExampleCommand command = new("service", "A terminal on the service port of one simulated pole.", Examples) { scenario, pole, at, seed, unlock, pty, speed };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(scenario), parsed.GetRequiredValue(pole), parsed.GetValue(at), parsed.GetValue(seed), parsed.GetValue(unlock),
            parsed.GetValue(pty) is { } path ? new PtyRequest(path, parsed.GetValue(speed) ?? 1) : null));
        return command;
    }

    private static int Run(string path, string pole, string? at, long? seed, bool isUnlocked, PtyRequest? pty)
    {
        try
        {
            Scenario scenario = ScenarioLoader.Load(path);
            long atMs = 60_000;
            if (at is not null && !EndTime.TryParse(at, scenario, out atMs))
            {
                Console.Error.WriteLine($"polesim: --at '{at}' is no time. Write a time after the start, such as 90min, or a local clock time, such as 22:30.");
                return ExitCode.WrongUse;
            }

            using FleetRunner runner = new(scenario, new RunOptions { Seed = seed, EpochUs = FleetSimulation.WindowUs });
            int index = IndexOf(runner.Fleet, pole);
            if (index < 0)
            {
                Console.Error.WriteLine($"polesim: --pole '{pole}' is no lamp of {path}. Write a lamp's id, such as '{runner.Fleet.Lamps[0].Id}', or #0 to #{runner.Fleet.Lamps.Count - 1}.");
                return ExitCode.WrongUse;
            }

            if (pty is not null)
            {
                return PtyService.Serve(runner, index, atMs, pty);
            }

            byte[] key = runner.Fleet.Sites[index].ServiceKey;
            Technician technician = new(runner, index, key);
            technician.Wait(atMs * 1000);
            string shownKey = scenario.Lamps.IsProvisioningFolder ? "not shown, it is a real controller's" : Convert.ToHexStringLower(key);
            Console.Error.WriteLine(
                $"At the service port of '{runner.Fleet.Lamps[index].Id}', {atMs / 1000} s after the start. Service key of this simulated pole: {shownKey}. Ctrl-D ends.");
            if (isUnlocked)
            {
                Write(technician.Unlock());
            }

            Serve(technician);
            return ExitCode.Done;
        }
        catch (ScenarioException wrong)
        {
            foreach (ScenarioProblem problem in wrong.Problems)
            {
                Console.Error.WriteLine("polesim: " + problem);
            }

            return ExitCode.WrongUse;
        }
    }

    private static int IndexOf(Fleet fleet, string pole)
    {
        if (pole.StartsWith('#') && int.TryParse(pole.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int index))
        {
            return index < fleet.Lamps.Count ? index : -1;
        }

        for (int i = 0; i < fleet.Lamps.Count; i++)
        {
            if (fleet.Lamps[i].Id == pole)
            {
                return i;
            }
        }

        return -1;
    }

    private static void Serve(Technician technician)
    {
        while (Console.In.ReadLine() is { } line)
        {
            if (line.StartsWith(WaitWord, StringComparison.Ordinal))
            {
                if (Technician.TryReadWait(line[WaitWord.Length..].Trim(), out long durationMs))
                {
                    Write(technician.Wait(durationMs * 1000));
                }
                else
                {
                    Console.Error.WriteLine($"polesim: '{line}' is no wait. Write '#wait 90s', '#wait 20min' or '#wait 6h'.");
                }
            }
            else if (!line.StartsWith('#'))
            {
                Write(technician.Ask(line));
            }
        }
    }

    private static void Write(IReadOnlyList<string> lines)
    {
        foreach (string line in lines)
        {
            Console.Out.WriteLine(line);
        }
    }
}
