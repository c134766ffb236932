// What the poles of a sample report sensed: made up, with everything in it that the page can show.
using Simulation.Engine;
using Simulation.Reports;

namespace Simulation.Tests.Reports;

/// <summary>Makes the section about sensors of a sample report.</summary>
internal static class SampleSensors
{
    private const double HourSeconds = 3600;
    private static readonly string[] Lights = ["green", "yellow", "red", "unknown"];
    private static readonly string[] Counts = ["all", "approachingWalking", "approachingCycling", "recedingWalking", "recedingDriving"];

    /// <summary>Makes it.</summary>
    /// <param name="poleIds">The poles of the report; the first four carry the sensors.</param>
    /// <param name="durationSeconds">Length of the run.</param>
    /// <param name="random">Noise.</param>
    public static SensorsReport Create(IReadOnlyList<string> poleIds, double durationSeconds, RandomStream random)
    {
        SpanReport trouble = new() { FromSeconds = 5 * HourSeconds, ToSeconds = 7 * HourSeconds, Text = "checksum" };
        return new SensorsReport
        {
            Containers = [.. Lights.Select((light, i) => new ContainerReport
            {
                PoleId = poleIds[i % poleIds.Count], State = light, FillPercent = 25 * (i + 1), RedCount = i / 2, EmptiedCount = i % 2, EmptiedToldCount = i % 2, FullAtSeconds = i == 0 ? durationSeconds * 2 : null,
            })],
            Quantities =
            [
                Course(poleIds[0], "fillLevel", "fill level", "%", at => 20 + (70 * at / durationSeconds), durationSeconds, [("yellow", 75), ("red", 90)], [], random),
                Course(poleIds[0], "particulates", "PM2.5, corrected", "\u00b5g/m\u00b3", at => 9 + (4 * Math.Sin(at / 9000)), durationSeconds, [], [trouble], random),
                Course(poleIds[1 % poleIds.Count], "waterLevel", "water level", "cm", at => 80 + (150 * Math.Exp(-Math.Pow((at - 30_000) / 9000, 2))), durationSeconds, [("warning", 150), ("alarm", 220)], [], random),
            ],
            Traffic = [.. Enumerable.Range(1, (int)(durationSeconds / HourSeconds)).Select(hour => new TrafficReport
            {
                PoleId = poleIds[2 % poleIds.Count], AtSeconds = hour * HourSeconds, LengthSeconds = HourSeconds, Quality = "ok",
                Counts = [.. Counts.Select((name, i) => new CountReport { Name = name, Count = random.Next(40) is int count && count / (i + 1) >= 5 ? count / (i + 1) : null })],
            })],
            Troubles =
            [
                new TroubleReport { AtSeconds = trouble.FromSeconds, UntilSeconds = trouble.ToSeconds, PoleId = poleIds[0], What = "particulates", How = "checksum", Alarm = "airSensorFault", ToldAfterSeconds = 310, EndToldAfterSeconds = 95, FlaggedValues = 2 },
                new TroubleReport { AtSeconds = 8 * HourSeconds, UntilSeconds = 9 * HourSeconds, PoleId = poleIds[0], What = "fillLevel", How = "silent", Alarm = "fillLevelFault", GoodValues = 1 },
                new TroubleReport { AtSeconds = 9 * HourSeconds, PoleId = poleIds[3 % poleIds.Count], What = "lean", Alarm = "tilt", ToldAfterSeconds = 240 },
                new TroubleReport { AtSeconds = 10 * HourSeconds, UntilSeconds = 11 * HourSeconds, PoleId = poleIds[0], What = "carbonDioxide", How = "drifting", GoodValues = 1 },
            ],
        };
    }

    private static QuantityReport Course(
        string poleId, string sensor, string name, string unit, Func<double, double> truth, double durationSeconds, (string Name, double Value)[] thresholds, SpanReport[] troubles, RandomStream random)
    {
        string Quality(double at) => troubles.Any(span => at > span.FromSeconds && at <= span.ToSeconds + HourSeconds) ? "stale" : at < 2 * HourSeconds ? "warmingUp" : random.Next(9) == 0 ? "humid" : "ok";
        return new QuantityReport
        {
            PoleId = poleId,
            Sensor = sensor,
            Name = name,
            Unit = unit,
            Thresholds = [.. thresholds.Select(threshold => new ThresholdReport { Name = threshold.Name, Value = threshold.Value })],
            Truth = [.. Enumerable.Range(0, 200).Select(i => durationSeconds * i / 199).Select(at => new PointReport { AtSeconds = at, Value = truth(at) })],
            Told = [.. Enumerable.Range(1, (int)(durationSeconds / HourSeconds)).Select(hour => hour * HourSeconds).Select(at => new ToldReport
            {
                AtSeconds = at, Quality = Quality(at), Value = Quality(at) == "stale" ? null : truth(at) * (1 + (0.05 * random.NextGaussian())),
            })],
            Troubles = troubles,
        };
    }
}
