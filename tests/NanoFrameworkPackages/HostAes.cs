// .NET's own AES, found by reflection: its type has the name of a declaration here.
using System.Reflection;

namespace NanoFrameworkPackages;

/// <summary>AES of the host.</summary>
internal static class HostAes
{
    private static readonly Type s_aes = Type.GetType("System.Security.Cryptography.Aes, System.Security.Cryptography", true)!;
    private static readonly MethodInfo s_create = s_aes.GetMethod("Create", [])!;
    private static readonly MethodInfo s_encrypt = s_aes.GetMethods().Single(method =>
        method.Name == "EncryptEcb" && method.GetParameters() is [{ ParameterType: { IsArray: true } }, _]);

    /// <summary>Encrypts whole blocks in ECB without padding.</summary>
    public static byte[] Encrypt(byte[] key, byte[] data)
    {
        object aes = s_create.Invoke(null, null)!;
        s_aes.GetProperty("Key")!.SetValue(aes, key);
        object none = Enum.ToObject(s_encrypt.GetParameters()[1].ParameterType, 1);
        return (byte[])s_encrypt.Invoke(aes, [data, none])!;
    }
}
