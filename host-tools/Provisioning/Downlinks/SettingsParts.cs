// From the settings that a pole should have to the downlinks that bring it there: commands for sections that fit one downlink, else blocks by fragments (TS004).
using PoleController.Lighting;
using PoleController.LoRaWan.Packages;
using PoleController.Messages;
using PoleController.Settings;
using Provisioning.Programs;

namespace Provisioning.Downlinks;

/// <summary>Which sections are sent, and as what.</summary>
/// <param name="Sections">Numbers of the sections: section * 256 + item, as <see cref="SettingsParts.NumberOf"/> has them.</param>
/// <param name="Parts">The downlinks, by stages.</param>
/// <param name="IsBlock">Whether they are blocks by fragments.</param>
public sealed record SettingsPlan(IReadOnlyList<int> Sections, IReadOnlyList<OrderPart> Parts, bool IsBlock)
{
    /// <summary>The sections by name.</summary>
    public string Title => string.Join(", ", Sections.Select(SettingsParts.NameOf));
}

/// <summary>A multicast group whose frames bring the fragments of a block.</summary>
/// <param name="McGroupId">What the controller knows it by.</param>
/// <param name="BlockAckDelay">Answers are spread over 2^(this + 4) seconds.</param>
/// <param name="TakenLengths">Lengths of the group's frames that carry fragments of other blocks: a controller tells fragments apart by length alone.</param>
internal sealed record FragmentGroup(int McGroupId, int BlockAckDelay, IReadOnlySet<int> TakenLengths);

/// <summary>Makes the downlinks of settings.</summary>
public static class SettingsParts
{
    /// <summary>Coded fragments behind those of a block, in percent of these: what a good network loses. What is missing beyond is asked for.</summary>
    public const int RedundancyPercent = 20;

    /// <summary>With more sections than this one block is cheaper than the commands and their answers.</summary>
    private const int MostCommands = 4;

    // Of TS004-1.0.0: its sessions have no counter that a lost workspace could not go on with; who sent it and that it is whole is known by LoRaWAN's MIC and the
    // block's own CRC.
    private const int PackageVersion = 1;
    private const int LongestFragment = 112;
    private const int ItemBits = 8;
    private const int PermillePerPercent = 10;

    /// <summary>The number of a section, with its item where there are several.</summary>
    public static int NumberOf(SettingsPart part)
    {
        ArgumentNullException.ThrowIfNull(part);
        return ((int)part.Section << ItemBits) | (part.Item == SettingsPart.NoItem ? 0 : part.Item);
    }

    /// <summary>The name of a section, such as reporting or program 2.</summary>
    public static string NameOf(int number)
    {
        SettingsSection section = (SettingsSection)(number >> ItemBits);
        string name = SectionMapping.NameOf(section);
        return section == SettingsSection.Program ? $"{name} {(number & 0xFF) + 1}" : name;
    }

    /// <summary>The sections in which settings differ; all that can be sent when what the pole has is not known.</summary>
    /// <param name="wanted">What it should have.</param>
    /// <param name="known">What it has; null when not known.</param>
    /// <param name="also">Sections to send in any case.</param>
    public static IReadOnlyList<int> Differing(ControllerSettings wanted, ControllerSettings? known, IReadOnlySet<int> also)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(also);
        List<int> numbers = [];
        for (int i = 0; i < wanted.Parts.Length; i++)
        {
            SettingsPart part = wanted.Parts[i];
            bool isSame = known is not null && SectionMapping.Content(wanted, part).AsSpan().SequenceEqual(SectionMapping.Content(known, known.Parts[i]));

            // The key of the neighbours is a secret that this workspace does not have.
            if (part.Section != SettingsSection.Neighbours && (!isSame || also.Contains(NumberOf(part))))
            {
                numbers.Add(NumberOf(part));
            }
        }

        return numbers;
    }

    /// <summary>Whether a section is one pole's own: where it stands, what its luminaire draws, how its output is calibrated.</summary>
    internal static bool IsOwn(int number) => (SettingsSection)(number >> ItemBits) is SettingsSection.Position or SettingsSection.Luminaire or SettingsSection.DimmerCalibration;

    /// <summary>The part of settings that is a section.</summary>
    internal static SettingsPart PartOf(ControllerSettings settings, int number) => settings.Find(number >> ItemBits, number & 0xFF)!;

    /// <summary>Cuts sections into the blocks that bring them.</summary>
    internal static IReadOnlyList<byte[]> BlocksOf(ControllerSettings wanted, IReadOnlyList<int> sections) => Blocks(wanted, PartsOf(wanted, sections));

    /// <summary>The sections as commands; null when they are too many or too long for that.</summary>
    internal static IReadOnlyList<byte[]>? CommandsOf(ControllerSettings wanted, IReadOnlyList<int> sections, Channel channel, Func<int> takeSequence)
    {
        SettingsPart[] parts = PartsOf(wanted, sections);
        bool fits = parts.Length <= MostCommands && Array.TrueForAll(parts, part => Command(wanted, part, 0, channel.LongestPayload) is not null);
        return fits ? [.. parts.Select(part => Command(wanted, part, takeSequence(), channel.LongestPayload)!)] : null;
    }

    /// <summary>Makes the downlinks.</summary>
    /// <param name="wanted">What the pole should have.</param>
    /// <param name="sections">The sections to send, by number.</param>
    /// <param name="channel">How it is reached.</param>
    /// <param name="takeSequence">Gives the next sequence number of a command.</param>
    public static SettingsPlan Make(ControllerSettings wanted, IReadOnlyList<int> sections, Channel channel, Func<int> takeSequence)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(sections);
        ArgumentNullException.ThrowIfNull(channel);
        ArgumentNullException.ThrowIfNull(takeSequence);
        IReadOnlyList<byte[]>? commands = CommandsOf(wanted, sections, channel, takeSequence);
        return commands is null
            ? new SettingsPlan(sections, [.. BlocksOf(wanted, sections).SelectMany((block, stage) => Fragments(block, stage, channel))], true)
            : new SettingsPlan(sections, [.. commands.Select((payload, stage) => new OrderPart(stage, 0, MessagePort.Command, payload, channel.AirtimeUs(payload.Length)))], false);
    }

    /// <summary>The session's set-up and its fragments, with some coded ones behind.</summary>
    /// <param name="block">The block.</param>
    /// <param name="stage">Its stage.</param>
    /// <param name="channel">How the pole is reached.</param>
    /// <param name="group">By which group the fragments come too; null for none.</param>
    internal static IEnumerable<OrderPart> Fragments(byte[] block, int stage, Channel channel, FragmentGroup? group = null)
    {
        (int count, int size) = Cut(block.Length, channel, group?.TakenLengths);
        FragmentationCommand setup = new()
        {
            Cid = FragmentationCommand.FragSessionSetup,
            Version = PackageVersion,
            FragmentCount = count,
            FragmentSize = size,
            Padding = (count * size) - block.Length,
            GroupMask = group is null ? 0 : 1 << group.McGroupId,
            BlockAckDelay = group?.BlockAckDelay ?? 0,
            Descriptor = SettingsBlock.Descriptor,
        };
        byte[] buffer = new byte[FragmentationCommand.MaximumLength];
        int length = setup.EncodeDownlink(buffer, 0);
        yield return new OrderPart(stage, 0, PackageId.FragmentationPort, buffer[..length], channel.AirtimeUs(length));
        int last = count + (((count * RedundancyPercent) + 99) / 100);
        for (int n = 1; n <= last; n++)
        {
            byte[] fragment = Fragment(block, count, size, n);
            yield return new OrderPart(stage, n, PackageId.FragmentationPort, fragment, channel.AirtimeUs(fragment.Length));
        }
    }

    // A coded fragment is the sum of half of the fragments (TS004, annex A): of a single one it is the sum of none. So there are two at least.
    private static (int Count, int Size) Cut(int blockLength, Channel channel, IReadOnlySet<int>? takenLengths)
    {
        int longest = Math.Min(channel.LongestPayload - FragmentationCommand.DataFragmentHeaderLength, LongestFragment);
        int count = Math.Max(2, (blockLength + longest - 1) / longest);
        int size = (blockLength + count - 1) / count;
        while (takenLengths?.Contains(size + FragmentationCommand.DataFragmentHeaderLength) == true && FragmentDecoder.IsSize(count + 1, (blockLength + count) / (count + 1)))
        {
            count++;
            size = (blockLength + count - 1) / count;
        }

        return (count, size);
    }

    /// <summary>Further coded fragments of a block whose set-up was sent, for one controller.</summary>
    /// <param name="stage">The downlinks of the block so far, its set-up first.</param>
    /// <param name="count">How many more.</param>
    internal static IEnumerable<OrderPart> MoreFragments(IReadOnlyList<OrderPart> stage, int count)
    {
        byte[] block = BlockOf(stage);
        int firstN = stage.Max(part => part.Part) + 1;
        FragmentationCommand command = new();
        command.DecodeDownlink(stage[0].Payload, 0, stage[0].Payload.Length);
        for (int n = firstN; n < firstN + count; n++)
        {
            yield return new OrderPart(stage[0].Stage, n, PackageId.FragmentationPort, Fragment(block, command.FragmentCount, command.FragmentSize, n), stage[1].AirtimeUs);
        }
    }

    /// <summary>The block whose fragments an order has, put together again from those that are no coded ones.</summary>
    internal static byte[] BlockOf(IEnumerable<OrderPart> stage)
    {
        FragmentationCommand command = new();
        OrderPart[] parts = [.. stage.OrderBy(part => part.Part)];
        command.DecodeDownlink(parts[0].Payload, 0, parts[0].Payload.Length);
        byte[] padded = [.. parts.Skip(1).Take(command.FragmentCount).SelectMany(part => part.Payload.Skip(FragmentationCommand.DataFragmentHeaderLength))];
        return padded[..^command.Padding];
    }

    private static SettingsPart[] PartsOf(ControllerSettings wanted, IReadOnlyList<int> sections) => [.. sections.Select(number => PartOf(wanted, number))];

    private static byte[] Fragment(byte[] block, int count, int size, int n)
    {
        byte[] padded = new byte[count * size];
        block.CopyTo(padded, 0);
        FragmentationCommand command = new() { Cid = FragmentationCommand.DataFragment, N = n };
        byte[] fragment = new byte[FragmentationCommand.DataFragmentHeaderLength + size];
        int header = command.EncodeDownlink(fragment, 0);
        ParityMatrix.EncodeFragment(padded, count, size, n, new byte[(count + 7) / 8], fragment, header);
        return fragment;
    }

    // As few blocks as the pole's room allows.
    private static List<byte[]> Blocks(ControllerSettings wanted, IReadOnlyList<SettingsPart> parts)
    {
        List<byte[]> blocks = [];
        byte[] buffer = new byte[FragmentDecoder.MaximumBlockLength];
        int start = SettingsBlock.Start(buffer);
        int position = start;
        foreach (SettingsPart part in parts)
        {
            int item = part.Item == SettingsPart.NoItem ? 0 : part.Item;
            int end = SettingsBlock.Add(wanted, part.Section, item, buffer, position);
            if (end + SettingsCodec.CrcLength > buffer.Length)
            {
                blocks.Add(buffer[..SettingsBlock.Finish(buffer, position)]);
                position = SettingsBlock.Add(wanted, part.Section, item, buffer, SettingsBlock.Start(buffer));
                continue;
            }

            position = end;
        }

        if (position > start)
        {
            blocks.Add(buffer[..SettingsBlock.Finish(buffer, position)]);
        }

        return blocks;
    }

    private static byte[]? Command(ControllerSettings wanted, SettingsPart part, int sequence, int longest)
    {
        byte[] buffer = new byte[longest];
        int length = part.Section == SettingsSection.Program && longest >= CommandMessage.MaximumLength
            ? SetProgram(wanted.Programs[part.Item], part.Item, sequence, buffer)
            : SettingsCommand.Encode(wanted, part.Section, part.Item == SettingsPart.NoItem ? 0 : part.Item, sequence, buffer);
        return length > 0 ? buffer[..length] : null;
    }

    // Shorter than the section by half; levels in whole percent, as files have them.
    private static int SetProgram(LightingProgram program, int index, int sequence, byte[] buffer)
    {
        CommandMessage command = new() { Id = CommandId.SetProgram, Sequence = sequence, ProgramIndex = index };
        command.Program.PointCount = program.PointCount;
        command.Program.FadeSeconds = program.FadeSeconds;
        for (int i = 0; i < program.PointCount; i++)
        {
            command.Program.Reference[i] = program.Reference[i];
            command.Program.OffsetMinutes[i] = program.OffsetMinutes[i];
            command.Program.LevelPermille[i] = (short)(program.LevelPermille[i] / PermillePerPercent * PermillePerPercent);
            command.Program.OccupancyLevelPermille[i] = (short)(program.OccupancyLevelPermille[i] / PermillePerPercent * PermillePerPercent);
        }

        return command.Encode(buffer);
    }
}
