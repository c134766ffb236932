// Whether anything was ordered of the light since it was decided last. What was ordered, and until when, is each decider's.
namespace PoleController.Lighting
{
    /// <summary>
    /// One for the lamp, shared by everything that a command can begin or end: whoever takes an order counts it here, so that a decision stands until there is one.
    /// </summary>
    public sealed class LightingOrders
    {
        /// <summary>Counts orders.</summary>
        public int Count;
    }
}
