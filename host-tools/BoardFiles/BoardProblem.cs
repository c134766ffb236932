// What is wrong with a file of hardware/: which rule, where, what, and what to do about it.
namespace BoardFiles;

/// <summary>The rules of board files.</summary>
public enum BoardRule
{
    /// <summary>The file cannot be read: YAML, a missing, unknown or ill-formed key.</summary>
    Form,

    /// <summary>A pin, bus, PWM channel or name is used twice.</summary>
    DoubleUse,

    /// <summary>The chip has no such pin, or the module does not bring it out.</summary>
    NoSuchPin,

    /// <summary>The pin carries the module's flash or PSRAM.</summary>
    MemoryPin,

    /// <summary>A strapping pin is pulled, or may be driven, against the level it needs at reset.</summary>
    Strapping,

    /// <summary>A pin that can only be read is driven.</summary>
    InputOnly,

    /// <summary>The level said for reset is not the one that the resistors make.</summary>
    ResetLevel,

    /// <summary>A dead controller would not leave the light on.</summary>
    LightAtReset,

    /// <summary>Two parts on a bus answer to one address, or the address is reserved.</summary>
    Address,

    /// <summary>The chip has fewer units of this kind, or the unit belongs to the runtime.</summary>
    BusUnit,

    /// <summary>A bus lacks a line, has one twice, or a line names a bus of another kind.</summary>
    BusLine,

    /// <summary>A PWM channel does not exist, or its partner asks for another frequency.</summary>
    Pwm,

    /// <summary>An ADC channel is not at that pin, or is one that the radio takes.</summary>
    Adc,

    /// <summary>An RMT channel does not exist, or cannot do what the signal's direction needs.</summary>
    Rmt,

    /// <summary>Variants of a board do not fit its ports.</summary>
    Variant,

    /// <summary>The schematic says otherwise, or is not whole.</summary>
    Schematic,

    /// <summary>A wire begins or ends nowhere, or joins what must stay apart.</summary>
    Wire,

    /// <summary>A port of the controller has no pins and is not declared otherwise.</summary>
    Port,

    /// <summary>A signal names a connector, rail or other part of the file that is not in it.</summary>
    Reference,

    /// <summary>Shares of time do not add up, or a converter is overloaded.</summary>
    Power,
}

/// <summary>One thing that is wrong.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="File">The file, as it was named.</param>
/// <param name="Line">Line from 1.</param>
/// <param name="Field">The key whose value is wrong.</param>
/// <param name="What">What is wrong.</param>
/// <param name="Remedy">What to do.</param>
public sealed record BoardProblem(BoardRule Rule, string File, long Line, string Field, string What, string Remedy)
{
    /// <summary>"file:line: field: what. Remedy."</summary>
    public override string ToString() => FormattableString.Invariant($"{File}:{Line}: {Field}: {What}. {Remedy}.");
}

/// <summary>A file of hardware/ cannot be read at all.</summary>
public sealed class BoardFileException : Exception
{
    /// <summary>Makes it without a place.</summary>
    public BoardFileException()
    {
    }

    /// <summary>Makes it without a place.</summary>
    public BoardFileException(string message)
        : base(message)
    {
    }

    /// <summary>Makes it without a place.</summary>
    public BoardFileException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes it from a problem.</summary>
    public BoardFileException(BoardProblem problem)
        : base(problem?.ToString())
    {
        Problem = problem;
    }

    /// <summary>The problem with its place; null when there is none.</summary>
    public BoardProblem? Problem { get; }
}
