// The response to a service port's challenge: AES-CMAC with the pole's service key, computed by the controller's own code over the system's AES. The key stays here.
using System.Security.Cryptography;
using PoleController.Hal;
using PoleController.LoRaWan;
using PoleController.Service;

namespace Provisioning.ServicePort;

/// <summary>Answers challenges.</summary>
public static class ServiceResponse
{
    /// <summary>The response (docs/service-port.md).</summary>
    /// <param name="serviceKey">The pole's service key, 16 bytes.</param>
    /// <param name="challenge">The challenge, 16 bytes.</param>
    /// <param name="devEui">DevEUI, 8 bytes, most significant first.</param>
    /// <returns>32 hexadecimal digits.</returns>
    public static string Make(byte[] serviceKey, byte[] challenge, byte[] devEui)
    {
        ArgumentNullException.ThrowIfNull(challenge);
        ArgumentNullException.ThrowIfNull(devEui);
        using SystemAesBlock aes = new();
        AesCmac cmac = new(aes);
        ServiceLock.Respond(cmac, serviceKey, challenge, devEui);
        return Convert.ToHexStringLower(cmac.Mac);
    }

    private sealed class SystemAesBlock : IAesBlock, IDisposable
    {
        private readonly Aes _aes = Aes.Create();

        public void SelectKey(byte[] key) => _aes.Key = key;

        public void EncryptBlock(byte[] data, int offset) => _aes.EncryptEcb(data.AsSpan(offset, 16), data.AsSpan(offset, 16), PaddingMode.None);

        public void Dispose() => _aes.Dispose();
    }
}
