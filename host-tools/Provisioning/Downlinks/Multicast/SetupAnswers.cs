// What controllers answer to the message that tells them of a group (TS005-2.0.0, sections 4.2 and 4.5).
using PoleController.LoRaWan.Packages;
using Provisioning.Workspaces;

namespace Provisioning.Downlinks.Multicast;

/// <summary>Takes answers to set-ups.</summary>
internal static class SetupAnswers
{
    /// <summary>Takes a message.</summary>
    /// <param name="writer">The change.</param>
    /// <param name="order">An order; another than one of set-up stays as it is.</param>
    /// <param name="request">The request that is open.</param>
    /// <param name="payload">The message: any bytes; what cannot be read ends it.</param>
    public static Order Take(WorkspaceWriter writer, Order order, OrderPart request, byte[] payload)
    {
        if (order.Kind != OrderKind.Multicast || GroupTable.MemberBySetup(writer.Connection, order.Number) is not { } member)
        {
            return order;
        }

        MulticastSetupCommand command = new();
        int offset = 0;
        int used;
        while (order.State == OrderState.Open && (used = command.DecodeUplink(payload, offset, payload.Length)) > 0)
        {
            offset += used;
            if (command.GroupId != member.McGroupId)
            {
                continue;
            }

            if (command.Cid == MulticastSetupCommand.McGroupSetup && command.IsIdError)
            {
                return OrderAnswers.Close(writer, order, OrderState.Refused, "noGenAppKey");
            }

            if (command.Cid == MulticastSetupCommand.McGroupSetup && !member.HasGroup)
            {
                member = member with { HasGroup = true };
                GroupTable.Update(writer.Connection, member);
            }
            else if (command.Cid == MulticastSetupCommand.McClassCSession)
            {
                order = TakeSession(writer, order, request, member, command);
            }
        }

        return order;
    }

    private static Order TakeSession(WorkspaceWriter writer, Order order, OrderPart request, MulticastMemberRow member, MulticastSetupCommand answer)
    {
        if (answer.IsFrequencyError || answer.IsDataRateError)
        {
            return OrderAnswers.Close(writer, order, OrderState.Refused, answer.IsFrequencyError ? "sessionFrequency" : "sessionDataRate");
        }

        if (answer.IsGroupUndefined)
        {
            return Tell(writer, order, request, member);
        }

        if (answer.IsStartMissed)
        {
            return Again(writer, order, request);
        }

        // Without the other answer the session may be one of the group that was there before; a controller that does not know the time has no session yet. Both are
        // asked again when it is time.
        if (!member.HasGroup || answer.TimeToStartS >= MulticastSetupCommand.MaximumTimeToStartS)
        {
            return order;
        }

        long startsUtcMs = SetupRequest.StartUtcMs(request.Payload);
        GroupTable.Update(writer.Connection, member with { StartsUtcMs = startsUtcMs, EndsUtcMs = startsUtcMs + SetupRequest.SessionMs });
        return OrderAnswers.Close(writer, order, OrderState.Done, "");
    }

    // It has lost the group: the message that tells it goes instead.
    private static Order Tell(WorkspaceWriter writer, Order order, OrderPart request, MulticastMemberRow member)
    {
        MulticastMemberRow without = member with { HasGroup = false, StartsUtcMs = 0, EndsUtcMs = 0 };
        GroupTable.Update(writer.Connection, without);
        if (GroupTable.Find(writer.Connection, member.GroupNumber) is not { } group)
        {
            return order;
        }

        byte[] payload = SetupRequest.Make(group, without, GroupTable.Use(writer.Connection, group.Number).FramesTaken);
        long airtimeUs = new Channel(group.Region, group.DataRate).AirtimeUs(payload.Length);
        return Again(writer, order, request with { Payload = payload, AirtimeUs = airtimeUs });
    }

    private static Order Again(WorkspaceWriter writer, Order order, OrderPart request)
    {
        if (order.Tries + 1 >= OrderRenewal.SetupTries)
        {
            return OrderAnswers.Close(writer, order, OrderState.Unanswered, "");
        }

        // What it said until now is not an answer to what is sent then.
        order = OrderAnswers.Replace(writer, order, request with { State = PartState.Waiting, AfterUplink = OrderTable.LastUplink(writer.Connection) });
        order = order with { Tries = order.Tries + 1, ChangedUtcMs = writer.NowUtcMs };
        OrderTable.Update(writer.Connection, order);
        return order;
    }
}
