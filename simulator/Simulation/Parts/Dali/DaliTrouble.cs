// What can be wrong with a simulated DALI bus and the board's end of it. Set from outside; what it does is DaliBusPart's.
namespace Simulation.Parts.Dali;

/// <summary>Trouble on a DALI bus.</summary>
public sealed class DaliTrouble
{
    /// <summary>The board cannot send.</summary>
    public bool BoardRefuses { get; set; }

    /// <summary>A transmission never ends.</summary>
    public bool BoardHangs { get; set; }

    /// <summary>The board hears nothing: answers are lost, frames go out.</summary>
    public bool BoardDeaf { get; set; }

    /// <summary>Every edge is up to this many microseconds early or late.</summary>
    public int JitterUs { get; set; }

    /// <summary>Delay of answers in microseconds; 0: drawn between 5,500 and 10,500.</summary>
    public int AnswerDelayUs { get; set; }

    /// <summary>How many of the next answers lose an edge in their middle.</summary>
    public int BrokenAnswers { get; set; }

    /// <summary>How many of the next forward frames collide with another controller's and are understood by nobody.</summary>
    public int BrokenFrames { get; set; }

    /// <summary>How many of the next answers come with more edges than a frame can have.</summary>
    public int NoisyAnswers { get; set; }
}
