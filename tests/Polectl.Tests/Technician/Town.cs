// A workspace with a pole, a controller in it, and the controller's files: what a technician sets out with.
namespace Polectl.Tests.Technician;

internal sealed class Town : IDisposable
{
    public const string Pole = "Löß-1";
    public const double Latitude = 51.0;
    public const double Longitude = 9.0;

    public Town(string board = "pole-controller-r1 occupancy", int spares = 0)
    {
        Shell.Variables["POLECTL_NEW_PASSPHRASE"] = Shell.Variables["POLECTL_PASSPHRASE"] = "correct horse battery staple";
        Shell.Done("workspace", "init");
        Shell.Done("member", "set", "tim", "--role", "technician");
        string list = Shell.Write("poles.csv", $"id,latitude,longitude,street,luminaire,watts\n{Pole},{Latitude},{Longitude},Löß-Straße,LED 45,45\n");
        Shell.Done("pole", "import", list);
        Shell.Done("unlock", "add", "anna");
        string[] common = ["--eui-prefix", "70b3d5", "--join-eui", "70b3d57ed0000001", "--board", board, "--region", "eu868"];
        Shell.Done(["identity", "make", "--for-poles", .. common]);
        if (spares > 0)
        {
            Shell.Done(["identity", "make", "--count", $"{spares}", .. common]);
        }

        Shell.Done("provisioning", "write", FilesFolder, "--utc-offset", "60", "--daylight-saving", "eu");
    }

    public Shell Shell { get; } = new();

    public string FilesFolder => Shell.PathOf("files");

    /// <summary>DevEUI of the controller in the pole; spares follow it.</summary>
    public static string DevEui(int number = 1) => $"70b3d5{number:x10}";

    public string FilesOf(string devEui) => Path.Combine(FilesFolder, devEui);

    /// <summary>Acts as the technician, who may not plan and sees no key.</summary>
    public ShellResult AsTechnician(params string[] arguments) => Shell.Run([.. arguments, "--user", "tim"]);

    public void Dispose() => Shell.Dispose();
}
