// What the lamp needs to know of its neighbours.
namespace PoleController.Lighting
{
    /// <summary>Says whether somebody is on the way to this pole.</summary>
    public interface INeighbourPresence
    {
        /// <summary>Until when somebody is taken to be on the way, in ms since start; in the past when nobody is.</summary>
        long SomebodyComingUntilMs { get; }
    }
}
