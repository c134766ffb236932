// What a pole should have, section by section, for showing it.
using System.Text.Json.Nodes;
using PoleController.Settings;
using Provisioning.Controllers;
using Provisioning.Poles;
using Provisioning.Problems;
using Provisioning.Workspaces;

namespace Provisioning.Programs;

/// <summary>Shows settings.</summary>
public static class SettingsView
{
    /// <summary>What a pole should have.</summary>
    public static PoleSettings Of(Workspace workspace, Pole pole)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return workspace.Read(connection => WantedSettings.Load(connection).For(pole));
    }

    /// <summary>The controller of a pole.</summary>
    /// <exception cref="ProblemException">None hangs in it.</exception>
    public static string ControllerOf(Workspace workspace, string poleId)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return workspace.Read(connection => ControllerTable.InPole(connection, poleId))?.DevEui
            ?? throw new ProblemException(new Problem("problem.command.noController") { Kind = ProblemKind.WrongUse, Field = "pole", Value = poleId });
    }

    /// <summary>All sections by name, but for the neighbours, whose key is a secret.</summary>
    public static JsonObject Sections(ControllerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        JsonObject sections = [];
        foreach (SettingsPart part in settings.Parts.Where(part => part.Section != SettingsSection.Neighbours))
        {
            string name = SectionMapping.NameOf(part.Section);
            sections[part.Item == SettingsPart.NoItem ? name : $"{name}{part.Item + 1}"] = SectionMapping.Read(settings, part);
        }

        return sections;
    }
}
