// Writes docs/data-manifest.md: of every quantity that a pole measures, why, on what ground, how long it is kept, whether it can concern persons, and what
// switches it off.
using System.Text;
using MessageSchemas;

namespace MessageGenerator.Output;

/// <summary>Writes the manifest of the data.</summary>
public static class ManifestPage
{
    private const string Introduction = """
        # Data manifest

        <!-- Made from firmware/PoleController/Messages/messages.yaml by host-tools/MessageGenerator; do not edit. -->

        What a pole measures, and why. Purpose and ground are proposals: the city that runs the poles decides, writes down what it decided, and switches off what it does not need. Each
        quantity is switched off by its interval in the section `measurements` of the settings (0 is off; over the air, in the provisioning file, or at the service port). Off means: the
        sensor is not asked, nothing is stored, nothing is sent. The service port shows the same list (`manifest`).

        Nothing that could identify anybody is measured, stored or sent: no pictures, no sound, no radio addresses of others, no times of single arrivals. Counts below the smallest count
        that is published (section `traffic`) are withheld and told with later ones; every arrival is told once, either with the status or, at a pole with a radar, with `traffic`, so that no
        difference of counts is smaller. What the light does (level, cause, energy) is told as it can be seen in the street. With `traffic` off the status and the journal's intervals count no arrivals either; the light still reacts to them.


        """;

    /// <summary>The page.</summary>
    public static string Write(MessageSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        StringBuilder page = new(Introduction);
        page.Append("| quantity | what | purpose | ground | kept on the pole | at the operator, days at most | persons | switched off by |\n|---|---|---|---|---|---|---|---|\n");
        foreach (SchemaEntryKind kind in schema.EntryKinds.Where(kind => kind.Manifest is not null))
        {
            SchemaManifest manifest = kind.Manifest!;
            string off = kind.Id == IntervalId ? "`traffic` (arrivals); level and energy are the lamp's" : $"`measurements`: `{kind.Name}`";
            MessagePage.Line(
                page,
                $"| [{kind.Name}](messages.md#entry-{MessagePage.Anchor(kind.Name)}) | {kind.Meaning} | {manifest.Purpose} | {manifest.Basis} | {manifest.OnPole} | {manifest.RetentionDays} | {manifest.Persons} | {off} |");
        }

        return page.ToString();
    }

    // The journal's intervals and the status messages count arrivals for the light; they have no interval of their own in the section.
    private const int IntervalId = 64;
}
