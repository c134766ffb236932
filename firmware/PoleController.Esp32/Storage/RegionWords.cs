// The names of LoRaWAN regions in the provisioning file, as scenarios have them.
using PoleController.LoRaWan;

namespace PoleController.Esp32.Storage
{
    /// <summary>Names of regions, in the order of their numbers.</summary>
    internal static class RegionWords
    {
        private static readonly string[] Words =
        {
            "eu868", "us915", "au915", "as923Group1", "as923Group2", "as923Group3", "as923Group4", "in865", "kr920",
        };

        internal static int Count
        {
            get { return Words.Length; }
        }

        internal static string WordAt(int index)
        {
            return Words[index];
        }

        internal static RegionId RegionAt(int index)
        {
            return (RegionId)index;
        }
    }
}
