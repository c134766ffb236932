// The whole way of a group's keys against lora-packet, a third party's code: from polectl's message the controller deciphers the key; with the session keys that polectl
// gives to the network server lora-packet builds the frame; the controller's own receiver must take it and read it.
using LoRaWan.Tests.Oracles;
using PoleController.LoRaWan;
using PoleController.LoRaWan.Packages;
using PoleController.Tests.Parts;
using Provisioning.Downlinks.Multicast;
using Xunit;

namespace Provisioning.Tests.Downlinks;

public sealed class GroupFrameTests
{
    private const uint Counter = 70_000;

    [Fact]
    public void Given_a_frame_that_lora_packet_built_with_the_servers_keys_then_the_controller_takes_it_and_reads_it()
    {
        Assert.SkipWhen(LoraPacketOracle.NotAvailableReason is not null, LoraPacketOracle.NotAvailableReason ?? "");
        byte[] genAppKey = Convert.FromHexString("a1b2c3d4e5f60718293a4b5c6d7e8f90");
        byte[] mcKey = GroupKeys.NewMcKey();
        MulticastGroupRow row = new(1, "all", "eu868", "02abcdef", null, 3, 869_525_000, GroupState.Open, 0);
        byte[] message = SetupRequest.Make(row, new MulticastMemberRow(1, "70b3d50000000001", 1, GroupKeys.EncryptFor(genAppKey, mcKey)), 0);
        NetworkServers.MulticastKeys keys = GroupKeys.SessionKeys(mcKey, row.Address);
        string hex = LoraPacketOracle.Build([new LoraPacketFrame(row.McAddr, Counter, 11, "0102a0ff", keys.McNwkSKey, keys.McAppSKey)])[0];

        using SimulatedAes aes = new();
        MulticastGroup[] groups = [new(), new(), new(), new()];
        Fill(groups[1], message, genAppKey, aes);
        FrameCodec codec = new(aes);
        MulticastReceiver receiver = new(codec, groups, new MulticastGroupStore(new FaultableStore(), new byte[SessionStore.BufferLength]));
        byte[] frame = Convert.FromHexString(hex);
        DataFrame header = new();

        Assert.True(FrameCodec.TryParse(frame, frame.Length, header));
        Assert.True(receiver.TryAccept(header, frame, frame.Length));
        Assert.Equal((1, 11, "0102A0FF"), (receiver.GroupId, header.FPort, Convert.ToHexString(frame, header.PayloadOffset, header.PayloadLength)));
        Assert.False(receiver.TryAccept(header, Convert.FromHexString(hex), frame.Length));
    }

    private static void Fill(MulticastGroup group, byte[] message, byte[] genAppKey, SimulatedAes aes)
    {
        MulticastSetupCommand command = new();
        Assert.True(command.DecodeDownlink(message, 0, message.Length) > 0);
        PackageKeys keys = new(aes);
        byte[] key = [.. command.McKeyEncrypted];
        keys.DecryptMcKey(genAppKey, key);
        keys.DeriveMcSessionKeys(key, command.McAddr, group.McNetSKey, group.McAppSKey);
        group.IsDefined = true;
        group.McAddr = command.McAddr;

        // As after many frames: the receiver completes the counter's upper half from it.
        group.NextMcFCnt = Counter - 1;
        group.MaxMcFCnt = Counter + 1;
    }
}
