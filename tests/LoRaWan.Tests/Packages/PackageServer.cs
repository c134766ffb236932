// What a server says to one device on the packages' ports, and multicast frames for its groups. The answers are read from its uplinks.
using LoRaWan.Tests.Bench;
using PoleController.LoRaWan;
using PoleController.LoRaWan.Packages;
using Simulation.Parts;
using Xunit;

namespace LoRaWan.Tests.Packages;

internal sealed class PackageServer(DeviceBench bench)
{
    public const string McKey = "00112233445566778899aabbccddeeff";
    public const uint McAddr = 0x01FA0B0C;

    private readonly AesBlock _aes = new();

    public DeviceBench Bench { get; } = bench;

    public static PackageServer Joined(long seed = 1, bool hasGenAppKey = true)
    {
        DeviceBench bench = new(seed, hasGenAppKey: hasGenAppKey);
        bench.Join();
        return new PackageServer(bench);
    }

    /// <summary>Sends a message to the device alone, in class C, and returns what it has answered on the port within 20 s, as hex.</summary>
    public string Ask(int fPort, string payload, int waitMs = 20_000)
    {
        int before = Bench.Network.Uplinks.Count;
        Bench.Network.SendClassC(new Downlink(fPort, payload));
        Bench.RunFor(waitMs);
        return AnswersSince(before, fPort);
    }

    public string AnswersSince(int before, int fPort) => string.Concat(
        Bench.Network.Uplinks.Skip(before).Where(uplink => uplink.Header.FPort == fPort).Select(uplink => Convert.ToHexStringLower(uplink.Payload)));

    public string SetUpGroup(
        int groupId = 0, uint min = 0, uint max = 1000, uint mcAddr = McAddr, string mcKey = McKey) =>
        Ask(PackageId.MulticastSetupPort, SetupRequest(groupId, min, max, mcAddr, mcKey));

    public string SetupRequest(int groupId = 0, uint min = 0, uint max = 1000, uint mcAddr = McAddr, string mcKey = McKey)
    {
        byte[] keKey = new byte[16];
        PackageKeys keys = new(_aes);
        keys.DeriveMcRootKey(Bench.Network.Identity.GenAppKey, keKey);
        keys.DeriveMcKeKey(keKey, keKey);
        MulticastSetupCommand command = new()
        {
            Cid = MulticastSetupCommand.McGroupSetup, GroupId = groupId, McAddr = mcAddr, MinMcFCnt = min, MaxMcFCnt = max,
        };
        Hex.Bytes(mcKey).CopyTo(command.McKeyEncrypted, 0);
        _aes.SelectKey(keKey);
        _aes.DecryptBlock(command.McKeyEncrypted, 0);
        byte[] buffer = new byte[MulticastSetupCommand.MaximumLength];
        return Hex.Text(buffer, command.EncodeDownlink(buffer, 0));
    }

    public string SessionRequest(int groupId, long startsInS, int timeOut, int frequencyHz = 869525000, int dataRate = 3, int cid = MulticastSetupCommand.McClassCSession)
    {
        MulticastSetupCommand command = new()
        {
            Cid = cid,
            GroupId = groupId,
            SessionTimeS = (uint)(GpsS + startsInS),
            TimeOut = timeOut,
            FrequencyHz = frequencyHz,
            DataRate = dataRate,
        };
        byte[] buffer = new byte[MulticastSetupCommand.MaximumLength];
        return Hex.Text(buffer, command.EncodeDownlink(buffer, 0));
    }

    /// <summary>The network's GPS time in seconds.</summary>
    public long GpsS => (Bench.Network.GpsMsAtStart + Bench.NowMs) / 1000;

    public static (string NetSKey, string AppSKey) SessionKeys(string mcKey = McKey, uint mcAddr = McAddr)
    {
        byte[] netSKey = new byte[16];
        byte[] appSKey = new byte[16];
        new PackageKeys(new AesBlock()).DeriveMcSessionKeys(Hex.Bytes(mcKey), mcAddr, netSKey, appSKey);
        return (Hex.Text(netSKey, 16), Hex.Text(appSKey, 16));
    }

    public static byte[] GroupFrame(
        uint fCnt, int fPort, string payload, uint mcAddr = McAddr, string mcKey = McKey, Action<DataFrame>? change = null, string fOpts = "")
    {
        byte[] bytes = Hex.Bytes(payload);
        byte[] options = Hex.Bytes(fOpts);
        DataFrame header = new() { IsDownlink = true, DevAddr = mcAddr, FPort = fPort, PayloadLength = bytes.Length, FOptsLength = options.Length };
        change?.Invoke(header);
        (string netSKey, string appSKey) = SessionKeys(mcKey, mcAddr);
        byte[] buffer = new byte[256];
        int length = new FrameCodec(new AesBlock()).BuildData(header, fCnt, Hex.Bytes(netSKey), Hex.Bytes(appSKey), options, bytes, buffer);
        Assert.NotEqual(0, length);
        return buffer[..length];
    }

    /// <summary>Sends a group's frame where class C listens unless a session is on, and lets it arrive.</summary>
    public void SendToGroup(byte[] frame, int frequencyHz = 869525000, int spreadingFactor = 12)
    {
        Bench.Network.Replay(frame, Bench.NowMs + 1, frequencyHz, spreadingFactor);
        Bench.RunFor(AirTime.FrameUs(spreadingFactor, 125000, frame.Length, false) / 1000 + 100);
    }

    public string TakeMessage()
    {
        int port = Bench.Device.DownlinkPort;
        int group = Bench.Device.DownlinkGroupId;
        return port == 0 ? "" : $"{group} {port} {Bench.TakeDownlink()}";
    }
}
