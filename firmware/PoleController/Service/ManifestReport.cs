// What a pole measures, why, for how long it is kept, whether it concerns persons, and whether it is switched off.
using PoleController.Settings;

namespace PoleController.Service
{
    /// <summary>The manifest: two lines a quantity.</summary>
    internal sealed class ManifestReport : ServiceReport
    {
        private readonly ControllerSettings _settings;

        /// <summary>Makes it.</summary>
        internal ManifestReport(ControllerSettings settings)
            : base("manifest")
        {
            _settings = settings;
        }

        /// <inheritdoc/>
        protected override ReportStep Write(ServiceWriter writer, long nowMs)
        {
            int kind = ManifestWords.FirstKind + (Index / 2);
            bool isFirstLine = Index % 2 == 0;
            if (kind > ManifestWords.LastKind)
            {
                return ReportStep.End;
            }

            Index++;
            Begin(writer).Pair("quantity", ManifestWords.Name(kind));
            if (isFirstLine)
            {
                WriteSwitch(writer, kind);
                Quote(writer.Pair("retentionDays", ManifestWords.RetentionDays(kind)), "purpose", ManifestWords.Purpose(kind));
            }
            else
            {
                Quote(writer, "onPole", ManifestWords.OnPole(kind));
                Quote(writer, "persons", ManifestWords.Persons(kind));
            }

            return ReportStep.Line;
        }

        // The interval of the status has no switch of its own: its counts go with traffic.
        private void WriteSwitch(ServiceWriter writer, int kind)
        {
            MeasurementKind switchedBy = kind < (int)MeasurementSettings.FirstKind ? MeasurementKind.Traffic : (MeasurementKind)kind;
            writer.Pair("isMeasured", _settings.Measurements.IsMeasured(switchedBy) ? 1 : 0);
            writer.Pair("switch", ManifestWords.Name((int)switchedBy));
        }

        private static void Quote(ServiceWriter writer, string key, string text)
        {
            writer.Key(key).Text("\"").Text(text).Text("\"");
        }
    }
}
