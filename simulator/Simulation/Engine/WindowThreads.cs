// Runs the partitions of the fleet side by side, a thread each, one window at a time.
namespace Simulation.Engine;

/// <summary>The threads of a run. The calling thread runs the first partition itself.</summary>
public sealed class WindowThreads : IDisposable
{
    private readonly Partition[] _partitions;
    private readonly Thread[] _threads;
    private readonly Barrier _begin;
    private readonly Barrier _end;
    private readonly Exception?[] _failures;
    private Action<Partition> _work = static _ => { };
    private bool _isStopping;

    /// <summary>Starts a thread for each partition after the first.</summary>
    public WindowThreads(Partition[] partitions)
    {
        ArgumentNullException.ThrowIfNull(partitions);
        _partitions = partitions;
        _failures = new Exception?[partitions.Length];
        _begin = new Barrier(partitions.Length);
        _end = new Barrier(partitions.Length);
        _threads = new Thread[partitions.Length - 1];
        for (int i = 0; i < _threads.Length; i++)
        {
            int partition = i + 1;
            _threads[i] = new Thread(() => Work(partition)) { IsBackground = true, Name = $"poles {partition}" };
            _threads[i].Start();
        }
    }

    /// <summary>Does something with every partition, side by side.</summary>
    /// <exception cref="AggregateException">It failed for a partition.</exception>
    public void Run(Action<Partition> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        _work = work;
        if (_partitions.Length == 1)
        {
            work(_partitions[0]);
            return;
        }

        _begin.SignalAndWait();
        RunPartition(0);
        _end.SignalAndWait();
        List<Exception> failures = [.. _failures.Where(static failure => failure is not null).Select(static failure => failure!)];
        if (failures.Count > 0)
        {
            throw new AggregateException(failures);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_threads.Length > 0)
        {
            _isStopping = true;
            _begin.SignalAndWait();
            foreach (Thread thread in _threads)
            {
                thread.Join();
            }
        }

        _begin.Dispose();
        _end.Dispose();
    }

    private void Work(int partition)
    {
        while (true)
        {
            _begin.SignalAndWait();
            if (_isStopping)
            {
                return;
            }

            RunPartition(partition);
            _end.SignalAndWait();
        }
    }

    private void RunPartition(int partition)
    {
        try
        {
            _work(_partitions[partition]);
        }
        catch (Exception failure)
        {
            _failures[partition] = failure;
        }
    }
}
