// Keys and messages of multicast groups against those of another implementation: brocaar/lorawan (ChirpStack's library), applayer/multicastsetup, keys_test.go and
// multicastsetup_test.go.
using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using PoleController.LoRaWan.Packages;
using PoleController.Tests.Parts;
using Provisioning.Downlinks.Multicast;
using Xunit;

namespace Provisioning.Tests.Downlinks;

public sealed class GroupKeyTests
{
    private static readonly byte[] s_mcKey = Convert.FromHexString("0102030405060708090a0b0c0d0e0f10");

    [Fact]
    public void Given_the_published_McKey_and_McAddr_then_the_session_keys_are_the_published_ones()
    {
        NetworkServers.MulticastKeys keys = GroupKeys.SessionKeys(s_mcKey, 0x01020304);

        Assert.Equal(("c3f6b388bad6c000b23291ad52c11c7b", "95cb4518ee375606735bbacbdce837fa"), (keys.McNwkSKey, keys.McAppSKey));
        Assert.DoesNotContain("c3f6", keys.ToString(), StringComparison.Ordinal);
    }

    // The published vectors go step by step: McRootKey of one GenAppKey, McKEKey of another McRootKey. A GenAppKey whose McRootKey is that one is found by deciphering.
    [Fact]
    public void Given_the_published_McKEKey_then_a_McKey_that_was_enciphered_for_it_comes_back_by_one_encryption()
    {
        byte[] mcKeKey = Convert.FromHexString("9083bebf704257883160dbfcde33ad71");
        byte[] genAppKey = Convert.FromHexString("0302030405060708090a0b0c0d0e0f10");
        using Aes aes = Aes.Create();
        aes.Key = genAppKey;
        byte[] mcRootKey = aes.EncryptEcb(new byte[16], PaddingMode.None);
        Assert.Equal("55344e82570eaec8bf03b99962d1f445", Convert.ToHexStringLower(mcRootKey));
        aes.Key = Convert.FromHexString("0402030405060708090a0b0c0d0e0f10");
        Assert.Equal(mcKeKey, aes.EncryptEcb(new byte[16], PaddingMode.None));

        byte[] encrypted = GroupKeys.EncryptFor(genAppKey, s_mcKey);

        aes.Key = mcRootKey;
        aes.Key = aes.EncryptEcb(new byte[16], PaddingMode.None);
        Assert.Equal(s_mcKey, aes.EncryptEcb(encrypted, PaddingMode.None));
        Assert.NotEqual(s_mcKey, encrypted);
    }

    [Fact]
    public void Given_any_keys_then_the_controller_deciphers_the_same_key()
    {
        Gen<byte[]> key = ArbMap.Default.GeneratorFor<byte>().ArrayOf(16);
        Prop.ForAll(key.Two().ToArbitrary(), pair =>
        {
            using SimulatedAes aes = new();
            byte[] received = GroupKeys.EncryptFor(pair.Item1, pair.Item2);
            new PackageKeys(aes).DecryptMcKey(pair.Item1, received);
            return received.AsSpan().SequenceEqual(pair.Item2);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Given_a_group_and_a_session_then_the_message_is_as_published()
    {
        MulticastGroupRow group = new(1, "all", "eu868", "01020304", null, 4, 868_100_000, GroupState.Open, 0);
        MulticastMemberRow member = new(1, "70b3d50000000001", 2, Convert.FromHexString("01020304050607080102030405060708"));

        byte[] message = SetupRequest.BeginAt(SetupRequest.Make(group, member, 100), PoleController.Time.GpsTime.UtcMs(134480385));

        // McGroupSetupReq with MaxMcFCnt 8191; McClassCSessionReq with TimeOut 15.
        Assert.Equal("0202040302010102030405060708010203040506070864000000ff1f0000" + "0402010204080f28768404", Convert.ToHexStringLower(message));
        Assert.Equal(PoleController.Time.GpsTime.UtcMs(134480385), SetupRequest.StartUtcMs(message));
    }

    [Fact]
    public void Given_a_controller_that_has_the_group_then_it_is_told_the_session_only()
    {
        MulticastGroupRow group = new(1, "all", "eu868", "01020304", null, 4, 868_100_000, GroupState.Open, 0);
        MulticastMemberRow member = new(1, "70b3d50000000001", 3, new byte[16]) { HasGroup = true };

        Assert.Equal("0403000000000f28768404", Convert.ToHexStringLower(SetupRequest.Make(group, member, 0)));
    }

    // 2017-01-01 is the newest leap second; 1 January 2026, 0:00 UTC is 1451260818 s after the GPS epoch.
    [Fact]
    public void Given_a_moment_then_the_session_begins_at_its_GPS_time()
    {
        MulticastGroupRow group = new(1, "all", "eu868", "01020304", null, 3, 869_525_000, GroupState.Open, 0);
        byte[] message = SetupRequest.Make(group, new MulticastMemberRow(1, "70b3d50000000001", 0, new byte[16]) { HasGroup = true }, 0);

        byte[] begun = SetupRequest.BeginAt(message, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds());

        Assert.Equal(1_451_260_818u, BitConverter.ToUInt32(begun, 2));
    }
}
