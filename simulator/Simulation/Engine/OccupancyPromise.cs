// What light a pole owes to somebody who arrives now, by its program, by what is built on it and by the limits over it.
using PoleController;
using PoleController.Lighting;

namespace Simulation.Engine;

/// <summary>The light that is due to whoever arrives.</summary>
internal static class OccupancyPromise
{
    /// <summary>The level; 0 when nothing is promised: a command, an emergency, blinking or a clock that is not known decides.</summary>
    /// <param name="controller">The pole's controller.</param>
    public static int LevelPermille(Controller controller)
    {
        LightingReasons reasons = controller.Lighting.Reasons;
        int occupancyPermille = controller.Schedule.OccupancyLevelPermille;
        bool isPromised = controller.Lighting.Cause switch
        {
            // Somebody was there or on the way, or the profile of the night limits the level of the program: the occupancy level is above what else there would be.
            LevelCause.Occupancy or LevelCause.Neighbour or LevelCause.DarkSky => true,
            LevelCause.Program or LevelCause.Boost or LevelCause.Daylight => occupancyPermille > controller.Schedule.LevelPermille,
            LevelCause.LoadShedding => !reasons.Commanded.IsSet,
            _ => false,
        };
        return isPromised ? Math.Min(occupancyPermille, controller.Settings.LoadShedding.LimitOf(reasons.Shedding.Step)) : 0;
    }
}
