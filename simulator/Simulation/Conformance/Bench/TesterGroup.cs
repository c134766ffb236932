// A multicast group as the tester sees it: its keys by TS005, its set-up, its frames.
namespace Simulation.Conformance.Bench;

/// <summary>A multicast group (TS005-1.0.0, section 4; keys of end devices under LoRaWAN 1.0.x).</summary>
internal sealed class TesterGroup
{
    /// <summary>The port of remote multicast set-up.</summary>
    public const int SetupPort = 200;

    /// <summary>McAddr.</summary>
    public const uint McAddr = 0x01FA0B0C;

    private readonly byte[] _key = Convert.FromHexString("00112233445566778899AABBCCDDEEFF");

    /// <summary>Makes it.</summary>
    public TesterGroup()
    {
        byte[] address = new byte[16];
        BitConverter.GetBytes(McAddr).CopyTo(address, 1);
        address[0] = 1;
        byte[] applicationSessionKey = TesterCrypto.Encrypt(_key, address);
        address[0] = 2;
        Keys = new SessionKeys(TesterCrypto.Encrypt(_key, address), applicationSessionKey);
    }

    /// <summary>McNetSKey and McAppSKey.</summary>
    public SessionKeys Keys { get; }

    /// <summary>McGroupSetupReq for group 0, hexadecimal.</summary>
    public string Setup(uint minimumFCnt, uint maximumFCnt)
    {
        byte[] rootKey = TesterCrypto.Encrypt(ConformanceBench.GenAppKey, new byte[16]);
        byte[] keyEncryptionKey = TesterCrypto.Encrypt(rootKey, new byte[16]);
        byte[] command =
        [
            0x02, 0x00, .. BitConverter.GetBytes(McAddr), .. TesterCrypto.Decrypt(keyEncryptionKey, _key), .. BitConverter.GetBytes(minimumFCnt),
            .. BitConverter.GetBytes(maximumFCnt),
        ];
        return Convert.ToHexString(command);
    }

    /// <summary>McClassCSessionReq for group 0, hexadecimal.</summary>
    public static string ClassCSession(uint startGpsSeconds, int timeOut, int frequencyHz, int dataRate)
    {
        byte[] command =
        [
            0x04, 0x00, .. BitConverter.GetBytes(startGpsSeconds), (byte)timeOut, .. BitConverter.GetBytes(frequencyHz / 100).AsSpan(0, 3), (byte)dataRate,
        ];
        return Convert.ToHexString(command);
    }

    /// <summary>A frame to the group.</summary>
    public byte[] Frame(DownlinkSpec spec, uint fCnt) => TesterFrames.Downlink(spec, Keys, McAddr, fCnt);
}
