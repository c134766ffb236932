// A folder with the provisioning files of one controller, for the simulator.
using System.Text;
using PoleController.LoRaWan;
using PoleController.Settings;
using Simulation.Engine;
using Simulation.Scenarios;

namespace Esp32.Tests.Boards;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class ProvisionedFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("provisioned");

    public ProvisionedFolder(string board)
    {
        string controller = _folder.CreateSubdirectory("files/70b3d50000000001").FullName;
        LoRaWanIdentity identity = new();
        Convert.FromHexString("70b3d50000000001").CopyTo(identity.DevEui, 0);
        byte[] buffer = new byte[SettingsCodec.MaximumLength];
        File.WriteAllBytes(Path.Combine(controller, "identity"), buffer[..IdentityStore.Encode(identity, buffer)]);
        ControllerSettings settings = new() { HasPosition = true, LatitudeMicrodegrees = 51_000_000, LongitudeMicrodegrees = 9_000_000 };
        File.WriteAllBytes(Path.Combine(controller, "settings-a"), buffer[..SettingsCodec.Encode(settings, 1, buffer)]);
        File.WriteAllText(Path.Combine(controller, "board"), board, Encoding.ASCII);
    }

    public Fleet Build()
    {
        byte[] scenario = Encoding.UTF8.GetBytes("name: one\nstart: 2026-06-20T12:00\nduration: 1h\nlamps: { provisioning: files }\n");
        return FleetBuilder.Build(ScenarioLoader.Parse(scenario, Path.Combine(_folder.FullName, "one.yaml")), 1);
    }

    public void Dispose() => _folder.Delete(true);
}
