// What a pole, or a place between the poles, should have: for showing it.
using PoleController.Settings;
using Provisioning.Files;
using Provisioning.Poles;
using Provisioning.Workspaces;

namespace Provisioning.Programs;

/// <summary>Shows wanted settings.</summary>
public static class WantedView
{
    /// <summary>The settings of a pole, or of the middle of all poles, with a file over them.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="poleId">The pole; null for the middle of all, with what is assigned to everything.</param>
    /// <param name="file">A file to try over what is assigned; null for none.</param>
    /// <param name="programNames">Names of the programs.</param>
    /// <exception cref="Problems.ProblemException">There is no such pole, or the files make no settings together.</exception>
    public static ControllerSettings Of(Workspace workspace, string? poleId, ProgramFile? file, out IReadOnlyList<string> programNames)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        Pole? pole = poleId is null ? null : PoleInventory.Get(workspace, poleId);
        (ControllerSettings settings, IReadOnlyList<string> names) = workspace.Read(connection =>
        {
            WantedSettings wanted = WantedSettings.Load(connection);
            ControllerSettings made = pole is null ? wanted.ForPlace() : wanted.For(pole).Settings;
            return (made, wanted.ProgramNames(pole));
        });
        if (file is not null)
        {
            ProgramFileMapping.Apply(file, settings);
        }

        if (pole is not null)
        {
            FirstSettings.FillPole(settings, pole);
        }
        else if (PoleInventory.List(workspace, new PoleFilter()) is { Count: > 0 } poles)
        {
            settings.HasPosition = true;
            settings.LatitudeMicrodegrees = FirstSettings.Microdegrees(poles.Average(one => one.Latitude));
            settings.LongitudeMicrodegrees = FirstSettings.Microdegrees(poles.Average(one => one.Longitude));
        }

        programNames = file?.Programs is { } programs ? [.. programs.Select(program => program.Name)] : names;
        return settings;
    }
}
