// Exports of the fleet. What goes to everybody needs an explicit release by somebody who may, and is in the journal with the hash of what was released before it
// leaves.
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Provisioning.Audit;
using Provisioning.Members;
using Provisioning.Poles;
using Provisioning.Problems;
using Provisioning.Workspaces;

namespace Provisioning.Exports;

/// <summary>Forms of an export.</summary>
public static class FleetExport
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The words of the forms.</summary>
    public static IReadOnlyList<string> Forms { get; } = ["csv", "geojson", "ngsi-ld", "ngsi-ld-simplified", "sensorthings"];

    /// <summary>The newest values of the poles of a filter, in a form.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="form">One of <see cref="Forms"/>.</param>
    /// <param name="filter">Which poles.</param>
    /// <param name="nowUtcMs">The moment for which silence is counted, milliseconds since 1970 (UTC).</param>
    public static string Write(Workspace workspace, string form, PoleFilter filter, long nowUtcMs)
    {
        List<PoleSnapshot> poles = FleetSnapshot.Read(workspace, filter, nowUtcMs);
        return form switch
        {
            "csv" => ListExport.ToCsv(poles),
            "geojson" => Text(ListExport.ToGeoJson(poles)),
            "ngsi-ld" => Text(NgsiLdExport.Write(poles, isSimplified: false)),
            "ngsi-ld-simplified" => Text(NgsiLdExport.Write(poles, isSimplified: true)),
            "sensorthings" => Text(SensorThingsExport.Write(poles)),
            _ => throw new ArgumentOutOfRangeException(nameof(form), form, "no form has this name"),
        };
    }

    /// <summary>Releases aggregates to everybody: the entry in the journal is there before the text is returned.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="by">By which field of the pole it is divided: group, district or street.</param>
    /// <param name="smallestCount">The smallest count that is published; null for the controller's default.</param>
    /// <param name="reason">What it is released for, 1 to 200 characters.</param>
    /// <param name="nowUtcMs">The moment of the aggregates, milliseconds since 1970 (UTC).</param>
    /// <param name="isDryRun">Whether the entry is taken back.</param>
    /// <exception cref="ProblemException">The author may not, or there is no reason.</exception>
    public static string Release(Workspace workspace, string by, int? smallestCount, string reason, long nowUtcMs, bool isDryRun)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        string text = (reason ?? "").Trim();
        if (text.Length is 0 or > 200 || text.Any(char.IsControl))
        {
            throw new ProblemException(new Problem("problem.release.reason") { Kind = ProblemKind.WrongUse, Field = "--release", Value = text });
        }

        int smallest = smallestCount ?? OpenDataExport.UsualSmallestCount;
        string released = Text(OpenDataExport.Write(FleetSnapshot.Read(workspace, new PoleFilter(), nowUtcMs), by, smallest, SnapshotColumns.Iso(nowUtcMs)!));
        workspace.Write(Permission.Administer, isDryRun, writer =>
        {
            writer.Record("export.release", SubjectKind.Workspace, writer.WorkspaceIdentifier, null, new JsonObject
            {
                ["reason"] = text,
                ["by"] = by,
                ["smallestCount"] = smallest,
                ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(released))),
            });
            return true;
        });
        return released;
    }

    private static string Text(JsonNode node) => node.ToJsonString(s_json) + "\n";
}
