// How every component is, and every sensor that is fitted.
using PoleController.Hal;

namespace PoleController.Service
{
    /// <summary>Health: the settings, the components, then the sensors.</summary>
    internal sealed class HealthReport : ServiceReport
    {
        private readonly ServiceParts _parts;
        private readonly SensorTable _sensors;

        /// <summary>Makes it.</summary>
        internal HealthReport(ServiceParts parts, SensorTable sensors)
            : base("health")
        {
            _parts = parts;
            _sensors = sensors;
        }

        /// <inheritdoc/>
        protected override ReportStep Write(ServiceWriter writer, long nowMs)
        {
            int index = Index;
            Index++;
            if (index == 0)
            {
                WriteHealth(Begin(writer), ComponentId.Settings, _parts.SettingsStore.Health);
                return ReportStep.Line;
            }

            index--;
            if (index < _parts.Components.Count)
            {
                WriteComponent(Begin(writer), index);
                return ReportStep.Line;
            }

            // The next sensor that is fitted: ten comparisons at most.
            for (index -= _parts.Components.Count; index < SensorTable.Count; index++)
            {
                ISensor? sensor = _sensors.Of(index);
                if (sensor != null)
                {
                    WriteSensor(Begin(writer), index, sensor);
                    Index = index + _parts.Components.Count + 2;
                    return ReportStep.Line;
                }
            }

            return ReportStep.End;
        }

        private static void WriteHealth(ServiceWriter writer, ComponentId id, Health health)
        {
            writer.Pair("component", ServiceWords.Of(id)).Pair("number", (int)id);
            writer.Pair("state", ServiceWords.Of(health.State)).Pair("reason", ServiceWords.Of(health.Reason));
        }

        private void WriteComponent(ServiceWriter writer, int index)
        {
            ComponentTable components = _parts.Components;
            WriteHealth(writer, components.IdAt(index), components.ComponentAt(index).Health);
            writer.Pair("exceptions", components.ExceptionCountOf(index)).Pair("lastException", ServiceWords.Of(components.LastExceptionOf(index)));
        }

        private static void WriteSensor(ServiceWriter writer, int index, ISensor sensor)
        {
            SensorFault fault = sensor.LastFault;
            writer.Pair("sensor", SensorTable.NameOf(index)).Pair("state", ServiceWords.Of(sensor.State)).Pair("samples", sensor.SampleCount);
            writer.Pair("faults", fault.Count).Pair("lastFault", ServiceWords.Of(fault.Kind)).Pair("at", fault.Code).Pair("said", fault.Value);
        }
    }
}
