// The duty cycle that the region's rules ask for.
using Simulation.Conformance.Bench;
using Simulation.Engine;

namespace Simulation.Conformance.Cases;

/// <summary>Duty cycle per sub-band: RP002-1.0.4, section 2.4.1; ERC Recommendation 70-03, annex 1.</summary>
internal static class DutyCycleCases
{
    private const string Section = "RP002-1.0.4 2.4.1";
    private const long HourUs = 3_600_000_000;

    /// <summary>The cases.</summary>
    public static IEnumerable<ConformanceCase> All()
    {
        yield return new ConformanceCase("Duty cycle", Section, "868.0 to 868.6 MHz is used 1 % of any hour at most", OnePercent);
        yield return new ConformanceCase("Duty cycle", Section, "The limit holds over losses of power too", OverRestarts);
    }

    private static void OnePercent(ConformanceBench bench)
    {
        bench.Join();
        bench.Exchange(new DownlinkSpec { FOpts = "0300070001" });

        // After hours of silence, as much as the device will send.
        bench.RunFor(6 * 3_600_000);
        for (int i = 0; i < 60; i++)
        {
            bench.SendAndFinish();
        }

        CheckAnyHour(bench);
    }

    private static void OverRestarts(ConformanceBench bench)
    {
        RandomStream random = new(1, "restarts", 0);
        bench.Join();
        bench.Exchange(new DownlinkSpec { FOpts = "0300070001" });
        for (int i = 0; i < 60; i++)
        {
            bench.SendAndFinish();
            if (random.Next(3) == 0)
            {
                bench.Restart();
            }
        }

        CheckAnyHour(bench);
    }

    private static void CheckAnyHour(ConformanceBench bench)
    {
        foreach (Transmission last in bench.Radio.Sent)
        {
            long onAirUs = bench.Radio.Sent.Where(t => t.EndUs > last.EndUs - HourUs && t.EndUs <= last.EndUs).Sum(t => t.AirTimeUs);
            Check.That(onAirUs <= HourUs / 100, "more than 1 % of an hour on air: " + (onAirUs / 1000) + " ms");
        }
    }
}
