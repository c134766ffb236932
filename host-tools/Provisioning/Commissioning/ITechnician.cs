// Who is asked what only somebody at the pole can see.
namespace Provisioning.Commissioning;

/// <summary>What is asked. The words stand in files of answers and never change.</summary>
public static class Questions
{
    /// <summary>Whether the number on the pole is that of the workspace.</summary>
    public const string RightPole = "rightPole";

    /// <summary>Whether the lamp is fully bright.</summary>
    public const string LampFull = "lampFull";

    /// <summary>Whether the lamp is dimmed to about half.</summary>
    public const string LampHalf = "lampHalf";

    /// <summary>Whether the lamp is dark.</summary>
    public const string LampOff = "lampOff";

    /// <summary>Where the pole stands.</summary>
    public const string Position = "position";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [RightPole, LampFull, LampHalf, LampOff, Position];
}

/// <summary>Somebody at the pole, or a file of answers, or nobody.</summary>
public interface ITechnician
{
    /// <summary>Asks yes or no.</summary>
    /// <param name="question">One of <see cref="Questions"/>.</param>
    /// <param name="about">What the question is about, such as the number of the pole; empty when it needs nothing.</param>
    /// <returns>Null when nobody answers.</returns>
    bool? Ask(string question, string about);

    /// <summary>Asks for a text.</summary>
    /// <returns>Null when nobody answers.</returns>
    string? AskText(string question);
}
