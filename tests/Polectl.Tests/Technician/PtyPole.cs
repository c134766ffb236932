// A simulated controller behind a real pseudo-terminal: the controller's own code over simulated parts, provisioned with the files that polectl wrote, in real time or
// faster. polectl opens the terminal as it would open a USB adapter at a pole.
using System.Globalization;
using Simulation.Engine;
using Simulation.Running;
using Simulation.Scenarios;
using Simulation.Servicing;

namespace Polectl.Tests.Technician;

/// <summary>What stands at the other end of the port.</summary>
internal sealed record PtyPoleSetup
{
    /// <summary>Folder with the records that nanoff put on the controller; null for a controller of the simulator's own.</summary>
    public string? Files { get; init; }

    /// <summary>Keys of the scenario from "sensors" on, as YAML.</summary>
    public string Scenario { get; init; } = "";

    /// <summary>How long the pole has been up when somebody comes.</summary>
    public int UpMinutes { get; init; } = 20;

    /// <summary>Simulated seconds a second.</summary>
    public double Speed { get; init; } = 30;

    /// <summary>Name of the port; null for one of its own.</summary>
    public string? Port { get; init; }

    /// <summary>Where the lamp stands, for a pole without files.</summary>
    public (double Latitude, double Longitude) Place { get; init; } = (51, 9);
}

internal sealed class PtyPole : IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly FleetRunner _runner;
    private readonly PseudoTerminal _terminal;
    private readonly Thread _thread;

    public PtyPole(string folder, PtyPoleSetup setup)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no pseudo-terminals that are serial ports.");
        }

        string name = Path.Combine(folder, "pole-" + Guid.NewGuid().ToString("n"));
        File.WriteAllText(name + ".csv", string.Create(CultureInfo.InvariantCulture, $"id,latitude,longitude,watts\nL-1,{setup.Place.Latitude},{setup.Place.Longitude},45\n"));
        File.WriteAllText(name + ".yaml", $$"""
            name: At the pole
            description: A technician's visit.
            seed: 7
            start: 2026-10-20T12:00
            duration: 24h
            lamps: { file: {{Path.GetFileName(name)}}.csv, columns: { id: id, latitude: latitude, longitude: longitude, fullPowerWatts: watts } }
            programs: [{ name: night, points: [{ at: civilDusk, level: 100 }, { at: civilDawn, level: 0 }] }]
            {{setup.Scenario}}
            """);
        _runner = new FleetRunner(ScenarioLoader.Load(name + ".yaml"), new RunOptions { EpochUs = FleetSimulation.WindowUs });
        if (setup.Files is { } files)
        {
            foreach (string record in (string[])["identity", "settings-a"])
            {
                byte[] bytes = File.ReadAllBytes(Path.Combine(files, record));
                _runner.Fleet.Poles[0].Parts.Store.TryWrite(record, bytes, bytes.Length);
            }
        }

        Port = setup.Port ?? name + ".port";
        _terminal = new PseudoTerminal(Port);
        TerminalServer server = new(_runner, 0, _terminal, TimeProvider.System, setup.Speed);
        server.RunTo(setup.UpMinutes * 60_000_000L);
        _thread = new Thread(() => server.Run(_end.Token)) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>What polectl opens.</summary>
    public string Port { get; }

    /// <summary>Starts of the controller.</summary>
    public int StartCount => _runner.Fleet.Poles[0].StartCount;

    /// <summary>The adapter is pulled out.</summary>
    public void Vanish() => Dispose();

    public void Dispose()
    {
        if (!_end.IsCancellationRequested)
        {
            _end.Cancel();
            _thread.Join();
            _terminal.Dispose();
            _runner.Dispose();
        }
    }
}
