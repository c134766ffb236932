// Wires the simulated chip's RMT unit to a simulated DALI bus: what is sent goes onto the bus; the receiver records the own frame, the pause and the answer, and
// hands the recording over when the bus has been high for its idle threshold, as the unit does.
using nanoFramework.Hardware.Esp32.Rmt;
using NanoFrameworkPackages;
using PoleController.Esp32.Ports;
using Simulation.Parts;
using Simulation.Parts.Dali;

namespace Esp32.Tests.Bench;

/// <summary>The wire between chip and bus.</summary>
internal sealed class RmtDali
{
    // Longer than any answer can take to begin and to last: then nobody answers.
    private const long SilentUs = 25_000;

    private readonly PartClock _clock;
    private readonly DaliBusPart _bus;
    private readonly short[] _answer = new short[64];
    private short[] _sent = [];
    private long _endUs = long.MaxValue;
    private int _answerCount;
    private int _delayUs;

    public RmtDali(SimulatedChip chip, PartClock clock, DaliBusPart bus)
    {
        _clock = clock;
        _bus = bus;
        chip.RmtSend = Send;
        chip.RmtRecord = Record;
    }

    /// <summary>Recordings with an answer in them.</summary>
    public int Answers { get; private set; }

    private void Send(byte[] items)
    {
        List<short> durations = [];
        for (int i = 0; i < items.Length && (items[i] | ((items[i + 1] & 0x7F) << 8)) != 0; i += 2)
        {
            durations.Add((short)(items[i] | ((items[i + 1] & 0x7F) << 8)));
        }

        _sent = [.. durations];
        _endUs = _clock.NowUs + _sent.Sum(duration => duration);
        _answerCount = 0;
        Assert.True(_bus.TryTransmit(_sent, _sent.Length));
    }

    private RmtCommand[]? Record()
    {
        if (_answerCount == 0)
        {
            _answerCount = _bus.Receive(_answer, out _delayUs);
        }

        long highSinceUs = _answerCount > 0 ? _endUs + _delayUs + _answer.Take(_answerCount).Sum(duration => duration) : _endUs + SilentUs - Esp32DaliLine.PauseUs;
        if (_endUs == long.MaxValue || _clock.NowUs < highSinceUs + Esp32DaliLine.PauseUs)
        {
            return null;
        }

        _endUs = long.MaxValue;
        List<short> levels = [.. _sent];
        if (_answerCount > 0)
        {
            Answers++;
            levels.Add((short)_delayUs);
            levels.AddRange(_answer.Take(_answerCount));
        }

        // A last duration of 0 ends the recording. The pin is high while the bus is low.
        levels.Add(0);
        if (levels.Count % 2 != 0)
        {
            levels.Add(0);
        }

        return [.. Enumerable.Range(0, levels.Count / 2).Select(i => new RmtCommand(levels[2 * i], true, levels[(2 * i) + 1], false))];
    }
}
