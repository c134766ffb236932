// The built polesim as a process of its own, the way people and scripts meet it.
using System.Diagnostics;
using System.Text;
using Xunit;

namespace Polesim.Tests.Cli;

/// <summary>What a process said and how it ended.</summary>
internal sealed record PolesimResult(int ExitCode, byte[] Output, string Errors)
{
    public string OutputText => Encoding.UTF8.GetString(Output);

    public IReadOnlyList<string> ErrorLines => Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Runs polesim.</summary>
internal static class PolesimProcess
{
    /// <summary>Far more than anything here takes on an idle machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly string Dll = Path.Combine(AppContext.BaseDirectory, "polesim.dll");

    /// <summary>Runs to its end in a folder.</summary>
    public static Task<PolesimResult> RunAsync(string folder, params string[] arguments) => RunAsync(folder, DotnetHost(), [Dll, .. arguments]);

    /// <summary>Runs to its end in a folder, with something on standard input.</summary>
    public static Task<PolesimResult> RunWithInputAsync(string folder, string input, params string[] arguments) =>
        RunAsync(folder, DotnetHost(), [Dll, .. arguments], input);

    /// <summary>Runs on a terminal, where util-linux's script can make one; what comes back is what the terminal shows.</summary>
    public static Task<PolesimResult> RunOnTerminalAsync(string folder, string terminal, params string[] arguments)
    {
        if (!File.Exists("/usr/bin/script") || !File.Exists("/usr/bin/env"))
        {
            Assert.Skip("script of util-linux is not here");
        }

        string command = string.Join(' ', new[] { "env", "TERM=" + terminal, DotnetHost(), Dll }.Concat(arguments).Select(word => "'" + word + "'"));
        return RunAsync(folder, "/usr/bin/script", ["-qec", command, "/dev/null"]);
    }

    /// <summary>Runs until a line of its standard error begins with a text, then sends a signal; returns when it has ended.</summary>
    public static async Task<PolesimResult> InterruptAsync(string folder, string signal, string afterLine, TimeSpan afterThat, params string[] arguments)
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/env"))
        {
            Assert.Skip("signals are sent on Linux only");
        }

        // Whoever runs the tests in the background may have them ignore SIGINT, and that is inherited.
        using Process process = Start(folder, "/usr/bin/env", ["--default-signal=INT,TERM", DotnetHost(), Dll, .. arguments]);
        Task<byte[]> output = ReadAllAsync(process.StandardOutput.BaseStream);
        StringBuilder errors = new();
        using CancellationTokenSource patience = new(Patience);
        while (await process.StandardError.ReadLineAsync(patience.Token) is string line)
        {
            errors.Append(line).Append('\n');
            if (line.StartsWith(afterLine, StringComparison.Ordinal))
            {
                break;
            }
        }

        await Task.Delay(afterThat, patience.Token);
        using Process kill = Process.Start("kill", ["-" + signal, process.Id.ToString()]);
        await kill.WaitForExitAsync(patience.Token);
        errors.Append(await process.StandardError.ReadToEndAsync(patience.Token));
        await process.WaitForExitAsync(patience.Token);
        return new PolesimResult(process.ExitCode, await output, errors.ToString());
    }

    /// <summary>Starts it so that signals reach it; the caller ends it.</summary>
    public static Process StartInterruptible(string folder, params string[] arguments)
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/env"))
        {
            Assert.Skip("signals are sent on Linux only");
        }

        return Start(folder, "/usr/bin/env", ["--default-signal=INT,TERM", DotnetHost(), Dll, .. arguments]);
    }

    /// <summary>Runs until something else has happened, then sends a signal; returns when it has ended.</summary>
    public static async Task<PolesimResult> InterruptWhenAsync(string folder, string signal, Task happened, params string[] arguments)
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/env"))
        {
            Assert.Skip("signals are sent on Linux only");
        }

        using Process process = Start(folder, "/usr/bin/env", ["--default-signal=INT,TERM", DotnetHost(), Dll, .. arguments]);
        Task<byte[]> output = ReadAllAsync(process.StandardOutput.BaseStream);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using CancellationTokenSource patience = new(Patience);
        Task ended = process.WaitForExitAsync(patience.Token);
        try
        {
            if (await Task.WhenAny(happened, ended) == happened && happened.IsCompletedSuccessfully)
            {
                using Process kill = Process.Start("kill", ["-" + signal, process.Id.ToString()]);
                await kill.WaitForExitAsync(patience.Token);
                await ended;
            }

            await happened;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        return new PolesimResult(process.ExitCode, await output, await errors);
    }

    private static async Task<PolesimResult> RunAsync(string folder, string file, IReadOnlyList<string> arguments, string input = "")
    {
        using Process process = Start(folder, file, arguments, input);
        Task<byte[]> output = ReadAllAsync(process.StandardOutput.BaseStream);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using CancellationTokenSource patience = new(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new PolesimResult(process.ExitCode, await output, await errors);
    }

    private static Process Start(string folder, string file, IReadOnlyList<string> arguments, string input = "")
    {
        ProcessStartInfo start = new(file, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process process = Process.Start(start)!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        return process;
    }

    private static async Task<byte[]> ReadAllAsync(Stream stream)
    {
        using MemoryStream bytes = new();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    private static string DotnetHost() => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";
}
