// What each line of the service port asks for: who answers it. Opening is ServiceUnlocking's, acts ServiceActs', settings ServiceSettings', longer answers the
// reports'; the lock is asked first; sending is the port's.
using PoleController.Hal;

namespace PoleController.Service
{
    /// <summary>Carries out lines.</summary>
    internal sealed class ServiceCommands
    {
        private readonly ServiceParts _parts;
        private readonly ServiceLock _lock;
        private readonly ServiceLine _line;
        private readonly ServiceWriter _writer;
        private readonly SensorTable _sensors;
        private readonly ServiceUnlocking _unlocking;
        private readonly ServiceActs _acts;
        private readonly ServiceSettings _settings;
        private readonly HelpReport _help = new HelpReport();
        private readonly HealthReport _health;
        private readonly ValuesReport _values;
        private readonly SensorTest _sensorTest;
        private readonly BootsReport _boots;
        private readonly AlarmsReport _alarms;
        private readonly JournalReport _journal;
        private readonly LiveLog _log;
        private readonly ManifestReport _manifest;

        /// <summary>Makes it.</summary>
        internal ServiceCommands(ServiceParts parts, ServiceLock serviceLock, ServiceLine line, ServiceWriter writer)
        {
            _parts = parts;
            _lock = serviceLock;
            _line = line;
            _writer = writer;
            _sensors = new SensorTable(parts.Hardware);
            _unlocking = new ServiceUnlocking(parts, serviceLock, line, writer);
            _acts = new ServiceActs(parts, line, writer);
            _settings = new ServiceSettings(parts, line, writer);
            _health = new HealthReport(parts, _sensors);
            _values = new ValuesReport(parts, _sensors, new SensorValues(parts.Hardware), new MadeValues(parts));
            _sensorTest = new SensorTest(_values);
            _boots = new BootsReport(parts.Boots);
            _alarms = new AlarmsReport(parts.Alarms);
            _journal = new JournalReport(parts.Journal);
            _log = new LiveLog(parts);
            _manifest = new ManifestReport(parts.Settings);
        }

        /// <summary>Carries out the line that has come in.</summary>
        /// <param name="nowMs">Milliseconds since start.</param>
        /// <returns>The report that answers; null when the answer has been written.</returns>
        internal ServiceReport? Execute(long nowMs)
        {
            if (_line.IsTooLong || _line.IsGarbled)
            {
                _writer.Error(_line.IsTooLong ? "lineTooLong" : "badCharacter", "line", "printable ASCII, 512 characters at most, ended by CR or LF");
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
                _unlocking.Do(nowMs);
            }
            else if (!_lock.IsOpen)
            {
                _writer.Error("locked", "line", "send unlock first; help, id and unlock need no key");
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
                return _settings.Do();
            }

            return _line.Is(0, "journal") ? ShowJournal() : null;
        }

        private void Act(long nowMs)
        {
            _acts.Do(nowMs);
            if (_writer.Length == 0 && _line.Is(0, "lock"))
            {
                _lock.Close();
                _writer.Text("ok lock");
            }
            else if (_writer.Length == 0)
            {
                _writer.Error("unknownCommand", "line", "send help");
            }
        }

        private void WriteId()
        {
            _writer.Text("id").Key("devEui").Hex(_parts.Identity.DevEui, 0, _parts.Identity.DevEui.Length);
            _writer.Pair("isProvisioned", _parts.Identity.IsProvisioned ? 1 : 0).Pair("board", _parts.Hardware.BoardName);
            _writer.Pair("firmware", ControllerVersion.Text).Pair("starts", _parts.Boots.StartCount);
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
                    _writer.Error("notFitted", SensorTable.NameOf(i), "values lists the sensors of this pole");
                    return null;
                }

                if (SensorTable.IsSwitchedOff(i, _parts.Settings.Measurements))
                {
                    _writer.Error("switchedOff", SensorTable.NameOf(i), "set its interval in the section measurements");
                    return null;
                }

                _sensorTest.Begin(sensor, i, nowMs);
                return _sensorTest;
            }

            _writer.Error("badValue", "sensor", "a name as values prints it");
            return null;
        }

        private JournalReport? ShowJournal()
        {
            long count = JournalReport.DefaultCount;
            if (_line.HasWord(1) && !_line.TryNumber(1, 1, JournalReport.MaximumCount, out count))
            {
                _writer.Error("badValue", "journal", "a count from 1 to 300");
                return null;
            }

            _journal.Begin((int)count);
            return _journal;
        }
    }
}
