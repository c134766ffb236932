// Runs calls side by side, so many at once and no more. The first failure that every other call would meet too ends the rest.
namespace Provisioning.NetworkServers.Registration;

/// <summary>Bounded parallel calls.</summary>
internal static class BoundedCalls
{
    /// <summary>Runs calls that must all succeed.</summary>
    /// <returns>Their values in the order of the items, or the first failure.</returns>
    public static async Task<ServerAnswer<IReadOnlyList<TValue>>> RunAsync<TItem, TValue>(
        IReadOnlyList<TItem> items, int parallelism, Func<TItem, Task<ServerAnswer<TValue>>> call, Action<int, int>? progress, CancellationToken cancellation)
    {
        TValue[] values = new TValue[items.Count];
        ServerFailure? failure = null;
        await EachAsync(items, parallelism, async index =>
        {
            ServerAnswer<TValue> answer = await call(items[index]).ConfigureAwait(false);
            if (answer.IsOk)
            {
                values[index] = answer.Value;
                return true;
            }

            Interlocked.CompareExchange(ref failure, answer.Failure, null);
            return false;
        }, progress, cancellation).ConfigureAwait(false);
        return failure is not null ? failure : new List<TValue>(values);
    }

    /// <summary>Runs calls until one says that it makes no sense to go on.</summary>
    /// <param name="items">What to call for.</param>
    /// <param name="parallelism">How many at once.</param>
    /// <param name="call">Called with each index; says whether to go on.</param>
    /// <param name="progress">Told how many of how many are done; not called by two tasks at once.</param>
    /// <param name="cancellation">Ends it; calls under way are ended by whoever they were given it too.</param>
    public static async Task EachAsync<TItem>(
        IReadOnlyList<TItem> items, int parallelism, Func<int, Task<bool>> call, Action<int, int>? progress, CancellationToken cancellation)
    {
        int next = -1;
        int done = 0;
        bool isOver = false;
        Lock told = new();
        async Task WorkAsync()
        {
            while (!Volatile.Read(ref isOver))
            {
                int index = Interlocked.Increment(ref next);
                if (index >= items.Count)
                {
                    return;
                }

                if (!await call(index).ConfigureAwait(false) || cancellation.IsCancellationRequested)
                {
                    Volatile.Write(ref isOver, true);
                }

                lock (told)
                {
                    progress?.Invoke(++done, items.Count);
                }
            }
        }

        await Task.WhenAll(Enumerable.Range(0, Math.Min(parallelism, items.Count)).Select(_ => Task.Run(WorkAsync, CancellationToken.None))).ConfigureAwait(false);
    }
}
