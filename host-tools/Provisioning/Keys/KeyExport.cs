// All identities with their keys in the clear: for a network server's bulk import, for another supplier, for a safe. Recorded for every controller.
using System.Text;
using Provisioning.Audit;
using Provisioning.Controllers;
using Provisioning.Members;
using Provisioning.Poles;
using Provisioning.Poles.Import;
using Provisioning.Problems;
using Provisioning.Workspaces;

namespace Provisioning.Keys;

/// <summary>Exports keys.</summary>
public static class KeyExport
{
    private const string OwnHeading = "devEui,joinEui,appKey,genAppKey,serviceKey,region,board,chipMac,state,name,latitude,longitude\n";

    // The Things Stack, documentation "CSV File Reference": columns are found by their names. The controller is a LoRaWAN 1.0.4 device of classes A and C.
    private const string ThingsStackHeading = "id;dev_eui;join_eui;name;frequency_plan_id;lorawan_version;lorawan_phy_version;app_key;supports_class_c\n";
    private const string ThingsStackVersions = "MAC_V1_0_4;RP002_V1_0_3";

    /// <summary>CSV with a row for each controller that has keys, in the columns that <c>polesim devices</c> prints too.</summary>
    /// <returns>The text, and how many controllers are in it.</returns>
    public static (string Text, int Count) ToCsv(WorkspaceWriter writer, KeyVault vault) =>
        Write(writer, vault, OwnHeading, (controller, pole, keys) => string.Join(',', OwnValues(controller, pole, keys).Select(value => CsvText.Quote(value, ','))));

    /// <summary>The file that The Things Stack's console and CLI import devices from, with a row for each controller that has keys.</summary>
    /// <param name="writer">The change: exporting is one.</param>
    /// <param name="vault">The open vault.</param>
    /// <param name="frequencyPlan">The server's name of the frequency plan, such as EU_863_870_TTN.</param>
    /// <returns>The text, and how many controllers are in it.</returns>
    public static (string Text, int Count) ToThingsStack(WorkspaceWriter writer, KeyVault vault, string frequencyPlan)
    {
        ArgumentNullException.ThrowIfNull(frequencyPlan);
        if (frequencyPlan.Length == 0 || !frequencyPlan.All(character => char.IsAsciiLetterOrDigit(character) || character == '_'))
        {
            throw new ProblemException(new Problem("problem.frequencyPlan") { Kind = ProblemKind.WrongUse, Field = "--frequency-plan", Value = frequencyPlan });
        }

        return Write(writer, vault, ThingsStackHeading, (controller, pole, keys) =>
            $"eui-{controller.DevEui};{controller.DevEui};{controller.JoinEui};{CsvText.Quote(pole?.Id ?? "", ';')};{frequencyPlan};{ThingsStackVersions};"
            + $"{Convert.ToHexStringLower(keys.AppKey)};true");
    }

    // Keys that are to come stand in the place of those in force.
    private static (string Text, int Count) Write(WorkspaceWriter writer, KeyVault vault, string heading, Func<Controller, Pole?, DeviceKeys, string> row)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(vault);
        writer.Require(Permission.Keys);
        Dictionary<string, Pole> poles = PoleTable.All(writer.Connection).ToDictionary(pole => pole.Id, StringComparer.Ordinal);
        Dictionary<string, KeyRow> newest = KeyTable.All(writer.Connection).Where(candidate => candidate.State != KeyState.Erased)
            .GroupBy(candidate => candidate.DevEui, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.MaxBy(candidate => candidate.Generation)!, StringComparer.Ordinal);
        StringBuilder text = new(heading);
        int count = 0;
        foreach (Controller controller in ControllerTable.All(writer.Connection).OrderBy(controller => controller.DevEui, StringComparer.Ordinal))
        {
            if (newest.TryGetValue(controller.DevEui, out KeyRow? keyRow))
            {
                using DeviceKeys keys = vault.OpenKeys(keyRow);
                text.Append(row(controller, controller.PoleId is null ? null : poles.GetValueOrDefault(controller.PoleId), keys)).Append('\n');
                writer.Record(JournalAction.KeysExported, SubjectKind.Keys, keyRow.SubjectId, null);
                count++;
            }
        }

        return (text.ToString(), count);
    }

    private static string[] OwnValues(Controller controller, Pole? pole, DeviceKeys keys) =>
    [
        controller.DevEui, controller.JoinEui, Convert.ToHexStringLower(keys.AppKey), Convert.ToHexStringLower(keys.GenAppKey), Convert.ToHexStringLower(keys.ServiceKey),
        controller.Region, controller.Board, controller.ChipMac ?? "", controller.State.ToString(), pole?.Id ?? "", pole is null ? "" : PoleField.Number(pole.Latitude),
        pole is null ? "" : PoleField.Number(pole.Longitude),
    ];
}
