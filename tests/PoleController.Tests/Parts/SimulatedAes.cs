// AES for tests of the whole controller, by the .NET library.
using System.Security.Cryptography;
using PoleController.Hal;

namespace PoleController.Tests.Parts;

internal sealed class SimulatedAes : IAesBlock, IDisposable
{
    private readonly Aes _aes = Aes.Create();

    public void SelectKey(byte[] key)
    {
        _aes.Key = key;
    }

    public void EncryptBlock(byte[] data, int offset)
    {
        _aes.EncryptEcb(data.AsSpan(offset, 16), data.AsSpan(offset, 16), PaddingMode.None);
    }

    public void Dispose()
    {
        _aes.Dispose();
    }
}
