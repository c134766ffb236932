// The polectl command. What it does is in Commands/ and, without any command line, in the library Provisioning.
using Polectl.Cli;

bool hasTerminal = !Console.IsInputRedirected && !Console.IsErrorRedirected;
return App.Run(args, new Surroundings(Console.Out, Console.Error, Environment.GetEnvironmentVariable)
{
    AskSecret = hasTerminal ? HiddenLine.Ask : null,
    AskLine = hasTerminal ? AskLine : null,
    Interruption = Interruption.Watch,
    IsErrorTerminal = !Console.IsErrorRedirected,
});

static string? AskLine(string question)
{
    Console.Error.Write(question + " ");
    return Console.ReadLine();
}
