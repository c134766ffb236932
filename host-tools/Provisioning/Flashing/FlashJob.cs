// One place from the first look to the identity read back. nanoff's own word is not taken for it: it has said success with nothing flashed. The order is runtime,
// files, application: files go over the runtime's own protocol, which a running application could be in the way of, and the application begins with them.
using System.Diagnostics;
using System.Text.RegularExpressions;
using Provisioning.Controllers;
using Provisioning.Files;
using Provisioning.Problems;
using Provisioning.ServicePort;
using Provisioning.Workspaces;

namespace Provisioning.Flashing;

/// <summary>Flashes at one place.</summary>
internal sealed partial class FlashJob
{
    private const int LookMs = 600;
    private const int RetryMs = 1_000;

    private readonly Func<Workspace> _open;
    private readonly NanoffTool _nanoff;
    private readonly FlashRequest _request;
    private readonly FlashPlace _place;
    private readonly Action<FlashEntry> _tell;
    private readonly TimeProvider _time;
    private readonly CancellationToken _cancellation;
    private FlashEntry _entry;

    public FlashJob(Func<Workspace> open, NanoffTool nanoff, FlashRequest request, FlashPlace place, Action<FlashEntry> tell, TimeProvider time, CancellationToken cancellation)
    {
        _open = open;
        _nanoff = nanoff;
        _request = request;
        _place = place;
        _tell = tell;
        _time = time;
        _cancellation = cancellation;
        _entry = new FlashEntry(place.FlashPort, FlashState.Running, FlashSteps.Look);
    }

    /// <summary>Carries it out.</summary>
    /// <returns>Problems that need more than a word.</returns>
    public IReadOnlyList<Problem> Run()
    {
        try
        {
            using PortLock flashLock = PortLock.Take(_place.FlashPort);
            using PortLock serviceLock = PortLock.Take(_place.ServicePort);
            using Workspace workspace = _open();
            Flash(workspace);
            return [];
        }
        catch (ProblemException exception)
        {
            Problem problem = exception.Problems[0];
            End(FlashState.Failed, problem.Key["problem.".Length..]);
            return exception.Problems;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            End(FlashState.Failed, "files");
            return [new Problem("problem.file.unreadable", exception.Message) { Field = "port", Value = _place.FlashPort }];
        }
    }

    private void Flash(Workspace workspace)
    {
        Tell(_entry);
        if (!_request.IsAgain && Identify(isPortThere: true) is { IsProvisioned: true } there && IsRight(workspace, there))
        {
            _entry = _entry with { DevEui = there.DevEui, Firmware = there.Firmware };
            End(FlashState.AlreadyRight);
            return;
        }

        string? mac = ReadMac();
        if (mac is null)
        {
            return;
        }

        Controller controller = FlashAssignment.Assign(workspace, _request, mac);
        string folder = Path.Combine(_request.Folder, controller.DevEui);
        string fingerprint = FlashAssignment.Fingerprint(folder);
        ProvisioningContent content = ProvisioningReader.Read(folder);
        _entry = _entry with { DevEui = controller.DevEui, ChipMac = mac };
        if (content.DevEui != controller.DevEui)
        {
            throw new ProblemException(new Problem("problem.flash.folder", content.DevEui) { File = folder });
        }

        bool isFlashed = (!_request.UpdatesRuntime || Nanoff(FlashSteps.Runtime, RuntimeArguments(), _request.Folder))
            && Nanoff(FlashSteps.Files, ["--serialport", _place.FlashPort, "--filedeployment", ProvisioningFolder.DeploymentFile], folder)
            && (_request.Image is null || Nanoff(FlashSteps.Application, ApplicationArguments(_request.Image), _request.Folder));
        if (isFlashed)
        {
            ReadBack(workspace, controller, content, fingerprint);
        }
    }

    private bool IsRight(Workspace workspace, ServiceIdentity there)
    {
        string folder = Path.Combine(_request.Folder, there.DevEui);
        return (_request.DevEui is null || _request.DevEui == there.DevEui) && Directory.Exists(folder) && (_request.Firmware is null || _request.Firmware == there.Firmware)
            && FlashAssignment.IsFlashed(workspace, there.DevEui, FlashAssignment.Fingerprint(folder));
    }

    // Null: nothing that is a controller's service port answers. A bare board says nothing, and a boot loader says anything; a board whose USB is the chip's own is gone
    // from the computer while it restarts.
    private ServiceIdentity? Identify(bool isPortThere)
    {
        try
        {
            using SerialLine line = SerialLine.Open(_place.ServicePort);
            ServiceRecord answer = new ServiceClient(line).Ask("id", LookMs).Last;
            return Eui.Parse(answer.Find("devEui") ?? "") is { } devEui
                ? new ServiceIdentity(devEui, answer.Number("isProvisioned") == 1, answer.Find("board") ?? "", answer.Find("firmware") ?? "", answer.Number("starts") ?? 0)
                : null;
        }
        catch (ProblemException exception) when (exception.Problems[0].Key is "problem.service.silent" or "problem.service.disturbed" or "problem.port.vanished"
            || (!isPortThere && exception.Problems[0].Key is "problem.port.absent" or "problem.port.unusable"))
        {
            return null;
        }
    }

    private string? ReadMac()
    {
        _entry = _entry with { Step = FlashSteps.Chip };
        Tell(_entry);
        NanoffOutcome outcome = Start(["--platform", "esp32", "--serialport", _place.FlashPort, "--devicedetails"], _request.Folder);
        string? mac = outcome.Failure is null && Mac().Match(outcome.Output) is { Success: true } match ? match.Groups[1].Value.Replace(":", "", StringComparison.Ordinal).ToLowerInvariant() : null;
        if (mac is null)
        {
            End(FlashState.Failed, outcome.Failure ?? "noMac");
        }

        return mac;
    }

    private string[] RuntimeArguments() =>
    [
        "--update", "--target", _request.Target, "--serialport", _place.FlashPort, "--masserase",
        .. _request.RuntimeVersion is { } version ? (string[])["--fwversion", version] : [],
        .. _request.Archive is { } archive ? (string[])["--fromarchive", "--archivepath", Path.GetFullPath(archive)] : [],
    ];

    private string[] ApplicationArguments(string image) => ["--target", _request.Target, "--serialport", _place.FlashPort, "--deploy", "--image", Path.GetFullPath(image)];

    private bool Nanoff(string step, string[] arguments, string folder)
    {
        _entry = _entry with { Step = step };
        Tell(_entry);
        NanoffOutcome outcome = Start(arguments, folder);
        if (outcome.Failure is { } failure)
        {
            End(FlashState.Failed, failure);
        }

        return outcome.Failure is null;
    }

    private NanoffOutcome Start(string[] arguments, string folder) =>
        _nanoff.Run([.. arguments, "--suppressnanoffversioncheck"], folder, _request.NanoffSeconds * 1000, _cancellation);

    private void ReadBack(Workspace workspace, Controller controller, ProvisioningContent content, string fingerprint)
    {
        _entry = _entry with { Step = FlashSteps.ReadBack };
        Tell(_entry);
        Stopwatch waited = Stopwatch.StartNew();
        ServiceIdentity? identity = Identify(isPortThere: false);
        while (identity is not { IsProvisioned: true } && waited.Elapsed.TotalSeconds < _request.StartSeconds && !_cancellation.IsCancellationRequested)
        {
            Thread.Sleep(RetryMs);
            identity = Identify(isPortThere: false);
        }

        string? reason = identity is null ? "noAnswer"
            : !identity.IsProvisioned ? "notProvisioned"
            : identity.DevEui != controller.DevEui ? "otherController"
            : identity.Board is not ("" or "unnamed") && identity.Board != content.Board.Split(' ')[0] ? "otherBoard"
            : _request.Firmware is { } firmware && identity.Firmware != firmware ? "otherFirmware"
            : null;
        if (reason is not null)
        {
            End(FlashState.Failed, reason);
            return;
        }

        _entry = _entry with { Firmware = identity!.Firmware };
        FlashAssignment.Record(workspace, controller.DevEui, fingerprint, identity.Firmware, _place.FlashPort);
        End(FlashState.Done);
    }

    private void End(FlashState state, string reason = "")
    {
        _entry = _entry with { State = state, Reason = reason };
        Tell(_entry);
    }

    private void Tell(FlashEntry entry) => _tell(entry with { AtUtcMs = _time.GetUtcNow().ToUnixTimeMilliseconds() });

    // Esp32DeviceInfo.ToString: a line "MAC AA:BB:CC:DD:EE:FF".
    [GeneratedRegex("\\bMAC ((?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2})")]
    private static partial Regex Mac();
}
