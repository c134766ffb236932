// What controllers counted, kept over their restarts (a power cut ends a controller and what it knew).
using PoleController;

namespace Simulation.Engine;

/// <summary>Sums over all controllers that lived in one pole.</summary>
public sealed class PoleCounters
{
    /// <summary>Status messages handed to the radio stack.</summary>
    public long StatusSentCount { get; private set; }

    /// <summary>Arrivals the controller counted.</summary>
    public long ArrivalCount { get; private set; }

    /// <summary>Exceptions components threw.</summary>
    public int ExceptionCount { get; private set; }

    /// <summary>Adds what a controller counted that ends now.</summary>
    public void Add(Controller controller)
    {
        ArgumentNullException.ThrowIfNull(controller);
        StatusSentCount += controller.Reporter.StatusCount;
        ArrivalCount += controller.Occupancy.ArrivalCount;
        ExceptionCount += controller.ExceptionCount;
    }
}
