// polesim devices: the simulated poles and gateways of a scenario, for registering them at a real network server. The keys are of simulated
// poles, made from the seed, and protect nothing; printing them is what this command is for. Keys of provisioning files are real ones and are not shown.
using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Simulation.Engine;
using Simulation.Forwarding;
using Simulation.Radio;
using Simulation.Scenarios;

namespace Polesim.Commands;

/// <summary>Lists poles and gateways.</summary>
internal static class DevicesCommand
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private static readonly string[] Examples =
    [
        "polesim devices district.yaml --csv > devices.csv            one line a pole, for a server's bulk import or a script",
        "polesim devices district.yaml --gateways                     the gateways' EUIs",
        "polesim devices district.yaml --json                         both",
    ];

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Argument<string> scenario = new("SCENARIO.yaml") { Description = "The scenario's file." };
        Option<long?> seed = WholeNumberOption.CreateOptional("--seed", "Seed that the keys are made from; the scenario's own when not given. Give the run the same.", 0, RunCommand.MaximumSeed);
        Option<bool> csv = new("--csv") { Description = "Comma-separated values with a heading (this is what is printed anyway)." };
        Option<bool> json = new("--json") { Description = "One JSON object with poles and gateways." };
        Option<bool> gateways = new("--gateways") { Description = "The gateways instead of the poles, as comma-separated values." };
        Option<string?> gatewayEui = new("--gateway-eui") { Description = "EUI of the first gateway; give polesim run the same.", HelpName = "EUI" };
        ExampleCommand command = new("devices", "Lists simulated poles with their keys, for registering them at a real network server.", Examples)
        {
            scenario, seed, csv, json, gateways, gatewayEui,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(json) && (result.GetValue(csv) || result.GetValue(gateways)))
            {
                result.AddError("--json has poles and gateways already: leave --csv and --gateways out.");
            }
        });
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(scenario), parsed.GetValue(seed), parsed.GetValue(gatewayEui), parsed.GetValue(json), parsed.GetValue(gateways)));
        return command;
    }

    private static int Run(string path, long? seed, string? gatewayEui, bool isJson, bool isGateways)
    {
        ulong firstEui = AttachSettings.DefaultFirstGatewayEui;
        if (gatewayEui is not null && !AttachOptions.TryEui(gatewayEui, out firstEui))
        {
            Console.Error.WriteLine($"polesim: --gateway-eui '{gatewayEui}' is no EUI. Write 16 hexadecimal digits, such as 020000fffe000001.");
            return ExitCode.WrongUse;
        }

        try
        {
            Scenario scenario = ScenarioLoader.Load(path);
            Fleet fleet = FleetBuilder.Build(scenario, seed ?? scenario.Seed);
            if (scenario.Lamps.IsProvisioningFolder && !isGateways)
            {
                Console.Error.WriteLine("polesim: the poles of this scenario are given by provisioning files, so their keys are those of real controllers and are not shown. Use polectl identity export.");
                return ExitCode.WrongUse;
            }

            DeviceEntry[] devices = [.. fleet.Sites.Select((site, index) => DeviceEntry.From(site, fleet.Lamps[index].Id))];
            GatewayEntry[] gateways = [.. fleet.Gateways.Select((gateway, index) => new GatewayEntry(
                unchecked(firstEui + (ulong)index).ToString("x16", CultureInfo.InvariantCulture), gateway.Id, gateway.Latitude, gateway.Longitude))];
            Console.Out.Write(isJson ? Json(devices, gateways) : isGateways ? Csv(gateways) : Csv(devices));
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

    private static string Json(DeviceEntry[] devices, GatewayEntry[] gateways) =>
        JsonSerializer.Serialize(new { devices, gateways }, s_json) + "\n";

    private static string Csv(DeviceEntry[] devices)
    {
        StringBuilder text = new("devEui,joinEui,appKey,genAppKey,name,latitude,longitude\n");
        foreach (DeviceEntry device in devices)
        {
            text.Append(CultureInfo.InvariantCulture, $"{device.DevEui},{device.JoinEui},{device.AppKey},{device.GenAppKey},{Quote(device.Name)},{device.Latitude},{device.Longitude}\n");
        }

        return text.ToString();
    }

    private static string Csv(GatewayEntry[] gateways)
    {
        StringBuilder text = new("gatewayEui,name,latitude,longitude\n");
        foreach (GatewayEntry gateway in gateways)
        {
            text.Append(CultureInfo.InvariantCulture, $"{gateway.GatewayEui},{Quote(gateway.Name)},{gateway.Latitude},{gateway.Longitude}\n");
        }

        return text.ToString();
    }

    // RFC 4180, section 2.
    private static string Quote(string text) =>
        text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    private sealed record DeviceEntry(string DevEui, string JoinEui, string AppKey, string GenAppKey, string Name, double Latitude, double Longitude)
    {
        public static DeviceEntry From(PoleSite site, string name) => new(
            Convert.ToHexStringLower(site.DevEui), Convert.ToHexStringLower(site.JoinEui), Convert.ToHexStringLower(site.AppKey),
            Convert.ToHexStringLower(site.GenAppKey), name, site.Latitude, site.Longitude);
    }

    private sealed record GatewayEntry(string GatewayEui, string Name, double Latitude, double Longitude);
}
