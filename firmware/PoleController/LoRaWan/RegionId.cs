// The regions by number, as an identity's record names them. What holds in each is in a file a region.
namespace PoleController.LoRaWan
{
    /// <summary>A region of the LoRaWAN Regional Parameters (RP002-1.0.4). The numbers stand in provisioned records and never change.</summary>
    public enum RegionId
    {
        /// <summary>EU863-870.</summary>
        Eu868 = 0,
    }
}
