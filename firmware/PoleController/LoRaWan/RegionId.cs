// The regions by number, as an identity's record names them. What holds in each is in a file a region.
namespace PoleController.LoRaWan
{
    /// <summary>A region of the LoRaWAN Regional Parameters (RP002-1.0.4). The numbers stand in provisioned records and never change.</summary>
    public enum RegionId
    {
        /// <summary>EU863-870.</summary>
        Eu868 = 0,

        /// <summary>US902-928.</summary>
        Us915 = 1,

        /// <summary>AU915-928.</summary>
        Au915 = 2,

        /// <summary>AS923, group 1 (no frequency offset).</summary>
        As923Group1 = 3,

        /// <summary>AS923, group 2 (1.80 MHz lower).</summary>
        As923Group2 = 4,

        /// <summary>AS923, group 3 (6.60 MHz lower).</summary>
        As923Group3 = 5,

        /// <summary>AS923, group 4 (5.90 MHz lower).</summary>
        As923Group4 = 6,

        /// <summary>IN865-867.</summary>
        In865 = 7,

        /// <summary>KR920-923.</summary>
        Kr920 = 8,
    }
}
