// The channel against ns-3's lorawan module: the reference workload of "one gateway, three channels, a frame of 33 bytes every 600 s".
// Only the channel runs; the network server answers nothing in it.
using System.Diagnostics;
using Simulation.Engine;
using Simulation.Radio;
using Xunit;

namespace Simulation.Tests.Radio;

public sealed class ReferenceWorkloadTests
{
    private const long PeriodUs = 600_000_000;
    private const double RadiusMetres = 6000;

    // ns-3's end-device sensitivities, by which its helper gives out the spreading factors, SF7 to SF12.
    private static readonly double[] _endDeviceSensitivityDbm = [-124, -127, -130, -133, -135, -137];

    // 33 bytes, 8 symbols of preamble, coding rate 4/5, CRC, explicit header: Semtech AN1200.13.
    private static readonly long[] _airTimeUs = [71_936, 133_632, 246_784, 452_608, 987_136, 1_810_432];

    /// <summary>
    /// Published by measurement of ns-3 3.37 with signetlabdei/lorawan: 133,177 of 144,000 (92.48 %) with 1,000 devices and 610,633 of
    /// 1,440,000 (42.4 %) with 10,000 in 24 hours, 29.7 % lost to interference and 27.9 % for want of a demodulator.
    /// </summary>
    [Theory]
    [InlineData(1_000, 24, 92.48, 1.5)]
    [InlineData(10_000, 3, 42.4, 2.0)]
    public void Given_the_reference_workload_the_delivery_is_that_of_ns3(int devices, int hours, double expectedPercent, double tolerancePercent)
    {
        long started = Stopwatch.GetTimestamp();
        RadioStatistics statistics = Run(devices, hours);
        double percent = 100.0 * statistics.DeliveredCount / statistics.SentCount;

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{devices} devices, {hours} h: {statistics.DeliveredCount} of {statistics.SentCount} delivered, {percent:F2} %; "
            + $"interference {statistics.LostCount(UplinkLossCause.Interference)}, no demodulator {statistics.LostCount(UplinkLossCause.NoDemodulator)}, "
            + $"below sensitivity {statistics.LostCount(UplinkLossCause.BelowSensitivity)}; {Stopwatch.GetElapsedTime(started).TotalSeconds:F2} s");
        Assert.Equal(devices * hours * 6L, statistics.SentCount);
        Assert.Equal(statistics.SentCount, statistics.DeliveredCount + Enum.GetValues<UplinkLossCause>().Skip(1).Sum(statistics.LostCount));
        Assert.InRange(percent, expectedPercent - tolerancePercent, expectedPercent + tolerancePercent);
    }

    private static RadioStatistics Run(int devices, int hours)
    {
        // ns-3's gateway: -130 dBm at SF7 to -142.5 dBm at SF12, which is a noise figure of 0.5 dB; no shadowing, no fading.
        var settings = new RadioSettings { ShadowingDecibel = 0, FadingDecibel = 0, GatewayNoiseFigureDecibel = 0.5 };
        GatewaySite[] gateways = [new("centre", 0, 0)];
        var poles = new PoleSite[devices];
        var spreadingFactors = new int[devices];
        var phases = new (long StartUs, int Pole)[devices];
        var random = new RandomStream(1, "reference", devices);
        for (int pole = 0; pole < devices; pole++)
        {
            double distance = RadiusMetres * Math.Sqrt(random.NextDouble());
            poles[pole] = new PoleSite(0, double.RadiansToDegrees(distance / 6_371_008.8), [], [], []);
            double signalDbm = 14 - PathLoss.LossDecibel(settings, distance);
            spreadingFactors[pole] = 7 + Math.Max(0, Array.FindIndex(_endDeviceSensitivityDbm, sensitivity => signalDbm > sensitivity));
            phases[pole] = ((long)(random.NextDouble() * PeriodUs), pole);
        }

        Array.Sort(phases);
        var statistics = new RadioStatistics(1, devices);
        var air = new UplinkAir(settings, new LinkTable(settings, gateways, poles, 1), gateways, 1, statistics, new Deaf());
        var pool = new UplinkPool();
        for (int period = 0; period < hours * 6; period++)
        {
            foreach ((long phaseUs, int pole) in phases)
            {
                UplinkTransmission uplink = pool.Rent();
                uplink.PoleIndex = pole;
                uplink.StartUs = (period * PeriodUs) + phaseUs;
                uplink.EndUs = uplink.StartUs + _airTimeUs[spreadingFactors[pole] - 7];
                uplink.FrequencyHz = 868_100_000 + (200_000 * random.Next(3));
                uplink.SpreadingFactor = spreadingFactors[pole];
                uplink.BandwidthHz = 125_000;
                uplink.PowerDbm = 14;
                uplink.Length = 33;
                air.Submit(uplink);
                air.Advance(uplink.StartUs);
            }
        }

        air.Advance(long.MaxValue);
        return statistics;
    }

    private sealed class Deaf : IAirListener
    {
        public void OnUplinkReceived(UplinkTransmission uplink, ReadOnlySpan<GatewayReception> receptions)
        {
        }

        public void OnDownlinkEnded(GatewayTransmission transmission)
        {
        }
    }
}
