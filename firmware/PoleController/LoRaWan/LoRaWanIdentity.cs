// Who the end device is, where it is, and its root keys, read from the store's record "identity".
namespace PoleController.LoRaWan
{
    /// <summary>DevEUI, JoinEUI, root keys and region. Byte order as printed (most significant first).</summary>
    public sealed class LoRaWanIdentity
    {
        /// <summary>DevEUI, 8 bytes.</summary>
        public readonly byte[] DevEui = new byte[8];

        /// <summary>JoinEUI, 8 bytes.</summary>
        public readonly byte[] JoinEui = new byte[8];

        /// <summary>AppKey, 16 bytes. Never leaves the pole.</summary>
        public readonly byte[] AppKey = new byte[16];

        /// <summary>
        /// GenAppKey, 16 bytes: the root of multicast keys (TS005-1.0.0, section 4). All zero when the device was given none. Never leaves the pole.
        /// </summary>
        public readonly byte[] GenAppKey = new byte[16];

        /// <summary>
        /// Key of the service port, 16 bytes; it has nothing to do with LoRaWAN and is kept here because it is put on the pole with the others. All zero when
        /// the pole was given none: the port stays closed then. Never leaves the pole.
        /// </summary>
        public readonly byte[] ServiceKey = new byte[16];

        /// <summary>The region.</summary>
        public RegionId Region;

        /// <summary>Whether the device was given a GenAppKey.</summary>
        public bool HasGenAppKey
        {
            get { return IsSet(GenAppKey); }
        }

        /// <summary>Whether the pole was given a key of the service port.</summary>
        public bool HasServiceKey
        {
            get { return IsSet(ServiceKey); }
        }

        /// <summary>Whether all of it was found whole in the store.</summary>
        public bool IsProvisioned;

        private static bool IsSet(byte[] key)
        {
            int any = 0;
            for (int i = 0; i < key.Length; i++)
            {
                any |= key[i];
            }

            return any != 0;
        }
    }
}
