// All identities with their keys in the clear: for a network server's bulk import, for another supplier, for a safe. Recorded for every controller.
using System.Text;
using Provisioning.Audit;
using Provisioning.Controllers;
using Provisioning.Members;
using Provisioning.Poles;
using Provisioning.Poles.Import;
using Provisioning.Workspaces;

namespace Provisioning.Keys;

/// <summary>Exports keys.</summary>
public static class KeyExport
{
    private const string Heading = "devEui,joinEui,appKey,genAppKey,serviceKey,region,board,chipMac,state,name,latitude,longitude\n";

    /// <summary>CSV with a row for each controller that has keys, in the columns that <c>polesim devices</c> prints too. Keys that are to come stand in the place of those in force.</summary>
    /// <returns>The text, and how many controllers are in it.</returns>
    public static (string Text, int Count) ToCsv(WorkspaceWriter writer, KeyVault vault)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(vault);
        writer.Require(Permission.Keys);
        Dictionary<string, Pole> poles = PoleTable.All(writer.Connection).ToDictionary(pole => pole.Id, StringComparer.Ordinal);
        Dictionary<string, KeyRow> rows = KeyTable.All(writer.Connection).Where(row => row.State != KeyState.Erased)
            .GroupBy(row => row.DevEui, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.MaxBy(row => row.Generation)!, StringComparer.Ordinal);
        StringBuilder text = new(Heading);
        int count = 0;
        foreach (Controller controller in ControllerTable.All(writer.Connection).OrderBy(controller => controller.DevEui, StringComparer.Ordinal))
        {
            if (rows.TryGetValue(controller.DevEui, out KeyRow? row))
            {
                using DeviceKeys keys = vault.OpenKeys(row);
                Pole? pole = controller.PoleId is null ? null : poles.GetValueOrDefault(controller.PoleId);
                text.AppendJoin(',', Values(controller, pole, keys).Select(value => CsvText.Quote(value, ','))).Append('\n');
                writer.Record(JournalAction.KeysExported, SubjectKind.Keys, row.SubjectId, null);
                count++;
            }
        }

        return (text.ToString(), count);
    }

    private static string[] Values(Controller controller, Pole? pole, DeviceKeys keys) =>
    [
        controller.DevEui, controller.JoinEui, Convert.ToHexStringLower(keys.AppKey), Convert.ToHexStringLower(keys.GenAppKey), Convert.ToHexStringLower(keys.ServiceKey),
        controller.Region, controller.Board, controller.ChipMac ?? "", controller.State.ToString(), pole?.Id ?? "", pole is null ? "" : PoleField.Number(pole.Latitude),
        pole is null ? "" : PoleField.Number(pole.Longitude),
    ];
}
