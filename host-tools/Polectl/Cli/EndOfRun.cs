// For commands that go on until they are told to end: Ctrl+C, or SIGTERM from whoever started them as a service. They end in their own time, with nothing lost.
using System.Runtime.InteropServices;

namespace Polectl.Cli;

/// <summary>Waits for the end.</summary>
internal static class EndOfRun
{
    private const int TickSeconds = 60;

    public static void Wait(Action<int> tick)
    {
        using ManualResetEventSlim ended = new();
        void End(PosixSignalContext context)
        {
            context.Cancel = true;
            ended.Set();
        }

        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        int seconds = 0;
        while (!ended.Wait(TimeSpan.FromSeconds(TickSeconds)))
        {
            tick(seconds += TickSeconds);
        }
    }
}
