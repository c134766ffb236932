// A program file into the controller's settings.
using PoleController.Settings;
using SettingsFiles;

namespace Provisioning.Programs;

/// <summary>Applies program files.</summary>
public static class ProgramFileMapping
{
    /// <summary>Applies a file over what settings have: its programs replace all programs and the rules, its public holidays all public holidays, its fields single ones.</summary>
    /// <returns>The first fault that the controller finds in a section; the settings as a whole are to be judged when all files are applied.</returns>
    public static SettingsFault Apply(ProgramFile file, ControllerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(file);
        ApplyPrograms(file, settings);
        SettingsFault first = SettingsFault.None;
        foreach (SectionValues section in file.Sections)
        {
            SettingsFault fault = SectionMapping.Apply(settings, section);
            first = first == SettingsFault.None ? fault : first;
        }

        return first;
    }

    /// <summary>Applies programs, calendar and public holidays.</summary>
    public static void ApplyPrograms(ProgramFile file, ControllerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(settings);
        if (file.Programs is { } programs)
        {
            foreach (SettingsPart part in settings.Parts.Where(part => part.Section == SettingsSection.Program))
            {
                part.SetDefaults();
            }

            for (int i = 0; i < programs.Count; i++)
            {
                ProgramMapping.Fill(settings.Programs[i], programs[i]);
            }

            ProgramMapping.Fill(settings.Calendar, file.Calendar);
        }

        if (file.HasPublicHolidays)
        {
            ProgramMapping.Fill(settings.Holidays, file.Calendar);
        }
    }
}
