// What a technician does at the service port that is done at once: light and blink, the clock, zero of the tilt, rejoin, restart. Which line asks for it is
// ServiceCommands'.
using PoleController.Journal;
using PoleController.Lighting;
using PoleController.Messages;

namespace PoleController.Service
{
    /// <summary>Carries out acts; the answer is one line.</summary>
    internal sealed class ServiceActs
    {
        /// <summary>Longest light test, in seconds.</summary>
        internal const int LongestLightTestSeconds = 3600;

        /// <summary>How long a restart waits for its answer to leave, in milliseconds.</summary>
        internal const int RestartDelayMs = 2000;

        // 2020-01-01, as in the command setClock.
        private const long EarliestUtcSeconds = 1577836800;
        private const long LatestUtcSeconds = 4294967295;

        private readonly ServiceParts _parts;
        private readonly ServiceLine _line;
        private readonly ServiceWriter _writer;

        /// <summary>Makes it.</summary>
        internal ServiceActs(ServiceParts parts, ServiceLine line, ServiceWriter writer)
        {
            _parts = parts;
            _line = line;
            _writer = writer;
        }

        /// <summary>Does what the line asks for, and writes the answer; nothing is written when it is no act.</summary>
        internal void Do(long nowMs)
        {
            if (_line.Is(0, "light"))
            {
                TestLight(nowMs);
            }
            else if (_line.Is(0, "time"))
            {
                ShowOrSetTime(nowMs);
            }
            else if (_line.Is(0, "blink"))
            {
                Blink(nowMs);
            }
            else if (_line.Is(0, "zero"))
            {
                LearnZero(nowMs);
            }
            else if (_line.Is(0, "rejoin"))
            {
                _parts.Device.RequestJoin(nowMs);
                _writer.Text("ok rejoin");
            }
            else if (_line.Is(0, "restart"))
            {
                _parts.Boots.RequestRestart(nowMs, RestartDelayMs, RestartReason.Technician);
                _writer.Text("ok restart").Pair("afterMs", RestartDelayMs);
            }
        }

        private void TestLight(long nowMs)
        {
            if (_line.Is(1, "program") && !_line.HasWord(2))
            {
                _parts.Lighting.ResumeProgram(nowMs);
                _writer.Text("ok light program");
                return;
            }

            if (!_line.TryNumber(1, 0, 1000, out long levelPermille)
                || !_line.TryNumber(2, 1, LongestLightTestSeconds, out long seconds)
                || _line.HasWord(3))
            {
                _writer.Error("badValue", "light", "a level from 0 to 1000 permille and 1 to 3600 seconds");
                return;
            }

            _parts.Lighting.SetOverride(nowMs, (int)levelPermille, 0, seconds * 1000);
            _writer.Text("ok light").Pair("levelPermille", levelPermille).Pair("seconds", seconds);
        }

        private void Blink(long nowMs)
        {
            if (!_line.TryNumber(1, 0, IdentifyBlink.MaximumSeconds, out long seconds) || _line.HasWord(2))
            {
                _writer.Error("badValue", "blink", "0 to 600 seconds; 0 ends it");
                return;
            }

            _parts.Lighting.Reasons.Identify.Begin(nowMs, (int)seconds);
            _writer.Text("ok blink").Pair("seconds", seconds);
        }

        private void LearnZero(long nowMs)
        {
            if (_parts.Hardware.Accelerometer == null)
            {
                _writer.Error("notFitted", "zero", "this pole has no accelerometer");
                return;
            }

            _parts.Guard.LearnZero(nowMs);
            _writer.Text("ok zero");
        }

        // The rule is that of the command setClock: a clock that is known better is not set.
        private void ShowOrSetTime(long nowMs)
        {
            if (_line.HasWord(1))
            {
                if (!_line.TryNumber(1, EarliestUtcSeconds, LatestUtcSeconds, out long utcSeconds) || _line.HasWord(2))
                {
                    _writer.Error("badValue", "time", "seconds since 1970-01-01T00:00:00Z, 2020 or later");
                    return;
                }

                if (_parts.Clock.IsKnown && _parts.Clock.UncertaintyMs(nowMs) < CommandProcessor.SetClockUncertaintyMs)
                {
                    _writer.Error("notPossibleNow", "time", "the clock is known better than that");
                    return;
                }

                _parts.Clock.Set(nowMs, utcSeconds * 1000L, CommandProcessor.SetClockUncertaintyMs);
            }

            _writer.Text("ok time").Pair("uptimeMs", nowMs).Pair("isKnown", _parts.Clock.IsKnown ? 1 : 0);
            if (_parts.Clock.IsKnown)
            {
                _writer.Pair("utcSeconds", _parts.Clock.UtcMs(nowMs) / 1000).Pair("uncertaintyMs", _parts.Clock.UncertaintyMs(nowMs));
            }
        }
    }
}
