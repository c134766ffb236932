// Ctrl-C for commands that end themselves in good order. A second one ends the process at once.
namespace Polectl.Cli;

/// <summary>Watches for interruptions.</summary>
internal static class Interruption
{
    public static CancellationToken Watch()
    {
        // Lives as long as the process.
#pragma warning disable CA2000
        CancellationTokenSource source = new();
#pragma warning restore CA2000
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = !source.IsCancellationRequested;
            source.Cancel();
        };
        return source.Token;
    }
}
