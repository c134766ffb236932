// One multicast group as the device has it in memory. Where it is kept is MulticastGroupStore's.
namespace PoleController.LoRaWan.Packages
{
    /// <summary>A multicast group: address, keys, counters.</summary>
    public sealed class MulticastGroup
    {
        /// <summary>Whether there is one.</summary>
        public bool IsDefined;

        /// <summary>McAddr: the DevAddr of its frames.</summary>
        public uint McAddr;

        /// <summary>McNetSKey.</summary>
        public readonly byte[] McNetSKey = new byte[PackageKeys.KeyLength];

        /// <summary>McAppSKey.</summary>
        public readonly byte[] McAppSKey = new byte[PackageKeys.KeyLength];

        /// <summary>The lowest counter that a frame may have.</summary>
        public uint NextMcFCnt;

        /// <summary>The highest counter that a frame may have.</summary>
        public uint MaxMcFCnt;

        /// <summary>The lowest counter that a DataFragment may have: fragments below may have been taken before a restart.</summary>
        public uint FragmentFloor;

        /// <summary>Counters of DataFragments below this one are noted as used in the store.</summary>
        public uint FragmentLimit;

        /// <summary>Makes it no group, and forgets its keys.</summary>
        public void Clear()
        {
            IsDefined = false;
            McAddr = 0;
            NextMcFCnt = 0;
            MaxMcFCnt = 0;
            FragmentFloor = 0;
            FragmentLimit = 0;
            for (int i = 0; i < PackageKeys.KeyLength; i++)
            {
                McNetSKey[i] = 0;
                McAppSKey[i] = 0;
            }
        }
    }
}
