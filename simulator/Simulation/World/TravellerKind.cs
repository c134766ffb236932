// What passes a pole.
namespace Simulation.World;

/// <summary>Classes of travellers.</summary>
public enum TravellerKind
{
    /// <summary>On foot.</summary>
    Pedestrian,

    /// <summary>On a bicycle.</summary>
    Bicycle,

    /// <summary>In a motor vehicle.</summary>
    Vehicle,
}
