// What the commands of all packages have in common on the wire: the CID, and PackageVersionAns. The rest of each is its package's.
namespace PoleController.LoRaWan.Packages
{
    /// <summary>One command of a package.</summary>
    public abstract class PackageCommand
    {
        /// <summary>Bytes of PackageVersionAns with its CID.</summary>
        protected const int VersionAnswerLength = 3;

        /// <summary>Which command.</summary>
        public int Cid;

        /// <summary>PackageVersionAns: which package it is, a number of <see cref="PackageId"/>.</summary>
        public int PackageIdentifier;

        /// <summary>PackageVersionAns: 1 or 2.</summary>
        public int PackageVersion;

        /// <summary>Reads what follows the CID of PackageVersionAns.</summary>
        protected void ReadVersionAnswer(byte[] buffer, int body)
        {
            PackageIdentifier = buffer[body];
            PackageVersion = buffer[body + 1];
        }

        /// <summary>Writes what follows the CID of PackageVersionAns.</summary>
        protected void WriteVersionAnswer(byte[] buffer, int body)
        {
            buffer[body] = (byte)PackageIdentifier;
            buffer[body + 1] = (byte)PackageVersion;
        }
    }
}
