// Frames of other people as uplinks to the network server: accepted or refused as marked in ../shared/data/lorawan/frames.json.
using System.Buffers.Binary;
using System.Text.Json;
using PoleController.LoRaWan;
using RepositoryFiles;
using Simulation.Network;
using Simulation.Radio;
using Simulation.Tests.Network;
using Xunit;

namespace LoRaWan.Tests.Server;

public sealed class PublicFrameTests
{
    [Fact]
    public void Uplinks_are_accepted_or_refused_as_marked()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(RepositoryRoot.SharedPathOrSkip("data", "lorawan", "frames.json")));
        int count = 0;
        foreach (JsonElement vector in document.RootElement.GetProperty("frames").EnumerateArray())
        {
            byte[] frame = LoRaWan.Tests.Hex.Bytes(Text(vector, "phy_hex")!);
            bool isValid = vector.GetProperty("expect_valid").GetBoolean();
            string name = Text(vector, "name")!;
            switch (frame[0] >> 5)
            {
                case 0:
                    CheckJoin(vector, frame, isValid, name);
                    break;
                case 2 or 4:
                    CheckData(vector, frame, isValid, name);
                    break;
                default:
                    continue;
            }

            count++;
        }

        Assert.InRange(count, 12, 15);
    }

    private static void CheckJoin(JsonElement vector, byte[] frame, bool isValid, string name)
    {
        var request = new JoinRequest();
        Assert.True(JoinCodec.TryParseRequest(frame, frame.Length, request), name);
        byte[] appKey = LoRaWan.Tests.Hex.Bytes(Text(vector, "appkey")!);
        var bench = new NetworkBench(poles: [new PoleSite(0, 0.001, request.DevEui, request.JoinEui, appKey)]);
        bench.Send(0, frame, 0);
        bench.Run(7);

        Assert.True(isValid == (bench.Application.Joined.Count == 1), name);
        Assert.True(isValid == (bench.Downlinks.Count == 1), name);
        Assert.Equal(isValid ? 0 : 1, bench.Network.NetworkStatistics.RefusedCounts[(int)RefusalCause.BadMic]);
        if (isValid)
        {
            Assert.True(new JoinCodec(new Simulation.Parts.AesBlock()).TryOpenAccept(appKey, bench.Downlinks[0].Frame, 33, new JoinAccept()), name);
        }
    }

    private static void CheckData(JsonElement vector, byte[] frame, bool isValid, string name)
    {
        var bench = new NetworkBench();
        byte[] networkSessionKey = LoRaWan.Tests.Hex.Bytes(Text(vector, "nwkskey")!);
        byte[] applicationSessionKey = Text(vector, "appskey") is { } key ? LoRaWan.Tests.Hex.Bytes(key) : new byte[16];
        bench.Network.Personalise(0, BinaryPrimitives.ReadUInt32LittleEndian(frame.AsSpan(1)), networkSessionKey, applicationSessionKey);
        bench.Send(0, frame, 0);
        bench.Run(4);

        NetworkStatistics statistics = bench.Network.NetworkStatistics;
        Assert.True(isValid == (statistics.AcceptedUplinkCount == 1), name);
        Assert.Equal(isValid ? 0 : 1, statistics.RefusedCounts[(int)RefusalCause.BadMic]);
        if (!isValid)
        {
            Assert.Empty(bench.Application.Uplinks);
        }
        else if (bench.Application.Uplinks.Count == 1)
        {
            Assert.Equal(Text(vector, "frm_plain_hex") ?? bench.Application.Uplinks[0].Payload, bench.Application.Uplinks[0].Payload);
        }
        else
        {
            // Frames with port 0 stay with the network server; a LinkCheckReq in them is answered.
            Assert.Contains("FPort 0", name, StringComparison.Ordinal);
            Assert.True(bench.Downlinks.Count == (Text(vector, "frm_plain_hex")?.StartsWith("02", StringComparison.Ordinal) == true ? 1 : bench.Downlinks.Count), name);
        }
    }

    private static string? Text(JsonElement vector, string name) => vector.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}
