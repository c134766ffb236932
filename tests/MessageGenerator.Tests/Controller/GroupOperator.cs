// An operator who has put a pole into a multicast group: set up over the air, commands and data blocks to the group or to the pole alone. Keys
// are enciphered by the .NET library.
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using LoRaWan.Tests.Bench;
using MessageSchemas;
using PoleController.LoRaWan;
using PoleController.LoRaWan.Packages;
using PoleController.Tests.Parts;

namespace MessageGenerator.Tests.Controller;

internal sealed class GroupOperator
{
    private const uint McAddr = 0x01FA0B0C;

    private readonly PoleBench _bench;
    private readonly byte[] _genAppKey = [.. Enumerable.Repeat((byte)0x3C, 16)];
    private readonly byte[] _netSKey = new byte[16];
    private readonly byte[] _appSKey = new byte[16];
    private readonly PackageKeys _keys = new(new SimulatedAes());
    private uint _fCnt;

    public GroupOperator(PoleBench bench, int groupId)
    {
        _bench = bench;
        byte[] mcKey = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];
        _keys.DeriveMcSessionKeys(mcKey, McAddr, _netSKey, _appSKey);
        byte[] mcKeKey = Encrypt(Encrypt(_genAppKey, new byte[16]), new byte[16]);
        using Aes aes = Aes.Create();
        aes.Key = mcKeKey;
        MulticastSetupCommand command = new() { Cid = MulticastSetupCommand.McGroupSetup, GroupId = groupId, McAddr = McAddr, MaxMcFCnt = 1000 };
        aes.DecryptEcb(mcKey, PaddingMode.None).CopyTo(command.McKeyEncrypted, 0);
        byte[] buffer = new byte[MulticastSetupCommand.MaximumLength];
        bench.Operator.Send(PackageId.MulticastSetupPort, buffer[..command.EncodeDownlink(buffer, 0)]);
        bench.Run(10_000);
    }

    public void SendCommand(string command, string values)
    {
        SchemaMessage message = Repository.Schema.Commands.Single(item => item.Name == command);
        Send(message.Port, SchemaEncoder.Encode(Repository.Schema, message, (JsonObject)JsonNode.Parse(values)!));
    }

    public void Send(int fPort, byte[] payload)
    {
        DataFrame header = new() { IsDownlink = true, DevAddr = McAddr, FPort = fPort, PayloadLength = payload.Length };
        byte[] buffer = new byte[256];
        int length = new FrameCodec(new SimulatedAes()).BuildData(header, _fCnt++, _netSKey, _appSKey, [], payload, buffer);
        _bench.Radio.PutOnAir(new OnAir(_bench.NowMs + 1, Eu868.Rx2FrequencyHz, 12, buffer[..length]));
    }

    /// <summary>Sends a block in fragments, every one of <paramref name="lost"/> left out, and lets the pole have it.</summary>
    public void SendBlock(byte[] block, uint descriptor, int sessionCnt, bool isToGroup, params int[] lost)
    {
        const int size = 40;
        int count = (block.Length + size - 1) / size;
        byte[] padded = new byte[count * size];
        block.CopyTo(padded, 0);
        FragmentationCommand command = new()
        {
            Cid = FragmentationCommand.FragSessionSetup,
            GroupMask = isToGroup ? 0x0F : 0,
            FragmentCount = count,
            FragmentSize = size,
            Padding = padded.Length - block.Length,
            Descriptor = descriptor,
            SessionCnt = sessionCnt,
            Mic = _keys.DataBlockMic(_genAppKey, sessionCnt, 0, descriptor, block, block.Length),
        };
        byte[] buffer = new byte[64];
        _bench.Operator.Send(PackageId.FragmentationPort, buffer[..command.EncodeDownlink(buffer, 0)]);
        _bench.Run(20_000);
        for (int n = 1; n <= count + 12; n++)
        {
            if (!lost.Contains(n))
            {
                SendFragment(padded, count, size, n, isToGroup, buffer);
            }
        }
    }

    private void SendFragment(byte[] padded, int count, int size, int n, bool isToGroup, byte[] buffer)
    {
        FragmentationCommand command = new() { Cid = FragmentationCommand.DataFragment, N = n };
        int header = command.EncodeDownlink(buffer, 0);
        ParityMatrix.EncodeFragment(padded, count, size, n, new byte[8], buffer, header);
        if (isToGroup)
        {
            Send(PackageId.FragmentationPort, buffer[..(header + size)]);
        }
        else
        {
            _bench.Operator.Send(PackageId.FragmentationPort, buffer[..(header + size)]);
        }

        _bench.Run(4000);
    }

    private static byte[] Encrypt(byte[] key, byte[] block)
    {
        using Aes aes = Aes.Create();
        aes.Key = key;
        return aes.EncryptEcb(block, PaddingMode.None);
    }
}
