// Whether the sun passes an altitude in half a night.
namespace PoleController.Lighting
{
    /// <summary>What happens at one altitude of the sun between solar noon and solar midnight, or solar midnight and solar noon.</summary>
    public enum SolarEvent
    {
        /// <summary>The sun passes the altitude.</summary>
        Passes = 0,

        /// <summary>The sun stays below the altitude: polar night.</summary>
        StaysBelow = 1,

        /// <summary>The sun stays above the altitude: polar day.</summary>
        StaysAbove = 2,
    }
}
