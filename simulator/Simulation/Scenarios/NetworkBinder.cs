// The network server of a scenario file.
using PoleController.LoRaWan;

namespace Simulation.Scenarios;

/// <summary>Binds the network section, and holds the commands against it.</summary>
internal static class NetworkBinder
{
    public static NetworkModel Bind(SectionReader network)
    {
        List<MulticastGroupModel> groups = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (SectionReader group in network.List("multicastGroups"))
        {
            string name = group.Text("name") ?? "";
            if (name.Length > 0 && !names.Add(name))
            {
                group.Complain("name", "another multicast group has this name", "Give every group a name of its own.");
            }

            PoleSelector poles = EventBinder.Poles(group);
            if (poles.Count is not null)
            {
                group.Complain("poles", "a multicast group has members by group, street or ids, not by count", "Name the poles, or write all.");
            }

            groups.Add(new MulticastGroupModel { Name = name, Poles = poles });
        }

        return new NetworkModel { Region = network.Word("region", RegionId.Eu868), MulticastGroups = groups };
    }

    /// <summary>Complains of commands by multicast for whose poles there is no group.</summary>
    public static void CheckCommands(SectionReader top, Scenario scenario)
    {
        IReadOnlyList<SectionReader> commands = top.List("commands");
        for (int i = 0; i < commands.Count; i++)
        {
            ScenarioCommand command = scenario.Commands[i];
            if (command.Path == CommandPath.Multicast && !scenario.Network.MulticastGroups.Any(group => group.Poles.SelectsTheSameAs(command.Poles)))
            {
                commands[i].Complain("via", "no multicast group has just these poles", "Name a group with the same poles in network.multicastGroups, or write unicast.");
            }
        }
    }
}
