// Asks one sensor now and tells what came of it. The sensor's owner goes on as before: both poll it, and polling early does no harm.
using PoleController.Hal;

namespace PoleController.Service
{
    /// <summary>A test of a sensor.</summary>
    internal sealed class SensorTest : ServiceReport
    {
        /// <summary>How long a sensor may take, in milliseconds: fans run up and heaters heat for 30 s and more.</summary>
        internal const int TimeoutMs = 120000;

        private readonly ValuesReport _values;
        private ISensor _sensor = null!;
        private int _index;
        private int _samplesBefore;
        private int _faultsBefore;
        private long _untilMs;

        /// <summary>Makes it.</summary>
        internal SensorTest(ValuesReport values)
            : base("sensor")
        {
            _values = values;
        }

        /// <summary>Asks a sensor.</summary>
        internal void Begin(ISensor sensor, int index, long nowMs)
        {
            Restart();
            _sensor = sensor;
            _index = index;
            _samplesBefore = sensor.SampleCount;
            _faultsBefore = sensor.LastFault.Count;
            _untilMs = nowMs + TimeoutMs;
            sensor.Request();
        }

        /// <inheritdoc/>
        protected override ReportStep Write(ServiceWriter writer, long nowMs)
        {
            if (Index > 0)
            {
                return ReportStep.End;
            }

            _sensor.Poll(nowMs);
            if (_sensor.SampleCount != _samplesBefore)
            {
                Index = 1;
                _values.WriteSensor(Begin(writer), _index, _sensor, nowMs);
                return ReportStep.Line;
            }

            SensorFault fault = _sensor.LastFault;
            if (fault.Count != _faultsBefore)
            {
                writer.Text("error").Pair("code", ServiceWords.Of(fault.Kind)).Pair("at", SensorTable.NameOf(_index));
                writer.Pair("register", fault.Code).Pair("said", fault.Value).Text(" do=\"see the driver's page in firmware/PoleController/Drivers\"");
                return ReportStep.End;
            }

            if (nowMs >= _untilMs)
            {
                writer.Text("error").Pair("code", "timedOut").Pair("at", SensorTable.NameOf(_index)).Text(" do=\"check its supply and its lines\"");
                return ReportStep.End;
            }

            return ReportStep.Wait;
        }
    }
}
