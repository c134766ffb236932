// What each line of the service port asks for: short ones are answered at once, longer ones by a report. The lock is asked first; sending is the
// port's.
using PoleController.Hal;
using PoleController.Journal;
using PoleController.Lighting;
using PoleController.Messages;
using PoleController.Settings;

namespace PoleController.Service
{
    /// <summary>Carries out lines.</summary>
    internal sealed class ServiceCommands
    {
        /// <summary>Longest light test, in seconds.</summary>
        internal const int LongestLightTestSeconds = 3600;

        /// <summary>How long a restart waits for its answer to leave, in milliseconds.</summary>
        internal const int RestartDelayMs = 2000;

        private const int SettingsContentOffset = SettingsCommand.ContentOffset;

        // 2020-01-01, as in the command setClock.
        private const long EarliestUtcSeconds = 1577836800;
        private const long LatestUtcSeconds = 4294967295;

        private readonly ServiceParts _parts;
        private readonly ServiceLock _lock;
        private readonly ServiceLine _line;
        private readonly ServiceWriter _writer;
        private readonly SensorTable _sensors;
        private readonly HelpReport _help = new HelpReport();
        private readonly HealthReport _health;
        private readonly ValuesReport _values;
        private readonly SensorTest _sensorTest;
        private readonly BootsReport _boots;
        private readonly AlarmsReport _alarms;
        private readonly JournalReport _journal;
        private readonly LiveLog _log;
        private readonly SettingsReport _settings;
        private readonly ManifestReport _manifest;
        private readonly byte[] _answer = new byte[CommandAnswer.Length];

        /// <summary>Makes it.</summary>
        internal ServiceCommands(ServiceParts parts, ServiceLock serviceLock, ServiceLine line, ServiceWriter writer)
        {
            _parts = parts;
            _lock = serviceLock;
            _line = line;
            _writer = writer;
            _sensors = new SensorTable(parts.Hardware);
            _health = new HealthReport(parts, _sensors);
            _values = new ValuesReport(parts, _sensors, new SensorValues(parts.Hardware));
            _sensorTest = new SensorTest(_values);
            _boots = new BootsReport(parts.Boots);
            _alarms = new AlarmsReport(parts.Alarms);
            _journal = new JournalReport(parts.Journal);
            _log = new LiveLog(parts);
            _settings = new SettingsReport(parts.Settings);
            _manifest = new ManifestReport(parts.Settings);
        }

        /// <summary>Carries out the line that has come in.</summary>
        /// <param name="nowMs">Milliseconds since start.</param>
        /// <returns>The report that answers; null when the answer has been written.</returns>
        internal ServiceReport? Execute(long nowMs)
        {
            if (_line.IsTooLong || _line.IsGarbled)
            {
                WriteError(_line.IsTooLong ? "lineTooLong" : "badCharacter", "line", "printable ASCII, 512 characters at most, ended by CR or LF");
                return null;
            }

            if (_line.Is(0, "help"))
            {
                return Begin(_help);
            }

            if (_line.Is(0, "id"))
            {
                WriteId();
            }
            else if (_line.Is(0, "unlock"))
            {
                Unlock(nowMs);
            }
            else if (!_lock.IsOpen)
            {
                WriteError("locked", "line", "send unlock first; help, id and unlock need no key");
            }
            else
            {
                _lock.OnUsed(nowMs);
                ServiceReport? report = ReportFor(nowMs);
                if (report != null)
                {
                    return report;
                }

                if (_writer.Length == 0)
                {
                    Act(nowMs);
                }
            }

            return null;
        }

        /// <summary>Whether a report goes on until the next line comes in; ends it then.</summary>
        internal void Interrupt(ServiceReport report)
        {
            if (report == _log)
            {
                _log.End();
            }
        }

        /// <summary>Writes an error.</summary>
        /// <param name="code">What it is.</param>
        /// <param name="at">Where.</param>
        /// <param name="remedy">What to do.</param>
        internal void WriteError(string code, string at, string remedy)
        {
            _writer.Text("error").Pair("code", code).Pair("at", at).Text(" do=\"").Text(remedy).Text("\"");
        }

        private static ServiceReport Begin(ServiceReport report)
        {
            report.Restart();
            return report;
        }

        // Null and nothing written: it is none of these.
        private ServiceReport? ReportFor(long nowMs)
        {
            if (_line.Is(0, "health"))
            {
                return Begin(_health);
            }

            if (_line.Is(0, "values"))
            {
                return Begin(_values);
            }

            if (_line.Is(0, "boots"))
            {
                return Begin(_boots);
            }

            if (_line.Is(0, "manifest"))
            {
                return Begin(_manifest);
            }

            if (_line.Is(0, "alarms"))
            {
                return Begin(_alarms);
            }

            if (_line.Is(0, "log"))
            {
                _log.Begin();
                return _log;
            }

            if (_line.Is(0, "sensor"))
            {
                return TestSensor(nowMs);
            }

            if (_line.Is(0, "settings"))
            {
                return ShowOrSetSettings(nowMs);
            }

            return _line.Is(0, "journal") ? ShowJournal() : null;
        }

        private void Act(long nowMs)
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
            else if (_line.Is(0, "lock"))
            {
                _lock.Close();
                _writer.Text("ok lock");
            }
            else
            {
                WriteError("unknownCommand", "line", "send help");
            }
        }

        private void WriteId()
        {
            _writer.Text("id").Key("devEui").Hex(_parts.Identity.DevEui, 0, _parts.Identity.DevEui.Length);
            _writer.Pair("isProvisioned", _parts.Identity.IsProvisioned ? 1 : 0).Pair("board", _parts.Hardware.BoardName);
            _writer.Pair("firmware", ControllerVersion.Text).Pair("starts", _parts.Boots.StartCount);
        }

        private void Unlock(long nowMs)
        {
            if (!_line.HasWord(1))
            {
                Challenge(nowMs);
                return;
            }

            // The response is read over its own digits and wiped with the line.
            if (_line.HasWord(2) || _line.ReadHex(1, _line.Bytes, 0) != ServiceLock.ChallengeLength)
            {
                WriteError("badValue", "unlock", "unlock and 32 hexadecimal digits");
                return;
            }

            UnlockOutcome outcome = _lock.TryOpen(nowMs, _line.Bytes);
            if (outcome == UnlockOutcome.Opened)
            {
                _writer.Text("ok unlock").Pair("closesAfterIdleSeconds", ServiceLock.IdleMs / 1000);
            }
            else
            {
                WriteUnlockError(outcome, nowMs);
            }
        }

        private void Challenge(long nowMs)
        {
            UnlockOutcome outcome = _lock.MakeChallenge(nowMs);
            if (outcome != UnlockOutcome.Opened)
            {
                WriteUnlockError(outcome, nowMs);
                return;
            }

            _writer.Text("ok unlock").Key("challenge").Hex(_lock.Challenge, 0, ServiceLock.ChallengeLength);
            _writer.Key("devEui").Hex(_parts.Identity.DevEui, 0, _parts.Identity.DevEui.Length).Pair("validSeconds", ServiceLock.ChallengeLifeMs / 1000);
        }

        private void WriteUnlockError(UnlockOutcome outcome, long nowMs)
        {
            switch (outcome)
            {
                case UnlockOutcome.NoKey:
                    WriteError("noKey", "unlock", "provision the pole with a service key; there is no default one");
                    break;
                case UnlockOutcome.TooSoon:
                    WriteError("tooSoon", "unlock", "wait");
                    _writer.Pair("seconds", (_lock.WaitMs(nowMs) + 999) / 1000);
                    break;
                case UnlockOutcome.NoChallenge:
                    WriteError("noChallenge", "unlock", "send unlock, then the response within two minutes");
                    break;
                default:
                    WriteError("refused", "unlock", "check the key; a new challenge is needed");
                    _writer.Pair("failures", _lock.FailureCount).Pair("seconds", (_lock.WaitMs(nowMs) + 999) / 1000);
                    break;
            }
        }

        private SensorTest? TestSensor(long nowMs)
        {
            for (int i = 0; i < SensorTable.Count; i++)
            {
                if (!_line.Is(1, SensorTable.NameOf(i)))
                {
                    continue;
                }

                ISensor? sensor = _sensors.Of(i);
                if (sensor == null)
                {
                    WriteError("notFitted", SensorTable.NameOf(i), "values lists the sensors of this pole");
                    return null;
                }

                if (SensorTable.IsSwitchedOff(i, _parts.Settings.Measurements))
                {
                    WriteError("switchedOff", SensorTable.NameOf(i), "set its interval in the section measurements");
                    return null;
                }

                _sensorTest.Begin(sensor, i, nowMs);
                return _sensorTest;
            }

            WriteError("badValue", "sensor", "a name as values prints it");
            return null;
        }

        private JournalReport? ShowJournal()
        {
            long count = JournalReport.DefaultCount;
            if (_line.HasWord(1) && !_line.TryNumber(1, 1, JournalReport.MaximumCount, out count))
            {
                WriteError("badValue", "journal", "a count from 1 to 300");
                return null;
            }

            _journal.Begin((int)count);
            return _journal;
        }

        private SettingsReport? ShowOrSetSettings(long nowMs)
        {
            if (!_line.HasWord(1))
            {
                _settings.Begin(null);
                return _settings;
            }

            bool isSet = _line.Is(1, "set");
            int section = SectionNamed();
            long item = 0;
            bool isItemRight = isSet || !_line.HasWord(3) || _line.TryNumber(3, 0, 254, out item);
            SettingsPart? part = section > 0 && isItemRight && !_line.HasWord(4) ? _parts.Settings.Find(section, (int)item) : null;
            if (isSet && part != null)
            {
                SetSettings(nowMs, section);
                return null;
            }

            if (part == null || !_line.Is(1, "get"))
            {
                WriteError("badValue", "settings", "settings, settings get NAME [ITEM], or settings set NAME HEX, with a name that settings lists");
                return null;
            }

            if (SettingsReport.IsSecret(part))
            {
                WriteError("secret", "settings", "it holds a key; it can be set, and is never printed");
                return null;
            }

            _settings.Begin(part);
            return _settings;
        }

        // 0 when the second word is the name of no section.
        private int SectionNamed()
        {
            for (int i = 0; i < _parts.Settings.Parts.Length; i++)
            {
                SettingsSection section = _parts.Settings.Parts[i].Section;
                if (_line.Is(2, ServiceWords.Of(section)))
                {
                    return (int)section;
                }
            }

            return 0;
        }

        // As the command setSettings over the air, by the same rules: its bytes are made over the line's, which is not needed any more then.
        private void SetSettings(long nowMs, int section)
        {
            int length = _line.ReadHex(3, _line.Bytes, SettingsContentOffset);
            if (length < 0)
            {
                WriteError("badValue", "settings", "the content in hexadecimal, as messages.yaml describes it");
                return;
            }

            byte[] command = _line.Bytes;
            command[0] = (byte)CommandId.SetSettings;
            command[1] = 0;
            command[2] = (byte)section;
            _parts.Commands.Process(nowMs, command, length + SettingsContentOffset, _answer);
            CommandError error = _parts.Commands.LastError;
            if (error == CommandError.Ok)
            {
                _writer.Text("ok settings").Pair("revision", _parts.Settings.Revision);
                return;
            }

            WriteError(ServiceWords.Of(error), "settings", "nothing was changed; see settings in messages.yaml for field numbers");
            _writer.Pair("field", _answer[3] == 255 ? -1 : _answer[3]);
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
                WriteError("badValue", "light", "a level from 0 to 1000 permille and 1 to 3600 seconds");
                return;
            }

            _parts.Lighting.SetOverride(nowMs, (int)levelPermille, 0, seconds * 1000);
            _writer.Text("ok light").Pair("levelPermille", levelPermille).Pair("seconds", seconds);
        }

        private void Blink(long nowMs)
        {
            if (!_line.TryNumber(1, 0, IdentifyBlink.MaximumSeconds, out long seconds) || _line.HasWord(2))
            {
                WriteError("badValue", "blink", "0 to 600 seconds; 0 ends it");
                return;
            }

            _parts.Lighting.Reasons.Identify.Begin(nowMs, (int)seconds);
            _writer.Text("ok blink").Pair("seconds", seconds);
        }

        private void LearnZero(long nowMs)
        {
            if (_parts.Hardware.Accelerometer == null)
            {
                WriteError("notFitted", "zero", "this pole has no accelerometer");
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
                    WriteError("badValue", "time", "seconds since 1970-01-01T00:00:00Z, 2020 or later");
                    return;
                }

                if (_parts.Clock.IsKnown && _parts.Clock.UncertaintyMs(nowMs) < CommandProcessor.SetClockUncertaintyMs)
                {
                    WriteError("notPossibleNow", "time", "the clock is known better than that");
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
