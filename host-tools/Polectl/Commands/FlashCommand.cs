// polectl flash: many controllers at once, with nanoff.
using System.CommandLine;
using System.Runtime.InteropServices;
using Polectl.Cli;
using Provisioning.Flashing;
using Provisioning.Problems;
using Provisioning.Workspaces;

namespace Polectl.Commands;

/// <summary>The command flash.</summary>
internal sealed class FlashCommand
{
    private const string Name = "flash";
    private const string ResultName = "flash-result.json";
    private const int MostSeconds = 3_600;

    private readonly Argument<string> _folder;
    private readonly Option<string[]> _ports;
    private readonly Option<string[]> _controller;
    private readonly Option<string?> _image;
    private readonly Option<string?> _target;
    private readonly Option<string?> _runtimeVersion;
    private readonly Option<string?> _archive;
    private readonly Option<string?> _firmware;
    private readonly Option<bool> _keepRuntime;
    private readonly Option<bool> _again;
    private readonly Option<bool> _newChip;
    private readonly Option<string?> _nanoff;
    private readonly Option<string?> _result;
    private readonly Option<int?> _nanoffSeconds;
    private readonly Option<int?> _startSeconds;

    private FlashCommand(CommandMaker make)
    {
        _folder = make.Argument("folder");
        _ports = make.Texts("board-port", "boardPort");
        _ports.Required = true;
        _controller = make.Texts("controller", "controller");
        _image = make.Text("image", "file");
        _target = make.Text("target", "target");
        _runtimeVersion = make.Text("runtime-version", "version");
        _archive = make.Text("archive", "folder");
        _firmware = make.Text("firmware", "version");
        _keepRuntime = make.Flag("keep-runtime");
        _again = make.Flag("again");
        _newChip = make.Flag("new-chip");
        _nanoff = make.Text("nanoff", "file");
        _result = make.Text("result", "file");
        _nanoffSeconds = make.Number("nanoff-seconds", 1, MostSeconds);
        _startSeconds = make.Number("start-seconds", 1, MostSeconds);
    }

    public static Command Create(CommandMaker make)
    {
        FlashCommand flash = new(make);
        return make.WritingAlone(
            Name,
            [
                flash._folder, flash._ports, flash._image, flash._controller, flash._target, flash._runtimeVersion, flash._archive, flash._firmware, flash._keepRuntime, flash._again,
                flash._newChip, flash._nanoff, flash._result, flash._nanoffSeconds, flash._startSeconds,
            ],
            flash.Carry);
    }

    private Outcome Carry(Run run)
    {
        FlashRequest request = Read(run);
        using (Workspace workspace = run.Open())
        {
            FlashRun.Check(workspace, request);
        }

        NanoffTool nanoff = NanoffTool.Require(run.Get(_nanoff) ?? run.Surroundings.Variable("POLECTL_NANOFF"), run.Surroundings.Variable("PATH"));
        if (run.IsDryRun)
        {
            return new Outcome
            {
                Lines = [.. request.Places.Select(place => run.Words.Format("flash.would", place.FlashPort, place.ServicePort))],
                Result = FlashResultFile.ToJson([]),
            };
        }

        FlashResultFile file = new(run.Get(_result) ?? Path.Combine(request.Folder, ResultName));
        FlashProgress progress = new(run.Surroundings.Error, run.Words, [.. request.Places.Select(place => place.FlashPort)], run.Surroundings.IsErrorTerminal);
        using CancellationTokenSource interruption = new();
        using PosixSignalRegistration registration = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            interruption.Cancel();
        });
        FlashOutcome outcome = FlashRun.Run(run.Open, nanoff, request, file, progress.Tell, run.Surroundings.Time, interruption.Token);
        return Told(run, outcome);
    }

    private static Outcome Told(Run run, FlashOutcome outcome)
    {
        int right = outcome.Entries.Count(entry => entry.State is FlashState.Done or FlashState.AlreadyRight);
        int failed = outcome.Entries.Count - right;
        return new Outcome
        {
            Lines = [.. outcome.Entries.Select(entry => FlashProgress.Line(run.Words, entry)), run.Words.Format("flash.count", $"{right}", $"{failed}")],
            Problems = outcome.Problems,
            ExitCode = failed == 0 ? ExitCode.Done : right > 0 ? ExitCode.PartlyDone : outcome.Problems.Count > 0 ? Outcome.CodeOf(outcome.Problems) : ExitCode.Failed,
            Result = FlashResultFile.ToJson(outcome.Entries),
        };
    }

    private FlashRequest Read(Run run)
    {
        string[] controllers = run.Get(_controller);
        if (controllers.Length > 1)
        {
            throw new ProblemException(new Problem("problem.flash.places") { Kind = ProblemKind.WrongUse, Field = "--controller", Value = controllers[1] });
        }

        FlashRequest usual = new() { Folder = run.Get(_folder), Places = [.. run.Get(_ports).Select(ReadPlace)] };
        return usual with
        {
            DevEui = controllers.FirstOrDefault(),
            HasNewChip = run.Get(_newChip),
            Image = run.Get(_image),
            Target = run.Get(_target) ?? usual.Target,
            RuntimeVersion = run.Get(_runtimeVersion),
            Archive = run.Get(_archive),

            // Without an application there is nothing that a bare runtime would be good for.
            UpdatesRuntime = !run.Get(_keepRuntime) && run.Get(_image) is not null,
            Firmware = run.Get(_firmware),
            IsAgain = run.Get(_again),
            NanoffSeconds = run.Get(_nanoffSeconds) ?? usual.NanoffSeconds,
            StartSeconds = run.Get(_startSeconds) ?? usual.StartSeconds,
        };
    }

    private static FlashPlace ReadPlace(string text)
    {
        string[] parts = text.Split('=', 2);
        return new FlashPlace(parts[0], parts.Length > 1 && parts[1].Length > 0 ? parts[1] : parts[0]);
    }
}
