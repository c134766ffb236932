// Who is told of which alarms, and how: a webhook, a mail file, a command. Adding one is a change that the journal has, because a command runs with the rights of
// whoever sends.
using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Provisioning.Audit;
using Provisioning.Members;
using Provisioning.Problems;
using Provisioning.Storage;
using Provisioning.Uplinks;
using Provisioning.Workspaces;

namespace Provisioning.Alarms;

/// <summary>A recipient of alarms.</summary>
public sealed partial record Recipient
{
    /// <summary>A webhook: the target is its address.</summary>
    public const string Webhook = "webhook";

    /// <summary>A mail file: the target is folder, sender and addressee as a JSON array.</summary>
    public const string Mail = "mail";

    /// <summary>A command: the target is program and arguments as a JSON array.</summary>
    public const string Command = "command";

    private const int LongestName = 63;
    private const int LongestTarget = 2_000;

    /// <summary>Its name, 1 to 63 characters.</summary>
    public required string Name { get; init; }

    /// <summary>How it is told.</summary>
    public required string Kind { get; init; }

    /// <summary>Where to.</summary>
    public required string Target { get; init; }

    /// <summary>The file with the secret that a webhook is signed with; the workspace has only its path.</summary>
    public string? SecretFile { get; init; }

    /// <summary>Language of mails: en or de.</summary>
    public string Language { get; init; } = "en";

    /// <summary>Words of the kinds it is told of, with commas; empty for all.</summary>
    public string Alarms { get; init; } = "";

    /// <summary>Only of poles of this group; null for any.</summary>
    public string? Group { get; init; }

    /// <summary>Only of poles of this district; null for any.</summary>
    public string? District { get; init; }

    /// <summary>Only of alarms with a higher number: those that were there before it are not told.</summary>
    public long AfterAlarm { get; init; }

    /// <summary>Counts changes, from 1.</summary>
    public int Version { get; init; }

    /// <summary>The parts of a target that is a list.</summary>
    public IReadOnlyList<string> TargetParts() => JsonSerializer.Deserialize<string[]>(Target) ?? [];

    internal void Require()
    {
        bool isRight = Kind switch
        {
            Webhook => Uri.TryCreate(Target, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0,
            Mail => TargetParts() is [var folder, var from, var to] && Directory.Exists(folder) && Address().IsMatch(from) && Address().IsMatch(to),
            Command => TargetParts() is [var program, ..] && Path.IsPathFullyQualified(program) && File.Exists(program),
            _ => false,
        };
        if (string.IsNullOrWhiteSpace(Name) || Name.Length > LongestName || Name.Any(char.IsControl))
        {
            throw new ProblemException(new Problem("problem.recipient.name") { Kind = ProblemKind.WrongUse, Value = Name });
        }

        if (!isRight || Target.Length > LongestTarget)
        {
            throw new ProblemException(new Problem("problem.recipient.target") { Kind = ProblemKind.WrongUse, Value = Target });
        }
    }

    // What is surely one address and nothing else: no blanks, no angle brackets, no line ends.
    [GeneratedRegex(@"\A[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*\z")]
    private static partial Regex Address();
}

/// <summary>The recipients of a workspace.</summary>
public static class RecipientList
{
    /// <summary>All recipients by name, with how many deliveries wait and how many were given up.</summary>
    public static IReadOnlyList<(Recipient Recipient, int Waiting, int GivenUp)> All(Workspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        return workspace.Read(connection =>
        {
            List<AlarmDelivery> deliveries = DeliveryTable.Undelivered(connection);
            return RecipientTable.All(connection).ConvertAll(recipient => (
                recipient,
                deliveries.Count(delivery => delivery.Recipient == recipient.Name && delivery.State == AlarmDelivery.Waiting),
                deliveries.Count(delivery => delivery.Recipient == recipient.Name && delivery.State == AlarmDelivery.GivenUp)));
        });
    }

    /// <summary>Adds a recipient, or replaces one of the same name. It is told of alarms from now on.</summary>
    /// <exception cref="ProblemException">Name or target cannot be right.</exception>
    public static Recipient Set(WorkspaceWriter writer, Recipient recipient)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(recipient);
        writer.Require(Permission.Administer);
        recipient.Require();
        Recipient? before = RecipientTable.All(writer.Connection).Find(one => one.Name == recipient.Name);
        Recipient after = recipient with
        {
            AfterAlarm = before?.AfterAlarm ?? IntakeTotals.Read(writer.Connection).Of(IntakeTotals.LastAlarm),
            Version = (before?.Version ?? 0) + 1,
        };
        RecipientTable.Set(writer.Connection, after);
        writer.Record(before is null ? "recipient.add" : "recipient.change", SubjectKind.Recipient, after.Name, RecipientTable.HashOf(after), new JsonObject
        {
            ["kind"] = after.Kind,
            ["target"] = after.Target,
            ["alarms"] = after.Alarms,
        });
        return after;
    }

    /// <summary>Takes a recipient out, with what waits for it.</summary>
    public static void Remove(WorkspaceWriter writer, string name)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Require(Permission.Administer);
        if (RecipientTable.All(writer.Connection).All(recipient => recipient.Name != name))
        {
            throw new ProblemException(new Problem("problem.recipient.absent") { Kind = ProblemKind.WrongUse, Value = name });
        }

        RecipientTable.Delete(writer.Connection, name);
        writer.Record("recipient.remove", SubjectKind.Recipient, name, null);
    }
}

/// <summary>Rows of recipients.</summary>
internal static class RecipientTable
{
    private const string Columns = "name, kind, target, secret_file, language, alarms, lighting_group, district, after_alarm, version";
    private static readonly string[] s_columns = Columns.Split(", ");

    public static List<Recipient> All(DbConnection connection) => connection.Query($"SELECT {Columns} FROM recipient ORDER BY name", reader => new Recipient
    {
        Name = reader.GetString(0),
        Kind = reader.GetString(1),
        Target = reader.GetString(2),
        SecretFile = reader.GetText(3),
        Language = reader.GetString(4),
        Alarms = reader.GetString(5),
        Group = reader.GetText(6),
        District = reader.GetText(7),
        AfterAlarm = reader.GetInt64(8),
        Version = reader.GetInt32(9),
    });

    public static void Set(DbConnection connection, Recipient recipient) => connection.InsertAll("recipient", s_columns, [Values(recipient)],
        " ON CONFLICT (name) DO UPDATE SET " + string.Join(", ", s_columns.Skip(1).Select(column => $"{column} = excluded.{column}")));

    public static void Delete(DbConnection connection, string name)
    {
        connection.Execute("DELETE FROM recipient WHERE name = @name", ("@name", name));
        connection.Execute("DELETE FROM alarm_delivery WHERE recipient = @name", ("@name", name));
    }

    public static byte[] HashOf(Recipient recipient) => StateHash.Of(Values(recipient));

    private static object?[] Values(Recipient one) =>
        [one.Name, one.Kind, one.Target, one.SecretFile, one.Language, one.Alarms, one.Group, one.District, one.AfterAlarm, one.Version];
}
