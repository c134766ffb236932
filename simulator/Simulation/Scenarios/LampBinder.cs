// Where the lamps come from. With provisioning files nothing else may say what is on the controllers or what hangs at them.
namespace Simulation.Scenarios;

/// <summary>Binds the section lamps.</summary>
internal static class LampBinder
{
    private const string FolderKey = "provisioning";
    private static readonly string[] s_fileKeys = ["format", "separator", "encoding", "columns"];
    private static readonly string[] s_provisioned = ["settings", "programs", "calendar", "lightingGroups", "neighbours", "sensors", "bins", "water", "air"];
    private static readonly string[] s_boardKeys = ["hasOccupancySensor", "hasPhotocell", "hasMeter"];

    public static LampSource Bind(SectionReader lamps)
    {
        bool isFolder = lamps.Has(FolderKey);
        SectionReader columns = lamps.Section("columns");
        SectionReader within = lamps.Section("within");
        return new LampSource
        {
            FilePath = isFolder ? lamps.FolderPath(FolderKey) : lamps.FilePath("file"),
            IsProvisioningFolder = isFolder,
            Format = lamps.Has("format") ? lamps.Word("format", LampFileFormat.Csv) : null,
            Separator = lamps.Text("separator") is { Length: 1 } separator ? separator[0] : null,
            Encoding = lamps.Text("encoding"),
            Columns = new LampColumns
            {
                Id = columns.Text("id"),
                Latitude = columns.Text("latitude"),
                Longitude = columns.Text("longitude"),
                FullPowerWatts = columns.Text("fullPowerWatts"),
                Street = columns.Text("street"),
                Group = columns.Text("group"),
            },
            Limit = lamps.Has("limit") ? lamps.WholeNumber("limit", 1) : null,
            Within = within.Exists
                ? new Circle { Latitude = within.Number("latitude", 0), Longitude = within.Number("longitude", 0), RadiusMetres = within.Number("radiusMetres", 1) }
                : null,
        };
    }

    /// <summary>Complains of what contradicts provisioning files.</summary>
    public static void Check(SectionReader top, Scenario scenario)
    {
        if (!scenario.Lamps.IsProvisioningFolder)
        {
            return;
        }

        SectionReader lamps = top.Section("lamps");
        foreach (string key in s_fileKeys.Where(lamps.Has))
        {
            lamps.Complain(key, "provisioning files are no list", "Leave it out.");
        }

        foreach (string key in s_provisioned.Where(top.Has))
        {
            top.Complain(key, "what is on the controllers and hangs at them is said by their provisioning files", "Leave it out, or name a list of lamps in lamps.file.");
        }

        SectionReader controller = top.Section("controller");
        foreach (string key in s_boardKeys.Where(controller.Has))
        {
            controller.Complain(key, "what the board has is said by the provisioning files", "Leave it out.");
        }
    }
}
