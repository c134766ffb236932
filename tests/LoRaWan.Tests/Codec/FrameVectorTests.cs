// Frames of other people: accepted or refused as marked in ../shared/data/lorawan/frames.json.
using System.Text.Json;
using PoleController.LoRaWan;
using RepositoryFiles;
using Simulation.Parts;
using Xunit;

namespace LoRaWan.Tests.Codec;

public class FrameVectorTests
{
    [Fact]
    public void Public_frames_are_accepted_or_refused_as_marked()
    {
        using JsonDocument document = Load();
        int count = 0;
        foreach (JsonElement vector in document.RootElement.GetProperty("frames").EnumerateArray())
        {
            string name = vector.GetProperty("name").GetString()!;
            Assert.True(vector.GetProperty("expect_valid").GetBoolean() == IsAccepted(vector, name), name);
            count++;
        }

        Assert.True(count >= 15);
    }

    [Fact]
    public void Session_keys()
    {
        using JsonDocument document = Load();
        foreach (JsonElement vector in document.RootElement.GetProperty("session_key_derivation").EnumerateArray())
        {
            byte[] networkSessionKey = new byte[16];
            byte[] applicationSessionKey = new byte[16];
            new FrameCrypto(new AesBlock()).DeriveSessionKeys(
                Hex.Bytes(Text(vector, "appkey")!),
                Number(vector, "appnonce"),
                Number(vector, "netid"),
                Number(vector, "devnonce"),
                networkSessionKey,
                applicationSessionKey);
            Assert.Equal(Text(vector, "nwkskey"), Hex.Text(networkSessionKey, 16));
            Assert.Equal(Text(vector, "appskey"), Hex.Text(applicationSessionKey, 16));
        }
    }

    private static bool IsAccepted(JsonElement vector, string name)
    {
        byte[] frame = Hex.Bytes(Text(vector, "phy_hex")!);
        JoinCodec joinCodec = new(new AesBlock());
        return (frame[0] >> 5) switch
        {
            0 => JoinCodec.TryParseRequest(frame, frame.Length, new JoinRequest())
                && joinCodec.IsMicValid(Hex.Bytes(Text(vector, "appkey")!), frame, frame.Length),
            1 => IsAcceptAccepted(vector, name, frame, joinCodec),
            _ => IsDataAccepted(vector, name, frame),
        };
    }

    private static bool IsAcceptAccepted(JsonElement vector, string name, byte[] frame, JoinCodec codec)
    {
        byte[] appKey = Hex.Bytes(Text(vector, "appkey")!);
        JoinAccept accept = new();
        if (Text(vector, "plain_hex") is not { } plain)
        {
            return codec.IsMicValid(appKey, frame, frame.Length) && JoinCodec.TryParsePlainAccept(frame, frame.Length, accept);
        }

        bool isAccepted = codec.TryOpenAccept(appKey, frame, frame.Length, accept);
        Assert.True(plain == Hex.Text(frame, frame.Length), name);
        return isAccepted;
    }

    private static bool IsDataAccepted(JsonElement vector, string name, byte[] frame)
    {
        FrameCodec codec = new(new AesBlock());
        DataFrame header = new();
        byte[] networkSessionKey = Hex.Bytes(Text(vector, "nwkskey")!);
        if (!FrameCodec.TryParse(frame, frame.Length, header)
            || !codec.IsMicValid(header, (uint)header.FCnt16, networkSessionKey, frame, frame.Length))
        {
            return false;
        }

        if (Text(vector, "fopts_hex") is { } fOpts)
        {
            Assert.True(fOpts == Hex.Text(frame, header.FOptsOffset, header.FOptsLength), name);
        }

        if (Text(vector, "frm_plain_hex") is { } plain)
        {
            byte[] applicationSessionKey = Hex.Bytes(Text(vector, "appskey")!);
            codec.CipherPayload(header, (uint)header.FCnt16, networkSessionKey, applicationSessionKey, frame);
            Assert.True(plain == Hex.Text(frame, header.PayloadOffset, header.PayloadLength), name);
        }

        return true;
    }

    private static int Number(JsonElement vector, string property) => Convert.ToInt32(Text(vector, property), 16);

    private static string? Text(JsonElement vector, string property) =>
        vector.TryGetProperty(property, out JsonElement value) ? value.GetString() : null;

    private static JsonDocument Load() =>
        JsonDocument.Parse(File.ReadAllText(RepositoryRoot.SharedPathOrSkip("data", "lorawan", "frames.json")));
}
