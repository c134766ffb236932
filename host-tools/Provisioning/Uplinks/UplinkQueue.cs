// Between many requests at once and the one writer of the workspace: what waits is stored together, and each request is answered when its uplink is stored. So
// what was answered is on the disk, and the more come at once the fewer transactions there are.
using System.Threading.Channels;
using Provisioning.Members;
using Provisioning.Problems;
using Provisioning.Workspaces;

namespace Provisioning.Uplinks;

/// <summary>Stores what many hand in.</summary>
/// <param name="workspace">The workspace; used by the queue alone while it runs.</param>
public sealed class UplinkQueue(Workspace workspace)
{
    /// <summary>Most uplinks that wait; what comes then is told to come again.</summary>
    public const int Capacity = 20_000;

    private readonly Channel<Waiting> _channel = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(Capacity) { SingleReader = true });

    /// <summary>Everything that was stored so far.</summary>
    public IntakeCounts Counts { get; private set; } = IntakeCounts.None;

    /// <summary>The last problem of the store; null when the last batch was stored.</summary>
    public Problem? Trouble { get; private set; }

    /// <summary>Hands something in.</summary>
    /// <returns>Whether it is stored; false when the queue is full or the store refused, so that it has to be handed in again.</returns>
    public Task<bool> HandIn(NetworkEvent one)
    {
        Waiting waiting = new(one, new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
        return _channel.Writer.TryWrite(waiting) ? waiting.Done.Task : Task.FromResult(false);
    }

    /// <summary>No more is taken; <see cref="Run"/> ends when what waits is stored.</summary>
    public void Close() => _channel.Writer.TryComplete();

    /// <summary>Stores until the queue is closed and empty.</summary>
    public async Task Run()
    {
        List<Waiting> batch = new(UplinkStore.LargestBatch);
        while (await _channel.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (batch.Count < UplinkStore.LargestBatch && _channel.Reader.TryRead(out Waiting? waiting))
            {
                batch.Add(waiting);
            }

            bool isStored = Store([.. batch.Select(waiting => waiting.Event)]);
            foreach (Waiting waiting in batch)
            {
                waiting.Done.SetResult(isStored);
            }

            batch.Clear();
        }
    }

    private bool Store(List<NetworkEvent> events)
    {
        try
        {
            Counts = Counts.Add(workspace.Write(Permission.Intake, false, writer => UplinkStore.Take(writer, events)));
            Trouble = null;
            return true;
        }
        catch (ProblemException exception)
        {
            Trouble = exception.Problems[0];
            return false;
        }
    }

    private sealed record Waiting(NetworkEvent Event, TaskCompletionSource<bool> Done);
}
