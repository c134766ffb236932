// Telling recipients: webhooks to a real HTTP server on the loopback address, mail files read by Python's own reader, commands; nothing forgotten, nothing told twice
// but with the same key.
using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PoleController.Alarms;
using Provisioning.Alarms;
using Provisioning.Audit;
using Provisioning.Members;
using Provisioning.Poles;
using Provisioning.Problems;
using Provisioning.Storage;
using Provisioning.Workspaces;
using Xunit;
using static Provisioning.Tests.Fleet.FleetBench;

namespace Provisioning.Tests.Fleet;

public sealed class DeliveryTests : AnyStore
{
    private readonly SteppedTime _time = new();

    protected override WorkspaceAddress NewPlace() => WorkspaceAddress.Parse(Folder.PathOf($"{Guid.NewGuid():N}.polectl"));

    [Fact]
    public async Task Given_a_webhook_then_beginning_and_end_are_posted_once_each_signed_with_a_key()
    {
        using Workspace workspace = NewFleet(2);
        using HttpListener server = Listen(out string address);
        string secret = Folder.Write("secret", "a secret of the control room\n");
        Set(workspace, new Recipient { Name = "room", Kind = Recipient.Webhook, Target = address, SecretFile = secret });
        Raise(workspace, 1);

        Task<(Dictionary<string, string> Headers, string Body)> heard = Hear(server, 204);
        Assert.Equal((1, 0), Send(workspace));
        (Dictionary<string, string> headers, string body) = await heard;

        Assert.Equal("alarm-1-began", headers["webhook-id"]);
        byte[] expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes("a secret of the control room"), Encoding.UTF8.GetBytes($"{headers["webhook-id"]}.{headers["webhook-timestamp"]}.{body}"));
        Assert.Equal("v1," + Convert.ToBase64String(expected), headers["webhook-signature"]);
        JsonElement json = JsonDocument.Parse(body).RootElement;
        Assert.Equal(("lampFailure", "P-1", "began"), (json.GetProperty("alarm").GetString(), json.GetProperty("pole").GetString(), json.GetProperty("phase").GetString()));
        Assert.Equal((0, 0), Send(workspace));

        Take(workspace, ChirpStack(DevEui(1), NightMs + 600_000, 2, 12, Alarm(AlarmKind.LampFailure, false)));
        heard = Hear(server, 200);
        Assert.Equal((1, 0), Send(workspace));
        Assert.Equal("alarm-1-ended", (await heard).Headers["webhook-id"]);
    }

    [Fact]
    public async Task Given_a_webhook_that_fails_then_it_is_shown_and_tried_again_after_a_while_with_the_same_key()
    {
        using Workspace workspace = NewFleet(1);
        using HttpListener server = Listen(out string address);
        Set(workspace, new Recipient { Name = "room", Kind = Recipient.Webhook, Target = address });
        Raise(workspace, 1);

        Task<(Dictionary<string, string> Headers, string Body)> heard = Hear(server, 500);
        Assert.Equal((0, 1), Send(workspace));
        string key = (await heard).Headers["webhook-id"];
        AlarmDelivery waiting = Assert.Single(AlarmSender.Undelivered(workspace));
        Assert.Equal((1, "HTTP 500", AlarmDelivery.Waiting), (waiting.Attempts, waiting.Trouble, waiting.State));
        Assert.Equal((0, 0), Send(workspace));

        _time.Step(TimeSpan.FromMinutes(2));
        heard = Hear(server, 200);
        Assert.Equal((1, 0), Send(workspace));
        Assert.Equal(key, (await heard).Headers["webhook-id"]);
        Assert.Empty(AlarmSender.Undelivered(workspace));
    }

    [Fact]
    public void Given_a_mail_recipient_then_another_reader_finds_one_whole_message_and_nothing_of_a_poles_name_becomes_a_header()
    {
        using Workspace workspace = NewFleet(1);
        workspace.Write(Permission.Plan, false, writer => PoleInventory.Set(writer, "P-1", [(PoleField.Find("street")!, "Größter Weg ,Bcc: eve@example.org " + new string('x', 120))], null));
        string folder = Directory.CreateDirectory(Folder.PathOf("outbox")).FullName;
        Set(workspace, new Recipient { Name = "crew", Kind = Recipient.Mail, Target = JsonSerializer.Serialize((string[])[folder, "poles@example.org", "crew@example.org"]), Language = "de" });
        Raise(workspace, 1);

        Assert.Equal((1, 0), Send(workspace));

        string file = Assert.Single(Directory.GetFiles(folder));
        Assert.All(File.ReadAllLines(file), line => Assert.True(line.Length <= 78, line));
        string? read = Python(
            "import email,email.policy,sys,json; m=email.message_from_binary_file(open(sys.argv[1],'rb'),policy=email.policy.default); "
            + "print(json.dumps([m['From'],m['To'],m['Subject'],m['Bcc'],m.get_content(),len(m.defects)]))", file);
        if (read is null)
        {
            Assert.Skip("python3 is not installed (.ci/install).");
        }

        JsonElement mail = JsonDocument.Parse(read).RootElement;
        Assert.Equal(("poles@example.org", "crew@example.org", JsonValueKind.Null, 0), (mail[0].GetString(), mail[1].GetString(), mail[3].ValueKind, mail[5].GetInt32()));
        Assert.StartsWith("Mast P-1 Größter Weg ,Bcc: eve@example.org xxx", mail[2].GetString(), StringComparison.Ordinal);
        Assert.Contains("Lampenausfall", mail[4].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Given_a_command_then_it_gets_the_alarm_without_a_shell_and_its_exit_code_decides()
    {
        if (!File.Exists("/bin/sh"))
        {
            Assert.Skip("there is no /bin/sh");
        }

        using Workspace workspace = NewFleet(2);
        string output = Folder.PathOf("told");
        string script = Folder.Write("tell.sh", "cat > \"$1\"; printf '%s' \"$2\" >> \"$1\"; exit $3");
        string hostile = "$(touch " + Folder.PathOf("hacked") + "); `id` \"'";
        Set(workspace, Command("good", "/bin/sh", script, output, hostile, "0") with { Alarms = "lampFailure" });
        Set(workspace, Command("bad", "/bin/sh", script, output + "2", "", "7"));
        Raise(workspace, 1);
        Take(workspace, ChirpStack(DevEui(2), NightMs, 1, 12, Alarm(AlarmKind.DoorOpen, true)));

        Assert.Equal((1, 2), Send(workspace));

        Assert.EndsWith(hostile, File.ReadAllText(output), StringComparison.Ordinal);
        Assert.StartsWith("{\"key\":\"alarm-1-began\"", File.ReadAllText(output), StringComparison.Ordinal);
        Assert.False(File.Exists(Folder.PathOf("hacked")));
        Assert.Equal(["exit code 7", "exit code 7"], AlarmSender.Undelivered(workspace).Select(delivery => delivery.Trouble));
    }

    [Fact]
    public void Given_a_recipient_then_older_alarms_and_those_of_other_poles_are_not_told_and_a_dry_run_tells_nothing()
    {
        using Workspace workspace = NewFleet(3);
        string folder = Directory.CreateDirectory(Folder.PathOf("outbox")).FullName;
        Raise(workspace, 1);
        Set(workspace, new Recipient { Name = "crew", Kind = Recipient.Mail, Target = JsonSerializer.Serialize((string[])[folder, "a@b.org", "a@b.org"]), Group = "even" });
        Raise(workspace, 2);
        Raise(workspace, 3);

        Assert.Equal("alarm-2-began", Assert.Single(AlarmSender.Send(workspace, true, _time).Told).Key);
        Assert.Empty(Directory.GetFiles(folder));
        Assert.Equal((1, 0), Send(workspace));
        Assert.Single(Directory.GetFiles(folder));
    }

    [Fact]
    public void Given_a_run_that_was_killed_before_it_ticked_off_then_it_is_told_again_later_and_a_mail_file_stays_one()
    {
        using Workspace workspace = NewFleet(1);
        string folder = Directory.CreateDirectory(Folder.PathOf("outbox")).FullName;
        Set(workspace, new Recipient { Name = "crew", Kind = Recipient.Mail, Target = JsonSerializer.Serialize((string[])[folder, "a@b.org", "a@b.org"]) });
        Raise(workspace, 1);
        Send(workspace);
        workspace.Write(Permission.Service, false, writer => writer.Connection.Execute("UPDATE alarm_delivery SET state = 'waiting', attempts = 0"));

        // Another run leaves alone for some minutes what the killed one had claimed.
        Assert.Equal((0, 0), Send(workspace));
        _time.Step(TimeSpan.FromMinutes(6));
        Assert.Equal((1, 0), Send(workspace));
        Assert.Single(Directory.GetFiles(folder));
    }

    [Fact]
    public void Given_a_recipient_changed_behind_the_journals_back_then_nothing_is_run_for_it_and_the_audit_names_it()
    {
        using Workspace workspace = NewFleet(1);
        Set(workspace, Command("pager", "/bin/true"));
        Raise(workspace, 1);
        workspace.Write(Permission.Plan, false, writer => writer.Connection.Execute("UPDATE recipient SET target = '[\"/bin/sh\",\"-c\",\"touch /tmp/never\"]'"));

        Assert.Equal((0, 0), Send(workspace));
        Assert.Equal("problem.audit.row", Assert.Single(AuditVerifier.Verify(workspace).Findings).Key);
    }

    [Theory]
    [InlineData(Recipient.Webhook, "ftp://x/y")]
    [InlineData(Recipient.Webhook, "https://user:password@x/y")]
    [InlineData(Recipient.Webhook, "javascript:alert(1)")]
    [InlineData(Recipient.Mail, "[\"/\",\"a@b.org\",\"a@b.org\\r\\nBcc: eve@c.org\"]")]
    [InlineData(Recipient.Mail, "[\"/\",\"a@b.org\",\"a@b.org, c@d.org\"]")]
    [InlineData(Recipient.Mail, "[\"/no/such/folder\",\"a@b.org\",\"a@b.org\"]")]
    [InlineData(Recipient.Command, "[\"sh\"]")]
    [InlineData(Recipient.Command, "[]")]
    public void Given_a_target_that_cannot_be_right_then_it_is_refused(string kind, string target)
    {
        using Workspace workspace = NewFleet(1);

        Assert.Equal("problem.recipient.target", Assert.Throws<ProblemException>(() => Set(workspace, new Recipient { Name = "x", Kind = kind, Target = target })).Problems[0].Key);
    }

    private static Recipient Command(string name, params string[] parts) => new() { Name = name, Kind = Recipient.Command, Target = JsonSerializer.Serialize(parts) };

    private static void Set(Workspace workspace, Recipient recipient) => workspace.Write(Permission.Administer, false, writer => RecipientList.Set(writer, recipient));

    private static void Raise(Workspace workspace, int pole) => Take(workspace, ChirpStack(DevEui(pole), NightMs, 1, 12, FleetBench.Alarm(AlarmKind.LampFailure, true)));

    private (int Told, int NotTold) Send(Workspace workspace)
    {
        (IReadOnlyList<AlarmDelivery> told, IReadOnlyList<AlarmDelivery> notTold) = AlarmSender.Send(workspace, false, _time);
        return (told.Count, notTold.Count);
    }

    private static HttpListener Listen(out string address)
    {
        for (int port = Random.Shared.Next(20_000, 50_000); ; port++)
        {
            HttpListener server = new();
            address = $"http://127.0.0.1:{port}/";
            server.Prefixes.Add(address);
            try
            {
                server.Start();
                return server;
            }
            catch (HttpListenerException)
            {
                server.Close();
            }
        }
    }

    private static Task<(Dictionary<string, string> Headers, string Body)> Hear(HttpListener server, int status) => Task.Run(async () =>
    {
        HttpListenerContext context = await server.GetContextAsync();
        using StreamReader reader = new(context.Request.InputStream);
        string body = await reader.ReadToEndAsync();
        Dictionary<string, string> headers = context.Request.Headers.AllKeys.ToDictionary(key => key!.ToLowerInvariant(), key => context.Request.Headers[key]!);
        context.Response.StatusCode = status;
        context.Response.Close();
        return (headers, body);
    });

    private static string? Python(params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("python3", ["-c", .. arguments]) { RedirectStandardOutput = true })!;
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private sealed class SteppedTime : TimeProvider
    {
        private DateTimeOffset _now = Night;

        public void Step(TimeSpan span) => _now += span;

        public override DateTimeOffset GetUtcNow() => _now;
    }
}
