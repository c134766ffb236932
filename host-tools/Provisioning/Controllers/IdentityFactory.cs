// Makes controllers with identities: DevEUI under a prefix or from the chip's MAC, keys from the system's random generator.
using System.Text.Json.Nodes;
using Provisioning.Audit;
using Provisioning.Keys;
using Provisioning.Members;
using Provisioning.Poles;
using Provisioning.Problems;
using Provisioning.Workspaces;

namespace Provisioning.Controllers;

/// <summary>What identities to make.</summary>
public sealed record IdentityRequest
{
    /// <summary>JoinEUI.</summary>
    public required string JoinEui { get; init; }

    /// <summary>Board, with the words for what is fitted.</summary>
    public required string Board { get; init; }

    /// <summary>Region.</summary>
    public required string Region { get; init; }

    /// <summary>The prefix that DevEUIs are given out under; null when they come from MACs.</summary>
    public string? EuiPrefix { get; init; }

    /// <summary>MACs of the chips; null when DevEUIs come from a prefix.</summary>
    public IReadOnlyList<string>? ChipMacs { get; init; }

    /// <summary>How many spare controllers to make under the prefix; 0 when for poles.</summary>
    public int Count { get; init; }

    /// <summary>The poles that get one each, if they have none; null for spare ones.</summary>
    public PoleFilter? Poles { get; init; }
}

/// <summary>Makes identities.</summary>
public static class IdentityFactory
{
    // What the firmware reads of the file "board" (firmware/PoleController/Boards/BoardFitting.cs: 256 bytes, 16 words), with room for the line's end.
    private const int LongestBoard = 250;
    private const int MostBoardWords = 16;

    /// <summary>Makes controllers with their keys, and hangs them into poles where that is asked for.</summary>
    /// <returns>The controllers, in the order of poles, MACs or numbers.</returns>
    /// <exception cref="ProblemException">A value is not right, or an identity exists already.</exception>
    public static IReadOnlyList<Controller> Make(WorkspaceWriter writer, KeyVault vault, IdentityRequest request)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(vault);
        ArgumentNullException.ThrowIfNull(request);
        writer.Require(Permission.Plan);
        string joinEui = Eui.Parse(request.JoinEui) ?? throw Wrong("problem.eui", "--join-eui", request.JoinEui);
        if (RegionNames.Find(request.Region) is null)
        {
            throw Wrong("problem.region", "--region", request.Region, string.Join(", ", RegionNames.All));
        }

        if (!IsBoard(request.Board))
        {
            throw Wrong("problem.board", "--board", request.Board);
        }

        List<Controller> present = ControllerTable.All(writer.Connection);
        IReadOnlyList<string?> poles = Places(writer, request, present);
        IReadOnlyList<(string DevEui, string? Mac)> identities = Identities(request, present, poles.Count);
        List<Controller> made = [.. identities.Select((identity, index) => new Controller
        {
            DevEui = identity.DevEui,
            JoinEui = joinEui,
            Board = request.Board,
            Region = request.Region,
            ChipMac = identity.Mac,
            State = poles[index] is null ? ControllerState.Spare : ControllerState.Mounted,
            PoleId = poles[index],
        })];
        Write(writer, vault, made);
        return made;
    }

    private static bool IsBoard(string board) => board.Trim().Length is > 0 and <= LongestBoard && board.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length <= MostBoardWords
        && board.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '-' or ' ');

    private static void Write(WorkspaceWriter writer, KeyVault vault, List<Controller> made)
    {
        List<KeyRow> rows = new(made.Count);
        foreach (Controller controller in made)
        {
            using DeviceKeys keys = DeviceKeys.Random();
            rows.Add(new KeyRow(controller.DevEui, 1, KeyState.Current, vault.Close(keys, controller.DevEui, 1), vault.Fingerprint(keys)));
        }

        ControllerTable.InsertAll(writer.Connection, made);
        KeyTable.InsertAll(writer.Connection, rows);
        for (int i = 0; i < made.Count; i++)
        {
            Controller controller = made[i];
            writer.Record("controller.make", SubjectKind.Controller, controller.DevEui, ControllerTable.HashOf(controller), new JsonObject
            {
                ["joinEui"] = controller.JoinEui,
                ["board"] = controller.Board,
                ["region"] = controller.Region,
                ["pole"] = controller.PoleId,
            });
            KeyStore.Record(writer, "keys.make", rows[i]);
            ControllerInventory.TellPole(writer, JournalAction.PoleMounted, controller.PoleId, controller.DevEui);
        }
    }

    // One place for each controller: a pole, or null for the shelf.
    private static IReadOnlyList<string?> Places(WorkspaceWriter writer, IdentityRequest request, List<Controller> present)
    {
        if (request.Poles is not { } filter)
        {
            return new string?[request.ChipMacs?.Count ?? request.Count];
        }

        HashSet<string> taken = [.. present.Where(controller => controller.PoleId is not null).Select(controller => controller.PoleId!)];
        List<string> empty = [.. PoleTable.All(writer.Connection).Where(pole => filter.Matches(pole) && pole.State == PoleState.InService && !taken.Contains(pole.Id)).Select(pole => pole.Id)];
        empty.Sort(StringComparer.Ordinal);
        return empty;
    }

    private static List<(string DevEui, string? Mac)> Identities(IdentityRequest request, List<Controller> present, int count)
    {
        if (request.ChipMacs is not { } macs)
        {
            string prefix = Eui.ParsePrefix(request.EuiPrefix ?? "");
            return [.. Eui.Next(prefix, present.Select(controller => controller.DevEui), count).Select(eui => (eui, (string?)null))];
        }

        HashSet<string> taken = [.. present.Select(controller => controller.DevEui)];
        List<(string, string?)> identities = [];
        List<Problem> problems = [];
        foreach (string text in macs)
        {
            if (Eui.ParseMac(text) is not { } mac)
            {
                problems.Add(new Problem("problem.mac") { Kind = ProblemKind.WrongUse, Field = "--mac", Value = text });
            }
            else if (!taken.Add(Eui.FromMac(mac)))
            {
                problems.Add(new Problem("problem.controller.exists", Eui.FromMac(mac)) { Field = "--mac", Value = text });
            }
            else
            {
                identities.Add((Eui.FromMac(mac), mac));
            }
        }

        return problems.Count > 0 ? throw new ProblemException(problems) : identities;
    }

    private static ProblemException Wrong(string key, string field, string value, params string[] arguments) =>
        new(new Problem(key, arguments) { Kind = ProblemKind.WrongUse, Field = field, Value = value });
}
