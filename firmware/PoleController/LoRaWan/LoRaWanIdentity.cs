// Who the end device is and the root key it joins with, read from the store's record "identity".
namespace PoleController.LoRaWan
{
    /// <summary>DevEUI, JoinEUI and AppKey. Byte order as printed (most significant first).</summary>
    public sealed class LoRaWanIdentity
    {
        /// <summary>DevEUI, 8 bytes.</summary>
        public readonly byte[] DevEui = new byte[8];

        /// <summary>JoinEUI, 8 bytes.</summary>
        public readonly byte[] JoinEui = new byte[8];

        /// <summary>AppKey, 16 bytes. Never leaves the pole.</summary>
        public readonly byte[] AppKey = new byte[16];

        /// <summary>Whether the three were found whole in the store.</summary>
        public bool IsProvisioned;
    }
}
