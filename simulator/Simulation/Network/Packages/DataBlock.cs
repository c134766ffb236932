// A data block on its way to poles by fragments (TS004): what was asked for, and how far each pole has it. What is sent when is FragmentationServer's.
namespace Simulation.Network;

/// <summary>How a data block is to be sent.</summary>
public sealed record DataBlockPlan
{
    /// <summary>The block, 1 byte to what 16,383 fragments hold; a pole may have room for less and say so.</summary>
    public required byte[] Block { get; init; }

    /// <summary>Descriptor: what the block is.</summary>
    public required uint Descriptor { get; init; }

    /// <summary>The multicast group that it is for: its index in the settings; -1 when it is for <see cref="PoleIndex"/> alone.</summary>
    public int GroupIndex { get; init; } = -1;

    /// <summary>The pole that it is for, by unicast; without meaning for a group.</summary>
    public int PoleIndex { get; init; } = -1;

    /// <summary>Version of the package, 1 or 2. Default 2: only that has a MIC over the block.</summary>
    public int Version { get; init; } = 2;

    /// <summary>Bytes of a fragment, 1 to 112 at DR3. Default 48.</summary>
    public int FragmentSize { get; init; } = 48;

    /// <summary>Coded fragments sent at once behind the block's own, in percent of these, 0 to 500. Default 20.</summary>
    public int RedundancyPercent { get; init; } = 20;
}

/// <summary>How far a pole has a data block.</summary>
public enum DataBlockState
{
    /// <summary>It has not acknowledged the session yet.</summary>
    Waiting,

    /// <summary>It has a session.</summary>
    Receiving,

    /// <summary>It has the whole block and found it right.</summary>
    Complete,

    /// <summary>It refused the session, never answered, found the block wrong, or fragments are still missing after every round.</summary>
    Failed,
}

/// <summary>A data block on its way.</summary>
internal sealed class DataBlockSession
{
    /// <summary>What the application knows it by.</summary>
    public required long Id { get; init; }

    /// <summary>What was asked for.</summary>
    public required DataBlockPlan Plan { get; init; }

    /// <summary>The poles it is for, ascending.</summary>
    public required int[] PoleIndices { get; init; }

    /// <summary>How far they have it, in the same order.</summary>
    public required DataBlockState[] States { get; init; }

    /// <summary>Fragments each of them said it lacks.</summary>
    public required int[] MissingCounts { get; init; }

    /// <summary>The block, padded to whole fragments.</summary>
    public required byte[] Padded { get; init; }

    /// <summary>NbFrag.</summary>
    public required int FragmentCount { get; init; }

    /// <summary>BlockAckDelay: answers are spread over 2^(this + 4) s.</summary>
    public required int BlockAckDelay { get; init; }

    /// <summary>What is going on.</summary>
    public DataBlockPhase Phase { get; set; }

    /// <summary>When the next thing is to be done.</summary>
    public long DueUs { get; set; }

    /// <summary>How often the present step was taken.</summary>
    public int RoundCount { get; set; }

    /// <summary>N of the next fragment, from 1.</summary>
    public int NextN { get; set; } = 1;

    /// <summary>N of the last fragment of this round.</summary>
    public int LastN { get; set; }

    /// <summary>Whether everybody has it or will not get it.</summary>
    public bool IsSettled => !Array.Exists(States, static state => state is DataBlockState.Waiting or DataBlockState.Receiving);
}

/// <summary>What is going on with a data block.</summary>
internal enum DataBlockPhase
{
    /// <summary>Poles are told of the session.</summary>
    SettingUp,

    /// <summary>Fragments are sent.</summary>
    Sending,

    /// <summary>Poles are asked what they lack.</summary>
    Asking,

    /// <summary>It is over.</summary>
    Over,
}
