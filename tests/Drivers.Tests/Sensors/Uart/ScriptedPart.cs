// A part that says recorded or published bytes: at given times by itself, or as the answer to what it hears.
using Simulation.Parts;
using Simulation.Parts.Sensors;

namespace Drivers.Tests.Sensors.Uart;

internal sealed class ScriptedPart(PartClock clock, int baudRate, int bitsPerByte = 10, Func<string, string?>? answer = null)
    : UartPart(clock, baudRate, bitsPerByte, 1024, 64)
{
    private readonly Queue<(long TimeUs, byte[] Bytes)> _reports = new();
    private byte[] _answer = [];

    /// <summary>Every command that was answered, as hexadecimal digits.</summary>
    public List<string> Heard { get; } = [];

    protected override long NextReportUs => _reports.Count > 0 ? _reports.Peek().TimeUs : long.MaxValue;

    public static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", string.Empty));

    public ScriptedPart Say(long timeMs, string hex)
    {
        _reports.Enqueue((timeMs * 1000, Bytes(hex)));
        return this;
    }

    protected override void Restart()
    {
    }

    protected override int MakeReport(long atUs, Span<byte> frame)
    {
        byte[] bytes = _reports.Dequeue().Bytes;
        bytes.CopyTo(frame);
        return bytes.Length;
    }

    protected override void SkipReports(long untilUs)
    {
        while (NextReportUs < untilUs)
        {
            _reports.Dequeue();
        }
    }

    protected override int Understand(ReadOnlySpan<byte> heard, long atUs)
    {
        string command = Convert.ToHexString(heard);
        if (answer?.Invoke(command) is not { } hex)
        {
            return 0;
        }

        Heard.Add(command);
        _answer = Bytes(hex);
        if (_answer.Length > 0)
        {
            Answer(0, atUs + 1000);
        }

        return heard.Length;
    }

    protected override int MakeAnswer(int command, long atUs, Span<byte> frame)
    {
        _answer.CopyTo(frame);
        return _answer.Length;
    }
}
