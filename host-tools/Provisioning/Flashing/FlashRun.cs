// Many places at once, each with its own thread: flashing waits for the chip nearly all of the time.
using Provisioning.Files;
using Provisioning.Members;
using Provisioning.Problems;
using Provisioning.Workspaces;

namespace Provisioning.Flashing;

/// <summary>What a run came to.</summary>
/// <param name="Entries">How each place stands, in the order of the places.</param>
/// <param name="Problems">Problems that need more than a word.</param>
public sealed record FlashOutcome(IReadOnlyList<FlashEntry> Entries, IReadOnlyList<Problem> Problems);

/// <summary>Runs of flashing.</summary>
public static class FlashRun
{
    /// <summary>Looks whether a run could be made, without touching a board: the files, the image, the places.</summary>
    /// <exception cref="ProblemException">It could not, or the member may not.</exception>
    public static void Check(Workspace workspace, FlashRequest request)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(request);
        workspace.Write(Permission.Service, isDryRun: true, _ => true);
        if (request.Image is { } image && !File.Exists(image))
        {
            throw new ProblemException(new Problem("problem.flash.image") { Kind = ProblemKind.WrongUse, File = image });
        }

        if (request.Archive is { } archive && !Directory.Exists(archive))
        {
            throw new ProblemException(new Problem("problem.folder.absent") { Kind = ProblemKind.WrongUse, File = archive });
        }

        if (ProvisioningWiper.Find(request.Folder).Count == 0)
        {
            throw new ProblemException(new Problem("problem.flash.noneLeft") { Kind = ProblemKind.WrongUse, File = request.Folder });
        }

        string[] ports = [.. request.Places.SelectMany(place => new[] { place.FlashPort, place.ServicePort }.Distinct())];
        string? twice = ports.GroupBy(port => port, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (twice is not null || (request.DevEui is not null && request.Places.Count != 1))
        {
            throw new ProblemException(new Problem("problem.flash.places") { Kind = ProblemKind.WrongUse, Field = "--port", Value = twice ?? "" });
        }
    }

    /// <summary>Flashes at all places.</summary>
    /// <param name="open">Opens the workspace; each place has its own connection.</param>
    /// <param name="nanoff">nanoff.</param>
    /// <param name="request">The run.</param>
    /// <param name="file">The result file.</param>
    /// <param name="told">Told of every step, from several threads; may be null.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Ends it: what runs is ended, what is done stays done.</param>
    public static FlashOutcome Run(
        Func<Workspace> open, NanoffTool nanoff, FlashRequest request, FlashResultFile file, Action<FlashEntry>? told, TimeProvider time, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(file);
        FlashEntry[] entries = new FlashEntry[request.Places.Count];
        IReadOnlyList<Problem>[] problems = new IReadOnlyList<Problem>[request.Places.Count];
        Thread[] threads = new Thread[request.Places.Count];
        for (int i = 0; i < threads.Length; i++)
        {
            int index = i;
            void Tell(FlashEntry entry)
            {
                entries[index] = entry;
                file.Put(entry);
                told?.Invoke(entry);
            }

            threads[i] = new Thread(() => problems[index] = new FlashJob(open, nanoff, request, request.Places[index], Tell, time, cancellation).Run());
            threads[i].Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        return new FlashOutcome(entries, [.. problems.SelectMany(list => list)]);
    }
}
