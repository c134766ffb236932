// The application-layer packages of the LoRa Alliance that a pole speaks: ports, identifiers, and what all of them have in common.
namespace PoleController.LoRaWan.Packages
{
    /// <summary>Ports and identifiers of the packages.</summary>
    public static class PackageId
    {
        /// <summary>Identifier of application layer clock synchronisation (TS003).</summary>
        public const int ClockSync = 1;

        /// <summary>Identifier of remote multicast set-up (TS005).</summary>
        public const int MulticastSetup = 2;

        /// <summary>Identifier of fragmented data block transport (TS004).</summary>
        public const int Fragmentation = 3;

        /// <summary>FPort of remote multicast set-up (TS005-2.0.0, section 3).</summary>
        public const int MulticastSetupPort = 200;

        /// <summary>FPort of fragmented data block transport (TS004-2.0.0, section 2.1).</summary>
        public const int FragmentationPort = 201;

        /// <summary>FPort of clock synchronisation (TS003-2.0.0, section 2).</summary>
        public const int ClockSyncPort = 202;

        /// <summary>CID of PackageVersionReq and PackageVersionAns, the same in every package.</summary>
        public const int PackageVersion = 0x00;

        /// <summary>Whether a port belongs to one of the packages.</summary>
        public static bool IsPackagePort(int fPort)
        {
            return fPort >= MulticastSetupPort && fPort <= ClockSyncPort;
        }
    }
}
