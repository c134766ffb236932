// Which way somebody goes along a line of poles.
namespace PoleController.Neighbours
{
    /// <summary>Which way somebody goes along a line; the number is sent.</summary>
    public enum TravelDirection
    {
        /// <summary>Not known: both sides are ahead.</summary>
        Unknown = 0,

        /// <summary>Towards higher indices.</summary>
        Up = 1,

        /// <summary>Towards lower indices.</summary>
        Down = 2,
    }
}
