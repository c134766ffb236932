// The codec by itself: what is built is parsed, what is no frame is refused, any bytes do no harm, and lora-packet agrees.
using FsCheck;
using FsCheck.Fluent;
using LoRaWan.Tests.Oracles;
using PoleController.LoRaWan;
using Simulation.Engine;
using Simulation.Parts;
using Xunit;

namespace LoRaWan.Tests.Codec;

public class CodecTests
{
    private static readonly byte[] s_networkSessionKey = Hex.Bytes("44024241ed4ce9a68c6a8bc055233fd3");
    private static readonly byte[] s_applicationSessionKey = Hex.Bytes("ec925802ae430ca77fd3dd73cb2cc588");

    [Fact]
    public void Built_data_frames_are_read_by_lora_packet()
    {
        if (LoraPacketOracle.NotAvailableReason is { } reason)
        {
            Assert.Skip(reason);
        }

        RandomStream random = new(7, "frames", 0);
        FrameCodec codec = new(new AesBlock());
        List<LoraPacketQuery> queries = [];
        List<(DataFrame Header, uint FCnt, string FOpts, string Payload)> built = [];
        byte[] frame = new byte[256];
        for (int i = 0; i < 400; i++)
        {
            DataFrame header = RandomHeader(random, i);
            byte[] fOpts = RandomBytes(random, header.FOptsLength);
            byte[] payload = RandomBytes(random, header.PayloadLength);
            uint fCnt = (uint)random.Next(300000);
            int length = codec.BuildData(header, fCnt, s_networkSessionKey, s_applicationSessionKey, fOpts, payload, frame);
            Assert.NotEqual(0, length);
            queries.Add(new LoraPacketQuery(
                Hex.Text(frame, length), Hex.Text(s_networkSessionKey, 16), Hex.Text(s_applicationSessionKey, 16), FCnt: fCnt));
            built.Add((header, fCnt, Convert.ToHexStringLower(fOpts), Convert.ToHexStringLower(payload)));
        }

        IReadOnlyList<LoraPacketVerdict> verdicts = LoraPacketOracle.Check(queries);
        Assert.Equal(built.Count, verdicts.Count);
        for (int i = 0; i < built.Count; i++)
        {
            (DataFrame header, uint fCnt, string fOpts, string payload) = built[i];
            LoraPacketVerdict verdict = verdicts[i];
            Assert.Null(verdict.Error);
            Assert.True(verdict.MicValid, queries[i].Frame);
            Assert.Equal(header.IsDownlink ? "down" : "up", verdict.Direction);
            Assert.Equal(header.IsConfirmed, verdict.Type!.StartsWith("Confirmed", StringComparison.Ordinal));
            Assert.Equal(header.DevAddr.ToString("x8"), verdict.DevAddr);
            Assert.Equal((int)(fCnt & 0xFFFF), verdict.FCnt);
            Assert.Equal(header.FPort == DataFrame.NoPort ? null : header.FPort, verdict.FPort);
            Assert.Equal(fOpts, verdict.FOpts);
            Assert.Equal(payload, verdict.Payload);
            Assert.Equal(header.IsAdaptiveDataRate, verdict.Adr);
            Assert.Equal(header.IsAcknowledge, verdict.Ack);
            Assert.Equal(header.IsAdrAcknowledgeRequest, verdict.AdrAckReq);
            Assert.Equal(header.IsFramePending, verdict.FPending);
        }
    }

    [Theory]
    [InlineData("")]

    // CFListType 0 (five frequencies) and 1 (channel masks: channels 8 to 15 and 65).
    [InlineData("184f84e85684b85e84886684586e8400")]
    [InlineData("00ff0000000000000200000000000001")]
    public void Join_frames_are_read_by_lora_packet(string cfList)
    {
        if (LoraPacketOracle.NotAvailableReason is { } reason)
        {
            Assert.Skip(reason);
        }

        bool hasCfList = cfList.Length > 0;
        AesBlock aes = new();
        JoinCodec codec = new(aes);
        byte[] appKey = Hex.Bytes("98929b92c49edba9676d646d3b612456");
        byte[] frame = new byte[256];
        int length = codec.BuildRequest(Hex.Bytes("0102030405060708"), Hex.Bytes("a1a2a3a4a5a6a7a8"), 0xBEEF, appKey, frame);
        LoraPacketVerdict request = LoraPacketOracle.Check(new LoraPacketQuery(Hex.Text(frame, length), AppKey: Hex.Text(appKey, 16)));
        Assert.True(request.MicValid);
        Assert.Equal("0102030405060708", request.JoinEui);
        Assert.Equal("a1a2a3a4a5a6a7a8", request.DevEui);
        Assert.Equal(0xBEEF, request.DevNonce);

        JoinAccept accept = new()
        {
            JoinNonce = 0x123456, NetId = 0x00AB13, DevAddr = 0x26012345, Rx1DataRateOffset = 2, Rx2DataRate = 3, RxDelayS = 5, HasCfList = hasCfList,
        };
        Hex.Bytes(cfList).CopyTo(accept.CfList, 0);
        length = codec.BuildPlainAccept(accept, appKey, frame);
        EncipherAccept(aes, appKey, frame, length);
        LoraPacketVerdict verdict = LoraPacketOracle.Check(new LoraPacketQuery(Hex.Text(frame, length), AppKey: Hex.Text(appKey, 16)));
        Assert.True(verdict.MicValid);
        Assert.Equal((0x123456, 0x00AB13, "26012345"), (verdict.JoinNonce, verdict.NetId, verdict.DevAddr));
        Assert.Equal((2, 3, 5), (verdict.Rx1DrOffset, verdict.Rx2DataRate, verdict.RxDelay));
        Assert.Equal(cfList, verdict.CfList);

        JoinAccept opened = new();
        Assert.True(codec.TryOpenAccept(appKey, frame, length, opened));
        Assert.Equal(accept.DevAddr, opened.DevAddr);
        Assert.Equal(hasCfList, opened.HasCfList);
    }

    [Fact]
    public void Any_bytes_are_parsed_or_refused_without_harm_and_stay_within_the_frame()
    {
        DataFrame header = new();
        Prop.ForAll<byte[]>(bytes =>
        {
            bool isData = FrameCodec.TryParse(bytes, bytes.Length, header);
            JoinCodec.TryParseRequest(bytes, bytes.Length, new JoinRequest());
            JoinCodec.TryParsePlainAccept(bytes, bytes.Length, new JoinAccept());
            return !isData || header.PayloadOffset + header.PayloadLength + FrameCodec.MicLength == bytes.Length;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_flipped_bit_anywhere_breaks_the_mic()
    {
        FrameCodec codec = new(new AesBlock());
        byte[] frame = new byte[256];
        DataFrame header = new() { DevAddr = 0x01020304, FPort = 2, PayloadLength = 20 };
        int length = codec.BuildData(header, 70000, s_networkSessionKey, s_applicationSessionKey, [], new byte[20], frame);
        Assert.True(codec.IsMicValid(header, 70000, s_networkSessionKey, frame, length));
        Assert.False(codec.IsMicValid(header, 70000 - 65536, s_networkSessionKey, frame, length));
        for (int bit = 0; bit < length * 8; bit++)
        {
            frame[bit / 8] ^= (byte)(1 << (bit % 8));
            DataFrame parsed = new();
            bool isAccepted = FrameCodec.TryParse(frame, length, parsed) && !parsed.IsDownlink
                && codec.IsMicValid(parsed, FrameCodec.ExtendFCnt(parsed.FCnt16, 70000), s_networkSessionKey, frame, length);
            Assert.False(isAccepted, "bit " + bit);
            frame[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Theory]
    [InlineData(5, 5u, 5u)]
    [InlineData(4, 5u, 65540u)]
    [InlineData(0, 65535u, 65536u)]
    [InlineData(0xFFFF, 0x1FFFFu, 0x1FFFFu)]
    [InlineData(0, 0x1FFFFu, 0x20000u)]
    public void Counters_are_extended_upwards(int fCnt16, uint minimum, uint expected)
    {
        Assert.Equal(expected, FrameCodec.ExtendFCnt(fCnt16, minimum));
    }

    [Theory]
    [InlineData(16, 1, 0)]
    [InlineData(1, 0, 1)]
    [InlineData(0, -1, 1)]
    [InlineData(15, 1, 228)]
    public void What_makes_no_frame_is_not_built(int fOptsLength, int fPort, int payloadLength)
    {
        FrameCodec codec = new(new AesBlock());
        DataFrame header = new() { FOptsLength = fOptsLength, FPort = fPort, PayloadLength = payloadLength };
        Assert.Equal(0, codec.BuildData(
            header, 0, s_networkSessionKey, s_applicationSessionKey, new byte[16], new byte[256], new byte[300]));
    }

    [Fact]
    public void Crc32_check_value()
    {
        Assert.Equal(0xCBF43926u, PoleController.Crc32.Compute("x123456789"u8.ToArray(), 1, 9));
    }

    internal static void EncipherAccept(AesBlock aes, byte[] appKey, byte[] frame, int length)
    {
        aes.SelectKey(appKey);
        for (int offset = 1; offset < length; offset += 16)
        {
            aes.DecryptBlock(frame, offset);
        }
    }

    private static DataFrame RandomHeader(RandomStream random, int i)
    {
        DataFrame header = new()
        {
            IsDownlink = (i & 1) != 0,
            IsConfirmed = (i & 2) != 0,
            IsAdaptiveDataRate = (i & 4) != 0,
            IsAcknowledge = (i & 8) != 0,
            DevAddr = (uint)random.NextBits(),
        };
        header.IsAdrAcknowledgeRequest = !header.IsDownlink && random.Next(2) == 0;
        header.IsFramePending = header.IsDownlink && random.Next(2) == 0;
        header.FPort = random.Next(4) == 0 ? DataFrame.NoPort : random.Next(3) == 0 ? 0 : 1 + random.Next(223);
        header.FOptsLength = header.FPort == 0 ? 0 : random.Next(16);
        header.PayloadLength = header.FPort == DataFrame.NoPort ? 0 : random.Next(228);
        return header;
    }

    private static byte[] RandomBytes(RandomStream random, int length)
    {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++)
        {
            bytes[i] = (byte)random.Next(256);
        }

        return bytes;
    }
}
