// Uplinks from a file: a document a line (NDJSON), as network servers' storage and polesim write them, or one JSON array. A line that is damaged is told and
// left out; the others are taken. What was taken before is a duplicate, so a file can be taken again after an interruption.
using System.Text;
using System.Text.Json;
using Provisioning.Members;
using Provisioning.Problems;
using Provisioning.Workspaces;

namespace Provisioning.Uplinks;

/// <summary>What came of a file.</summary>
/// <param name="Counts">Uplinks.</param>
/// <param name="Joins">Joins.</param>
/// <param name="NotKept">Documents that say something else.</param>
/// <param name="RefusedCount">Lines that are no document of a network server.</param>
/// <param name="Refused">The first of them.</param>
public sealed record FileIntake(IntakeCounts Counts, long Joins, long NotKept, long RefusedCount, IReadOnlyList<Problem> Refused);

/// <summary>Takes files in.</summary>
public static class UplinkFile
{
    private const int MostTold = 20;
    private const int LargestArray = 64 * 1024 * 1024;

    /// <summary>Takes a file in, batch by batch; each batch is stored or not.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="path">The file.</param>
    /// <param name="isDryRun">Whether every batch is taken back. A dry run does not see that a later batch repeats an earlier one.</param>
    /// <param name="progress">Told how many lines were read, after each batch; null when nobody wants to know.</param>
    /// <exception cref="ProblemException">The file cannot be read, or a batch not stored; the batches before are stored.</exception>
    public static FileIntake Take(Workspace workspace, string path, bool isDryRun, Action<long>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        Collector collector = new(workspace, path, isDryRun, progress);
        try
        {
            using FileStream stream = new(path, new FileStreamOptions { Options = FileOptions.SequentialScan, BufferSize = 1 << 20 });
            if (IsArray(stream))
            {
                ReadArray(stream, path, collector);
            }
            else
            {
                ReadLines(stream, collector);
            }
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ProblemException(new Problem("problem.file.absent") { Kind = ProblemKind.WrongUse, File = path });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ProblemException(new Problem("problem.file.unreadable", exception.Message) { File = path });
        }

        return collector.Finish();
    }

    private static bool IsArray(FileStream stream)
    {
        int first;
        do
        {
            first = stream.ReadByte();
        }
        while (first is ' ' or '\t' or '\r' or '\n' or 0xEF or 0xBB or 0xBF);
        stream.Position = 0;
        return first == '[';
    }

    private static void ReadArray(FileStream stream, string path, Collector collector)
    {
        if (stream.Length > LargestArray)
        {
            throw new ProblemException(new Problem("problem.uplink.largeArray") { File = path });
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(stream, new JsonDocumentOptions { MaxDepth = 33 });
        }
        catch (JsonException exception)
        {
            throw new ProblemException(new Problem("problem.uplink.document") { File = path, Line = (int)Math.Min(int.MaxValue, (exception.LineNumber ?? 0) + 1) });
        }

        using (document)
        {
            int number = 0;
            foreach (JsonElement element in document.RootElement.EnumerateArray())
            {
                collector.Take(++number, () => NetworkEventReader.Read(element, null));
            }
        }
    }

    private static void ReadLines(FileStream stream, Collector collector)
    {
        byte[] buffer = new byte[NetworkEventReader.LargestDocument + 2];
        int number = 0;
        int held = 0;
        bool isTooLong = false;
        while (true)
        {
            int read = stream.Read(buffer, held, buffer.Length - held);
            int end = held + read;
            int from = 0;
            int newline;
            while ((newline = Array.IndexOf(buffer, (byte)'\n', from, end - from)) >= 0)
            {
                TakeLine(collector, ++number, buffer.AsMemory(from, newline - from), isTooLong);
                isTooLong = false;
                from = newline + 1;
            }

            held = end - from;
            if (read == 0)
            {
                if (held > 0 || isTooLong)
                {
                    TakeLine(collector, ++number, buffer.AsMemory(from, held), isTooLong);
                }

                return;
            }

            buffer.AsSpan(from, held).CopyTo(buffer);
            if (held == buffer.Length)
            {
                // No document is that long: what follows up to the end of the line is let go.
                isTooLong = true;
                held = 0;
            }
        }
    }

    private static void TakeLine(Collector collector, int number, ReadOnlyMemory<byte> line, bool isTooLong)
    {
        ReadOnlyMemory<byte> bare = number == 1 && line.Span.StartsWith(Encoding.UTF8.Preamble) ? line[Encoding.UTF8.Preamble.Length..] : line;
        if (isTooLong)
        {
            collector.Take(number, () => throw new NetworkEventException("", ""));
        }
        else if (bare.Span.ContainsAnyExcept(" \t\r"u8))
        {
            collector.Take(number, () => NetworkEventReader.Read(bare));
        }
    }

    private sealed class Collector(Workspace workspace, string path, bool isDryRun, Action<long>? progress)
    {
        private readonly List<NetworkEvent> _batch = new(UplinkStore.LargestBatch);
        private readonly List<Problem> _refused = [];
        private IntakeCounts _counts = IntakeCounts.None;
        private long _joins;
        private long _notKept;
        private long _refusedCount;

        public void Take(int line, Func<NetworkEvent> read)
        {
            try
            {
                NetworkEvent one = read();
                _joins += one.Joined is null ? 0 : 1;
                if (one.Uplink is null && one.Joined is null)
                {
                    _notKept++;
                    return;
                }

                _batch.Add(one);
            }
            catch (NetworkEventException exception)
            {
                _refusedCount++;
                if (_refused.Count < MostTold)
                {
                    string key = exception.Field.Length == 0 ? "problem.uplink.document" : "problem.uplink.field";
                    _refused.Add(new Problem(key) { File = path, Line = line, Field = exception.Field, Value = exception.Value });
                }
            }

            if (_batch.Count == UplinkStore.LargestBatch)
            {
                Store();
                progress?.Invoke(line);
            }
        }

        public FileIntake Finish()
        {
            Store();
            return new FileIntake(_counts, _joins, _notKept, _refusedCount, _refused);
        }

        private void Store()
        {
            if (_batch.Count > 0)
            {
                _counts = _counts.Add(workspace.Write(Permission.Intake, isDryRun, writer => UplinkStore.Take(writer, _batch)));
                _batch.Clear();
            }
        }
    }
}
