// The device in each region, before a network that answers where lorawan-stack's tables say: joins, channels, masks, dwell time, power.
using LoRaWan.Tests.Bench;
using PoleController.LoRaWan;
using Xunit;

namespace LoRaWan.Tests.Regions;

public class RegionDeviceTests
{
    private const long DayMs = 86_400_000;
    private const string SecondOctetCfList = "00ff" + "0000" + "0000" + "0000" + "0200" + "0000" + "000000" + "01";

    public static TheoryData<RegionId> AllRegions => new(Enum.GetValues<RegionId>());

    [Theory]
    [MemberData(nameof(AllRegions))]
    public void Given_ARegion_When_TheNetworkAnswersInRx1_Then_TheDeviceJoinsIsHeardAndObeysAtOnce(RegionId id)
    {
        DeviceBench bench = Bench(id);
        bench.Join();
        bench.Network.Waiting.Enqueue(new Downlink(7, "aabb"));
        bench.SendAndFinish("0102");

        Assert.Equal("aabb", bench.TakeDownlink());
        Assert.Equal("0102", Hex.Text(bench.Network.Uplinks[^1].Payload, 2));
        PublicRegion region = new(id);
        Assert.All(bench.Radio.Sent, sent => region.Find(sent));

        int rx2FrequencyHz = bench.Device.Region.Rx2FrequencyHz;
        int rx2DataRate = bench.Device.Region.Rx2DataRate;
        bench.RunFor(10_000);
        bench.Network.Replay(
            bench.Network.Build(new Downlink(7, "cc")),
            bench.NowMs + 1,
            rx2FrequencyHz,
            bench.Device.Region.SpreadingFactors[rx2DataRate],
            bench.Device.Region.BandwidthsHz[rx2DataRate]);
        bench.RunFor(10_000);
        Assert.Equal("cc", bench.TakeDownlink());
    }

    [Theory]
    [InlineData(RegionId.Us915, 10, 8)]
    [InlineData(RegionId.Au915, 10, 8)]
    public void Given_AFixedChannelPlanAndNoNetwork_When_TheDeviceJoins_Then_EachPassProbesEveryOctetOnceAndThenA500KhzChannel(
        RegionId id, int narrowSpreadingFactor, int wideSpreadingFactor)
    {
        DeviceBench bench = Bench(id);
        bench.Network.IsUp = false;
        Assert.True(bench.RunUntil(30 * DayMs, () => bench.Radio.Sent.Count >= 72));

        PublicRegion region = new(id);
        int[] channels = [.. bench.Radio.Sent.Take(72).Select(sent => region.Find(sent).Channel)];
        for (int i = 0; i < channels.Length; i++)
        {
            Assert.Equal(i % 9, channels[i] / 8);
            Assert.Equal(i % 9 == 8 ? wideSpreadingFactor : narrowSpreadingFactor, bench.Radio.Sent[i].SpreadingFactor);
        }

        // RP002-1.0.4, section 2.5.2: no channel again before every channel has had a join-request.
        Assert.Equal(72, channels.Distinct().Count());
    }

    [Theory]
    [InlineData(RegionId.As923Group1)]
    [InlineData(RegionId.As923Group4)]
    [InlineData(RegionId.Au915)]
    public void Given_DwellTimeUntilTheNetworkSaysOtherwise_When_TheDeviceJoins_Then_NoFrameIsLongerThan400Ms(RegionId id)
    {
        DeviceBench bench = Bench(id);
        bench.Network.IsUp = false;
        bench.RunFor(DayMs);

        Assert.True(bench.Radio.Sent.Count >= 6);
        Assert.All(bench.Radio.Sent, sent => Assert.InRange(sent.AirTimeUs, 1, 400_000));
    }

    [Theory]
    [InlineData(RegionId.Us915)]
    [InlineData(RegionId.Au915)]
    public void Given_ACfListOfType1_When_TheDeviceHasJoined_Then_OnlyItsChannelsAreUsedAlsoAfterARestart(RegionId id)
    {
        DeviceBench bench = Bench(id);
        bench.Network.CfList = Hex.Bytes(SecondOctetCfList);
        bench.Join();
        bench.Boot();
        Assert.True(bench.Device.IsJoined);
        int before = bench.Radio.Sent.Count;
        for (int i = 0; i < 20; i++)
        {
            bench.SendAndFinish();
        }

        PublicRegion region = new(id);
        int[] used = [.. bench.Radio.Sent.Skip(before).Select(sent => region.Find(sent).Channel).Where(channel => channel < 64).Distinct().Order()];
        Assert.Equal(Enumerable.Range(8, 8), used);
        Assert.All(bench.Radio.Sent.Skip(before), sent => Assert.Contains(region.Find(sent).Channel, Enumerable.Range(8, 8).Append(65)));
    }

    [Fact]
    public void Given_ACfListOfTheTypeOfOtherRegions_When_TheDeviceHasJoined_Then_ItIsIgnored()
    {
        DeviceBench fixedPlan = Bench(RegionId.Us915);
        fixedPlan.Network.CfList = Hex.Bytes("184f84" + "e85684" + "b85e84" + "886684" + "586e84" + "00");
        fixedPlan.Join();
        Assert.Equal(72, fixedPlan.Device.Session.Parameters.ChannelMask.CountBelow(72));

        DeviceBench dynamicPlan = Bench(RegionId.In865);
        dynamicPlan.Network.CfList = Hex.Bytes(SecondOctetCfList);
        dynamicPlan.Join();
        Assert.Equal(7, dynamicPlan.Device.Session.Parameters.ChannelMask.Group(0));
    }

    [Theory]
    // ChMaskCntl 7 (all of 125 kHz off, channel 65) and 0 (channels 8 to 15), as one block.
    [InlineData("03f0020070" + "03f000ff00", "0307" + "0307", 0xFF00, 0, 0x02)]
    // ChMaskCntl 5: the second bank of eight and its 500 kHz channel.
    [InlineData("03f0020050", "0307", 0xFF00, 0, 0x02)]
    // ChMaskCntl 6: all of 125 kHz on, no 500 kHz channel.
    [InlineData("03f0000060", "0307", 0xFFFF, 0xFFFF, 0x00)]
    // ChMaskCntl 4: channels 64 to 71 alone change.
    [InlineData("03f0ff0040", "0307", 0xFFFF, 0xFFFF, 0xFF)]
    public void Given_Us915_When_LinkAdrReqSetsMasks_Then_TheBlockIsCarriedOutAsOne(string request, string answer, int group0, int group1, int group4)
    {
        DeviceBench bench = Bench(RegionId.Us915);
        bench.Join();
        bench.Network.Waiting.Enqueue(new Downlink(FOpts: request));
        bench.SendAndFinish();
        bench.SendAndFinish();

        Assert.StartsWith(answer, Hex.Text(bench.Network.Uplinks[^1].FOpts, bench.Network.Uplinks[^1].FOpts.Length), StringComparison.Ordinal);
        ChannelMask mask = bench.Device.Session.Parameters.ChannelMask;
        Assert.Equal((group0, group1, group4), (mask.Group(0), mask.Group(1), mask.Group(4)));
    }

    [Theory]
    // One 125 kHz channel alone: hopping needs two (FCC 15.247).
    [InlineData("0310000070" + "0310010000")]
    // No channel at all.
    [InlineData("03f0000070")]
    public void Given_Us915_When_TheMaskLeavesTooFewChannels_Then_ItIsRefusedAndNothingChanges(string request)
    {
        DeviceBench bench = Bench(RegionId.Us915);
        bench.Join();
        bench.Network.Waiting.Enqueue(new Downlink(FOpts: request));
        bench.SendAndFinish();
        bench.SendAndFinish();

        Assert.Equal(0, bench.Network.Uplinks[^1].FOpts[1] & 1);
        Assert.Equal(72, bench.Device.Session.Parameters.ChannelMask.CountBelow(72));
    }

    [Theory]
    [InlineData("0703184f8450")]
    [InlineData("0a00184f84")]
    [InlineData("0905")]
    public void Given_Us915_When_CommandsOfOtherRegionsCome_Then_TheyAreDroppedWithoutAnAnswerAndTheNextIsAnswered(string command)
    {
        DeviceBench bench = Bench(RegionId.Us915);
        bench.Join();
        bench.Network.Waiting.Enqueue(new Downlink(FOpts: command + "06"));
        bench.SendAndFinish();
        bench.SendAndFinish();

        Assert.Equal(0x06, bench.Network.Uplinks[^1].FOpts[0]);
    }

    [Theory]
    [InlineData(RegionId.As923Group2, 0x05, 16)]
    [InlineData(RegionId.Au915, 0x0A, 22)]
    public void Given_ARegionWithTxParamSetup_When_DwellTimeIsLifted_Then_ItIsAnsweredUntilHeardAndLowDataRatesComeIn(RegionId id, int settings, int powerDbm)
    {
        DeviceBench bench = Bench(id);
        bench.Join();
        MacParameters parameters = bench.Device.Session.Parameters;
        Assert.False(parameters.IsDataRateUsable(parameters.ChannelMask, 0));
        bench.Network.Waiting.Enqueue(new Downlink(FOpts: "09" + settings.ToString("x2", null)));
        bench.SendAndFinish();
        bench.SendAndFinish();
        bench.SendAndFinish();

        Assert.Equal([0x09], bench.Network.Uplinks[^1].FOpts);
        Assert.True(parameters.IsDataRateUsable(parameters.ChannelMask, 0));
        Assert.Equal(51, parameters.MaximumPayloadLength(0));
        Assert.Equal(powerDbm, bench.Radio.Sent[^1].PowerDbm);

        bench.Boot();
        Assert.True(bench.Device.Session.Parameters.IsDataRateUsable(bench.Device.Session.Parameters.ChannelMask, 0));
    }

    [Fact]
    public void Given_Eu868_When_TxParamSetupReqComes_Then_ThereIsNoAnswer()
    {
        DeviceBench bench = Bench(RegionId.Eu868);
        bench.Join();
        bench.Network.Waiting.Enqueue(new Downlink(FOpts: "0905"));
        bench.SendAndFinish();
        bench.SendAndFinish();
        Assert.Empty(bench.Network.Uplinks[^1].FOpts);
    }

    [Fact]
    public void Given_Us915_When_FewerThan50ChannelsAreEnabled_Then_PowerIsAtMost21Dbm()
    {
        DeviceBench bench = Bench(RegionId.Us915);
        bench.Join();
        bench.SendAndFinish();
        Assert.Equal(22, bench.Radio.Sent[^1].PowerDbm);

        bench.Network.Waiting.Enqueue(new Downlink(FOpts: "03f0020070" + "03f000ff00"));
        bench.SendAndFinish();
        bench.SendAndFinish();
        Assert.Equal(21, bench.Radio.Sent[^1].PowerDbm);
    }

    [Fact]
    public void Given_ASession_When_TheIdentityNamesAnotherRegion_Then_TheSessionIsNotUsedThere()
    {
        DeviceBench bench = Bench(RegionId.Us915);
        bench.Join();
        byte[] record = new byte[IdentityStore.RecordLength];
        bench.Network.Identity.Region = RegionId.Au915;
        IdentityStore.Encode(bench.Network.Identity, record);
        bench.Store.Records[IdentityStore.RecordName] = record;
        bench.Boot();

        Assert.False(bench.Device.IsJoined);
        Assert.Equal(RegionId.Au915, bench.Device.Region.Id);
    }

    [Fact]
    public void Given_Us915AndASubBandThatFellSilent_When_AdrBackOffIsAtItsEnd_Then_AllChannelsAreEnabledAgain()
    {
        DeviceBench bench = Bench(RegionId.Us915);
        bench.Network.CfList = Hex.Bytes(SecondOctetCfList);
        bench.Join();
        bench.Network.IsUp = false;
        for (int i = 0; i < AdrBackoff.ExhaustedCount; i++)
        {
            bench.SendAndFinish();
        }

        Assert.Equal(72, bench.Device.Session.Parameters.ChannelMask.CountBelow(72));
    }

    private static DeviceBench Bench(RegionId id)
    {
        DeviceBench bench = new(region: id);
        PublicRegion region = new(id);
        bench.Network.Rx2DataRate = bench.Device.Region.Rx2DataRate;
        bench.Network.Rx1Of = sent => region.Rx1Of(sent, bench.Device.Session.Parameters.HasDownlinkDwellTime);
        return bench;
    }
}
