// The packages' commands byte by byte. Vectors of version 1: brocaar/lorawan, applayer/*/*_test.go; those of TS004-2.0.0 are laid out by hand
// from its tables 5 to 24. Each is read, its fields compared, and written again.
using PoleController.LoRaWan.Packages;
using Xunit;

namespace LoRaWan.Tests.Packages;

public class CommandVectorTests
{
    [Theory]
    [InlineData("00", false, "0")]
    [InlineData("000101", true, "0 1.1")]
    [InlineData("010102040815", true, "1 134480385 5 True")]
    [InlineData("01fffdfbf705", false, "1 -134480385 5")]
    [InlineData("0205", false, "2 5")]
    [InlineData("020101020408", true, "2 True 134480385")]
    [InlineData("0305", false, "3 5")]
    public void Clock_synchronisation(string hex, bool isUplink, string fields)
    {
        ClockSyncCommand command = new();
        byte[] bytes = Hex.Bytes(hex);
        Assert.Equal(bytes.Length, isUplink ? command.DecodeUplink(bytes, 0, bytes.Length) : command.DecodeDownlink(bytes, 0, bytes.Length));
        Assert.Equal(fields, (command.Cid, isUplink) switch
        {
            (0, false) => "0",
            (0, true) => $"0 {command.PackageIdentifier}.{command.PackageVersion}",
            (1, true) => $"1 {command.DeviceTimeS} {command.Token} {command.IsAnswerRequired}",
            (1, false) => $"1 {command.TimeCorrectionS} {command.Token}",
            (2, false) => $"2 {command.Period}",
            (2, true) => $"2 {command.IsNotSupported} {command.DeviceTimeS}",
            _ => $"3 {command.TransmissionCount}",
        });
        AssertWritten(hex, (buffer, offset) => isUplink ? command.EncodeUplink(buffer, offset) : command.EncodeDownlink(buffer, offset));
        AssertCutIsRefused(bytes, (data, end) => isUplink ? new ClockSyncCommand().DecodeUplink(data, 0, end) : new ClockSyncCommand().DecodeDownlink(data, 0, end));
    }

    [Theory]
    [InlineData("00", false, "0")]
    [InlineData("000202", true, "0 2.2")]
    [InlineData("010a", false, "1 10")]
    [InlineData("020204030201010203040506070801020304050607086400 0000c8000000", false, "2 2 01020304 01020304050607080102030405060708 100 200")]
    [InlineData("0207", true, "2 3 True")]
    [InlineData("0303", false, "3 3")]
    [InlineData("0305", true, "3 1 True")]
    [InlineData("04030102040808287684 04", false, "4 3 134480385 8 0 868100000 4")]
    [InlineData("0403010204", true, "4 3 False False False False 262657")]
    [InlineData("041f", true, "4 3 True True True False 0")]
    [InlineData("0423", true, "4 3 False False False True 0")]
    [InlineData("05030102040848287684 05", false, "5 3 134480385 8 4 868100000 5")]
    [InlineData("0503010204", true, "5 3 False False False False 262657")]
    public void Multicast_set_up(string hex, bool isUplink, string fields)
    {
        MulticastSetupCommand command = new();
        byte[] bytes = Hex.Bytes(hex);
        Assert.Equal(bytes.Length, isUplink ? command.DecodeUplink(bytes, 0, bytes.Length) : command.DecodeDownlink(bytes, 0, bytes.Length));
        string session = $"{command.IsGroupUndefined} {command.IsFrequencyError} {command.IsDataRateError} {command.IsStartMissed} {command.TimeToStartS}";
        Assert.Equal(fields, (command.Cid, isUplink) switch
        {
            (0, false) => "0",
            (0, true) => $"0 {command.PackageIdentifier}.{command.PackageVersion}",
            (1, _) => $"1 {command.GroupMask}",
            (2, false) => $"2 {command.GroupId} {command.McAddr:x8} {Hex.Text(command.McKeyEncrypted, 16)} {command.MinMcFCnt} {command.MaxMcFCnt}",
            (2, true) => $"2 {command.GroupId} {command.IsIdError}",
            (3, false) => $"3 {command.GroupId}",
            (3, true) => $"3 {command.GroupId} {command.IsGroupUndefined}",
            (_, true) => $"{command.Cid} {command.GroupId} {session}",
            _ => $"{command.Cid} {command.GroupId} {command.SessionTimeS} {command.TimeOut} {command.Periodicity} {command.FrequencyHz} {command.DataRate}",
        });
        AssertWritten(hex, (buffer, offset) => isUplink ? command.EncodeUplink(buffer, offset) : command.EncodeDownlink(buffer, offset));
        AssertCutIsRefused(bytes, (data, end) => isUplink ? new MulticastSetupCommand().DecodeUplink(data, 0, end) : new MulticastSetupCommand().DecodeDownlink(data, 0, end));
    }

    [Fact]
    public void Given_a_group_status_with_two_groups_When_it_is_read_Then_each_address_is_with_its_group()
    {
        byte[] bytes = Hex.Bytes("014c0304030201 0201020304");
        MulticastSetupCommand command = new();
        Assert.Equal(12, command.DecodeUplink(bytes, 0, bytes.Length));
        Assert.Equal((4, 0x0C), (command.TotalGroupCount, command.GroupMask));
        Assert.Equal((0x04030201u, 0x01020304u), (command.GroupAddresses[2], command.GroupAddresses[3]));

        // Written in ascending order: TS005 has a device leave out the highest McGroupID first.
        byte[] buffer = new byte[12];
        Assert.Equal(12, command.EncodeUplink(buffer, 0));
        Assert.Equal("014c0201020304" + "0304030201", Hex.Text(buffer, 12));
    }

    [Theory]
    [InlineData(1, "00", false, "0")]
    [InlineData(1, "000101", true, "0 1.1")]
    [InlineData(1, "0235010 2ff2c8101020304", false, "2 v1 3 5 513 255 5 4 129 04030201 False 0 0")]
    [InlineData(2, "022564001445071122334402 01deadbeef", false, "2 v2 2 5 100 20 0 5 7 44332211 True 258 4022250974")]
    [InlineData(1, "02cf", true, "2 3 True True True True False")]
    [InlineData(2, "0250", true, "2 1 False False False False True")]
    [InlineData(1, "0303", false, "3 3")]
    [InlineData(1, "0307", true, "3 3 True")]
    [InlineData(1, "0107", false, "1 3 True")]
    [InlineData(1, "0101c2ff01", true, "1 3 513 255 True False False")]
    [InlineData(2, "0100644003", true, "1 1 100 3 False False False")]
    [InlineData(2, "0102ffff00", true, "1 3 16383 0 False True False")]
    [InlineData(2, "0104", true, "1 0 0 0 False False True")]
    [InlineData(2, "0406", true, "4 2 True")]
    [InlineData(2, "0402", false, "4 2")]
    public void Fragmentation(int version, string hex, bool isUplink, string fields)
    {
        FragmentationCommand command = new() { Version = version };
        byte[] bytes = Hex.Bytes(hex);
        Assert.Equal(bytes.Length, isUplink ? command.DecodeUplink(bytes, 0, bytes.Length) : command.DecodeDownlink(bytes, 0, bytes.Length));
        Assert.Equal(fields, (command.Cid, isUplink) switch
        {
            (0, false) => "0",
            (0, true) => $"0 {command.PackageIdentifier}.{command.PackageVersion}",
            (1, false) => $"1 {command.FragIndex} {command.IsForAllParticipants}",
            (1, true) => $"1 {command.FragIndex} {command.ReceivedCount} {command.MissingCount} {command.IsMemoryError} {command.IsMicError} {command.IsSessionMissing}",
            (2, false) => $"2 v{command.Version} {command.FragIndex} {command.GroupMask} {command.FragmentCount} {command.FragmentSize} {command.Algorithm} "
                + $"{command.BlockAckDelay} {command.Padding} {command.Descriptor:x8} {command.IsAcknowledgeWanted} {command.SessionCnt} {command.Mic}",
            (2, true) => $"2 {command.FragIndex} {command.IsAlgorithmUnsupported} {command.IsMemoryShort} {command.IsIndexUnsupported} "
                + $"{command.IsDescriptorWrong} {command.IsSessionCntReplayed}",
            (3, true) => $"3 {command.FragIndex} {command.IsSessionMissing}",
            (4, true) => $"4 {command.FragIndex} {command.IsMicError}",
            _ => $"{command.Cid} {command.FragIndex}",
        });
        AssertWritten(hex, (buffer, offset) => isUplink ? command.EncodeUplink(buffer, offset) : command.EncodeDownlink(buffer, offset));
        if (bytes.Length != FragmentationCommand.MaximumLength)
        {
            AssertCutIsRefused(bytes, (data, end) => isUplink
                ? new FragmentationCommand { Version = version }.DecodeUplink(data, 0, end)
                : new FragmentationCommand { Version = version }.DecodeDownlink(data, 0, end));
        }
    }

    [Fact]
    public void Given_a_data_fragment_When_it_is_read_Then_the_rest_of_the_message_is_its_fragment()
    {
        byte[] bytes = Hex.Bytes("0801c2010203040506");
        FragmentationCommand command = new();
        Assert.Equal(9, command.DecodeDownlink(bytes, 0, bytes.Length));
        Assert.Equal((3, 513, 3, 6), (command.FragIndex, command.N, command.PayloadOffset, command.PayloadLength));
        AssertWritten("0801c2", command.EncodeDownlink);
        Assert.Equal(0, command.DecodeDownlink(bytes, 0, 3));
    }

    [Fact]
    public void Given_commands_that_there_are_not_When_they_are_read_Then_nothing_is_used()
    {
        for (int cid = 0; cid < 256; cid++)
        {
            byte[] bytes = new byte[64];
            bytes[0] = (byte)cid;
            Assert.Equal(cid <= 3, new ClockSyncCommand().DecodeDownlink(bytes, 0, 64) > 0);
            Assert.Equal(cid <= 2, new ClockSyncCommand().DecodeUplink(bytes, 0, 64) > 0);
            Assert.Equal(cid <= 5, new MulticastSetupCommand().DecodeDownlink(bytes, 0, 64) > 0);
            Assert.Equal(cid <= 5, new MulticastSetupCommand().DecodeUplink(bytes, 0, 64) > 0);
            Assert.Equal(cid <= 4 || cid == 8, new FragmentationCommand().DecodeDownlink(bytes, 0, 64) > 0);
            Assert.Equal(cid <= 4, new FragmentationCommand().DecodeUplink(bytes, 0, 64) > 0);
        }
    }

    private static void AssertWritten(string hex, Func<byte[], int, int> encode)
    {
        byte[] buffer = new byte[64];
        int length = encode(buffer, 3);
        Assert.Equal(hex.Replace(" ", "", StringComparison.Ordinal), Hex.Text(buffer, 3, length));
    }

    private static void AssertCutIsRefused(byte[] bytes, Func<byte[], int, int> decode)
    {
        for (int end = 0; end < bytes.Length; end++)
        {
            Assert.Equal(0, decode(bytes, end));
        }
    }
}
