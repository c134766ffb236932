// The uplinks of a run as a file: an event of ChirpStack's HTTP integration on each line (NDJSON), joins and uplinks, in order of time.
using System.Text.Json;
using Simulation.Engine;
using Simulation.Forwarding;
using Simulation.Network;

namespace Simulation.Serving;

/// <summary>Writes what the network server hears into a file while a fleet runs.</summary>
public sealed class UplinkFile : IDisposable
{
    // Text is text here, not markup: a plus sign stays one.
    private static readonly JsonWriterOptions s_options = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly FileStream _stream;
    private readonly ServedListener _listener;
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private ChirpStackEvents? _events;

    /// <summary>Makes the file; one that is there is written anew.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public UplinkFile(string path)
    {
        _stream = new FileStream(path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 1 << 16 });
        _listener = new ServedListener(Write);
    }

    /// <summary>What the fleet is built with.</summary>
    public IApplicationServer Listener => _listener;

    /// <summary>Lines written.</summary>
    public long LineCount { get; private set; }

    /// <summary>Connects it with the fleet, once, before the run.</summary>
    /// <param name="fleet">The fleet.</param>
    public void Connect(Fleet fleet)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        string[] devEuis = [.. fleet.Sites.Select(site => Convert.ToHexStringLower(site.DevEui))];
        for (int pole = 0; pole < devEuis.Length; pole++)
        {
            _names.Add(devEuis[pole], fleet.Lamps[pole].Id);
        }

        _events = new ChirpStackEvents(new ServedNames(fleet.Scenario.Name), fleet.Scenario.StartUtcMs, static index => AttachSettings.DefaultFirstGatewayEui + (ulong)index);
        _listener.Connect(fleet.Network, null, devEuis);
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private void Write(ServedEvent served)
    {
        using (Utf8JsonWriter writer = new(_stream, s_options))
        {
            _events!.Write(writer, served, _names[served.DevEui]);
        }

        _stream.WriteByte((byte)'\n');
        LineCount++;
    }
}
