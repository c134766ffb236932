// How a command came to the pole. The same numbers stand in messages.yaml.
namespace PoleController.Messages
{
    /// <summary>The way of a command.</summary>
    public enum CommandWay
    {
        /// <summary>To this pole alone.</summary>
        Unicast = 0,

        /// <summary>To a multicast group that the pole is in.</summary>
        Multicast = 1,
    }
}
