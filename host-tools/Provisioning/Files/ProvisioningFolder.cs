// The files of one controller: what nanoff puts on its internal partition. The layout of each is the controller's own code's; the folder is described in
// docs/provisioning-files.md.
using System.Text;
using System.Text.Json;
using PoleController.LoRaWan;
using PoleController.Settings;
using Provisioning.Controllers;
using Provisioning.Keys;

namespace Provisioning.Files;

/// <summary>The files of a controller in memory. Holds keys: wiped when disposed.</summary>
internal sealed class ProvisioningFolder : IDisposable
{
    public const string IdentityFile = IdentityStore.RecordName;
    public const string SettingsFile = SettingsStore.SlotA;
    public const string BoardFile = "board";
    public const string DeploymentFile = "deployment.json";

    /// <summary>Everything that a folder holds.</summary>
    public static readonly string[] Names = [IdentityFile, SettingsFile, BoardFile, DeploymentFile];

    private const string InternalDrive = "I:\\";

    private ProvisioningFolder(byte[] identity, byte[] settings, byte[] board)
    {
        Identity = identity;
        Settings = settings;
        Board = board;
    }

    public byte[] Identity { get; }

    public byte[] Settings { get; }

    public byte[] Board { get; }

    /// <summary>What nanoff --filedeployment reads; the same for every controller, because paths are relative to its folder.</summary>
    public static byte[] Deployment { get; } = MakeDeployment();

    public static ProvisioningFolder Make(Controller controller, DeviceKeys keys, ControllerSettings settings)
    {
        LoRaWanIdentity identity = new() { Region = RegionNames.Find(controller.Region)!.Value };
        Convert.FromHexString(controller.DevEui).CopyTo(identity.DevEui, 0);
        Convert.FromHexString(controller.JoinEui).CopyTo(identity.JoinEui, 0);
        keys.AppKey.CopyTo(identity.AppKey);
        keys.GenAppKey.CopyTo(identity.GenAppKey);
        keys.ServiceKey.CopyTo(identity.ServiceKey);
        byte[] record = new byte[IdentityStore.RecordLength];
        IdentityStore.Encode(identity, record);
        Wipe(identity);
        byte[] settingsRecord = new byte[SettingsCodec.MaximumLength];
        int length = SettingsCodec.Encode(settings, 1, settingsRecord);
        return new ProvisioningFolder(record, settingsRecord[..length], Encoding.ASCII.GetBytes(controller.Board + "\n"));
    }

    public IEnumerable<(string Name, byte[] Bytes)> Files() => [(IdentityFile, Identity), (SettingsFile, Settings), (BoardFile, Board), (DeploymentFile, Deployment)];

    public void Dispose() => Array.Clear(Identity);

    public static void Wipe(LoRaWanIdentity identity)
    {
        Array.Clear(identity.AppKey);
        Array.Clear(identity.GenAppKey);
        Array.Clear(identity.ServiceKey);
    }

    // nanoFramework/nanoFirmwareFlasher, FileDeployment: an empty source deletes. The other slot of the settings has to go: a newer record in it would win.
    private static byte[] MakeDeployment()
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("Files");
            WriteFile(writer, IdentityFile, IdentityFile);
            WriteFile(writer, SettingsFile, SettingsFile);
            WriteFile(writer, SettingsStore.SlotB, "");
            WriteFile(writer, BoardFile, BoardFile);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void WriteFile(Utf8JsonWriter writer, string destination, string source)
    {
        writer.WriteStartObject();
        writer.WriteString("DestinationFilePath", InternalDrive + destination);
        writer.WriteString("SourceFilePath", source);
        writer.WriteEndObject();
    }
}
