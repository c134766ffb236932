// The keys of one controller in the clear, for as short as possible.
using System.Security.Cryptography;

namespace Provisioning.Keys;

/// <summary>AppKey, GenAppKey and service key of a controller. Wiped when disposed.</summary>
public sealed class DeviceKeys : IDisposable
{
    /// <summary>Bytes of a key.</summary>
    public const int KeyLength = 16;

    private const int Count = 3;
    private readonly byte[] _bytes;

    internal DeviceKeys(byte[] bytes)
    {
        if (bytes.Length != Count * KeyLength)
        {
            throw new CryptographicException("sealed keys have another length");
        }

        _bytes = bytes;
    }

    /// <summary>AppKey.</summary>
    public ReadOnlySpan<byte> AppKey => _bytes.AsSpan(0, KeyLength);

    /// <summary>GenAppKey.</summary>
    public ReadOnlySpan<byte> GenAppKey => _bytes.AsSpan(KeyLength, KeyLength);

    /// <summary>Key of the service port.</summary>
    public ReadOnlySpan<byte> ServiceKey => _bytes.AsSpan(2 * KeyLength, KeyLength);

    internal ReadOnlySpan<byte> All => _bytes;

    /// <summary>New keys from the system's random generator: all three different, none all zero (which means no key to the controller).</summary>
    public static DeviceKeys Random()
    {
        while (true)
        {
            DeviceKeys keys = new(RandomNumberGenerator.GetBytes(Count * KeyLength));
            bool isSound = !keys.AppKey.SequenceEqual(keys.GenAppKey) && !keys.AppKey.SequenceEqual(keys.ServiceKey) && !keys.GenAppKey.SequenceEqual(keys.ServiceKey)
                && keys.AppKey.ContainsAnyExcept((byte)0) && keys.GenAppKey.ContainsAnyExcept((byte)0) && keys.ServiceKey.ContainsAnyExcept((byte)0);
            if (isSound)
            {
                return keys;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => CryptographicOperations.ZeroMemory(_bytes);
}
