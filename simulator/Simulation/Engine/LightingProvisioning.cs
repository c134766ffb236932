// What a technician would have set on a controller for groups, scenes, emergencies and load shedding.
using PoleController.Settings;
using Simulation.Scenarios;

namespace Simulation.Engine;

/// <summary>Fills the settings of the commands to the light.</summary>
internal static class LightingProvisioning
{
    /// <summary>Fills the sections.</summary>
    /// <param name="settings">The pole's settings.</param>
    /// <param name="plan">What the scenario says.</param>
    /// <param name="lightingGroups">The lighting groups that the pole is in, eight at most.</param>
    public static void Fill(ControllerSettings settings, PoleSettings plan, IReadOnlyCollection<int> lightingGroups)
    {
        foreach (int number in lightingGroups)
        {
            settings.Groups.GroupNumber[settings.Groups.GroupCount++] = (byte)number;
        }

        for (int i = 0; i < plan.Scenes.Count; i++)
        {
            settings.Scenes.SceneLevelPermille[i] = (short)plan.Scenes[i].LevelPermille;
            settings.Scenes.SceneFadeSeconds[i] = (short)plan.Scenes[i].FadeSeconds;
            settings.Scenes.SceneWarmSharePermille[i] = SceneSettings.WarmShareUnchanged;
        }

        settings.Scenes.SceneCount = plan.Scenes.Count;
        settings.Emergency.EmergencyLevelPermille = plan.EmergencyLevelPermille;
        settings.Emergency.CrisisLevelPermille = plan.CrisisLevelPermille;
        settings.Emergency.MaximumMinutes = plan.EmergencyMaximumMinutes;
        for (int step = 0; step < LoadSheddingSettings.StepCount; step++)
        {
            settings.LoadShedding.LimitPermille[step] = (short)plan.SheddingLimitsPermille[step];
        }

        settings.LoadShedding.FloorPermille = plan.SheddingFloorPermille;
        settings.LoadShedding.MaximumMinutes = plan.SheddingMaximumMinutes;
    }
}
