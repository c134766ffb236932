// The identity's record as a provisioning tool writes it: its versions, its region and keys, and what is refused.
using LoRaWan.Tests.Bench;
using PoleController;
using PoleController.LoRaWan;
using Xunit;

namespace LoRaWan.Tests.Device;

public class IdentityTests
{
    // Version 1, DevEUI, JoinEUI, AppKey; the CRC-32 (as zlib computes it) least significant byte first.
    private const string FirstVersionRecord =
        "01" + "70b3d57ed0000001" + "0000000000000001" + "2b7e151628aed2a6abf7158809cf4f3c" + "60cc22e3";

    [Fact]
    public void Given_a_record_of_version_1_When_it_is_read_Then_it_is_of_EU868_and_has_no_GenAppKey()
    {
        byte[] record = Hex.Bytes(FirstVersionRecord);
        LoRaWanIdentity identity = new() { GenAppKey = { [0] = 1 } };

        Assert.True(IdentityStore.TryDecode(record, record.Length, identity));

        Assert.Equal(RegionId.Eu868, identity.Region);
        Assert.False(identity.HasGenAppKey);
        Assert.Equal("70b3d57ed0000001", Hex.Text(identity.DevEui, 8));
        Assert.Equal("2b7e151628aed2a6abf7158809cf4f3c", Hex.Text(identity.AppKey, 16));
    }

    [Fact]
    public void Given_a_session_under_a_record_of_version_1_When_the_record_is_written_anew_with_a_GenAppKey_Then_the_session_goes_on()
    {
        DeviceBench bench = new();
        bench.Store.Records[IdentityStore.RecordName] = Hex.Bytes(FirstVersionRecord);
        bench.Boot();
        bench.Join();
        uint devAddr = bench.Device.Session.DevAddr;

        LoRaWanIdentity identity = bench.Network.Identity;
        identity.GenAppKey[15] = 7;
        bench.Store.Records[IdentityStore.RecordName] = Encode(identity);
        bench.Boot();

        Assert.True(bench.Device.IsJoined);
        Assert.Equal(devAddr, bench.Device.Session.DevAddr);
    }

    [Fact]
    public void Given_a_record_with_region_and_GenAppKey_When_it_is_read_Then_both_are_as_written()
    {
        LoRaWanIdentity written = new() { Region = RegionId.Eu868 };
        Hex.Bytes("000102030405060708090a0b0c0d0e0f").CopyTo(written.GenAppKey, 0);
        byte[] record = Encode(written);
        LoRaWanIdentity read = new();

        Assert.True(IdentityStore.TryDecode(record, record.Length, read));

        Assert.Equal(written.Region, read.Region);
        Assert.True(read.HasGenAppKey);
        Assert.Equal(written.GenAppKey, read.GenAppKey);
    }

    [Fact]
    public void Given_a_record_of_version_2_When_it_is_read_Then_it_has_its_GenAppKey_and_no_service_key()
    {
        // The CRC-32 as zlib computes it, least significant byte first.
        byte[] record = Hex.Bytes(
            "02" + "70b3d57ed0000001" + "0000000000000001" + "2b7e151628aed2a6abf7158809cf4f3c" + "00" + "000102030405060708090a0b0c0d0e0f" + "e5217049");
        LoRaWanIdentity identity = new() { ServiceKey = { [0] = 1 } };

        Assert.True(IdentityStore.TryDecode(record, record.Length, identity));

        Assert.Equal("000102030405060708090a0b0c0d0e0f", Hex.Text(identity.GenAppKey, 16));
        Assert.False(identity.HasServiceKey);
    }

    [Fact]
    public void Given_a_record_with_a_service_key_When_it_is_read_Then_it_is_as_written()
    {
        LoRaWanIdentity written = new();
        Hex.Bytes("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff").CopyTo(written.ServiceKey, 0);
        byte[] record = Encode(written);
        LoRaWanIdentity read = new();

        Assert.True(IdentityStore.TryDecode(record, record.Length, read));

        Assert.True(read.HasServiceKey);
        Assert.Equal(written.ServiceKey, read.ServiceKey);
        Assert.False(read.HasGenAppKey);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(255)]
    public void Given_a_record_of_an_unknown_region_When_the_device_starts_Then_it_is_not_provisioned_and_nothing_was_taken_from_it(int region)
    {
        DeviceBench bench = new();
        byte[] record = Encode(new LoRaWanIdentity { Region = (RegionId)region, AppKey = { [3] = 9 } });
        LoRaWanIdentity identity = new();

        Assert.False(IdentityStore.TryDecode(record, record.Length, identity));
        Assert.Equal(0, identity.AppKey[3]);

        bench.Store.Records[IdentityStore.RecordName] = record;
        bench.Boot();
        bench.RunFor(3_600_000);
        Assert.Equal(HealthReason.NotProvisioned, bench.Device.Health.Reason);
        Assert.Empty(bench.Radio.Sent);
    }

    [Fact]
    public void Given_a_record_of_one_version_with_the_length_of_the_other_When_it_is_read_Then_it_is_refused()
    {
        byte[] first = Hex.Bytes(FirstVersionRecord);
        first[0] = 2;
        Wire.WriteUInt32(first, 33, Crc32.Compute(first, 0, 33));
        Assert.False(IdentityStore.TryDecode(first, first.Length, new LoRaWanIdentity()));

        byte[] second = Encode(new LoRaWanIdentity());
        second[0] = 1;
        Wire.WriteUInt32(second, second.Length - 4, Crc32.Compute(second, 0, second.Length - 4));
        Assert.False(IdentityStore.TryDecode(second, second.Length, new LoRaWanIdentity()));
    }

    private static byte[] Encode(LoRaWanIdentity identity)
    {
        byte[] record = new byte[IdentityStore.RecordLength];
        Assert.Equal(record.Length, IdentityStore.Encode(identity, record));
        return record;
    }
}
