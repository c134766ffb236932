// nanoff, nanoFramework's flashing tool: found, its version looked at, run. Options, exit codes and texts are those of nanoframework/nanoFirmwareFlasher, tag v2.5.162
// (nanoFirmwareFlasher.Tool/Options.cs, nanoFirmwareFlasher.Library/ExitCodes.cs).
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Provisioning.Problems;

namespace Provisioning.Flashing;

/// <summary>What a run of nanoff came to.</summary>
/// <param name="Output">What it printed, shortened.</param>
/// <param name="Failure">What went wrong, a word; null when nothing did.</param>
public sealed record NanoffOutcome(string Output, string? Failure);

/// <summary>nanoff.</summary>
public sealed partial class NanoffTool
{
    /// <summary>The version that this is made for: version 3 has other verbs.</summary>
    public const string WantedVersion = "2.5.162";

    /// <summary>The variable that switches its telemetry off, which covers the arguments.</summary>
    public const string TelemetryVariable = "NANOFRAMEWORK_TELEMETRY_OPTOUT";

    private const int VersionTimeoutMs = 30_000;
    private const int LongestOutput = 200_000;

    private NanoffTool(string path) => Path = path;

    /// <summary>The program.</summary>
    public string Path { get; }

    /// <summary>Finds it: as told, else in the search path, else where dotnet puts tools.</summary>
    /// <param name="told">The program, or its folder; null when nobody told.</param>
    /// <param name="searchPath">The variable PATH.</param>
    /// <returns>Null when there is none.</returns>
    public static NanoffTool? Find(string? told, string? searchPath)
    {
        string name = OperatingSystem.IsWindows() ? "nanoff.exe" : "nanoff";
        IEnumerable<string> places = told is not null
            ? [told, System.IO.Path.Combine(told, name)]
            : (searchPath ?? "").Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                .Append(System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".dotnet", "tools")).Select(folder => System.IO.Path.Combine(folder, name));
        return places.FirstOrDefault(File.Exists) is { } found ? new NanoffTool(System.IO.Path.GetFullPath(found)) : null;
    }

    /// <summary>Its version.</summary>
    /// <returns>Null when it does not say one.</returns>
    public string? Version()
    {
        NanoffOutcome outcome = Run(["--version"], Environment.CurrentDirectory, VersionTimeoutMs, CancellationToken.None);
        return VersionText().Match(outcome.Output) is { Success: true } match ? match.Value : null;
    }

    /// <summary>Finds it and makes sure that it is the version that this is made for.</summary>
    /// <exception cref="ProblemException">There is none, or it is another version.</exception>
    public static NanoffTool Require(string? told, string? searchPath)
    {
        NanoffTool tool = Find(told, searchPath)
            ?? throw new ProblemException(new Problem("problem.nanoff.absent", WantedVersion) { Field = "nanoff", Value = told ?? "" });
        string? version = tool.Version();
        return version == WantedVersion ? tool : throw new ProblemException(new Problem("problem.nanoff.version", WantedVersion, version ?? "?") { File = tool.Path });
    }

    /// <summary>Runs it.</summary>
    /// <param name="arguments">Arguments.</param>
    /// <param name="folder">The folder in which it runs; sources of a file deployment are relative to it.</param>
    /// <param name="timeoutMs">After this time it is ended.</param>
    /// <param name="cancellation">Ends it.</param>
    public NanoffOutcome Run(IReadOnlyList<string> arguments, string folder, int timeoutMs, CancellationToken cancellation)
    {
        ProcessStartInfo start = new(Path, arguments)
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment[TelemetryVariable] = "1";
        StringBuilder output = new();
        void Take(string? line)
        {
            lock (output)
            {
                if (line is not null && output.Length < LongestOutput)
                {
                    output.Append(line).Append('\n');
                }
            }
        }

        try
        {
            using Process process = Process.Start(start)!;
            process.OutputDataReceived += (_, line) => Take(line.Data);
            process.ErrorDataReceived += (_, line) => Take(line.Data);
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            process.StandardInput.Close();
            string? failure = Wait(process, timeoutMs, cancellation);
            lock (output)
            {
                string text = output.ToString();
                return new NanoffOutcome(text, failure ?? FailureOf(process.ExitCode, text));
            }
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or InvalidOperationException or IOException)
        {
            return new NanoffOutcome(exception.Message, "nanoffNotStarted");
        }
    }

    /// <summary>
    /// What an exit code and the output say. The system cuts codes of 1000 and more to a byte, so the code is read from the output ("Error E4003: ..."); a file that
    /// could not be put on the device is told there only, with exit code 0.
    /// </summary>
    internal static string? FailureOf(int exitCode, string output)
    {
        if (ErrorCode().Match(output) is { Success: true } match)
        {
            return "nanoff" + match.Groups[1].Value;
        }

        return exitCode != 0 ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"nanoffExit{exitCode}")
            : output.Contains("Error deploying content file", StringComparison.Ordinal) || output.Contains("Exception deploying content file", StringComparison.Ordinal) ? "fileNotDeployed"
            : null;
    }

    private static string? Wait(Process process, int timeoutMs, CancellationToken cancellation)
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (!process.WaitForExit(100))
        {
            if (waited.ElapsedMilliseconds > timeoutMs || cancellation.IsCancellationRequested)
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit();
                return cancellation.IsCancellationRequested ? "interrupted" : "nanoffHung";
            }
        }

        // The last lines may still be on their way.
        process.WaitForExit();
        return null;
    }

    [GeneratedRegex(@"\bError (E[0-9]{4})\b")]
    private static partial Regex ErrorCode();

    [GeneratedRegex(@"[0-9]+\.[0-9]+\.[0-9]+")]
    private static partial Regex VersionText();
}
