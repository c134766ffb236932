// A technician at one pole of a running fleet: types lines at its service port, lets simulated time pass until the answer is whole, and can open the lock
// with the simulated pole's key. Consoles and files are the command's.
using System.Text;
using PoleController.LoRaWan;
using SettingsFiles;
using Simulation.Engine;
using Simulation.Parts;
using Simulation.Running;
using ServiceLock = PoleController.Service.ServiceLock;

namespace Simulation.Servicing;

/// <summary>Somebody with a terminal at a pole.</summary>
public sealed class Technician
{
    private const long SliceUs = 20_000;
    private const long LongestWaitMs = 366L * 86_400_000;
    private const long LongestAnswerUs = 150_000_000;

    private readonly FleetRunner _runner;
    private readonly SimulatedPole _pole;
    private readonly ServiceLine _line;
    private readonly byte[] _serviceKey;
    private readonly StringBuilder _said = new();

    /// <summary>Goes to a pole, before the run begins: the port is plugged in when the pole's power comes.</summary>
    /// <param name="runner">The run.</param>
    /// <param name="poleIndex">The pole.</param>
    /// <param name="serviceKey">The key he has, 16 bytes.</param>
    public Technician(FleetRunner runner, int poleIndex, byte[] serviceKey)
    {
        ArgumentNullException.ThrowIfNull(runner);
        ArgumentNullException.ThrowIfNull(serviceKey);
        _runner = runner;
        _pole = runner.Fleet.Poles[poleIndex];
        _serviceKey = serviceKey;
        _line = new ServiceLine(_pole.Parts.Clock);
        _pole.Parts.Service = _line;
    }

    /// <summary>Simulated time, in microseconds since the start.</summary>
    public long TimeUs => _runner.Simulation.TimeUs;

    /// <summary>Reads how long to wait, such as 90s, 20min or 6h; a year at most.</summary>
    public static bool TryReadWait(string text, out long durationMs)
    {
        return Units.TryDuration(text, out durationMs) && durationMs is > 0 and <= LongestWaitMs;
    }

    /// <summary>Lets time pass.</summary>
    /// <returns>What the pole said in the meantime, as lines.</returns>
    public IReadOnlyList<string> Wait(long durationUs)
    {
        long untilUs = TimeUs + durationUs;
        Pass(untilUs);
        return TakeLines();
    }

    /// <summary>Types a line and waits until its answer is whole.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <returns>The answer's lines; what was said before it, too.</returns>
    public IReadOnlyList<string> Ask(string line)
    {
        List<string> answer = [];
        _line.Type(Encoding.ASCII.GetBytes(line + "\r"), TimeUs);
        long untilUs = TimeUs + LongestAnswerUs;
        bool isOver = false;
        while (!isOver && TimeUs < untilUs)
        {
            // Every byte wakes the pole; a look every ten milliseconds, 115 bytes, loses none of them.
            if (TimeUs <= _line.TypedUntilUs)
            {
                _runner.Simulation.Wake(_pole.Index, Math.Min(_line.TypedUntilUs, TimeUs + (SliceUs / 2)));
            }

            Pass(TimeUs + (SliceUs / 2));
            IReadOnlyList<string> lines = TakeLines();
            answer.AddRange(lines);

            // The log has no end of its own.
            isOver = lines.Any(ServiceAnswer.IsLast) || (line.Trim() == "log" && TimeUs >= _line.TypedUntilUs + (SliceUs * 2)) || line.Trim().Length == 0;
        }

        return answer;
    }

    /// <summary>Opens the lock: asks for a challenge and answers it.</summary>
    /// <returns>The pole's answer.</returns>
    public IReadOnlyList<string> Unlock()
    {
        IReadOnlyList<string> answer = Ask("unlock");
        string? challenge = answer.Count == 0 ? null : ServiceAnswer.Field(answer[^1], "challenge");
        string? devEui = answer.Count == 0 ? null : ServiceAnswer.Field(answer[^1], "devEui");
        if (challenge is null || devEui is null)
        {
            return answer;
        }

        AesCmac cmac = new(new AesBlock());
        ServiceLock.Respond(cmac, _serviceKey, Convert.FromHexString(challenge), Convert.FromHexString(devEui));
        return Ask("unlock " + Convert.ToHexStringLower(cmac.Mac));
    }

    private void Pass(long untilUs)
    {
        _runner.Simulation.RunTo(untilUs, null, CancellationToken.None);
    }

    private List<string> TakeLines()
    {
        _said.Append(Encoding.ASCII.GetString(_line.TakeSaid()));
        List<string> lines = [];
        string text = _said.ToString();
        int end;
        int from = 0;
        while ((end = text.IndexOf("\r\n", from, StringComparison.Ordinal)) >= 0)
        {
            lines.Add(text[from..end]);
            from = end + 2;
        }

        _said.Clear().Append(text, from, text.Length - from);
        return lines;
    }
}
