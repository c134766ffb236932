// polebench pole: the controller itself on this board, until it is ended or restarts.
using System.CommandLine;
using System.Runtime.InteropServices;
using Bench.Boards;
using Bench.Devices;
using Bench.Pole;
using PoleController.Boards;
using PoleController.Esp32.Loop;
using PoleController.Esp32.Storage;

namespace Bench.Commands;

/// <summary>Runs the controller.</summary>
internal static class PoleCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(TextWriter error)
    {
        Argument<string> board = new("BOARD.yaml") { Description = "The board's file." };
        Option<string> state = new("--state") { Description = "Folder of the records; provision.txt is taken from there at the start and removed.", HelpName = "FOLDER", Required = true };
        Command command = new("pole", "Runs the controller on this board until it restarts or is ended. Example: polebench pole boards/raspberry-pi-pole.yaml --state /var/lib/pole") { board, state };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(board), parsed.GetRequiredValue(state), error));
        return command;
    }

    private static int Run(string boardFile, string state, TextWriter error)
    {
        LinuxBoard? board = InputFiles.Board(boardFile, BoardRole.Pole, error);
        if (board is null)
        {
            return ExitCode.WrongUse;
        }

        using CancellationTokenSource end = new();
        using PosixSignalRegistration interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => { context.Cancel = true; end.Cancel(); });
        using PosixSignalRegistration ended = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => { context.Cancel = true; end.Cancel(); });
        using LinuxRuntime runtime = new(end.Token);
        try
        {
            LinuxFiles files = new(state);
            if (!TakeProvisioningOver(files, state, error) || ReadFitting(files, board, state, error) is not BoardFitting fitting)
            {
                return ExitCode.WrongUse;
            }

            BoardParts parts = PoleBuilder.Build(board, fitting, new LinuxDevices(), runtime, files);
            if (fitting.UnknownWord.Length > 0)
            {
                error.WriteLine($"polebench: the board has no part '{fitting.UnknownWord}' ({state}/{BoardFitting.RecordName}); it goes on without.");
            }

            return Serve(parts, runtime, error, end.Token);
        }
        catch (PoleBoardException wrong)
        {
            error.WriteLine("polebench: " + wrong.Message);
            return ExitCode.WrongUse;
        }
        catch (Exception exception) when (DeviceFault.Is(exception))
        {
            error.WriteLine($"polebench: the board's devices cannot be opened: {exception.Message} See \"The machine\" in host-tools/Bench/README.md.");
            return ExitCode.Failed;
        }
    }

    // The loop has a thread of its own, which is left behind at rest when the end is asked for; the light is on then.
    private static int Serve(BoardParts parts, LinuxRuntime runtime, TextWriter error, CancellationToken end)
    {
        using ManualResetEventSlim over = new();
        Thread loop = new(() =>
        {
            new BoardLoop(runtime).Run(parts);
            over.Set();
        }) { IsBackground = true };
        loop.Start();
        bool isEnded = WaitHandle.WaitAny([over.WaitHandle, end.WaitHandle]) == 1;
        if (isEnded)
        {
            runtime.WaitUntilParked(TimeSpan.FromSeconds(2));
            parts.Hardware.Dimmer.TrySetLevel(1000);
            parts.Hardware.Relay?.TrySwitch(true);
        }

        error.WriteLine(isEnded ? "polebench: ended; the light is on." : "polebench: the controller restarts.");
        return ExitCode.Done;
    }

    private static bool TakeProvisioningOver(LinuxFiles files, string state, TextWriter error)
    {
        ProvisioningFile file = new();
        string path = Path.Combine(state, ProvisioningFile.FileName);
        switch (file.TakeOver(files))
        {
            case ProvisioningOutcome.Taken:
                error.WriteLine($"polebench: {path} was taken over and removed.");
                return true;
            case ProvisioningOutcome.LineWrong:
                error.WriteLine($"polebench: {path}:{file.WrongLine}: not a word and value that firmware/PoleController.Esp32/README.md names. Nothing was changed.");
                return false;
            case ProvisioningOutcome.Incomplete:
                error.WriteLine($"polebench: {path}: an identity needs dev-eui, join-eui and app-key. Nothing was changed.");
                return false;
            case ProvisioningOutcome.StoreRefused:
                error.WriteLine($"polebench: {state} cannot be written; {path} is taken over at the next start.");
                return false;
            default:
                return true;
        }
    }

    private static BoardFitting? ReadFitting(LinuxFiles files, LinuxBoard board, string state, TextWriter error)
    {
        BoardFitting fitting = BoardFitting.Read(new FileStore(files));
        if (fitting.BoardName == board.Name)
        {
            return fitting;
        }

        error.WriteLine($"polebench: {state}/{BoardFitting.RecordName} names the board '{fitting.BoardName}', the file is of '{board.Name}'. Put a line 'board {board.Name} WORDS' into {state}/{ProvisioningFile.FileName}.");
        return null;
    }
}
