// polesim service --pty: a simulated pole's service port as a serial port of this computer, until Ctrl-C.
using Simulation.Running;
using Simulation.Servicing;

namespace Polesim.Commands;

/// <summary>What is asked for.</summary>
/// <param name="Path">Name of the pseudo-terminal, a symbolic link.</param>
/// <param name="Speed">Simulated seconds per second.</param>
internal sealed record PtyRequest(string Path, double Speed);

/// <summary>Serves a pseudo-terminal.</summary>
internal static class PtyService
{
    public static int Serve(FleetRunner runner, int poleIndex, long atMs, PtyRequest request)
    {
        using Interruption interruption = new();
        try
        {
            using PseudoTerminal terminal = new(request.Path);
            TerminalServer server = new(runner, poleIndex, terminal, TimeProvider.System, request.Speed);
            server.RunTo(atMs * 1000);
            Console.Error.WriteLine(
                $"The service port of '{runner.Fleet.Lamps[poleIndex].Id}' (DevEUI {Convert.ToHexStringLower(runner.Fleet.Sites[poleIndex].DevEui)}) is {request.Path} -> {terminal.Path}. Ctrl-C ends.");
            server.Run(interruption.Token);
            return ExitCode.Done;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            Console.Error.WriteLine($"polesim: --pty '{request.Path}' is not possible: {exception.Message}. Name a path that is free, in a folder that you may write.");
            return ExitCode.WrongUse;
        }
    }
}
