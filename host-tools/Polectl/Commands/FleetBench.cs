// polectl bench fleet: how fast uplinks are taken in and the status is told, with a city's poles that report every ten minutes.
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using PoleController.Messages;
using Polectl.Cli;
using Provisioning.Controllers;
using Provisioning.FleetState;
using Provisioning.Keys;
using Provisioning.Language;
using Provisioning.Members;
using Provisioning.Poles;
using Provisioning.Poles.Import;
using Provisioning.Storage;
using Provisioning.Uplinks;
using Provisioning.Workspaces;

namespace Polectl.Commands;

/// <summary>Measures the intake and the status.</summary>
internal static class FleetBench
{
    private const long BeginUtcMs = 1_767_225_600_000;
    private const long IntervalMs = 600_000;

    public static Outcome Measure(Run run, int poles, int uplinks)
    {
        string folder = Directory.CreateTempSubdirectory("polectl-bench-").FullName;
        try
        {
            using Workspace workspace = MakeFleet(folder, poles);
            (double wallSeconds, double processorSeconds) = TakeIn(run, workspace, poles, uplinks);
            TimeSpan processor = Environment.CpuUsage.TotalTime;
            Stopwatch watch = Stopwatch.StartNew();
            int told = FleetStatus.Read(workspace, new PoleFilter(), BeginUtcMs + (uplinks / poles * IntervalMs)).Count;
            double statusSeconds = watch.Elapsed.TotalSeconds;
            double statusProcessor = (Environment.CpuUsage.TotalTime - processor).TotalSeconds;
            return new Outcome
            {
                Lines =
                [
                    run.Words.Format("bench.intake", $"{uplinks}", Text(wallSeconds), Text(processorSeconds), $"{(long)(uplinks / wallSeconds)}"),
                    run.Words.Format("bench.status", $"{told}", Text(statusSeconds), Text(statusProcessor)),
                ],
                Result = new JsonObject
                {
                    ["poles"] = poles,
                    ["uplinks"] = uplinks,
                    ["intakeSeconds"] = Math.Round(wallSeconds, 3),
                    ["intakeProcessorSeconds"] = Math.Round(processorSeconds, 3),
                    ["uplinksPerSecond"] = (long)(uplinks / wallSeconds),
                    ["statusSeconds"] = Math.Round(statusSeconds, 3),
                    ["statusProcessorSeconds"] = Math.Round(statusProcessor, 3),
                },
            };
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    // From bytes as they come over HTTP to committed transactions; making the bytes is not measured.
    private static (double WallSeconds, double ProcessorSeconds) TakeIn(Run run, Workspace workspace, int poles, int uplinks)
    {
        Stopwatch watch = new();
        TimeSpan processor = TimeSpan.Zero;
        for (int done = 0; done < uplinks; done += UplinkStore.LargestBatch)
        {
            byte[][] documents = [.. Enumerable.Range(done, Math.Min(UplinkStore.LargestBatch, uplinks - done)).Select(number => Document(number, poles))];
            TimeSpan before = Environment.CpuUsage.TotalTime;
            watch.Start();
            List<NetworkEvent> events = [.. documents.Select(document => NetworkEventReader.Read(document, "up"))];
            workspace.Write(Permission.Intake, false, writer => UplinkStore.Take(writer, events));
            watch.Stop();
            processor += Environment.CpuUsage.TotalTime - before;
            if (done % 100_000 == 0)
            {
                run.Progress("bench.taken", $"{done + events.Count}");
            }
        }

        return (watch.Elapsed.TotalSeconds, processor.TotalSeconds);
    }

    private static byte[] Document(int number, int poles)
    {
        int pole = number % poles;
        int round = number / poles;
        byte[] payload = new byte[StatusMessage.Length];
        new StatusMessage { LevelPermille = 500, EnergyWattHours = round * 4L, OccupancyIntervalSeconds = 600, HasPosition = true }.Encode(payload);
        string time = UtcText.Milliseconds(BeginUtcMs + (round * IntervalMs) + (pole * IntervalMs / poles));
        string eui = "70b3d5" + (pole + 1).ToString("x10", CultureInfo.InvariantCulture);
        return Encoding.UTF8.GetBytes(
            "{\"deduplicationId\":\"3ac7e3c4-4401-4b8d-9386-a5c902f9202d\",\"time\":\"" + time + "\",\"deviceInfo\":{\"tenantId\":\"52f14cd4-c6f1-4fbd-8f87-4025e1d49242\",\"tenantName\":\"City\","
            + "\"applicationId\":\"17c82e96-be03-4f38-aef3-f83d48582d97\",\"applicationName\":\"Poles\",\"deviceProfileId\":\"14855bf7-d10d-4aee-b618-ebfcb64dc7ad\",\"deviceName\":\"pole\",\"devEui\":\"" + eui
            + "\"},\"devAddr\":\"" + pole.ToString("x8", CultureInfo.InvariantCulture) + "\",\"adr\":true,\"dr\":5,\"fCnt\":" + round.ToString(CultureInfo.InvariantCulture)
            + ",\"fPort\":10,\"confirmed\":false,\"data\":\"" + Convert.ToBase64String(payload)
            + "\",\"rxInfo\":[{\"gatewayId\":\"0016c001f153a14c\",\"uplinkId\":4217106255,\"rssi\":-97,\"snr\":7.2}],\"txInfo\":{\"frequency\":868100000,\"modulation\":{\"lora\":{\"bandwidth\":125000,\"spreadingFactor\":7}}}}");
    }

    private static Workspace MakeFleet(string folder, int poles)
    {
        string list = Path.Combine(folder, "poles.csv");
        File.WriteAllText(list, BenchCommand.MakeList(poles));
        WorkspaceAddress address = WorkspaceAddress.Parse(Path.Combine(folder, "bench.polectl"));
        Author author = Author.OfThisProcess(null);
        WorkspaceSetup.Create(address, author, false);
        Workspace workspace = Workspace.Open(address, author);
        UnlockSecret secret = new("a passphrase for measuring", null);
        workspace.Write(Permission.Administer, false, writer =>
        {
            PoleImport.Run(writer, new PoleImportRequest { Path = list });
            KeyVault.AddWay(writer, "bench", secret, null);
            return true;
        });
        using KeyVault vault = KeyVault.Open(workspace, secret);
        IdentityRequest identities = new() { JoinEui = "70b3d57ed0000001", Board = "pole-controller-r1", Region = "eu868", EuiPrefix = "70b3d5", Poles = new PoleFilter() };
        workspace.Write(Permission.Plan, false, writer => IdentityFactory.Make(writer, vault, identities));
        return workspace;
    }

    private static string Text(double seconds) => seconds.ToString("0.00", CultureInfo.InvariantCulture);
}
