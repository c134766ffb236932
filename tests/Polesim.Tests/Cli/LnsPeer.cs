// A peer in Node.js (tests/third-party/lns-peer): a network server or a gateway that somebody else could have written.
using System.Diagnostics;
using System.Text.Json;
using RepositoryFiles;
using Xunit;

namespace Polesim.Tests.Cli;

/// <summary>A peer in a process of its own; gone with the test.</summary>
internal sealed class LnsPeer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly string Folder = RepositoryRoot.PathOf("tests", "third-party", "lns-peer");

    private readonly Process _process;

    private LnsPeer(Process process) => _process = process;

    /// <summary>What it said so far.</summary>
    public List<JsonElement> Events { get; } = [];

    /// <summary>Starts a peer; skips the test where Node or its packages are not there.</summary>
    public static LnsPeer Start(string script, object options)
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules", "ws")))
        {
            Assert.Skip("ws is not installed: run `npm ci` in tests/third-party/lns-peer.");
        }

        ProcessStartInfo start = new("node", [script, JsonSerializer.Serialize(options)])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        try
        {
            return new LnsPeer(Process.Start(start)!);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("Node is not installed: install Node 20 or newer, then run `npm ci` in tests/third-party/lns-peer.");
            throw;
        }
    }

    /// <summary>Reads what it says until an event of a kind.</summary>
    public async Task<JsonElement> Until(string kind)
    {
        using CancellationTokenSource patience = new(Patience);
        while (await _process.StandardOutput.ReadLineAsync(patience.Token) is string line)
        {
            using JsonDocument document = JsonDocument.Parse(line);
            Events.Add(document.RootElement.Clone());
            if (Events[^1].GetProperty("event").GetString() == kind)
            {
                return Events[^1];
            }
        }

        throw new InvalidOperationException($"The peer ended without '{kind}': {string.Join('\n', Events)}");
    }

    /// <summary>Events of a kind so far.</summary>
    public IEnumerable<JsonElement> Of(string kind) => Events.Where(happened => happened.GetProperty("event").GetString() == kind);

    /// <summary>Tells it something.</summary>
    public void Tell(string line) => _process.StandardInput.WriteLine(line);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
