// Port: the AES block cipher over .NET's (OpenSSL). Modes and CMAC are the controller's.
using System.Security.Cryptography;
using PoleController.Hal;

namespace Bench.Pole;

/// <summary>AES-128 in ECB, a block at a time.</summary>
internal sealed class LinuxAes : IAesBlock, IDisposable
{
    private const int BlockLength = 16;

    private readonly Aes _aes = Aes.Create();
    private readonly byte[] _selected = new byte[BlockLength];

    /// <inheritdoc/>
    public void SelectKey(byte[] key)
    {
        ArgumentNullException.ThrowIfNull(key);

        // By content: the owner may fill the same array with another key.
        if (!key.AsSpan().SequenceEqual(_selected) || !_hasKey)
        {
            key.CopyTo(_selected, 0);
            _aes.Key = _selected;
            _hasKey = true;
        }
    }

    /// <inheritdoc/>
    public void EncryptBlock(byte[] data, int offset)
    {
        Span<byte> block = data.AsSpan(offset, BlockLength);
        _aes.EncryptEcb(block, block, PaddingMode.None);
    }

    /// <inheritdoc/>
    public void Dispose() => _aes.Dispose();

    private bool _hasKey;
}
