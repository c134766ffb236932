// Asks lines at a service port and collects the answers (docs/service-port.md). Lines may come cut anywhere, disturbed, echoed, mixed with what others print on the
// same wires, late, or not at all; each answer is whole, because its last line says how many lines it has, or it is asked for again.
using System.Diagnostics;
using System.Text;
using Provisioning.Problems;

namespace Provisioning.ServicePort;

/// <summary>A client of a service port.</summary>
public sealed class ServiceClient
{
    /// <summary>How often a line is asked before the pole counts as silent.</summary>
    public const int Attempts = 3;

    /// <summary>For how long a pole may say nothing within an answer, in milliseconds.</summary>
    public const int DefaultSilenceMs = 2_500;

    /// <summary>For how long it may when it tests a sensor: two minutes (docs/service-port.md), and some for the line.</summary>
    public const int SensorSilenceMs = 125_000;

    private const int LongestLine = 512;
    private const int QuietMs = 60;
    private const int CleaningMs = 150;
    private const int LongestQuietMs = 2_000;
    private const int LongestAnswerMs = 30_000;

    private readonly ISerialLine _line;
    private readonly LineReader _reader = new();
    private readonly byte[] _buffer = new byte[256];
    private readonly Queue<string> _lines = new();
    private bool _isClean;

    /// <summary>Makes it over a line that is open.</summary>
    public ServiceClient(ISerialLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        _line = line;
    }

    /// <summary>Name of the port.</summary>
    public string PortName => _line.Name;

    /// <summary>Lines that were left out because they were disturbed.</summary>
    public int DisturbedCount => _reader.DisturbedCount;

    /// <summary>Lines that were asked again because their answer was not whole.</summary>
    public int RepeatedCount { get; private set; }

    /// <summary>Gets every line that comes in and goes out, for a log; responses to challenges go out as asterisks. May be null.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>Asks a line.</summary>
    /// <param name="command">The line, printable ASCII, without its end.</param>
    /// <param name="silenceMs">For how long the pole may say nothing.</param>
    /// <param name="isRepeatable">Whether asking twice does no harm; a line that is not is asked once.</param>
    /// <exception cref="ProblemException">The pole is silent, the port is gone, or this cannot be a line.</exception>
    public ServiceAnswer Ask(string command, int silenceMs = DefaultSilenceMs, bool isRepeatable = true)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (command.Length is 0 or > LongestLine || command.Any(character => character is < ' ' or > '~'))
        {
            throw new ProblemException(new Problem("problem.service.line", $"{LongestLine}") { Kind = ProblemKind.WrongUse, Value = command });
        }

        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            RepeatedCount += attempt > 0 ? 1 : 0;
            Clean();
            Log?.Invoke("> " + Shown(command));
            _line.Write(Encoding.ASCII.GetBytes(command + "\r"));
            ServiceAnswer? answer = Collect(command, silenceMs);
            if (answer is not null && !IsOfDisturbedLine(answer))
            {
                return answer;
            }

            _isClean = false;
            if (answer is null && !isRepeatable)
            {
                break;
            }
        }

        string key = _reader.DisturbedCount > 0 ? "problem.service.disturbed" : "problem.service.silent";
        throw new ProblemException(new Problem(key, command.Split(' ')[0], $"{_reader.DisturbedCount}") { Field = "port", Value = PortName });
    }

    // Null: no whole answer came.
    private ServiceAnswer? Collect(string command, int silenceMs)
    {
        string name = command.Split(' ')[0];
        List<ServiceRecord> records = [];
        Stopwatch whole = Stopwatch.StartNew();
        bool isEchoPossible = true;
        while (whole.ElapsedMilliseconds < silenceMs + LongestAnswerMs)
        {
            if (NextLine(silenceMs) is not { } text)
            {
                return null;
            }

            Log?.Invoke("< " + text);
            if (isEchoPossible && text == command && name != "id")
            {
                isEchoPossible = false;
                continue;
            }

            ServiceRecord record = ServiceRecord.Parse(text);
            if (IsLast(record, name))
            {
                return record.Number("lines") is { } count && count != records.Count ? null : new ServiceAnswer(records, record);
            }

            if (record.Name == name && record.Fields.Count + record.Words.Count > 0)
            {
                records.Add(record);
            }
        }

        return null;
    }

    private static bool IsLast(ServiceRecord record, string name) => record.Name switch
    {
        "ok" => record.Words.Count > 0 && record.Words[0] == name,
        "error" => record.Find("code") is not null,
        "id" => name == "id" && record.Find("devEui") is not null,
        _ => false,
    };

    private string? NextLine(int timeoutMs)
    {
        Stopwatch silence = Stopwatch.StartNew();
        while (_lines.Count == 0)
        {
            int leftMs = timeoutMs - (int)silence.ElapsedMilliseconds;
            if (leftMs <= 0)
            {
                return null;
            }

            Receive(leftMs);
        }

        return _lines.Dequeue();
    }

    // What still comes in from before would be taken for the answer. At the beginning and after trouble there may be half a line at the pole, too: an end makes it
    // answer to that; to an empty line it says nothing.
    private void Clean()
    {
        if (!_isClean)
        {
            _line.Write("\r"u8.ToArray());
            Receive(CleaningMs);
            _isClean = true;
        }

        Stopwatch whole = Stopwatch.StartNew();
        while (Receive(QuietMs) > 0 && whole.ElapsedMilliseconds < LongestQuietMs)
        {
        }

        _reader.Clear();
        _lines.Clear();
    }

    // The line did not reach the pole as it was sent: it was not carried out.
    private static bool IsOfDisturbedLine(ServiceAnswer answer) => answer.ErrorCode is "badCharacter" or "lineTooLong" or "lineTimedOut";

    private int Receive(int timeoutMs)
    {
        int count = _line.Read(_buffer, timeoutMs);
        foreach (string line in _reader.Take(_buffer.AsSpan(0, count)))
        {
            _lines.Enqueue(line);
        }

        return count;
    }

    private static string Shown(string command) => command.StartsWith("unlock ", StringComparison.Ordinal) ? "unlock ****" : command;
}
