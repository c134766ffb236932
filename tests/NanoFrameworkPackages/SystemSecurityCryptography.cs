// Of System.Security.Cryptography (nanoFramework's): ECB over .NET's own AES.
namespace System.Security.Cryptography;

public enum CipherMode
{
    ECB = 1,
}

public class Aes
{
    public Aes(CipherMode mode) => _ = mode;

    public byte[] Key { get; set; } = [];

    // Reads the key's array anew each time, as nf-interpreter does.
    public byte[] Encrypt(byte[] data) => NanoFrameworkPackages.HostAes.Encrypt(Key, data);
}
