// What a run does when somebody wants it to stop: Ctrl-C (SIGINT), or SIGTERM from whatever started it, such as a batch system.
using System.Runtime.InteropServices;

namespace Polesim.Commands;

/// <summary>Turns the first signal into a cancellation; a second one ends the process at once, as signals do.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private readonly PosixSignalRegistration[] _registrations;

    /// <summary>Begins to listen.</summary>
    public Interruption() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
    ];

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _cancellation.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }

        _cancellation.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        if (!_cancellation.IsCancellationRequested)
        {
            context.Cancel = true;
            _cancellation.Cancel();
        }
    }
}
