// The short cut at the port and the chip behind its driver, side by side: any operations at any time, in any band, with downlinks coming by. What
// goes on the air and what the port tells must be the same to the microsecond and to the byte.
using Drivers.Tests.Bench;
using FsCheck;
using FsCheck.Fluent;
using PoleController.Drivers;
using PoleController.Hal;
using Simulation.Engine;
using Simulation.Parts;
using Simulation.Parts.RadioChips;
using Xunit;

namespace Drivers.Tests.Behaviour;

public class TwinTests
{
    private static readonly int[] FrequenciesHz = [868_100_000, 868_300_000, 869_525_000, 903_900_000, 923_300_000, 433_175_000, 865_062_500, 922_100_000];

    [Theory]
    [InlineData(ChipModel.Sx1262)]
    [InlineData(ChipModel.Sx1276)]
    public void Given_any_operations_When_both_forms_carry_them_out_Then_they_cannot_be_told_apart(ChipModel model) =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            string port = Run(CreatePort(model), seed);
            string chip = Run(CreateChip(model), seed);
            Assert.Equal(port, chip);
            Assert.Contains("uplink", port, StringComparison.Ordinal);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithEndSize(1_000_000));

    private static Func<Antenna, Crystal, PoleRadio> CreatePort(ChipModel model) => (antenna, crystal) =>
        new RadioPart(antenna, crystal, model == ChipModel.Sx1262 ? RadioTraits.Sx1262 : RadioTraits.Sx1276);

    private static Func<Antenna, Crystal, PoleRadio> CreateChip(ChipModel model) => (antenna, _) =>
        model == ChipModel.Sx1262 ? ChipRadio.CreateSx1262(antenna, new Sx1262Board()) : ChipRadio.CreateSx1276(antenna, new Sx1276Board());

    private static string Run(Func<Antenna, Crystal, PoleRadio> create, int seed)
    {
        RandomStream random = new(seed, "twin", 0);
        Antenna antenna = new(0) { Uplinks = new UplinkBuffer() };
        Crystal crystal = new(random.Next(80_000) - 40_000);
        PoleRadio radio = create(antenna, crystal);
        ILoRaRadio port = radio.CreatePort();
        List<string> seen = [];
        List<string> sent = [];
        antenna.Sent = uplink => sent.Add(
            $"uplink {uplink.StartUs}..{uplink.EndUs} us {uplink.FrequencyHz} Hz SF{uplink.SpreadingFactor} {uplink.BandwidthHz} Hz {uplink.PowerDbm} dBm "
            + Convert.ToHexString(uplink.Frame, 0, uplink.Length));

        long operationUs = random.Next(100_000);
        long nowUs = 0;
        for (int left = 40; left >= 0;)
        {
            long wakeUs = port.NextWakeMs == long.MaxValue ? long.MaxValue : crystal.TimeUs(port.NextWakeMs);
            nowUs = Math.Max(nowUs, Math.Min(operationUs, Math.Min(wakeUs, radio.NextEventUs)));
            Step(radio, port, crystal, nowUs, seen);
            if (nowUs >= operationUs)
            {
                // The frames of a pole do not cut each other off, so neither do these: what is replaced within the chip's own waits is no frame yet.
                left--;
                operationUs = nowUs + 60_000 + random.Next(left % 3 == 0 ? 4_000_000 : 300_000);
                if (left >= 0)
                {
                    Operate(port, antenna, random, nowUs, seen);
                }
            }
        }

        return string.Join("\n", [.. sent, .. seen]);
    }

    private static void Step(PoleRadio radio, ILoRaRadio port, Crystal crystal, long nowUs, List<string> seen)
    {
        radio.SetTime(nowUs);
        if (radio.NextEventUs <= nowUs)
        {
            radio.Advance(nowUs);
        }

        byte[] buffer = new byte[256];
        for (LoRaRadioEvent next = port.Poll(crystal.LocalMs(nowUs)); next != LoRaRadioEvent.None; next = port.Poll(crystal.LocalMs(nowUs)))
        {
            string frame = next == LoRaRadioEvent.ReceiveDone
                ? $" {port.RssiDbm} dBm {port.SnrQuarterDecibel} {Convert.ToHexString(buffer, 0, port.ReadFrame(buffer))}"
                : "";
            seen.Add($"{next} at {port.EventTimeMs} ms{frame}");
        }
    }

    private static void Operate(ILoRaRadio port, Antenna antenna, RandomStream random, long nowUs, List<string> seen)
    {
        int frequencyHz = FrequenciesHz[random.Next(FrequenciesHz.Length)];
        int spreadingFactor = 7 + random.Next(6);
        int bandwidthHz = 125_000 << random.Next(3);
        byte[] frame = DriverBench.Frame(1 + random.Next(255), random.Next(256));
        switch (random.Next(5))
        {
            case 0 or 1:
                seen.Add($"taken {port.TryTransmit(frequencyHz, spreadingFactor, bandwidthHz, random.Next(40) - 12, frame, frame.Length)}");
                break;
            case 4:
                port.Sleep();
                break;
            default:
                seen.Add($"taken {port.TryReceive(frequencyHz, spreadingFactor, bandwidthHz, random.Next(3) * random.Next(1_500))}");
                antenna.Announce(Downlinks.Create(
                    nowUs + 1_000 + random.Next(400_000),
                    frame,
                    frequencyHz,
                    random.Next(4) == 0 ? 7 + random.Next(6) : spreadingFactor,
                    isWhole: random.Next(4) > 0,
                    rssiDbm: -140 + random.Next(100),
                    snrQuarterDecibel: random.Next(160) - 90,
                    bandwidthHz: bandwidthHz));
                break;
        }
    }
}
