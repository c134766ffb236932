// What controllers answer to the set-up of a block, and when they are asked what they lack of it (TS004-1.0.0, sections 3.2 and 3.3).
using PoleController.LoRaWan.Packages;
using Provisioning.Workspaces;

namespace Provisioning.Downlinks;

/// <summary>Takes answers about blocks.</summary>
internal static class FragmentAnswers
{
    private const int PackageVersion = 1;

    // A coded fragment says nothing new now and then: two more than are missing bring a block home in 15 of 16 cases.
    private const int Spare = 2;

    /// <summary>Takes a message.</summary>
    /// <param name="writer">The change.</param>
    /// <param name="order">The order whose present stage may be the block.</param>
    /// <param name="uplink">Number of the uplink.</param>
    /// <param name="payload">The message.</param>
    public static Order Take(WorkspaceWriter writer, Order order, long uplink, byte[] payload)
    {
        FragmentationCommand command = new() { Version = PackageVersion };
        OrderPart[] stage = [.. order.Parts.Where(part => part.Stage == order.PresentStage)];
        if (stage.Length == 0 || stage[0].FPort != PackageId.FragmentationPort)
        {
            return order;
        }

        int offset = 0;
        int used;
        while ((used = command.DecodeUplink(payload, offset, payload.Length)) > 0)
        {
            offset += used;
            if (command.Cid == FragmentationCommand.FragSessionSetup)
            {
                return !command.IsSetupAccepted ? OrderAnswers.Close(writer, order, OrderState.Refused, SetupReason(command))
                    : stage[0].State == PartState.Answered ? order
                    : OrderAnswers.Replace(writer, order, stage[0] with { State = PartState.Answered });
            }

            if (command.Cid == FragmentationCommand.FragSessionStatus)
            {
                return SendMissing(writer, order, stage, uplink, command.MissingCount);
            }
        }

        return order;
    }

    // What a controller said before the newest fragment was sent says nothing about what it lacks now.
    private static Order SendMissing(WorkspaceWriter writer, Order order, OrderPart[] stage, long uplink, int missing)
    {
        bool isOfNow = stage.All(part => part.State is PartState.Queued or PartState.Answered) && stage.Max(part => part.AfterUplink) < uplink;
        if (missing == 0 || !isOfNow)
        {
            return order;
        }

        OrderPart[] more = [.. SettingsParts.MoreFragments(stage, missing + Spare)];
        OrderTable.InsertParts(writer.Connection, order.Number, more);
        return order with { Parts = [.. order.Parts.Concat(more).OrderBy(part => part.Stage).ThenBy(part => part.Part)] };
    }

    private static string SetupReason(FragmentationCommand command) =>
        command.IsMemoryShort ? "memoryShort"
        : command.IsDescriptorWrong ? "blockUnwanted"
        : "fragmentationUnsupported";
}
