// Orders that take more than a command can carry: a block of settings, sent by fragments (TS004) to a pole or to a multicast group. What
// became of it each pole says itself, with an answer like one to a command.
using PoleController.Messages;
using PoleController.Settings;
using SettingsFiles;
using Simulation.Network;
using Simulation.Scenarios;

namespace Simulation.Operation;

/// <summary>Sends blocks of settings and takes the answers to them.</summary>
internal sealed class SettingsBlockOrders(IReadOnlyList<DimmingProgram> programs)
{
    private const int LongestBlock = 1024; // what a pole has room for

    private readonly Dictionary<int, CommandOrder> _ordersOfPoles = [];

    /// <summary>Sends an order's block: to its group, or to each pole by unicast.</summary>
    public void Give(FleetNetwork network, CommandOrder order, SendSettingsBlockAction action, long nowUs)
    {
        byte[] block = Make(action);
        foreach (int pole in order.PoleIndices)
        {
            _ordersOfPoles[pole] = order; // a newer block takes the place of an older one
            if (order.GroupIndex < 0)
            {
                network.SendDataBlock(new DataBlockPlan { Block = block, Descriptor = SettingsBlock.Descriptor, PoleIndex = pole }, nowUs);
            }
        }

        if (order.GroupIndex >= 0)
        {
            network.SendDataBlock(new DataBlockPlan { Block = block, Descriptor = SettingsBlock.Descriptor, GroupIndex = order.GroupIndex }, nowUs);
        }
    }

    /// <summary>Takes an answer to a block.</summary>
    public void TakeAnswer(int poleIndex, CommandAnswer answer, long timeUs)
    {
        if (!_ordersOfPoles.Remove(poleIndex, out CommandOrder? order))
        {
            return;
        }

        if (answer.Error == CommandError.Ok)
        {
            order.AddObeyed(timeUs);
        }
        else
        {
            order.AddRefused();
        }
    }

    /// <summary>The block: a section for each program.</summary>
    private byte[] Make(SendSettingsBlockAction action)
    {
        var settings = new ControllerSettings();
        byte[] buffer = new byte[LongestBlock];
        int position = SettingsBlock.Start(buffer);
        for (int program = 0; program < action.ScenarioProgramIndices.Count; program++)
        {
            ProgramMapping.Fill(settings.Programs[program], programs[action.ScenarioProgramIndices[program]]);
            position = SettingsBlock.Add(settings, SettingsSection.Program, program, buffer, position);
        }

        return buffer[..SettingsBlock.Finish(buffer, position)];
    }
}
