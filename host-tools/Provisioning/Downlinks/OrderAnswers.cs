// What poles answered: takes the uplinks that came since an order was given, and moves the order on. Asked again with the same uplinks it says the same.
using System.Data.Common;
using System.Globalization;
using PoleController.LoRaWan.Packages;
using PoleController.Messages;
using PoleController.Settings;
using Provisioning.Downlinks.Multicast;
using Provisioning.Language;
using Provisioning.Storage;
using Provisioning.Workspaces;

namespace Provisioning.Downlinks;

/// <summary>Takes answers.</summary>
internal static class OrderAnswers
{
    /// <summary>Takes the answers to all open orders.</summary>
    /// <returns>How many orders were closed by them.</returns>
    public static int Take(WorkspaceWriter writer)
    {
        int closed = 0;
        foreach (Order order in OrderTable.Open(writer.Connection))
        {
            Order after = Take(writer, order);
            closed += after.State == OrderState.Open ? 0 : 1;
        }

        return closed;
    }

    /// <summary>Why a pole refused, in a word and what it is about.</summary>
    internal static string Reason(CommandAnswer answer, Order order)
    {
        string word = SchemaWord.Of(answer.Error);
        if (answer.Error != CommandError.OutOfRange || answer.Field < 0 || order.Kind != OrderKind.Settings)
        {
            return word;
        }

        if (answer.CommandId == SettingsBlockConsumer.AnswerCommandId)
        {
            int[] sections = [.. order.Sections.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
            return answer.Field < sections.Length ? $"{word} {SettingsParts.NameOf(sections[answer.Field])}" : word;
        }

        SettingsFault fault = (SettingsFault)answer.Field;
        return answer.CommandId == (int)CommandId.SetSettings && Enum.IsDefined(fault) ? $"{word} {SchemaWord.Of(fault)}" : word;
    }

    private static Order Take(WorkspaceWriter writer, Order order)
    {
        Order now = order;
        foreach ((long number, int port, byte[] payload, long atUtcMs) in Uplinks(writer.Connection, order))
        {
            OrderPart? first = now.Parts.FirstOrDefault(part => part.Stage == now.PresentStage);
            if (first is { SentUtcMs: > 0 } && number > first.AfterUplink)
            {
                now = port switch
                {
                    PackageId.MulticastSetupPort => SetupAnswers.Take(writer, now, first, payload),
                    PackageId.FragmentationPort => FragmentAnswers.Take(writer, now, number, payload),
                    _ => TakeMessage(writer, now, first, port, payload, atUtcMs),
                };
            }

            if (now.State != OrderState.Open)
            {
                break;
            }
        }

        return now;
    }

    private static List<(long Number, int Port, byte[] Payload, long AtUtcMs)> Uplinks(DbConnection connection, Order order)
    {
        // Before its first downlink was given to the server nothing can be an answer to it.
        long? after = order.Parts.Where(part => part.SentUtcMs > 0).Select(part => (long?)part.AfterUplink).Min();
        return after is null
            ? []
            : connection.Query(
                "SELECT uplink_number, f_port, payload, received_at_utc_ms FROM uplink WHERE dev_eui = @eui AND uplink_number > @after AND f_port IN (10, 11, 200, 201) ORDER BY uplink_number",
                reader => (Number(reader.GetValue(0)), reader.GetInt32(1), reader.GetBlob(2)!, Number(reader.GetValue(3))),
                ("@eui", order.DevEui), ("@after", after));
    }

    private static Order TakeMessage(WorkspaceWriter writer, Order order, OrderPart first, int port, byte[] payload, long atUtcMs)
    {
        if (ReportedSettingsTable.Decode(port, payload, atUtcMs) is { } reported && order.WantedHash is { } wanted && reported.Hash == wanted)
        {
            return Close(writer, order, OrderState.Done, "");
        }

        CommandAnswer answer = new();
        if (port != MessagePort.Command || answer.Decode(payload, payload.Length) != CommandError.Ok || !IsAnswerTo(answer, first))
        {
            return order;
        }

        if (answer.Error == CommandError.Ok)
        {
            return EndStage(writer, order);
        }

        return Close(writer, order, OrderState.Refused, Reason(answer, order));
    }

    private static bool IsAnswerTo(CommandAnswer answer, OrderPart first) => first.FPort == PackageId.FragmentationPort
        ? answer.CommandId == SettingsBlockConsumer.AnswerCommandId
        : first.Payload.Length > 1 && answer.CommandId == first.Payload[0] && answer.Sequence == first.Payload[1];

    private static Order EndStage(WorkspaceWriter writer, Order order)
    {
        int stage = order.PresentStage;
        foreach (OrderPart part in order.Parts.Where(part => part.Stage == stage && part.State != PartState.Answered))
        {
            order = Replace(writer, order, part with { State = PartState.Answered });
        }

        // The hash says whether settings are in force; a command is carried out when it is answered.
        bool isOver = order.PresentStage > order.Parts[^1].Stage;
        if (isOver)
        {
            return Close(writer, order, OrderState.Done, "");
        }

        Order next = order with { Tries = 0, ChangedUtcMs = writer.NowUtcMs };
        OrderTable.Update(writer.Connection, next);
        return next;
    }

    internal static Order Replace(WorkspaceWriter writer, Order order, OrderPart part)
    {
        OrderTable.Update(writer.Connection, order.Number, part);
        return order with { Parts = [.. order.Parts.Select(old => old.Stage == part.Stage && old.Part == part.Part ? part : old)] };
    }

    internal static Order Close(WorkspaceWriter writer, Order order, OrderState state, string reason)
    {
        Order closed = order with { State = state, Reason = reason, ChangedUtcMs = writer.NowUtcMs };
        OrderTable.Update(writer.Connection, closed);
        if (state == OrderState.Done && order is { Kind: OrderKind.Settings, Record: { } record, WantedHash: { } hash } && Reported(writer.Connection, order) == hash)
        {
            OrderTable.SetKnown(writer.Connection, order.DevEui, new KnownSettings(hash, record), writer.NowUtcMs);
        }

        return closed;
    }

    private static long Number(object value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);

    private static int? Reported(DbConnection connection, Order order) => ReportedSettingsTable.Of(connection, order.DevEui)?.Hash;
}
