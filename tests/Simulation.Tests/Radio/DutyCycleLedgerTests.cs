// No hour of any gateway and sub-band has more time on air than its share, whatever is asked.
using FsCheck;
using FsCheck.Fluent;
using Simulation.Engine;
using Simulation.Radio;
using Xunit;

namespace Simulation.Tests.Radio;

public sealed class DutyCycleLedgerTests
{
    // ETSI EN 300 220-2 annex B: share of an hour in thousandths; one frequency of each sub-band a gateway transmits in.
    private static readonly (int FrequencyHz, int Permille)[] _subBands = [(867_500_000, 10), (868_300_000, 10), (869_525_000, 100)];

    [Fact]
    public void Given_any_sequence_of_requests_no_hour_is_over_its_share_and_the_share_can_be_used()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var random = new RandomStream(seed, "requests", 0);
            var ledger = new DutyCycleLedger(2);
            var taken = new List<(int Gateway, int SubBand, long StartUs, long EndUs)>();
            long nowUs = 0;
            while (nowUs < 3L * 3_600_000_000)
            {
                nowUs += random.Next(4_000_000);
                int gateway = random.Next(2);
                int subBand = random.Next(3);
                long startUs = nowUs + random.Next(6_000_000); // join-accepts are booked ahead
                int airTimeUs = 40_000 + random.Next(2_700_000);
                if (ledger.CanTransmit(gateway, _subBands[subBand].FrequencyHz, startUs, airTimeUs))
                {
                    ledger.Record(gateway, _subBands[subBand].FrequencyHz, startUs, airTimeUs);
                    taken.Add((gateway, subBand, startUs, startUs + airTimeUs));
                }
            }

            return Enumerable.Range(0, 2).All(gateway => Enumerable.Range(0, 3).All(subBand =>
            {
                long most = MostInAnHourUs([.. taken.Where(one => one.Gateway == gateway && one.SubBand == subBand)]);
                long limitUs = 3_600_000L * _subBands[subBand].Permille;
                return most <= limitUs && most > limitUs * 9 / 10;
            }));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));
    }

    [Fact]
    public void Given_a_frequency_outside_the_sub_bands_nothing_may_be_sent()
    {
        Assert.False(new DutyCycleLedger(1).CanTransmit(0, 868_650_000, 0, 1));
    }

    private static long MostInAnHourUs(List<(int Gateway, int SubBand, long StartUs, long EndUs)> taken)
    {
        // Any hour with the most time on air can be moved until it begins with a transmission or ends with one.
        long most = 0;
        foreach (long beginUs in taken.SelectMany(one => (long[])[one.StartUs, one.EndUs - 3_600_000_000]))
        {
            long used = taken.Sum(one => Math.Max(0, Math.Min(one.EndUs, beginUs + 3_600_000_000) - Math.Max(one.StartUs, beginUs)));
            most = Math.Max(most, used);
        }

        return most;
    }
}
