// A folder of provisioning files as the controller's own code lays them out, and the scenario that runs them. What polectl writes is run in tests/EndToEnd.Tests.
using System.Text;
using PoleController.LoRaWan;
using PoleController.Settings;
using Simulation.Scenarios;

namespace Simulation.Tests.ProvisioningFiles;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class ProvisionedStreet : IDisposable
{
    public const string Board = "pole-controller-r1 metered occupancy photocell";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("provisioned");

    public string Provisioning => Path.Combine(_folder.FullName, "provisioning");

    public static string DevEui(int number) => $"70b3d5{number:x10}";

    public string PathOf(int number, string file) => Path.Combine(Provisioning, DevEui(number), file);

    /// <summary>One more controller, 30 m from the one before.</summary>
    public ProvisionedStreet Controller(int number, string board = Board, int milliwatts = 40_000, bool hasPlace = true, RegionId region = RegionId.Eu868, Action<ControllerSettings>? change = null)
    {
        Directory.CreateDirectory(Path.Combine(Provisioning, DevEui(number)));
        LoRaWanIdentity identity = new() { Region = region };
        Convert.FromHexString(DevEui(number)).CopyTo(identity.DevEui, 0);
        Convert.FromHexString("70b3d57ed0000001").CopyTo(identity.JoinEui, 0);
        Array.Fill(identity.AppKey, (byte)number);
        Array.Fill(identity.GenAppKey, (byte)(number + 100));
        byte[] record = new byte[IdentityStore.RecordLength];
        File.WriteAllBytes(PathOf(number, IdentityStore.RecordName), record[..IdentityStore.Encode(identity, record)]);

        ControllerSettings settings = new()
        {
            Revision = 1, UtcOffsetMinutes = 60, HasPosition = hasPlace, LatitudeMicrodegrees = 51_000_000, LongitudeMicrodegrees = 9_000_000 + (number * 430),
            LuminaireFullPowerMilliwatts = milliwatts,
        };
        change?.Invoke(settings);
        byte[] buffer = new byte[SettingsCodec.MaximumLength];
        File.WriteAllBytes(PathOf(number, SettingsStore.SlotA), buffer[..SettingsCodec.Encode(settings, 1, buffer)]);
        File.WriteAllText(PathOf(number, "board"), board + "\n", Encoding.ASCII);
        File.WriteAllText(PathOf(number, "deployment.json"), "{}");
        return this;
    }

    public Scenario Load(string more = "", string lamps = "provisioning: provisioning") =>
        ScenarioLoader.Parse(
            Encoding.UTF8.GetBytes($"name: street\nstart: 2026-12-10T21:00\nduration: 2h\nlamps: {{ {lamps} }}\nradio: {{ shadowingDecibel: 0, fadingDecibel: 0 }}\n{more}"),
            Path.Combine(_folder.FullName, "street.yaml"));

    public void Dispose() => _folder.Delete(true);
}
