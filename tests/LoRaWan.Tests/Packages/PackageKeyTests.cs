// Keys of groups and blocks against other people's: brocaar/lorawan (applayer/multicastsetup/keys_test.go), LoRaMac-node's FUOTA test, .NET's AES.
using System.Security.Cryptography;
using System.Text.Json;
using PoleController.LoRaWan;
using PoleController.LoRaWan.Packages;
using RepositoryFiles;
using Simulation.Parts;
using Xunit;

namespace LoRaWan.Tests.Packages;

public class PackageKeyTests
{
    private readonly PackageKeys _keys = new(new AesBlock());

    [Fact]
    public void Keys_of_TS005_as_brocaar_has_them()
    {
        byte[] key = new byte[16];
        _keys.DeriveMcRootKey(Hex.Bytes("0302030405060708090a0b0c0d0e0f10"), key);
        Assert.Equal("55344e82570eaec8bf03b99962d1f445", Hex.Text(key, 16));
        _keys.DeriveMcKeKey(Hex.Bytes("0402030405060708090a0b0c0d0e0f10"), key);
        Assert.Equal("9083bebf704257883160dbfcde33ad71", Hex.Text(key, 16));
        byte[] netKey = new byte[16];
        byte[] appKey = new byte[16];
        _keys.DeriveMcSessionKeys(Hex.Bytes("0102030405060708090a0b0c0d0e0f10"), 0x01020304, netKey, appKey);
        Assert.Equal("95cb4518ee375606735bbacbdce837fa", Hex.Text(appKey, 16));
        Assert.Equal("c3f6b388bad6c000b23291ad52c11c7b", Hex.Text(netKey, 16));
    }

    [Fact]
    public void Keys_of_a_group_as_LoRaMac_node_has_them()
    {
        string path = RepositoryRoot.PathOf("..", "shared", "data", "lorawan", "frames.json");
        Assert.SkipUnless(File.Exists(path), "../shared/data/lorawan/frames.json is not there");
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
        foreach (JsonElement vector in document.RootElement.GetProperty("multicast_key_derivation").EnumerateArray())
        {
            byte[] Bytes(string name) => Hex.Bytes(vector.GetProperty(name).GetString()!);
            byte[] mcKey = Bytes("mckey_encrypted");
            AesBlock aes = new();
            aes.SelectKey(Bytes("mckekey"));
            aes.EncryptBlock(mcKey, 0);
            Assert.Equal(Bytes("mckey"), mcKey);
            byte[] netKey = new byte[16];
            byte[] appKey = new byte[16];
            _keys.DeriveMcSessionKeys(mcKey, Convert.ToUInt32(vector.GetProperty("mcaddr").GetString(), 16), netKey, appKey);
            Assert.Equal(Bytes("mcappskey"), appKey);
            Assert.Equal(Bytes("mcnwkskey"), netKey);
        }
    }

    [Fact]
    public void Given_a_key_enciphered_by_a_server_When_the_device_opens_it_Then_it_has_the_servers_key()
    {
        byte[] genAppKey = Hex.Bytes("0302030405060708090a0b0c0d0e0f10");
        byte[] mcKeKey = Encrypt(Encrypt(genAppKey, new byte[16]), new byte[16]);
        byte[] mcKey = Hex.Bytes("00112233445566778899aabbccddeeff");
        using Aes aes = Aes.Create();
        aes.Key = mcKeKey;
        byte[] received = aes.DecryptEcb(mcKey, PaddingMode.None);
        _keys.DecryptMcKey(genAppKey, received);
        Assert.Equal(mcKey, received);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(48)]
    [InlineData(700)]
    public void The_MIC_over_a_block_binds_session_index_descriptor_and_length(int length)
    {
        byte[] genAppKey = Hex.Bytes("0302030405060708090a0b0c0d0e0f10");
        byte[] block = [.. Enumerable.Range(0, length).Select(i => (byte)(i * 7))];

        // B0 as table 12 of TS004-2.0.0 has it.
        byte[] b0 = [0x49, 0x02, 0x01, 0x03, 0x11, 0x22, 0x33, 0x44, 0, 0, 0, 0, (byte)length, (byte)(length >> 8), 0, 0];
        byte[] intKey = Encrypt(genAppKey, [0x30, .. new byte[15]]);
        AesCmac cmac = new(new AesBlock());
        cmac.Start(intKey);
        cmac.Add([.. b0, .. block], 0, 16 + length);
        cmac.Finish();
        Assert.Equal(BitConverter.ToUInt32(cmac.Mac, 0), _keys.DataBlockMic(genAppKey, 0x0102, 3, 0x44332211, block, length));
        uint mic = _keys.DataBlockMic(genAppKey, 0x0102, 3, 0x44332211, block, length);
        Assert.NotEqual(mic, _keys.DataBlockMic(genAppKey, 0x0103, 3, 0x44332211, block, length));
        Assert.NotEqual(mic, _keys.DataBlockMic(genAppKey, 0x0102, 2, 0x44332211, block, length));
        Assert.NotEqual(mic, _keys.DataBlockMic(genAppKey, 0x0102, 3, 0x44332212, block, length));
        block[length / 2] ^= 1;
        Assert.NotEqual(mic, _keys.DataBlockMic(genAppKey, 0x0102, 3, 0x44332211, block, length));
    }

    private static byte[] Encrypt(byte[] key, byte[] block)
    {
        using Aes aes = Aes.Create();
        aes.Key = key;
        return aes.EncryptEcb(block, PaddingMode.None);
    }
}
